"""The screener in a real chromium: keys, saving, undo, losing the kernel."""

from dataclasses import replace

import pytest
from widget_page import PROTOCOL, kept, settle, title

from review_kit.protocol import Criterion
from review_kit.review_log import ReviewLog
from review_kit.schema import papers_table
from review_kit.widgets import Screener

pytestmark = pytest.mark.browser
TA = "title_abstract"


def test_a_key_decides_on_the_paper_on_screen_and_the_next_one_is_there_at_once(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.evaluate("deaf = true")
    for key in "iex":
        page.keyboard.press(key)
    sent = page.evaluate("acts().map((act) => [act.record_id, act.decision])")
    assert [["p0", "include"], ["p1", "exclude"], ["p2", "exclude"]] == sent
    assert "Paper 3 on medical reasoning" == title(page) and "saving…" == page.inner_text(".rk-status")


def test_an_act_is_shown_as_saved_once_the_log_has_it(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.keyboard.press("i")
    settle(page)
    assert ["p0"] == log.events["record_id"].tolist() and 0 == kept(page)
    assert "1 of 5 decided" in page.inner_text(".rk-facts") and "Saved: Include" == page.inner_text(".rk-status")


def test_plain_keys_never_leave_the_widget_but_ctrl_s_does(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL))
    for key in ("d", "d", "a", "b", "m", "c", "q", "Escape", "Shift+Enter", "Control+Enter", "ArrowDown", "Control+s"):
        page.keyboard.press(key)
    assert ["s"] == [key for key in page.evaluate("escaped") if key not in ("Shift", "Control")]
    page.locator(".rk-decision.rk-maybe").focus()
    page.keyboard.press("q")
    assert "q" not in page.evaluate("escaped")


def test_a_key_held_down_decides_once(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL))
    for _ in range(3):
        page.keyboard.down("i")
    assert 1 == page.evaluate("acts().length")


def test_words_in_the_note_are_not_decisions_and_the_note_goes_with_the_decision(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.keyboard.press("n")
    page.keyboard.type("nice idea, exclude? 1")
    assert 0 == page.evaluate("acts().length")
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    settle(page)
    assert [("note", "p0", "nice idea, exclude? 1"), ("decide", "p0", "include")] == list(
        zip(log.events["kind"], log.events["record_id"], log.events["value"]))
    assert "" == page.input_value("textarea")


def test_half_a_note_survives_a_reload_of_the_page(show, papers, log):
    screener = Screener(papers, log, protocol=PROTOCOL, order="listed")
    page = show(screener)
    page.evaluate("deaf = true")
    page.keyboard.press("n")
    page.keyboard.type("half a tho")
    page.close(run_before_unload=False)
    assert "half a tho" == show(screener).input_value("textarea")


def test_digits_exclude_for_a_reason(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.keyboard.press("2")
    settle(page)
    assert ["exclude", "no reasoning"] == log.events.iloc[0][["value", "reason"]].tolist()
    assert "no reasoning (1)" in page.inner_text(".rk-reasons")


def test_full_text_asks_for_the_reason_before_it_excludes(show, papers, log):
    log.decide("p0", "include", stage=TA)
    page = show(Screener(papers, log, stage="full_text", protocol=PROTOCOL))
    page.keyboard.press("e")
    assert 0 == page.evaluate("acts().length") and "Choose the reason" in page.inner_text(".rk-status")
    page.keyboard.press("1")
    settle(page)
    assert "no evaluation" == log.events["reason"].iloc[-1]


def test_the_i_key_means_what_the_visible_preset_says(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed", keys="asreview"))
    assert "asreview" == page.input_value("select") and "I" == page.inner_text(".rk-decision.rk-exclude kbd")
    page.keyboard.press("i")
    page.select_option("select", "rayyan")
    page.locator(".rk").focus()
    page.keyboard.press("i")
    settle(page)
    assert ["exclude", "include"] == log.events["value"].tolist()


def test_keyboards_of_other_scripts_decide_by_the_place_of_the_key(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.evaluate("""document.querySelector('.rk').dispatchEvent(
      new KeyboardEvent('keydown', { key: '\u0448', code: 'KeyI', bubbles: true }))""")
    settle(page)
    assert ["include"] == log.events["value"].tolist()


def test_undo_shows_the_paper_again_and_goes_on_backwards(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    for key in ("i", "e", "z"):
        page.keyboard.press(key)
    settle(page)
    assert "Paper 1 on medical reasoning" == title(page) and 1 == page.evaluate("model.get('progress').done")
    page.keyboard.press("z")
    settle(page)
    assert "Paper 0 on medical reasoning" == title(page)
    assert ["decide", "decide", "undo", "undo"] == log.events["kind"].tolist()


def test_later_back_list_jump_and_search(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.keyboard.press("j")
    assert "Paper 1 on medical reasoning" == title(page)
    page.keyboard.press("k")
    assert "Paper 0 on medical reasoning" == title(page)
    page.keyboard.press("l")
    assert 5 == page.locator(".rk-row").count()
    page.keyboard.press("l")
    page.keyboard.press("/")
    page.keyboard.type("#4")
    page.clock.run_for(300)
    page.locator(".rk-results button").click()
    assert "Paper 3 on medical reasoning" == title(page)


def test_a_silent_kernel_is_told_after_three_seconds_and_locks_the_buttons(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.wait_for_function("() => document.querySelector('.rk-alert').hidden")
    page.evaluate("deaf = true")
    page.keyboard.press("i")
    page.clock.run_for(2000)
    assert page.locator(".rk-alert").is_hidden()
    page.clock.run_for(2000)
    assert "NOT SAVED - kernel not answering" in page.inner_text(".rk-alert")
    assert "Not saved" == page.inner_text(".rk-status")
    before = title(page)
    page.keyboard.press("e")
    page.locator(".rk-decision.rk-include").click(force=True)
    assert 1 == page.evaluate("acts().length") and before == title(page)
    assert {"true"} == {b.get_attribute("aria-disabled") for b in page.locator(".rk-decision").all()}


def test_unsaved_acts_are_sent_again_with_the_same_id_when_the_kernel_answers(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.evaluate("deaf = true")
    page.keyboard.press("i")
    page.keyboard.press("e")
    page.clock.run_for(5000)
    page.evaluate("deaf = false")
    page.clock.run_for(12_000)
    settle(page)
    sent = page.evaluate("acts().map((act) => act.event_id)")
    assert 4 == len(sent) and sent[:2] == sent[2:] == log.events["event_id"].tolist()
    assert page.locator(".rk-alert").is_hidden() and 0 == kept(page)


def test_unsaved_acts_survive_closing_the_page_and_reach_the_next_kernel(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.evaluate("deaf = true")
    page.keyboard.press("i")
    page.close()
    again = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    settle(again)
    assert [("p0", "include")] == list(zip(log.events["record_id"], log.events["value"])) and 0 == kept(again)


def test_what_the_log_refuses_is_told_and_the_paper_comes_back(show, papers, log, monkeypatch):
    screener = Screener(papers, log, protocol=PROTOCOL, order="listed")
    page = show(screener)
    monkeypatch.setattr(screener, "kinds", ("note",))
    page.keyboard.press("i")
    settle(page)
    assert "Refused" in page.inner_text(".rk-alert") and "cannot record 'decide'" in page.inner_text(".rk-alert")
    assert 1 == page.evaluate("[...document.querySelectorAll('.rk-title')].length") and log.events.empty
    page.get_by_role("button", name="Dismiss").click()
    page.keyboard.press("e")
    assert page.locator(".rk-alert").is_visible()


def test_a_full_disk_is_told_and_try_again_saves_the_same_act(show, papers, log, monkeypatch):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("review_kit.log_files._write", full)
        page.keyboard.press("i")
        page.wait_for_selector(".rk-alert:has-text('No space left')")
        assert "Not saved" == page.inner_text(".rk-status") and 1 == kept(page)
    page.get_by_role("button", name="Try again").click()
    settle(page)
    assert ["include"] == log.events["value"].tolist() and page.locator(".rk-alert").is_hidden()


def test_a_field_may_be_hidden_by_the_reader(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL))
    assert "Ada Lovelace" in page.inner_text(".rk-meta")
    page.locator(".rk-menu summary").click()
    page.get_by_label("Authors").uncheck()
    assert "Ada Lovelace" not in page.inner_text(".rk-meta")


def test_the_focus_stays_inside_when_a_button_is_redrawn(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.locator(".rk-decision.rk-include").click()
    settle(page)
    assert "include" == page.evaluate("document.activeElement.dataset.name")
    page.keyboard.press("e")
    assert 2 == page.evaluate("acts().length")


def test_the_four_queues_are_a_click_away_and_a_done_decision_can_be_changed(show, papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    for paper_id, mine, theirs in (("p0", "include", "exclude"), ("p1", "include", None), ("p2", "maybe", "include")):
        for reviewer, decision in ((log, mine), (bob, theirs)):
            if decision:
                reviewer.decide(paper_id, decision, stage=TA)
    page = show(Screener(papers, log, protocol=PROTOCOL, mode="dual", order="listed"))
    assert ["Mine2", "Awaiting another1", "Conflicts1", "Done1"] == [
        text.replace("\n", "") for text in page.locator(".rk-queue").all_inner_texts()]
    page.locator("[data-name='queue conflicts']").click()
    page.wait_for_selector(".rk-others")
    assert "Paper 0 on medical reasoning" == title(page) and 2 == page.locator(".rk-others li").count()
    page.locator("[data-name='queue done']").click()
    page.wait_for_function("() => document.querySelector('.rk-title').innerText.startsWith('Paper 2')")
    assert 0 == page.locator(".rk-others").count() and "you decided: maybe" in page.inner_text(".rk-place")
    page.keyboard.press("e")
    settle(page)
    assert ("p2", "exclude", False) == tuple(log.events.iloc[-1][["record_id", "value", "final"]])
    assert "Nothing is done yet." in page.inner_text(".rk-done")


def test_alone_one_is_not_shown_queues_that_wait_for_others(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    assert ["Mine5", "Done0"] == [text.replace("\n", "") for text in page.locator(".rk-queue").all_inner_texts()]


def test_stopping_shows_its_evidence_asks_for_a_reason_and_can_be_undone(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.locator("summary:has-text('When to stop')").click()
    page.wait_for_selector(".rk-facts-list li:has-text('0 of 5 papers screened')")
    page.locator("[data-name='stop']").click()
    assert log.events.empty and "Say why" in page.inner_text(".rk-status")
    page.locator(".rk-stop label:has-text('checked the excluded')").click()
    page.wait_for_selector("li:has-text('excluded papers checked again: yes')")
    page.keyboard.press("Tab")
    page.keyboard.type("i have seen enough")
    page.keyboard.press("Enter")
    settle(page)
    assert ["stop"] == log.events["kind"].tolist()
    assert "Stopped by ada: i have seen enough" == page.inner_text(".rk-stopped")
    assert "Screening was stopped here" in page.inner_text(".rk-done")
    page.locator(".rk-undo").click()
    page.wait_for_selector(".rk-title")
    assert 0 == page.locator(".rk-stopped:visible").count()


def test_a_paper_that_waits_no_longer_leaves_the_screen_when_the_log_is_read_again(show, papers, log):
    screener = Screener(papers, log, protocol=PROTOCOL, order="listed")
    page = show(screener)
    log.decide("p0", "include", stage=TA)
    page.evaluate("model.send({ type: 'refresh' })")
    page.wait_for_function("() => document.querySelector('.rk-title').innerText.startsWith('Paper 1')")


def test_news_of_others_is_shown_and_read_on_request(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, mode="dual", order="listed"))
    assert not page.is_visible(".rk-news")
    ReviewLog(log.location, reviewer="bob").decide("p0", "include", stage=TA)
    page.clock.run_for(2500)
    page.wait_for_selector(".rk-news:visible")
    assert "bob" not in page.inner_text(".rk") and "5" in page.inner_text("[data-name='queue mine']")
    page.locator("[data-name='refresh']").click()
    page.wait_for_selector(".rk-news", state="hidden")


def marked(page):
    return [(mark.inner_text(), mark.get_attribute("class").removeprefix("rk-term-"))
            for mark in page.locator(".rk-abstract mark").all()]


@pytest.mark.parametrize(("terms", "text", "found"), [
    ({"include": ["reason"], "exclude": ["reasoning-free"]}, "Reasoning beats reasoning-free baselines",
     [("Reasoning", "include"), ("reasoning-free", "exclude")]),
    ({"include": ["chain-of-thought"]}, "Chain of thought, chain\u2011of\u2011thoughts, chain\nof-thought",
     [("Chain of thought", "include"), ("chain\u2011of\u2011thoughts", "include"), ("chain of-thought", "include")]),
    ({"include": ["\u533b\u5b66"], "exclude": ["\u673a\u5668\u4eba"]},
     "\u9762\u5411\u533b\u5b66\u63a8\u7406\u7684\u673a\u5668\u4eba\u7efc\u8ff0",
     [("\u533b\u5b66", "include"), ("\u673a\u5668\u4eba", "exclude")]),
    ({"include": ["C++", ".*", "", " ", "(a|b)"], "exclude": ["<b>", "[", "a{2}"]}, "C++ or .* or (a|b); [ and a{2}",
     [("C++", "include"), (".*", "include"), ("(a|b)", "include"), ("[", "exclude"), ("a{2}", "exclude")]),
    ({"include": ["x" * 99_999, "fine"]}, "All fine", [("fine", "include")]),
    ({"include": ["RAG"], "exclude": ["rag doll"]}, "RAGs, rag, a rag doll",
     [("RAGs", "include"), ("rag doll", "exclude")]),
    ({"include": ["\u0153dem"]}, "An \u0152dema, \u0153dematous; co\u0153dem",
     [("\u0152dema", "include"), ("\u0153dematous", "include")]),
], ids=["longer", "hyphens", "unspaced", "signs", "endless", "capitals", "ligature"])
def test_terms_are_marked_as_people_write_them_and_the_longer_one_counts(show, papers, log, terms, text, found):
    papers.at["p0", "abstract"] = text
    page = show(Screener(papers, log, protocol=replace(PROTOCOL, highlight=terms), order="listed"))
    assert found == [(" ".join(said.split()), kind) for said, kind in marked(page)]


def test_the_list_shows_more_on_request_and_moves_by_key(show, papers, log):
    many = papers_table(papers.iloc[0].to_dict() | {"paper_id": f"m{i}", "record_ids": [f"m{i}"], "title": f"Paper {i}"}
                        for i in range(40))
    page = show(Screener(many, log, protocol=PROTOCOL, order="listed"))
    page.keyboard.press("l")
    assert 8 == page.locator(".rk-row").count() and "32 more in this queue" in page.inner_text(".rk-more")
    page.locator("[data-name='more']").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-row').length === 16")
    page.locator(".rk-row").nth(5).click()
    page.locator(".rk").focus()
    page.keyboard.press("k")
    assert "Paper 4" == title(page)
    page.keyboard.press("j")
    page.keyboard.press("i")
    settle(page)
    assert ["m5"] == log.events["record_id"].tolist() and "Paper 6" == title(page)


def test_nothing_in_a_narrow_cell_is_cut_off_however_long_reasons_and_criteria_are(show, papers, log):
    long = "reports no outcome that the protocol names, or only for a subgroup it leaves out " * 3
    plan = replace(PROTOCOL, reasons={TA: (long, "x" * 300)}, criteria=(Criterion("I", "include", "y" * 300),))
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p0", "include", stage=TA)
    bob.decide("p0", "exclude", stage=TA, reason=long)
    page = show(Screener(papers, log, protocol=plan, mode="dual", queue="conflicts"))
    page.set_viewport_size({"width": 560, "height": 900})
    page.locator(".rk-menu summary").click()
    page.keyboard.press("/")
    page.locator(".rk-search").fill("paper")
    page.clock.run_for(300)
    page.wait_for_selector(".rk-results button")
    assert [] == page.evaluate("""() => {
      const frame = document.querySelector('.rk').getBoundingClientRect();
      return [...document.querySelectorAll('.rk *')].filter((node) => {
        const box = node.getBoundingClientRect();
        return box.width && (box.right > frame.right + 1 || box.left < frame.left - 1);
      }).map((node) => node.className || node.localName);
    }""")


def test_in_a_narrow_cell_the_criteria_stay_in_view_above_a_list(show, papers, log):
    page = show(Screener(papers, log, protocol=PROTOCOL, order="listed"))
    page.set_viewport_size({"width": 560, "height": 900})
    top = "(name) => document.querySelector(name).getBoundingClientRect().top"
    assert page.evaluate(top, ".rk-criteria") > page.evaluate(top, ".rk-title")
    page.keyboard.press("l")
    assert page.evaluate(top, ".rk-criteria") < page.evaluate(top, ".rk-row")


def test_where_the_protocol_lists_no_reasons_full_text_says_so(show, papers, log):
    log.decide("p0", "include", stage=TA)
    page = show(Screener(papers, log, stage="full_text"))
    page.keyboard.press("e")
    assert "the protocol lists none" in page.inner_text(".rk-status") and 1 == len(log.events)


def test_a_stage_that_no_paper_has_reached_says_so(show, papers, log):
    page = show(Screener(papers, log, stage="full_text", protocol=PROTOCOL))
    assert "No paper has come to you here yet." in page.inner_text(".rk-done")
    assert not page.is_visible(".rk-criteria")


def test_different_reasons_at_full_text_are_settled_by_a_digit(show, papers, log):
    plan = replace(PROTOCOL, reasons={"full_text": ("no evaluation", "not a paper")})
    bob = ReviewLog(log.location, reviewer="bob")
    for reviewer, reason in ((log, "no evaluation"), (bob, "not a paper")):
        reviewer.decide("p0", "include", stage=TA)
        reviewer.decide("p0", "exclude", stage="full_text", reason=reason)
    cy = ReviewLog(log.location, reviewer="cy")
    page = show(Screener(papers, cy, stage="full_text", protocol=plan, mode="dual", queue="conflicts"))
    assert ["ada exclude: no evaluation", "bob exclude: not a paper"] == page.locator(".rk-others li").all_inner_texts()
    page.keyboard.press("e")
    assert "Choose the reason" in page.inner_text(".rk-status")
    page.keyboard.press("2")
    settle(page)
    assert ("cy", "exclude", "not a paper", True) == tuple(
        cy.events[["reviewer", "value", "reason", "final"]].iloc[-1]) and 5 == len(cy.events)


def test_hostile_texts_of_a_protocol_and_of_reviewers_stay_text(show, papers, log):
    bad = ["<img src=x onerror=__pwn.push(1)>", "<script>__pwn.push(1)</script>", "\u202egnp.exe"]
    plan = replace(PROTOCOL, reasons={TA: tuple(bad)}, criteria=tuple(Criterion(b, "include", b) for b in bad),
                   highlight={"include": tuple(bad), "exclude": ("(", "\\")})
    bob = ReviewLog(log.location, reviewer="bob")
    for paper_id, reason in zip(papers["paper_id"], bad):
        log.decide(paper_id, "include", stage=TA)
        bob.decide(paper_id, "exclude", stage=TA, reason=reason)
    bob.stop(papers, stage=TA, reason=bad[0])
    page = show(Screener(papers, log, protocol=plan, mode="dual", queue="conflicts"))
    for key in ("l", "?", "i", "1", "2"):
        page.keyboard.press(key)
        settle(page)
    page.locator("summary:has-text('When to stop')").click()
    page.clock.run_for(1000)
    assert [] == page.evaluate("__pwn") and 0 == page.locator(".rk :is(img, script)").count()
    assert bad[0] in page.inner_text(".rk-criteria") and bad[0] in page.inner_text(".rk-stopped")
    assert "[U+202E]gnp.exe" in page.inner_text(".rk-criteria")
    assert [bad[0], bad[1]] == log.events[log.events["final"]]["reason"].dropna().tolist()
