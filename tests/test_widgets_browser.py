"""All widgets in a real chromium: text stays text, everything can be read and reached; tags, notes and pairs."""

import json

import pytest
from widget_page import CONTRAST, HERE, PROTOCOL, THEMES, settle, title

from review_kit.review_log import ReviewLog
from review_kit.schema import pairs_table, papers_table, records_table
from review_kit.widgets import NoteTaker, PairJudge, Screener, Tagger

pytestmark = pytest.mark.browser


def hostile_payloads():
    """Values that try to run code, from the collection beside the project where it is there."""
    path = HERE.parents[1] / "shared" / "reliability" / "payloads.json"
    own = [
        "<script>__pwn.push(1)</script>", "<img src=x onerror=__pwn.push(1)>", "<svg onload=__pwn.push(1)>",
        "<b onclick=__pwn.push(1)>x</b>", "</p><style>*{display:none}</style>", "\u202egnp.exe",
        "javascript:__pwn.push(1)",
    ]
    known = json.loads(path.read_text()) if path.exists() else []
    return own + [p["payload"] for p in known if p["cat"] in ("html", "url", "unicode", "size")]


def test_nothing_from_a_source_becomes_markup_or_a_dangerous_link(show, papers, log):
    payloads = hostile_payloads()
    rows = [papers.iloc[0].to_dict() for _ in payloads]
    for i, (row, payload) in enumerate(zip(rows, payloads)):
        row |= {"paper_id": f"h{i}", "record_ids": [f"h{i}"], "title": payload, "abstract": payload, "venue": payload,
                "authors": [payload], "url": payload, "code_url": payload, "doi": payload}
    page = show(Screener(papers_table(rows), log, protocol=PROTOCOL, order="listed"))
    for _ in payloads:
        page.keyboard.press("e")
        settle(page)
    page.keyboard.press("l")
    page.clock.run_for(1000)
    made = "script, img, svg, iframe, object, embed, form, video, audio, math, base, style, link, [onclick], [onerror]"
    assert [] == page.evaluate("__pwn") and 0 == page.locator(f".rk :is({made})").count()
    links = page.evaluate("[...document.querySelectorAll('.rk a')].map((a) => [a.protocol, a.target, a.rel])")
    assert {True} >= {p in ("http:", "https:") and t == "_blank" and r == "noopener noreferrer" for p, t, r in links}


def test_inline_tags_become_elements_and_terms_are_marked(show, papers, log):
    papers.at["p0", "abstract"] = "H<sub>2</sub>O <i>in vivo</i> <u>no</u> RAG drag abstracts p < 0.05 <i>open"
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    assert "H2O in vivo <u>no</u> RAG drag abstracts p < 0.05 open" == page.inner_text(".rk-abstract").replace("\n", "")
    assert ["2"] == page.locator(".rk-abstract sub").all_inner_texts()
    assert ["RAG", "abstracts"] == page.locator(".rk-abstract mark").all_inner_texts()


def test_a_screen_reader_finds_names_roles_and_keys(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    tree = page.locator(".rk").aria_snapshot()
    for part in (
        'region "Screening: Title and abstract"', 'heading "Paper 0 on medical reasoning"', 'button "Include"',
        'group "Decision"', 'progressbar "Title and abstract"', 'complementary "Eligibility criteria"',
        'textbox "Note on this paper"', 'combobox "Key preset"', "status",
    ):
        assert part in tree, part
    assert "i" == page.locator(".rk-decision.rk-include").get_attribute("aria-keyshortcuts")


def records_and_pairs():
    titles = {"a": "Med-R1: Vision-Language Models", "b": "Med-R1: Vision Language Mode", "c": "Another"}
    rows = [{"record_id": i, "source": "list", "line": 1, "title": t, "year": 2025} for i, t in titles.items()]
    found = (("a", "b", 0.9, "same year, titles 90 % alike"), ("a", "c", 0.4, "nothing much"))
    return records_table(rows), pairs_table(
        {"record_id_1": i, "record_id_2": j, "score": score, "verdict": "maybe", "evidence": evidence}
        for i, j, score, evidence in found
    )


def widgets(papers, log):
    return [Screener(papers, log, protocol=PROTOCOL), Tagger(papers, log, PROTOCOL), NoteTaker(papers, log, PROTOCOL),
            PairJudge(*records_and_pairs(), log)]


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_text_can_be_read_in_every_theme(show, papers, log, theme):
    for widget in widgets(papers, log):
        page = show(widget, theme)
        page.keyboard.press("?")
        contrast, where, text = page.evaluate(CONTRAST)
        assert contrast >= 4.5, f"{type(widget).__name__}: {contrast:.2f} at {where}: {text}"


def test_taking_back_a_verdict_under_way_shows_its_pair_again_at_once(show, log):
    page = show(PairJudge(*records_and_pairs(), log))
    page.evaluate("deaf = true")
    before = page.inner_text("table.rk-compare")
    page.keyboard.press("x")
    assert before != page.inner_text("table.rk-compare")
    page.keyboard.press("z")
    assert before == page.inner_text("table.rk-compare")


def test_pairs_are_judged_by_one_key_with_the_differing_words_marked(show, papers, log):
    page = show(PairJudge(*records_and_pairs(), log))
    assert ["-", "Models", "Mode"] == page.locator("mark").all_inner_texts()
    assert "same year, titles 90 % alike" in page.inner_text(".rk-evidence")
    for key in ("d", "x", "z", "l"):
        page.keyboard.press(key)
    settle(page)
    assert ["duplicate", "different", "maybe"] == [v["verdict"] for v in log.events["value"] if isinstance(v, dict)]
    assert "1 of 2 pairs judged" in page.inner_text(".rk-facts")
    assert "you said: maybe" in page.inner_text(".rk-evidence")


def test_when_every_pair_is_judged_a_verdict_can_still_be_changed(show, papers, log):
    records, pairs = records_and_pairs()
    ReviewLog(log.location, reviewer="bob").judge_pair("a", "c", "different")
    page = show(PairJudge(records, pairs, log))
    page.keyboard.press("d")
    settle(page)
    page.locator(".rk-row", has_text="bob").click()
    assert "bob said: different" in page.inner_text(".rk-evidence")
    page.locator(".rk").focus()
    page.keyboard.press("v")
    settle(page)
    page.wait_for_selector(".rk-row")
    assert ["Duplicate you", "Versions you"] == [
        row.inner_text().split("\n")[0] for row in page.locator(".rk-row").all()]
    assert "versions" == log.events["value"].iloc[-1]["verdict"]


def test_tags_are_put_on_by_key_click_and_word_and_taken_off(show, papers, log):
    page = show(Tagger(papers, log, PROTOCOL))
    page.keyboard.press("1")
    settle(page)
    assert ["Text"] == page.locator(".rk-chip span:first-child").all_inner_texts()
    page.get_by_role("checkbox", name="Image").click()
    settle(page)
    assert ["Image"] == page.locator(".rk-chip span:first-child").all_inner_texts(), "the axis holds one"
    page.locator(".rk").focus()
    page.keyboard.press("f")
    page.keyboard.type("my word")
    page.keyboard.press("Enter")
    settle(page)
    page.locator(".rk-chip button").first.click()
    settle(page)
    assert ["tag", "untag", "tag", "tag", "untag"] == log.events["kind"].tolist()
    page.locator(".rk").focus()
    page.keyboard.press("j")
    assert "Paper 1 on medical reasoning" == title(page)


def test_the_tags_of_others_are_confirmed_or_taken_off(show, papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    for tag in ("modality/text", "rare", "wrong"):
        bob.tag("p0", tag)
    page = show(Tagger(papers, log, PROTOCOL))
    assert ["Text", "rare", "wrong"] == page.locator(".rk-chip:not(.rk-own) > span").all_inner_texts()
    assert ["bob"] * 3 == page.locator(".rk-chip small").all_inner_texts()
    box = page.get_by_role("checkbox", name="Text")
    assert "mixed" == box.get_attribute("aria-checked")
    box.click()
    page.get_by_role("button", name="Remove tag wrong").click()
    settle(page)
    assert ["Text"] == page.locator(".rk-own > span").all_inner_texts()
    page.locator(".rk").focus()
    page.keyboard.press("c")
    settle(page)
    mine = log.events[log.events["reviewer"] == "ada"]
    assert [("tag", "modality/text"), ("untag", "wrong"), ("tag", "rare")] == list(zip(mine["kind"], mine["value"]))
    assert "1 of 5 papers tagged" in page.inner_text(".rk-facts") and "checked" not in page.inner_text(".rk-facts")
    box.click()
    settle(page)
    assert "untag" == log.events["kind"].iloc[-1] and "false" == box.get_attribute("aria-checked")


def test_a_charted_value_is_sent_with_its_quote_when_the_reader_leaves_the_item(show, papers, log):
    page = show(NoteTaker(papers, log, PROTOCOL))
    page.get_by_label("Size (B)").fill("7")
    page.locator(".rk-source summary").first.click()
    page.get_by_label("Quote for Size", exact=True).fill("a 7B model")
    assert 0 == page.evaluate("acts().length")
    page.get_by_label("Note on this paper").fill("good")
    page.locator(".rk").focus()
    settle(page)
    assert [{"item": "size", "value": 7, "quote": "a 7B model"}, "good"] == log.events["value"].tolist()
    page.keyboard.press("j")
    assert "" == page.input_value("textarea")
    page.keyboard.press("k")
    assert ("7", "good") == (page.get_by_label("Size (B)").input_value(), page.input_value("textarea"))


def test_values_of_others_are_taken_over_one_by_one_or_together(show, papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    bob.extract("p0", "size", 7, quote="a 7B model", where="p. 2")
    bob.extract("p0", "tasks", ["a", "b"])
    bob.extract("p1", "tasks", ["b"])
    bob.note("p0", "<b>Unclear</b>")
    page = show(NoteTaker(papers, log, PROTOCOL))
    assert ["bob: <b>Unclear</b>", "bob: 7 (p. 2) take “a 7B model”", "bob: a; b take"] == [
        " ".join(text.split()) for text in page.locator(".rk-theirs").all_inner_texts()]
    page.get_by_role("button", name="Take the value of bob for Size").click()
    settle(page)
    assert {"item": "size", "value": 7, "quote": "a 7B model", "where": "p. 2"} == log.events["value"].iloc[-1]
    assert 1 == page.locator(".rk-take").count(), "what is one's own already is not offered"
    page.locator(".rk").focus()
    page.keyboard.press("t")
    settle(page)
    page.keyboard.press("t")
    assert {"item": "tasks", "value": ["a", "b"]} == log.events["value"].iloc[-1] and 6 == len(log.events)
    page.keyboard.press("z")
    settle(page)
    assert [] == [box for box in page.get_by_role("checkbox").all() if box.is_checked()]
    page.keyboard.press("j")
    page.keyboard.press("t")
    settle(page)
    assert ("ada", "p1") == tuple(log.events[["reviewer", "record_id"]].iloc[-1])


def test_a_refused_value_stays_in_its_field_with_the_reason_beside_it(show, papers, log):
    page = show(NoteTaker(papers, log, PROTOCOL))
    page.get_by_label("Size (B)").fill("many")
    page.locator(".rk").focus()
    page.wait_for_selector(".rk-trouble:visible")
    assert "expected a number" in page.inner_text(".rk-trouble:visible")
    assert "many" == page.get_by_label("Size (B)").input_value() and log.events.empty
    page.get_by_label("Size (B)").fill("8")
    page.locator(".rk").focus()
    settle(page)
    assert 8 == log.events["value"].iloc[0]["value"] and 0 == page.locator(".rk-trouble:visible").count()
