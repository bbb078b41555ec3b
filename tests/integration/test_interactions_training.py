"""A log teaches the scorer that serves: no label is seen before its time, the ranking changes, and can be had back."""

from pathlib import Path

import numpy as np
import pytest

from evaluation.interactions import first_decisions, last_decisions
from evaluation.interactions_rivals import Popularity, place_in
from kg.errors import ModelError
from retrieval.behaviour import Behaviour
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.scorer import WEIGHTS
from retrieval.versions import SHIPPED, Versions
from retrieval.wish import Wish
from tests.retrieval_films import films, index_of
from training.adapting import AdaptingRecipe
from training.interactions import learn_from_use, save_adapted
from training.interactions_choices import Maker, cross_fitted, decisions_of, fold_of
from training.interactions_log import Log, decision_at
from training.interactions_tables import TableRecipe, learn_behaviour, trend_at

ENCODER = HashEncoder()
SIZE = 60
TABLES = TableRecipe(factors=8, neighbours=20)
QUICK = AdaptingRecipe(hidden=(8,), rate=1e-2, epochs=4)
WISH = Wish(liked=("f10", "f11"), novelty=0.0)


def log_of(people: int = 120, length: int = 8, seed: int = 3) -> Log:
    """Everybody chooses a film, then mostly the one that is seven further on."""
    random = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        item = int(random.integers(SIZE))
        for step in range(length):
            rows.append((person, item, 1e9 + 1e4 * person + step))
            item = (item + 7) % SIZE if random.random() < 0.9 else int(random.integers(SIZE))
    people_, items, times = (np.array(column) for column in zip(*rows, strict=True))
    size = len(rows)
    return Log.of(
        people_.astype(np.int64),
        items.astype(np.int64),
        times.astype(np.float64),
        np.ones(size, np.float32),
        np.full(size, np.nan, np.float32),
        np.zeros(size, np.bool_),
    )


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(films(SIZE))


@pytest.fixture(scope="module")
def shipped(index: Index) -> Learned:
    return Learned.load(tuple(index.catalogue))


@pytest.fixture(scope="module")
def taught(index: Index, shipped: Learned) -> Learned:
    adapted = learn_from_use(log_of(), index, ENCODER, shipped, recipe=QUICK, tables=TABLES)
    ways = adapted.figures.ways
    assert ways["the adapted scorer"]["ndcg@10"] > 1.5 * ways["the scorer that was"]["ndcg@10"]
    return adapted.learned


def test_a_decision_knows_only_what_was_before_it() -> None:
    log = log_of(people=2)
    for _, span in log.spans():
        for place in range(span.start, span.stop):
            decision = decision_at(log, span, place)
            if decision is not None:
                before = log.items[span.start : place].tolist()
                assert set(decision.liked) == set(before)
                assert decision.target not in before
                assert decision.now < log.times[place]
        assert decision_at(log, span, span.start) is None


def test_refused_items_are_no_targets_and_count_as_disliked() -> None:
    log = log_of(people=1)
    refused = Log(log.people, log.items, log.times, log.weights, log.ratings, np.arange(len(log)) == 1)
    ((_, span),) = refused.spans()
    assert decision_at(refused, span, 1) is None
    later = decision_at(refused, span, 2)
    assert later is not None
    assert later.disliked == (int(log.items[1]),)


def test_tables_never_saw_the_people_whose_decisions_they_serve(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    from training import interactions_choices

    log, seen = log_of(people=40), []

    def watched(part: Log, size: int, recipe: TableRecipe) -> Behaviour:
        seen.append({fold_of(person) for person in np.unique(part.people).tolist()})
        return learn_behaviour(part, size, recipe)

    monkeypatch.setattr(interactions_choices, "learn_behaviour", watched)
    maker = Maker(Retriever.open(index, ENCODER)._known, ENCODER, TABLES)
    choices, _ = cross_fitted(maker, log, decisions_of(log, 1), lambda *_: None)
    assert choices
    assert [fold in folds for fold, folds in enumerate(seen)] == [False] * len(seen)


def test_the_trend_knows_nothing_of_the_future() -> None:
    log = log_of(people=30)
    middle = float(np.median(log.times))
    trend = trend_at(log, SIZE, middle, TABLES)
    later = log.where(log.times > middle)
    changed = log.where(log.times <= middle)
    assert len(later)
    np.testing.assert_array_equal(np.flatnonzero(trend), np.unique(changed.items))


def test_the_served_ranking_changes_and_a_loaded_model_ranks_alike(
    index: Index, shipped: Learned, taught: Learned, tmp_path: Path
) -> None:
    before = Retriever(index, ENCODER, shipped).recommend(WISH)
    after = Retriever(index, ENCODER, taught).recommend(WISH)
    assert "f18" in [pick.item.id for pick in after.items]  # seven after the last one
    assert [pick.item.id for pick in before.items] != [pick.item.id for pick in after.items]
    save_adapted(taught, tmp_path / "model", index, WEIGHTS)
    loaded = Retriever(index, ENCODER, Learned.load(tuple(index.catalogue), tmp_path / "model")).recommend(WISH)
    assert [pick.item.id for pick in loaded.items] == [pick.item.id for pick in after.items]
    np.testing.assert_allclose([pick.score for pick in loaded.items], [pick.score for pick in after.items], rtol=1e-3)


def test_a_rollback_restores_the_earlier_ranking_bit_for_bit(index: Index, taught: Learned, tmp_path: Path) -> None:
    versions = Versions(tmp_path)

    def ranked() -> list[tuple[str, float]]:
        retriever = Retriever.open(index, ENCODER, weights=versions.folder(versions.serving.current))
        return [(pick.item.id, pick.score) for pick in retriever.recommend(WISH).items]

    first = ranked()
    staging = versions.staging()
    save_adapted(taught, staging, index, WEIGHTS)
    name = versions.add(staging, "# A card")
    assert ranked() == first  # made, not yet promoted
    versions.watch(name)
    versions.promote(name)
    second = ranked()
    assert second != first
    assert (versions.serving.current, versions.serving.shadow) == (name, None)
    versions.rollback()
    assert ranked() == first
    versions.promote(name)
    assert ranked() == second
    assert versions.names == [SHIPPED, name]
    assert (versions.folder(name) / "MODEL_CARD.md").read_text() == "# A card"


def test_there_is_no_way_back_from_nothing_and_no_unknown_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    with pytest.raises(ModelError, match="Nothing served before"):
        versions.rollback()
    with pytest.raises(ModelError, match="no scorer named 'v7'"):
        versions.promote("v7")
    versions.watch(SHIPPED)
    (tmp_path / "scorer" / "serving.json").write_text("{")
    with pytest.raises(ModelError, match="Delete it"):
        _ = versions.serving


def test_words_go_on_to_be_weighed_by_the_shipped_scorer(taught: Learned) -> None:
    from retrieval.adapted import AdaptedScorer

    assert isinstance(taught.scorer, AdaptedScorer)
    assert not {"text_similarity", "rank_said", "preferred_genre"} & set(taught.scorer.own.names)
    assert "use_next" in taught.scorer.own.names
    assert taught.scorer.trust > 0


def test_a_short_log_is_refused(index: Index, shipped: Learned) -> None:
    with pytest.raises(ModelError, match="too few choices"):
        learn_from_use(log_of(people=3, length=2), index, ENCODER, shipped, recipe=QUICK, tables=TABLES)


def test_leave_one_out_takes_the_last_choice_and_ranks_all_that_is_open() -> None:
    log = log_of(people=5)
    for decision in last_decisions(log):
        mine = log.items[log.people == decision.person]
        assert decision.target == mine[-1]
        scores = np.zeros(SIZE, dtype=np.float32)
        scores[decision.target] = 1.0
        assert place_in(scores, decision).places == (1,)
        middle = place_in(np.zeros(SIZE, dtype=np.float32), decision).places[0]
        assert middle is not None
        assert abs(middle - (SIZE - len(decision.liked)) / 2) <= 1
        assert Popularity(scores).scores(decision) is scores
    assert all(len(decision.liked) == 3 for decision in first_decisions(log, 3) if len(set(decision.liked)) == 3)
