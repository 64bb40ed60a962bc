"""The tagger, the note taker and the pair judge, without a browser."""

import pytest
from widget_messages import ask, listen, shown, tell

from review_kit.errors import ReviewKitError
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


def test_tags_are_put_on_and_taken_off_and_come_back(papers, log):
    tagger = Tagger(papers, log, PROTOCOL)
    tagger.tag("p0", "modality/text")
    tagger.tag("other-0", "my own word")
    tagger.untag("p0", "modality/text")
    assert ["my own word"] == tagger._card("p0")["tags"] and {"my own word": 1} == tagger.progress["tags"]
    again = Tagger(papers, log, PROTOCOL)
    assert ["my own word"] == again._card("p0")["tags"] and "p1" == again.progress["at"]
    again.undo()
    assert {"modality/text": 1, "my own word": 1} == again.progress["tags"]


def test_suggestions_show_the_words_and_are_never_applied_by_themselves(papers, log):
    papers.at["p0", "sections"] = [["Models", "Reasoning over Image"]]
    papers.at["p0", "abstract"] = "Abstracts on RAG, not on drag."
    tagger = Tagger(papers, log, PROTOCOL)
    suggested = {hit["tag"]: hit["why"] for hit in tagger._card("p0")["suggested"]}
    assert {"modality/text": "“RAG”, “abstracts”", "modality/image": "listed under “Reasoning over Image”"} == suggested
    assert log.events.empty


def test_another_reviewers_tags_stay_out_of_sight(papers, log):
    ReviewLog(log.location, reviewer="bob").tag("p0", "modality/text")
    assert [] == Tagger(papers, log, PROTOCOL)._card("p0")["tags"]


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
    assert ["b | c", "a | c"] == shown(PairJudge(records, pairs, log))


def test_the_words_that_differ_are_marked():
    compared = compare_words("Med-R1: Vision-Language Models", "Med-R1: vision Language Mode")
    assert [["Med-R1: Vision", True], ["-", False], ["Language ", True], ["Models", False]] == compared["left"]
    assert [["Med-R1: vision ", True], ["Language ", True], ["Mode", False]] == compared["right"]
    assert compare_words("Same title", "same  TITLE")["same"] and not compared["same"]


def test_pairs_of_other_records_are_refused(records, pairs, log):
    with pytest.raises(ReviewKitError, match="not among the records"):
        PairJudge(records.iloc[:2], pairs, log)
