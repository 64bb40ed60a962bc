"""Decisions of Rayyan, ASReview and Covidence travel in and out."""

import pandas as pd
import pytest

from review_kit.errors import ReviewKitError, SourceError
from review_kit.events import current_events
from review_kit.formats import read_records
from review_kit.formats.decisions import read_decisions, write_decisions
from review_kit.schema import events_table, papers_table

RAYYAN_NOTE = (
    'old note | RAYYAN-INCLUSION: {"Kofi A"=>"Included", "ama@x.org"=>"Excluded"} | RAYYAN-LABELS: text,rl | '
    'RAYYAN-EXCLUSION-REASONS: wrong population | USER-NOTES: {"Kofi A"=>["see {this} \\"part\\"", "two"]}'
)


def put(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def said(events):
    return [
        (event.reviewer, event.kind, event.value, None if pd.isna(event.reason) else event.reason)
        for event in events.itertuples()
    ]


RAYYAN_SAID = [
    ("Kofi_A", "decide", "include", None),
    ("ama@x.org", "decide", "exclude", "wrong population"),
    ("Kofi_A", "tag", "text", None),
    ("ama@x.org", "tag", "text", None),
    ("Kofi_A", "tag", "rl", None),
    ("ama@x.org", "tag", "rl", None),
    ("Kofi_A", "note", 'see {this} "part"', None),
    ("Kofi_A", "note", "two", None),
]


def test_rayyan_notes_are_read_from_csv_ris_and_bibtex(tmp_path):
    quoted = RAYYAN_NOTE.replace('"', '""')
    files = [
        put(tmp_path, "a.csv", f'key,title,year,notes\nrayyan-1,On things,2020,"{quoted}"\n'),
        put(tmp_path, "a.ris", f"TY  - JOUR\nTI  - On things\nN1  - {RAYYAN_NOTE}\nER  - \n"),
        put(tmp_path, "a.bib", f"@misc{{a, title={{On things}}, note={{{RAYYAN_NOTE}}}}}"),
    ]
    for path in files:
        events = read_decisions(path)
        assert said(events) == RAYYAN_SAID
        assert set(events["record_id"]) == set(read_records(path)["record_id"])
        assert events["stage"].dropna().unique().tolist() == ["title_abstract"]


def test_reading_again_gives_the_same_events(tmp_path):
    path = put(tmp_path, "a.ris", f"TY  - JOUR\nTI  - On things\nN1  - {RAYYAN_NOTE}\nER  - \n")
    first, second = read_decisions(path), read_decisions(path)
    assert first["event_id"].tolist() == second["event_id"].tolist()
    assert first["event_id"].is_unique


def test_rayyans_log_is_linked_through_its_articles(tmp_path):
    articles = put(tmp_path, "articles.csv", "key,title,year\nrayyan-7,On things,2020\n")
    log = put(
        tmp_path,
        "customizations_log.csv",
        "article_id,user_id,user_email,created_at,key,value\n7,1,a@x.org,2024-01-02 10:00:00,included,1\n"
        "7,1,a@x.org,2024-01-02 10:01:00,included,-1\n7,1,a@x.org,2024-01-02 10:02:00,rl,1\n"
        "7,1,a@x.org,,included,deleted\n",
    )
    records = read_records(articles)
    events = read_decisions(log, records)
    assert said(events[events["kind"] != "undo"]) == [
        ("a@x.org", "decide", "include", None),
        ("a@x.org", "decide", "exclude", None),
        ("a@x.org", "tag", "rl", None),
    ]
    assert ["rl"] == list(current_events(events)["value"]), "a deleted decision leaves none, the earlier one neither"
    assert set(events["record_id"]) == {records["record_id"][0]}
    assert set(read_decisions(log)["record_id"]) == {"rayyan-7"}


def test_reasons_and_notes_of_rayyans_log_stay_with_their_reviewer(tmp_path):
    log = put(
        tmp_path,
        "customizations_log.csv",
        "article_id,user_email,created_at,key,value\n7,a@x.org,,included,-1\n7,b@x.org,,included,-1\n"
        '7,a@x.org,,__EXR__wrong population,1\n7,b@x.org,,__EXR__too old,1\n7,b@x.org,,__EXR__too old,0\n'
        '7,b@x.org,,__EXR__not a trial,1\n7,a@x.org,,notes,"see, ""this"""\n7,a@x.org,,included,-1\n',
    )
    events = read_decisions(log)
    assert said(events) == [
        ("a@x.org", "decide", "exclude", None), ("b@x.org", "decide", "exclude", "not a trial"),
        ("a@x.org", "note", 'see, "this"', None), ("a@x.org", "decide", "exclude", "wrong population"),
    ]  # fmt: skip
    assert events["event_id"].is_unique


def test_what_a_note_quotes_is_no_label_and_no_decision(tmp_path):
    note = ('RAYYAN-INCLUSION: {"Kofi"=>"Excluded"} | USER-NOTES: {"Kofi"=>["RAYYAN-LABELS: x | '
            'RAYYAN-EXCLUSION-REASONS: y"]}').replace('"', '""')
    events = read_decisions(put(tmp_path, "a.csv", f'title,year,notes\nOn things,2020,"{note}"\n'))
    assert said(events) == [
        ("Kofi", "decide", "exclude", None), ("Kofi", "note", "RAYYAN-LABELS: x | RAYYAN-EXCLUSION-REASONS: y", None)
    ]


@pytest.mark.parametrize("note", [
    '<p>RAYYAN-INCLUSION: {&quot;Kofi&quot;=&gt;&quot;Maybe&quot;} | RAYYAN-LABELS: R&amp;D</p>',
    '<div><p>RAYYAN-INCLUSION: {"Kofi"=>"Maybe"} | RAYYAN-LABELS: R&amp;D<br/></p></div>',
])
def test_notes_are_read_through_zotero(tmp_path, note):
    events = read_decisions(put(tmp_path, "a.ris", f"TY  - JOUR\nTI  - On things\nN1  - {note}\nER  - \n"))
    assert said(events) == [("Kofi", "decide", "maybe", None), ("Kofi", "tag", "R&D", None)]


def test_asreview_columns_are_read(tmp_path):
    path = put(
        tmp_path,
        "x.csv",
        "record_id,title,asreview_label,asreview_time,asreview_note,asreview_user_name,asreview_tag_topic_rl\n"
        "0,A,1,2024-01-02 10:00:00,good,Ann Lee,1\n1,B,0,2024-01-02 10:01:00,,Ann Lee,0\n2,C,,,,,\n",
    )
    events = read_decisions(path)
    assert said(events) == [
        ("Ann_Lee", "decide", "include", None), ("Ann_Lee", "note", "good", None), ("Ann_Lee", "tag", "topic_rl", None),
        ("Ann_Lee", "decide", "exclude", None),
    ]  # fmt: skip
    assert events["at"][0] == "2024-01-02T10:00:00"


@pytest.mark.parametrize("column", ["included", "Label", "final_included", "included_label", "include"])
def test_every_label_column_of_asreview_is_read(tmp_path, column):
    path = put(tmp_path, "a.csv", f"title,year,{column}\nOne,2001,1\nTwo,2001,0\nThree,2001,-1\nFour,2001,\n")
    assert [("One (2001)", "include"), ("Two (2001)", "exclude")] == list(
        read_decisions(path)[["about", "value"]].itertuples(index=False, name=None))


def test_asreview_marks_are_read_from_ris(tmp_path):
    records = "".join(
        f'TY  - GEN\nTI  - {title}\nN1  - <p>{mark}</p>\nN1  - asreview_user_name: "ann"\nER  - \n\n'
        for title, mark in (("A", "ASReview_relevant"), ("B", "ASReview_irrelevant"), ("C", "ASReview_not_seen"))
    )
    events = read_decisions(put(tmp_path, "x.ris", records), stage="full_text")
    assert said(events) == [("ann", "decide", "include", None), ("ann", "decide", "exclude", None)]
    assert set(events["stage"]) == {"full_text"}


COVIDENCE = "Title,Authors,Abstract,Published Year,DOI,Ref,Covidence #,Study,Notes,Tags\n"


@pytest.mark.parametrize(
    ("name", "stage", "decision"),
    [
        ("review_1_irrelevant.csv", "title_abstract", "exclude"),
        ("review_1_excluded.csv", "full_text", "exclude"),
        ("review_1_included.csv", "full_text", "include"),
        ("review_1_select_csv_20240102.csv", "title_abstract", "include"),
    ],
)
def test_covidence_says_the_stage_by_the_file(tmp_path, name, stage, decision):
    path = put(
        tmp_path, name, COVIDENCE + 'A,"Lee, Ann",,2020,,,#1,Lee 2020,"Exclusion reason: Wrong study design; ",rl; x\n'
    )
    events = read_decisions(path)
    assert said(events)[0] == ("covidence", "decide", decision, "Wrong study design")
    assert (events["stage"][0], bool(events["final"][0])) == (stage, True)
    assert events["value"].tolist()[1:] == ["rl", "x"]


def test_records_of_another_source_are_found_by_doi_and_title(tmp_path):
    records = read_records(
        put(tmp_path, "mine.bib", "@misc{a, title={{On} Things}, year=2020}\n@misc{b, title={Other}, doi={10.1000/B}}")
    )
    path = put(
        tmp_path, "x.csv", "title,year,doi,asreview_label\nOn things,2020,,1\nChanged,2020,10.1000/b,0\nNew,2020,,1\n"
    )
    events = read_decisions(path, records)
    assert events["record_id"].tolist()[:2] == records["record_id"].tolist()
    assert events["record_id"][2].startswith("x-")


@pytest.mark.parametrize(("mine", "row"), [
    ("key,title,year\n1,On things,2020\n", "1,Another paper,2020,,1"),
    ("title,year,doi\nEditorial,2020,10.1000/a\n", "5,Editorial,2020,10.1000/b,1"),
    ("title,year,doi\nEditorial,2020,10.1000/a\nEditorial,2020,10.1000/b\n", "5,Editorial,2020,,1"),
    ("title,year\nEditorial,2020\n", "5,Editorial,,,1"),
    ("title,year\nA long title of a paper,2020\n", "5,A long title of a paper,2021,,1"),
], ids=["number as key", "other DOI", "two papers", "short title without year", "other year"])
def test_a_decision_never_goes_to_another_paper(tmp_path, mine, row):
    records = read_records(put(tmp_path, "mine.csv", mine))
    path = put(tmp_path, "x.csv", f"record_id,title,year,doi,asreview_label\n{row}\n")
    assert not set(read_decisions(path, records)["record_id"]) & set(records["record_id"])


def test_a_long_title_is_enough_where_a_year_is_missing(tmp_path):
    records = read_records(put(tmp_path, "mine.csv", "title,year\nA long title of a paper,2020\n"))
    events = read_decisions(put(tmp_path, "x.csv", "title,asreview_label\nA Long Title of a Paper,1\n"), records)
    assert list(records["record_id"]) == list(events["record_id"])


def test_what_covidence_notes_beside_the_reason_is_a_note(tmp_path):
    path = put(tmp_path, "r_excluded.csv", COVIDENCE
               + 'A,"Lee, Ann",,2020,,,#1,Lee 2020,"Exclusion reason: Wrong design; ask Bo, please","RCT, blinded;"\n')
    assert said(read_decisions(path)) == [
        ("covidence", "decide", "exclude", "Wrong design"), ("covidence", "note", "ask Bo, please", None),
        ("covidence", "tag", "RCT, blinded", None),
    ]


def test_a_file_without_decisions_is_a_clear_error(tmp_path):
    with pytest.raises(SourceError, match="no decision"):
        read_decisions(put(tmp_path, "x.csv", "title,year\nA,2020\n"))
    for stage in ("third", "retrieval"):
        with pytest.raises(ReviewKitError, match="not a stage"):
            read_decisions(tmp_path / "x.csv", stage=stage)
        with pytest.raises(ReviewKitError, match="not a stage"):
            write_decisions(PAPERS, EVENTS, tmp_path / "x.csv", dialect="asreview", stage=stage)


def paper(number, **given):
    return {
        "paper_id": f"p{number}", "record_ids": [f"p{number}", f"q{number}"], "title": f"Paper {number}",
        "type": "article",
        "authors": ["Lee, Ann", "van der Berg, Jan"], "year": 2020, 
        "abstract": "=1+1, \"quoted\"\nline", "keywords": ["a", "b"],
        **given,
    }  # fmt: skip


def event(number, record_id, reviewer, kind, value, **given):
    return {"event_id": f"e{number}", "seq": number, "reviewer": reviewer, "kind": kind, "record_id": record_id,
            "value": value,
            "stage": given.pop("stage", "title_abstract") if kind == "decide" else None, **given}  # fmt: skip


PAPERS = papers_table([paper(1), paper(2, doi="10.1000/b"), paper(3), paper(4)])
EVENTS = events_table([
    event(1, "p1", "ann", "decide", "exclude"),
    event(2, "q1", "ann", "decide", "include", at="2024-01-02T10:00:00"),
    event(3, "p2", "ann", "decide", "exclude", reason="not medical"),
    event(4, "p3", "ann", "decide", "maybe"),
    event(5, "p4", "ann", "decide", "include"),
    event(6, None, "ann", "undo", "e5"),
    event(7, "p1", "ann", "tag", "rl"),
    event(8, "p2", "ann", "tag", "gone"),
    event(9, "p2", "ann", "untag", "gone"),
    event(10, "p1", "ann", "note", 'a "note", with\nlines'),
    event(11, "p1", "ann", "decide", "include", stage="full_text"),
    event(12, "p2", "ann", "decide", "exclude", stage="full_text", reason="no data"),
])  # fmt: skip


def decisions(events):
    kept = events[events["kind"] == "decide"]
    return {
        (record_id, reviewer): value
        for record_id, reviewer, value in zip(kept["record_id"], kept["reviewer"], kept["value"])
    }


def as_records(papers):
    return papers.assign(record_id=papers["paper_id"], extra=[{} for _ in range(len(papers))])


def test_rayyan_round_trip(tmp_path):
    bo = events_table([event(20, "p1", "bo", "decide", "exclude", reason="too old")])
    (path,) = write_decisions(PAPERS, pd.concat([EVENTS, bo], ignore_index=True), tmp_path / "r.csv", dialect="rayyan")
    events = read_decisions(path, as_records(PAPERS))
    assert decisions(events) == {
        ("p1", "ann"): "include",
        ("p1", "bo"): "exclude",
        ("p2", "ann"): "exclude",
        ("p3", "ann"): "maybe",
    }
    assert ("ann", "note", 'a "note", with\nlines', None) in said(events)
    assert ("ann", "decide", "exclude", "not medical") in said(events)
    records = read_records(path)
    assert records["title"].tolist() == PAPERS["title"].tolist()
    assert records["authors"].tolist() == PAPERS["authors"].tolist()


def test_reviewers_go_back_under_their_names(tmp_path):
    quoted = RAYYAN_NOTE.replace('"', '""')
    read = read_decisions(put(tmp_path, "a.csv", f'key,title,year,notes\np1,Paper 1,2020,"{quoted}"\n'))
    events = read.assign(record_id="p1")
    (path,) = write_decisions(PAPERS, events, tmp_path / "r.csv", dialect="rayyan")
    again = read_decisions(path, as_records(PAPERS))
    assert [e["name"] for e in read["context"]] == [e["name"] for e in again["context"]]
    assert said(events) == said(again)


@pytest.mark.parametrize("name", ["a.csv", "a.ris"])
def test_asreview_round_trip(tmp_path, name):
    (path,) = write_decisions(PAPERS, EVENTS, tmp_path / name, dialect="asreview")
    events = read_decisions(path, as_records(PAPERS))
    assert decisions(events) == {("p1", "ann"): "include", ("p2", "ann"): "exclude"}
    assert read_records(path)["key"].tolist() == ["p1", "p3", "p4", "p2"]
    assert ("ann", "tag", "rl", None) in said(events)
    assert not (events["value"] == "gone").any()


@pytest.mark.parametrize("name", ["a.csv", "a.ris"])
def test_asreview_keeps_agreeing_reviewers_odd_tags_and_blanks(tmp_path, name):
    more = events_table([
        event(20, "p1", "bo", "decide", "include"), event(21, "p1", "ann", "tag", "Method/RL: \"deep\", é"),
        event(22, "p2", "ann", "note", "two  blanks; asreview_label: 1"),
    ])
    (path,) = write_decisions(PAPERS, pd.concat([EVENTS, more]), tmp_path / name, dialect="asreview")
    events = read_decisions(path, as_records(PAPERS))
    assert decisions(events) == {("p1", "ann"): "include", ("p1", "bo"): "include", ("p2", "ann"): "exclude"}
    assert {"rl", 'Method/RL: "deep", é'} == set(events.loc[events["kind"] == "tag", "value"])
    assert "two  blanks; asreview_label: 1" in set(events.loc[events["kind"] == "note", "value"])


@pytest.mark.parametrize("dialect", ["rayyan", "covidence"])
def test_commas_in_reasons_and_notes_come_back(tmp_path, dialect):
    told = events_table([
        event(1, "p2", "ann", "decide", "exclude", reason="wrong population, children", stage="full_text"),
        event(2, "p2", "ann", "note", 'a, "b"; c\n{d} | e'), event(3, "p2", "ann", "tag", "rl"),
    ])
    (path,) = write_decisions(PAPERS, told, tmp_path / "c.csv", dialect=dialect, stage="full_text")
    events = read_decisions(path, as_records(PAPERS), stage="full_text")
    assert [(kind, value, reason) for _, kind, value, reason in said(events)] == [
        ("decide", "exclude", "wrong population, children"),
        *sorted([("note", 'a, "b"; c\n{d} | e', None), ("tag", "rl", None)], reverse=dialect == "rayyan"),
    ]


def test_covidence_round_trip(tmp_path):
    paths = write_decisions(PAPERS, EVENTS, tmp_path / "c.csv", dialect="covidence")
    assert [path.name for path in paths] == ["c_irrelevant.csv", "c_excluded.csv", "c_included.csv"]
    events = pd.concat([read_decisions(path, as_records(PAPERS)) for path in paths])
    kept = events[events["kind"] == "decide"]
    assert list(zip(kept["record_id"], kept["stage"], kept["value"])) == [
        ("p2", "title_abstract", "exclude"), ("p2", "full_text", "exclude"), ("p1", "full_text", "include"),
    ]  # fmt: skip
    assert kept["reason"].tolist()[1] == "no data"


def test_reviewers_who_differ_leave_asreview_without_a_label(tmp_path):
    bo = events_table([event(20, "p1", "bo", "decide", "exclude")])
    (path,) = write_decisions(PAPERS, pd.concat([EVENTS, bo]), tmp_path / "a.csv", dialect="asreview")
    assert ("p1", "ann+bo") not in decisions(read_decisions(path, as_records(PAPERS)))


def test_unknown_dialects_are_refused(tmp_path):
    with pytest.raises(ReviewKitError, match="covidence"):
        write_decisions(PAPERS, EVENTS, tmp_path / "x", dialect="excel")
