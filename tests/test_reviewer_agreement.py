"""Agreement: checked against scikit-learn, and against figures of irrCAC 0.4.4, krippendorff 0.9.0 and statsmodels."""

import math

import numpy as np
import pandas as pd
import pytest

from review_kit.errors import ReviewKitError
from review_kit.schema import events_table, papers_table
from review_kit.screening.reviewer_agreement import (
    AGREEMENT_COLUMNS,
    agreement,
    agreement_statistics,
    krippendorff_alpha,
)

TA = "title_abstract"
WORDS = {"i": "include", "m": "maybe", "e": "exclude"}


def votes(**reviewers):
    """Events from strings, one letter per paper: i, m, e, or a dot for no decision."""
    return events_table([
        {"event_id": f"{r}{n}", "kind": "decide", "reviewer": r, "record_id": f"p{n}", "stage": TA, "value": WORDS[v],
         "final": False}
        for r, letters in reviewers.items() for n, v in enumerate(letters) if v != "."
    ])


def more(events, *rows):
    extra = [{"event_id": f"x{n}", "kind": "decide", "stage": TA, "final": False, **row} for n, row in enumerate(rows)]
    return events_table([*events.to_dict("records"), *extra])


def two(table, letters="ie"):
    """Two reviewers whose confusion matrix is this one."""
    cells = [(a, b, n) for a, row in zip(letters, table) for b, n in zip(letters, row)]
    return votes(ada="".join(a * n for a, _, n in cells), bob="".join(b * n for _, b, n in cells))


# kappa and its interval: statsmodels 0.15.0 cohens_kappa (Fleiss, Cohen and Everitt); AC1: irrCAC CAC(...).gwet();
# alpha: krippendorff.alpha(..., level_of_measurement="nominal"). The interval is cut at -1 and 1.
ORACLES = [
    ([[2, 5], [5, 188]], "ie", 0.2598075499629904, (-0.05675352616628326, 0.5763686260922627), 0.94638, 0.2616580310),
    ([[85, 5], [5, 105]], "ie", 0.898989898989899, (0.8379728252190107, 0.9600069727607871), 0.90099, 0.8992424242),
    ([[20, 5], [10, 15]], "ie", 0.4, (0.151092290476661, 0.6489077095233389), 0.40594, 0.4),
    ([[0, 3], [4, 0]], "ie", -0.96, (-1.0, -0.5576205873293156), -1.0, -0.8571428571),
    ([[30, 4, 1], [6, 10, 2], [0, 3, 44]], "ime", 0.7429718875502008, (0.632630374617752, 0.8533134004826495),
     0.7677, 0.7442364848),
]


@pytest.mark.parametrize("table, letters, kappa, interval, ac1, alpha", ORACLES)
def test_statistics_are_those_of_independent_implementations(table, letters, kappa, interval, ac1, alpha):
    events = two(table, letters)
    row = agreement(events, stage=TA).set_index("scale").loc["three_way"]
    assert (kappa, *interval) == pytest.approx((row["kappa"], row["kappa_low"], row["kappa_high"]), abs=1e-9)
    assert ac1 == pytest.approx(row["ac1"], abs=5e-6)
    assert alpha == pytest.approx(krippendorff_alpha(events, stage=TA, scale="three_way"), abs=1e-9)


def test_kappa_is_that_of_scikit_learn_on_random_tables():
    from sklearn.metrics import cohen_kappa_score

    rng = np.random.default_rng(0)
    for _ in range(50):
        table = rng.integers(0, 30, (3, 3))
        first, second = (np.repeat(axis.ravel(), table.ravel()) for axis in np.indices((3, 3)))
        assert cohen_kappa_score(first, second) == pytest.approx(agreement_statistics(table)["kappa"])


def test_the_paradox_of_kappa_is_told():
    row = agreement(two([[2, 5], [5, 188]]), stage=TA).iloc[0]
    assert (200, .95, .26, .90, .946) == (
        row["n"], row["agreement"], round(row["kappa"], 2), round(row["pabak"], 2), round(row["ac1"], 3))
    assert (4 / 14, 376 / 386) == pytest.approx((row["positive_agreement"], row["negative_agreement"]))
    assert {"include": {"include": 2, "exclude": 5}, "exclude": {"include": 5, "exclude": 188}} == row["confusion"]
    assert "nearly all papers got the same decision" in row["note"]


def test_the_paradox_is_not_told_where_decisions_are_mixed():
    assert pd.isna(agreement(two([[5, 1], [1, 1]]), stage=TA)["note"][0])


def test_alpha_with_three_reviewers_and_gaps():
    # krippendorff 0.9.0 and irrCAC 0.4.4 both give 0.5546875 for these ratings (0 e, 1 m, 2 i).
    events = votes(ada="eeim.iee", bob="eiimm.ei", cy=".eimei.i")
    assert 0.5546875 == pytest.approx(krippendorff_alpha(events, stage=TA, scale="three_way"))


def test_columns_stand_in_one_order_and_pairs_are_alphabetical():
    table = agreement(votes(cy="ie", ada="ii", bob="ee"), stage=TA)
    assert list(AGREEMENT_COLUMNS) == list(table.columns)
    pairs = [("ada", "bob"), ("ada", "cy"), ("bob", "cy")]
    assert pairs == list(dict.fromkeys(zip(table["reviewer_1"], table["reviewer_2"])))


def test_maybe_counts_as_include_or_for_itself():
    table = agreement(votes(ada="imee", bob="mmei"), stage=TA).set_index("scale")
    assert {"advance": .75, "three_way": .5} == table["agreement"].to_dict()


def test_only_papers_both_decided_count():
    assert [3, 3] == agreement(votes(ada="iie..e", bob=".iei.e"), stage=TA)["n"].tolist()


@pytest.mark.parametrize("ada, bob, undefined", [
    ("ii..", "..ee", ["agreement", "kappa", "kappa_low", "kappa_high", "pabak", "ac1", "positive_agreement",
                      "negative_agreement"]),
    ("eee", "eee", ["kappa", "kappa_low", "kappa_high", "positive_agreement"]),
    ("iii", "iii", ["kappa", "kappa_low", "kappa_high", "negative_agreement"]),
])
def test_what_is_undefined_is_missing_and_the_note_says_why(ada, bob, undefined):
    events = votes(ada=ada, bob=bob)
    row = agreement(events, stage=TA).iloc[0]
    assert undefined == [name for name in AGREEMENT_COLUMNS if name not in ("confusion", "note") and pd.isna(row[name])]
    assert "undefined" in row["note"]
    assert math.isnan(krippendorff_alpha(events, stage=TA))


def test_who_decides_always_the_same_gives_kappa_no_interval_and_the_note_says_so():
    row = agreement(votes(ada="iiiiii", bob="iiieee"), stage=TA).iloc[0]
    assert 0 == row["kappa"] and row[["kappa_low", "kappa_high"]].isna().all()
    assert "one reviewer gave every paper the same decision" in row["note"]


@pytest.mark.parametrize("ada, bob, note", [
    ("mme", "mee", "positive agreement is undefined: nobody included"),
    ("mmi", "mii", "negative agreement is undefined: nobody excluded"),
])
def test_agreement_on_a_category_nobody_used_is_undefined_and_the_note_says_so(ada, bob, note):
    row = agreement(votes(ada=ada, bob=bob), stage=TA).set_index("scale").loc["three_way"]
    assert note == row["note"] and pd.isna(row["_".join(note.split()[:2])]) and not pd.isna(row["kappa"])


def test_no_or_one_reviewer_gives_an_empty_table_and_undefined_alpha():
    for events in (events_table([]), votes(ada="ie")):
        assert 0 == len(agreement(events, stage=TA))
        assert math.isnan(krippendorff_alpha(events, stage=TA))


def test_settling_a_conflict_does_not_change_agreement():
    events = votes(ada="ie", bob="ee")
    settled = more(events, {"reviewer": "ada", "record_id": "p0", "value": "exclude", "final": True},
                   {"reviewer": "ada", "record_id": "p0", "value": "exclude"})
    pd.testing.assert_frame_equal(agreement(events, stage=TA), agreement(settled, stage=TA))


def test_a_reviewers_last_decision_counts_until_the_stage_is_unblinded():
    events = votes(ada="ie", bob="ee")
    changed = {"reviewer": "ada", "record_id": "p0", "value": "exclude"}
    unblind = {"reviewer": "cy", "kind": "unblind", "value": TA}
    assert 1.0 == agreement(more(events, changed), stage=TA)["agreement"][0]
    assert 0.5 == agreement(more(events, unblind, changed), stage=TA)["agreement"][0]


def test_decisions_about_records_of_one_paper_meet():
    events = more(votes(ada="i"), {"reviewer": "bob", "record_id": "other", "value": "include"})
    papers = papers_table([{"paper_id": "p0", "record_ids": ["p0", "other"]}])
    assert 0 == agreement(events, stage=TA)["n"][0]
    assert 1 == agreement(events, stage=TA, papers=papers)["n"][0]


def test_retrieval_and_unknown_scales_are_refused():
    with pytest.raises(ReviewKitError, match="stage: expected one of title_abstract, full_text"):
        agreement(votes(), stage="retrieval")
    with pytest.raises(ReviewKitError, match="scale: expected one of"):
        krippendorff_alpha(votes(), stage=TA, scale="ordinal")
