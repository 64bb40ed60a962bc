"""The tagger, the note taker and the pair judge, without a browser."""

import json

import pytest
from widget_messages import ask, listen, shown, tell

from review_kit.errors import ReviewKitError
from review_kit.extraction import tag_table
from review_kit.protocol import Item, Node, Protocol
from review_kit.review_log import ReviewLog
from review_kit.schema import pairs_table, records_table
from review_kit.widgets import NoteTaker, PairJudge, Tagger
from review_kit.widgets.pairs import compare_words

PROTOCOL = Protocol(
    "Test",
    taxonomy=(
        Node("modality", "Modality", "modality"),
        Node("modality/text", "Text", "modality", "modality", keywords=("abstract", "RAG")),
        Node("modality/image", "Image", "modality", "modality"),
    ),
    items=(
        Item("size", "Size", "number", required=True), Item("tasks", "Tasks", "multi", choices=("a", "b")),
        Item("when", "When", "date"), Item("page", "Page", "url"), Item("code", "Code", "bool"),
        Item("parts", "Parts", "list"), Item("kind", "Kind", "choice", choices=("x", "y")),
    ),
)


@pytest.fixture
def records():
    titles = {"a": "Med-R1: Reasoning", "b": "Med-R1: reasoning model", "c": "Another paper"}
    return records_table({"record_id": i, "source": "list", "line": n, "title": t, "title_raw": t, "year": 2025}
                         for n, (i, t) in enumerate(titles.items(), start=1))


@pytest.fixture
def pairs():
    scores = {("a", "b"): 0.9, ("a", "c"): 0.5, ("b", "c"): 0.6}
    return pairs_table({"record_id_1": i, "record_id_2": j, "score": s, "verdict": "maybe", "evidence": "same year"}
                       for (i, j), s in scores.items())


def tags_of(tagger, paper_id):
    return [tag["tag"] for tag in tagger._card(paper_id)["tags"]]


def test_tags_are_put_on_and_taken_off_and_come_back(papers, log):
    tagger = Tagger(papers, log, PROTOCOL)
    tagger.tag("p0", "modality/text")
    tagger.tag("other-0", "my own word")
    tagger.untag("p0", "modality/text")
    assert ["my own word"] == tags_of(tagger, "p0") and {"my own word": 1} == tagger.progress["tags"]
    again = Tagger(papers, log, PROTOCOL)
    assert ["my own word"] == tags_of(again, "p0") and "p1" == again.progress["at"]
    again.undo()
    assert {"modality/text": 1, "my own word": 1} == again.progress["tags"]


def test_suggestions_show_the_words_and_are_never_applied_by_themselves(papers, log):
    papers.at["p0", "sections"] = [["Models", "Reasoning over Image"]]
    papers.at["p0", "abstract"] = "Abstracts on RAG, not on drag."
    tagger = Tagger(papers, log, PROTOCOL)
    suggested = {hit["tag"]: hit["why"] for hit in tagger._card("p0")["suggested"]}
    assert {"modality/text": "“RAG”, “abstracts”", "modality/image": "listed under “Reasoning over Image”"} == suggested
    assert log.events.empty


def test_the_tags_of_others_are_shown_confirmed_and_taken_off(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    for paper_id, tag in (("other-0", "modality/text"), ("p0", "rare"), ("p1", "modality/text")):
        bob.tag(paper_id, tag)
    tagger = Tagger(papers, log, PROTOCOL)
    said = listen(tagger)
    text = {"tag": "modality/text", "mine": False, "others": ["bob"]}
    assert [text, {"tag": "rare", "mine": False, "others": ["bob"]}] == tagger._card("p0")["tags"]
    assert "2 of 5 papers tagged, 0 checked by you" == tagger.summary() and "p0" == tagger.progress["at"]
    tagger.tag("p0", "modality/text")
    assert "p0" == ask(tagger, said, "next_open", record_id="p4"), "one tag of bob is not confirmed"
    tagger.untag("p0", "rare")
    assert [{**text, "mine": True}] == tagger._card("p0")["tags"]
    assert "2 of 5 papers tagged, 1 checked by you" == tagger.summary()
    assert "p1" == ask(tagger, said, "next_open", record_id="p4")
    tagger.undo()
    assert ["modality/text", "rare"] == tags_of(tagger, "p0")


def test_what_the_tagger_shows_is_what_the_tag_table_holds(papers, log):
    bob, tagger = ReviewLog(log.location, reviewer="bob"), Tagger(papers, log, PROTOCOL)
    acts = (("tag", "x"), ("tag", "y"), ("untag", "x"), ("untag", "y"), ("tag", "x"), ("tag", "z"), ("untag", "z"))
    for number, (act, tag) in enumerate(acts):
        getattr(bob if number % 2 else tagger, act)("p0", tag)
        if number % 3 == 0:
            bob.undo(bob.tag("p0", "gone"))
        tagger.refresh()
        standing = tag_table(papers, log.events)
        assert sorted(zip(standing["tag"], standing["reviewer"])) == sorted(
            (tag["tag"], name) for tag in tagger._card("p0")["tags"]
            for name in (*tag["others"], *["ada"] * tag["mine"])), number


def test_a_blinded_tagger_sees_only_its_own_tags(papers, log):
    ReviewLog(log.location, reviewer="bob").tag("p0", "modality/text")
    tagger = Tagger(papers, log, PROTOCOL, others=False)
    assert [] == tagger._card("p0")["tags"] and 0 == tagger.progress["done"]
    assert "bob" not in json.dumps([tagger.cards, tagger.progress, tagger.settings])


def test_the_row_shows_the_papers_around_the_one_on_screen(papers, log):
    tagger = Tagger(papers, log, PROTOCOL)
    said = listen(tagger)
    ask(tagger, said, "go", record_id="p4")
    assert "p2" == shown(tagger)[0] and "p4" == tagger.progress["at"]
    tagger.tag("p0", "x")
    assert "p1" == ask(tagger, said, "next_open", record_id="p4")


@pytest.mark.parametrize(("item", "typed", "kept"), [
    ("size", "1 234", 1234), ("size", "0.5", 0.5), ("size", " ", None), ("tasks", ["b", "a"], ["b", "a"]),
    ("when", "2025-03", "2025-03"), ("page", "https://x.org/a", "https://x.org/a"), ("code", "yes", True),
    ("code", False, False), ("parts", "one\n two ;three", ["one", "two", "three"]), ("kind", "x", "x"),
])
def test_charted_values_take_the_type_of_their_item(papers, log, item, typed, kept):
    NoteTaker(papers, log, PROTOCOL).extract("p0", item, typed, quote="so it says", where="p. 4")
    assert {"item": item, "value": kept, "quote": "so it says", "where": "p. 4"} == log.events["value"].iloc[0]


@pytest.mark.parametrize(("item", "typed"), [
    ("size", "many"), ("size", "nan"), ("tasks", ["c"]), ("when", "2025-13"), ("when", "soon"),
    ("page", "javascript:alert(1)"), ("code", "perhaps"), ("kind", "z"), ("unplanned", "x"),
])
def test_a_value_of_another_type_is_refused_in_words(papers, log, item, typed):
    taker = NoteTaker(papers, log, PROTOCOL)
    said = listen(taker)
    tell(taker, event_id="e1", kind="extract", record_id="p0", item=item, value=typed)
    assert "refused" == said[-1]["type"] and log.events.empty


def test_notes_and_values_come_back_and_an_emptied_value_is_gone(papers, log):
    taker = NoteTaker(papers, log, PROTOCOL)
    taker.note("p0", "A *note*\nwith 中文")
    taker.extract("p0", "size", "7")
    assert 1 == taker.progress["done"]
    again = NoteTaker(papers, log, PROTOCOL)
    card = again._card("p0")
    assert ("A *note*\nwith 中文", 7, "p1") == (card["note"], card["values"]["size"]["value"], again.progress["at"])
    again.extract("p0", "size", "")
    assert {} == again._card("p0")["values"] and 0 == again.progress["done"]
    again.undo()
    assert 7 == again._card("p0")["values"]["size"]["value"]


def test_values_and_notes_of_others_are_shown_with_their_names(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    bob.extract("other-0", "size", 5)
    bob.extract("p0", "size", 7, quote="a 7B model", where="p. 2")
    bob.extract("p0", "kind", "")
    bob.note("p0", "Unclear.")
    taker = NoteTaker(papers, log, PROTOCOL)
    charted = {"item": "size", "value": 7, "quote": "a 7B model", "where": "p. 2", "by": "bob"}
    assert {"notes": [{"by": "bob", "text": "Unclear."}], "values": {"size": [charted]}} == taker._card("p0")["others"]
    assert ("", {}) == (taker._card("p0")["note"], taker._card("p0")["values"])
    assert "1 of 5 papers charted, 0 by you" == taker.summary() and "p0" == taker.progress["at"]
    taker.extract("p0", "size", 7)
    assert "1 of 5 papers charted, 1 by you" == taker.summary()
    taker.extract("p0", "size", "")
    assert "1 of 5 papers charted, 0 by you" == taker.summary()


def test_notes_that_others_took_while_screening_are_shown_once_the_stage_is_unblinded(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    bob.note("p0", "would exclude", stage="title_abstract")
    bob.note("p1", "read for the survey")
    notes = [NoteTaker(papers, log, PROTOCOL)._card(key)["others"]["notes"] for key in ("p0", "p1")]
    assert [[], [{"by": "bob", "text": "read for the survey"}]] == notes
    bob.unblind("title_abstract")
    assert "would exclude" == NoteTaker(papers, log, PROTOCOL)._card("p0")["others"]["notes"][0]["text"]


def test_a_blinded_note_taker_shows_nothing_of_others(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    bob.extract("p0", "size", 7)
    bob.note("p0", "Unclear.")
    taker = NoteTaker(papers, log, PROTOCOL, others=False)
    assert {"notes": [], "values": {}} == taker._card("p0")["others"] and 0 == taker.progress["done"]
    assert "bob" not in json.dumps([taker.cards, taker.progress, taker.settings])


def test_every_verdict_is_an_event_and_later_comes_again_at_the_end(records, pairs, log):
    judge = PairJudge(records, pairs, log)
    assert ["a | b", "b | c", "a | c"] == shown(judge)
    judge.judge("a", "b", "maybe")
    judge.judge("c", "b", "different")
    assert ["a | c", "a | b"] == shown(judge)
    assert [("b", "maybe"), ("c", "different")] == [(v["record_id_2"], v["verdict"]) for v in log.events["value"]]
    again = PairJudge(records, pairs, log)
    assert (["a | c", "a | b"], 1, 3) == (shown(again), again.progress["done"], again.progress["total"])
    again.undo()
    assert "b | c" == shown(again)[0]


def test_a_pair_that_a_colleague_judged_is_not_asked_again(records, pairs, log):
    ReviewLog(log.location, reviewer="bob").judge_pair("b", "a", "duplicate")
    judge = PairJudge(records, pairs, log)
    assert ["b | c", "a | c"] == shown(judge)
    titles = ["Med-R1: Reasoning", "Med-R1: reasoning model"]
    judged = {"id": "a | b", "titles": titles, "verdict": "duplicate", "by": "bob"}
    assert [judged] == ask(judge, listen(judge), "judged")
    judge.judge("a", "b", "different")
    assert ("different", None) == (judge._judged()[0]["verdict"], judge._judged()[0]["by"])


def test_the_words_that_differ_are_marked():
    compared = compare_words("Med-R1: Vision-Language Models", "Med-R1: vision Language Mode")
    assert [["Med-R1: Vision", True], ["-", False], ["Language ", True], ["Models", False]] == compared["left"]
    assert [["Med-R1: vision ", True], ["Language ", True], ["Mode", False]] == compared["right"]
    assert compare_words("Same title", "same  TITLE")["same"] and not compared["same"]


def test_pairs_of_other_records_are_refused(records, pairs, log):
    with pytest.raises(ReviewKitError, match="not among the records"):
        PairJudge(records.iloc[:2], pairs, log)
