"""rank_papers: the order it gives, when it gives none, and what it must not see."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from review_kit.errors import ReviewKitError
from review_kit.ranking import RANDOM_ORDER, rank_papers, ranking_context, relevance_labels
from review_kit.relevance import BACKGROUND, LIKENESS, NEIGHBOURS, RelevanceModel, paper_weights
from review_kit.schema import events_table, papers_table
from review_kit.screening import screening_queue
from review_kit.text_features import LEVEL, PaperFeatures, paper_features, paper_texts, words

STAGE = "title_abstract"
TOPICS = {
    "medical": "clinical diagnosis of patients with language models in hospitals",
    "traffic": "forecasting urban traffic flow on road networks with graphs",
    "protein": "protein folding and molecular dynamics for drug discovery",
}


def some_papers(n_each: int = 8) -> pd.DataFrame:
    """Papers on three topics, each with a word of its own so that no two texts are alike."""
    rows = [
        {"paper_id": f"{topic}-{i}", "record_ids": [f"{topic}-{i}", f"copy-{topic}-{i}"],
         "title": f"{text} {'again ' * (i % 3)}", "abstract": f"We study {text}. Case {chr(97 + i)}{chr(98 + i)}."}
        for topic, text in TOPICS.items() for i in range(n_each)
    ]
    return papers_table(rows)


def some_events(*decisions: tuple, **more) -> pd.DataFrame:
    """Events from (reviewer, record_id, decision) with anything else in a fourth place."""
    return events_table(
        {"event_id": f"e{i}", "seq": i, "kind": "decide", "stage": STAGE, "reviewer": reviewer, "record_id": record_id,
         "value": value, "final": False, **(rest[0] if rest else {}), **more}
        for i, (reviewer, record_id, value, *rest) in enumerate(decisions)
    )


LEARNABLE = some_events(("ada", "medical-0", "include"), ("ada", "traffic-0", "exclude"))


def test_what_is_like_the_included_comes_first():
    ranking = rank_papers(some_papers(), LEARNABLE, stage=STAGE)
    assert {f"medical-{i}" for i in range(8)} == set(ranking.index[:8])
    assert ranking.is_monotonic_decreasing


def test_no_paper_is_left_out_and_nothing_is_decided():
    papers, events = some_papers(), LEARNABLE
    before = papers.copy(deep=True), events.copy(deep=True)
    assert set(papers["paper_id"]) == set(rank_papers(papers, events, stage=STAGE).index)
    pd.testing.assert_frame_equal(before[0], papers)
    pd.testing.assert_frame_equal(before[1], events)


def test_the_order_of_the_rows_changes_nothing():
    papers = some_papers()
    shuffled = papers.sample(frac=1, random_state=3)
    assert rank_papers(papers, LEARNABLE, stage=STAGE).equals(rank_papers(shuffled, LEARNABLE, stage=STAGE))


def test_features_may_be_kept_between_calls():
    papers = some_papers()
    kept = rank_papers(papers, LEARNABLE, stage=STAGE, features=paper_features(papers))
    assert rank_papers(papers, LEARNABLE, stage=STAGE).equals(kept)


def test_equal_texts_are_ordered_by_paper_id():
    papers = papers_table({"paper_id": p, "title": "the same title"} for p in ("c", "a", "b"))
    events = some_events(("ada", "a", "include"), ("ada", "b", "exclude"))
    assert ["a", "b", "c"] == list(rank_papers(papers, events, stage=STAGE).index)


@pytest.mark.parametrize("decisions", [(), (("ada", "medical-0", "include"),), (("ada", "medical-0", "exclude"),)])
def test_without_both_kinds_of_decision_the_order_is_random_for_the_seed(decisions):
    papers, events = some_papers(), some_events(*decisions)
    first = rank_papers(papers, events, stage=STAGE, seed=1)
    assert RANDOM_ORDER == first.attrs["model"]
    assert first.equals(rank_papers(papers[::-1], events, stage=STAGE, seed=1))
    assert list(first.index) != list(rank_papers(papers, events, stage=STAGE, seed=2).index)
    queue = screening_queue(papers, some_events(), stage=STAGE, reviewer="ada", order="random", seed=1)
    assert list(first.index) == queue["paper_id"].tolist()


def test_maybe_counts_as_relevant():
    events = some_events(("ada", "medical-0", "maybe"), ("ada", "traffic-0", "exclude"))
    assert rank_papers(some_papers(), LEARNABLE, stage=STAGE).equals(rank_papers(some_papers(), events, stage=STAGE))


def test_other_reviewers_stay_hidden_until_the_stage_is_unblinded():
    papers = some_papers()
    theirs = (("bo", "traffic-1", "include"), ("bo", "medical-1", "exclude"))
    mine = (("ada", "medical-0", "include"), ("ada", "traffic-0", "exclude"))
    alone = rank_papers(papers, some_events(*mine), stage=STAGE, reviewer="ada")
    blinded = some_events(*mine, *theirs)
    assert alone.equals(rank_papers(papers, blinded, stage=STAGE, reviewer="ada"))
    unblinded = pd.concat([blinded, some_events(("ada", None, STAGE), kind="unblind", event_id="u")])
    both = rank_papers(papers, unblinded, stage=STAGE, reviewer="ada")
    assert 4 == both.attrs["training_size"]
    assert both.equals(rank_papers(papers, blinded, stage=STAGE))


def test_other_stages_and_undone_decisions_are_not_learned_from():
    undo = some_events(("ada", "traffic-0", "e1"), kind="undo", event_id="u")
    assert RANDOM_ORDER == rank_papers(some_papers(), pd.concat([LEARNABLE, undo]), stage=STAGE).attrs["model"]
    assert RANDOM_ORDER == rank_papers(some_papers(), LEARNABLE, stage="full_text").attrs["model"]


def test_an_unknown_stage_is_refused():
    with pytest.raises(ReviewKitError, match="title_abstract"):
        rank_papers(some_papers(), LEARNABLE, stage="abstract")


def test_a_decision_on_any_record_of_a_paper_counts_for_the_paper():
    events = some_events(("ada", "copy-medical-0", "include"), ("ada", "copy-traffic-0", "exclude"))
    assert rank_papers(some_papers(), LEARNABLE, stage=STAGE).equals(rank_papers(some_papers(), events, stage=STAGE))


def test_the_labels_fold_reviewers_finals_and_changes_of_mind_in_the_order_of_screening():
    events = some_events(
        ("ada", "traffic-0", "include"), ("ada", "medical-0", "include"), ("bo", "medical-0", "exclude"),
        ("ada", "protein-0", "include"), ("bo", "protein-0", "exclude", {"final": True}),
        ("ada", "traffic-0", "exclude"),
    )
    labels = relevance_labels(some_papers(), events, stage=STAGE)
    assert {"traffic-0": False, "medical-0": True, "protein-0": False} == labels.to_dict()
    assert ["traffic-0", "medical-0", "protein-0"] == list(labels.index)


def test_the_context_of_a_decision_says_how_the_paper_came_to_be_shown():
    ranking = rank_papers(some_papers(), LEARNABLE, stage=STAGE, seed=7)
    context = ranking_context(ranking, ranking.index[2])
    assert {"seed": 7, "training_size": 2, "rank": 3} == {k: context[k] for k in ("seed", "training_size", "rank")}
    assert context["model"] != RANDOM_ORDER
    assert ranking_context(ranking, "nobody")["rank"] is None


def test_a_table_without_papers_gives_an_empty_ranking():
    assert rank_papers(papers_table([]), LEARNABLE, stage=STAGE).empty


def test_papers_without_any_text_are_ranked_too():
    papers = pd.concat([some_papers(), papers_table([{"paper_id": "silent"}])])
    ranking = rank_papers(papers, LEARNABLE, stage=STAGE)
    assert "silent" in ranking.index and np.isfinite(ranking).all()
    bare = papers_table({"paper_id": p} for p in "abc")
    events = some_events(("ada", "a", "include"), ("ada", "b", "exclude"))
    assert ["a", "b", "c"] == list(rank_papers(bare, events, stage=STAGE).index)


def test_the_summary_is_read_where_there_is_no_abstract_and_keywords_always():
    papers = papers_table([
        {"paper_id": "a", "title": "T", "abstract": "A", "summary": "S", "keywords": ["k1", "k2"]},
        {"paper_id": "b", "title": "T", "summary": "S"}, {"paper_id": "c"},
    ])
    assert ["T A k1 k2", "T S", " "] == paper_texts(papers)


def test_titles_in_several_languages_find_their_like():
    titles = {
        "zh-1": "大型语言模型用于医学推理", "zh-2": "医学推理与语言模型的评测", "zh-3": "城市交通流量预测",
        "de-1": "Medizinisches Schließen mit Sprachmodellen", "de-2": "Vorhersage des Verkehrs in Städten",
        "el-1": "Ιατρικός συλλογισμός", "ru-1": "Прогноз движения", "ja-1": "医学における推論モデル",
    }
    papers = papers_table({"paper_id": p, "title": t} for p, t in titles.items())
    events = some_events(("ada", "zh-1", "include"), ("ada", "zh-3", "exclude"))
    ranking = rank_papers(papers, events, stage=STAGE).drop(["zh-1", "zh-3"])
    assert "zh-2" == ranking.index[0]


@pytest.mark.parametrize("relevant, irrelevant, its_like, unlike_it", [
    ("Klinische Diagnosen mit Sprachmodellen", "Vorhersage des Verkehrs in Städten",
     "Sprachmodelle für die klinische Diagnose", "Städtische Verkehrsvorhersage mit Graphen"),
    ("Diagnóstico clínico con modelos de lenguaje", "Predicción del tráfico urbano",
     "Modelos de lenguaje y diagnósticos clínicos", "Pronóstico del tráfico en ciudades"),
    ("臨床診断のための言語モデル", "都市の交通予測", "言語モデルによる臨床診断の評価", "グラフによる交通流の予測"),
])
def test_other_forms_of_a_word_are_known_in_titles_alone(relevant, irrelevant, its_like, unlike_it):
    titles = {"a": unlike_it, "b": irrelevant, "c": relevant, "d": its_like, "e": "An English title of something else"}
    events = some_events(("ada", "c", "include"), ("ada", "b", "exclude"))
    ranking = rank_papers(papers_table({"paper_id": p, "title": t} for p, t in titles.items()), events, stage=STAGE)
    assert "d" == ranking.drop(["b", "c"]).index[0]


@pytest.mark.parametrize("text, expected", [
    ("Large-scale LLMs, v2: a test", ["large", "scale", "llms", "v2", "test"]),
    ("医学推理", ["医", "学", "推", "理"]),
    ("ＢＥＲＴ and straße", ["bert", "and", "strasse"]),
    ("a_b x", []),
    ("γ-GT and x-ray", ["gt", "and", "ray"]),
    ("", []),
])
def test_words_of_a_text(text, expected):
    assert expected == words(text)


def test_rows_have_length_one():
    *weights, level = paper_features(some_papers()).terms.toarray().T
    assert np.allclose(1, np.linalg.norm(weights, axis=0))
    assert (level == LEVEL).all()


def scored(features: PaperFeatures, relevant: list[int], irrelevant: list[int], *, seed: int = 0) -> np.ndarray:
    """Scores learned from rows called relevant, then rows called irrelevant, decided in that order."""
    decided = np.array([*relevant, *irrelevant])
    return RelevanceModel(features, seed=seed).scores(decided, np.arange(len(decided)) < len(relevant))


def test_the_scores_solve_the_weighted_ridge_regression_and_add_likeness():
    features = paper_features(some_papers())
    relevant, irrelevant = [0, 1], [10, 20, 22]
    rest = np.setdiff1d(np.arange(len(features.paper_ids)), relevant + irrelevant)
    rows = np.r_[relevant, irrelevant, rest]
    x = features.terms.toarray()[rows]
    weight = paper_weights(np.array([True] * 2 + [False] * 3), undecided=len(rest))
    target = np.where(np.arange(len(rows)) < 2, 1, -1)
    slopes = np.linalg.solve(np.eye(x.shape[1]) + x.T @ (weight[:, None] * x), x.T @ (weight * target))
    nearest = (x[:, :-1] @ x[:2, :-1].T).max(axis=1)
    assert np.allclose(x @ slopes + LIKENESS * nearest, scored(features, relevant, irrelevant)[rows], atol=5e-3)


def test_relevant_papers_found_later_weigh_more_and_all_weigh_as_before():
    *relevant, irrelevant, undecided = paper_weights(np.array([True, True, True, False]), undecided=1)
    assert np.all(np.diff(relevant) > 0)
    again = paper_weights(np.array([True, False]), undecided=1)
    assert again[0] / again[1] == pytest.approx(sum(relevant) / irrelevant)
    assert 0 < undecided < irrelevant


def test_the_order_of_decisions_tells_which_relevant_papers_weigh_more():
    papers = some_papers()
    wanted = [("ada", "medical-0", "include"), ("ada", "protein-0", "include")]
    rest = ("ada", "traffic-0", "exclude")
    of_medical = [rank_papers(papers, some_events(*order, rest), stage=STAGE)["medical-5"]
                  for order in (wanted, wanted[::-1])]
    assert of_medical[0] < of_medical[1]


def test_a_model_that_scored_before_scores_as_a_new_one():
    features, kept = paper_features(some_papers()), RelevanceModel(paper_features(some_papers()))
    for n_relevant in (1, 3, 2):
        rows = np.r_[np.arange(n_relevant), 10, 20]
        again = kept.scores(rows, rows < n_relevant)
        assert np.allclose(scored(features, list(range(n_relevant)), [10, 20]), again, atol=1e-2)


def test_only_the_relevant_papers_found_last_are_compared_with():
    """What is only like a relevant paper found long ago gains nothing from that likeness."""
    n = NEIGHBOURS + 1
    papers = papers_table([
        *({"paper_id": f"r{i:03}", "title": "heart failure" if i else "sea lions"} for i in range(n)),
        {"paper_id": "s", "title": "sea lions"}, {"paper_id": "t", "title": "heart failure"},
    ])
    features = paper_features(papers)
    first, rest = list(range(n)), [n + 1]
    near = scored(features, first, rest), scored(features, [*first[1:], 0], rest)
    gained = near[1][n] - near[0][n]
    assert gained > LIKENESS * 0.9


def test_a_large_pool_is_sampled_for_the_seed_and_ranks_alike():
    from scipy import sparse

    random = np.random.default_rng(0)
    n = BACKGROUND + 8_000
    topic = random.random(n) < 0.1
    dense = (random.random((n, 40)) < np.where(topic[:, None], 0.3, 0.1)).astype(float)
    unit = dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1)
    terms = sparse.csr_matrix(np.c_[unit, np.full(n, LEVEL)])
    features = PaperFeatures(pd.Index([f"{i:06}" for i in range(n)]), terms)
    known = np.arange(200)
    relevant, irrelevant = known[topic[:200]].tolist(), known[~topic[:200]].tolist()
    scores = scored(features, relevant, irrelevant, seed=1)
    assert np.array_equal(scores, scored(features, relevant, irrelevant, seed=1))
    assert topic[np.argsort(-scores)[:500]].mean() > 0.7


SHARED = Path(__file__).parents[2] / "shared" / "data" / "ranking" / "HAN_Goulao-2016.csv.gz"


@pytest.mark.skipif(not SHARED.exists(), reason="the open labelled sets are not here")
def test_a_real_review_is_ranked_far_better_than_chance():
    with gzip.open(SHARED, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    papers = papers_table({"paper_id": r["id"], "title": r["title"], "abstract": r["abstract"]} for r in rows)
    relevant = [r["id"] for r in rows if r["label"] == "1"]
    irrelevant = [r["id"] for r in rows if r["label"] == "0"]
    known = [*[("ada", p, "include") for p in relevant[:5]], *[("ada", p, "exclude") for p in irrelevant[:5]]]
    events = some_events(*known)
    ranking = rank_papers(papers, events, stage=STAGE).drop([*relevant[:5], *irrelevant[:5]])
    found = ranking.index[: len(ranking) // 5].isin(relevant).sum()
    assert found >= 0.8 * (len(relevant) - 5)
