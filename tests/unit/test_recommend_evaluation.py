"""Leaks are caught; figures of lists, calibration and ablation are what they say."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from evaluation.recommend_ablation import SIGNALS, compared, without
from evaluation.recommend_bench import ALL, TRAINING, Judged, Scored, hits_of, honest_weights
from evaluation.recommend_leaks import Record, check_leaks, check_unseen
from evaluation.recommend_lists import exposure, list_figures
from evaluation.recommend_summary import calibration_of
from kg.errors import LeakError
from retrieval.candidates import FUSION, GENERATORS, Pool
from retrieval.features import NAMES
from training.scorer_benchmark import learned_talks
from training.scorer_dialogues import Row
from training.scorer_metrics import Hits

MOVIES = [str(movie) for movie in range(100, 120)]
RECORDS: list[Record] = [
    {
        "conversationId": str(talk),
        "turn": 1,
        "context": [{"role": "seeker", "text": f"I liked @{100 + talk}"}],
        "context_movies": [str(100 + talk)],
        "response": f"See @{101 + talk}",
        "targets": [str(101 + talk)],
        "names": {str(100 + talk): "One", str(101 + talk): "Two"},
    }
    for talk in range(8)
]


def honest(record: Record) -> Sequence[str]:
    shift = len(record["context"][0]["text"])
    return MOVIES[shift:] + MOVIES[:shift]


LEAKS: dict[str, Callable[[Record], Sequence[str]]] = {
    "response": lambda record: sorted(honest(record), key=lambda movie: f"@{movie}" not in record["response"]),
    "targets": lambda record: sorted(honest(record), key=lambda movie: movie not in record["targets"]),
    "names": lambda record: sorted(honest(record), key=lambda movie: movie not in record["names"]),
}


def test_an_honest_ranking_passes_the_leak_check() -> None:
    assert check_leaks(honest, RECORDS) == 8


@pytest.mark.parametrize("field", LEAKS)
def test_a_ranking_that_reads_the_answer_is_caught(field: str) -> None:
    with pytest.raises(LeakError, match=f"`{field}`"):
        check_leaks(LEAKS[field], RECORDS)


def test_rows_that_the_weights_learned_from_are_not_measured() -> None:
    check_unseen(RECORDS, {100, 101})
    with pytest.raises(LeakError, match="2 of these conversations"):
        check_unseen(RECORDS, {3, 4, 100})


@pytest.mark.parametrize("weights", [TRAINING, ALL])
def test_weights_that_have_seen_nothing_of_the_rows_are_chosen(weights: Path) -> None:
    """A validation dialogue is measured by the weights that learned from training alone, a stranger by all."""
    only_validated = learned_talks(ALL) - learned_talks(TRAINING)
    assert len(only_validated) > 600
    talk = min(only_validated) if weights == TRAINING else max(learned_talks(ALL)) + 1
    records: list[Record] = [{"conversationId": str(talk)}, {"conversationId": str(max(learned_talks(ALL)) + 2)}]
    assert honest_weights(records) == weights
    check_unseen(records, learned_talks(weights))


def test_rows_that_all_weights_have_seen_are_refused() -> None:
    records: list[Record] = [{"conversationId": str(min(learned_talks(TRAINING)))}]
    with pytest.raises(LeakError, match="1 of these conversations"):
        check_unseen(records, learned_talks(honest_weights(records)))


def test_figures_of_a_list() -> None:
    matrix = np.eye(4, 384, dtype=np.float32)
    matrix[1] = matrix[0]
    counts = np.array([6, 0, 1, 1], dtype=np.float32)
    figures = list_figures(np.array([0, 1, 2]), [3], matrix, counts)
    assert figures["diversity@10"] == pytest.approx(2 / 3)
    assert figures["novelty@10"] == pytest.approx(-np.log2(np.array([7, 1, 2]) / 12).mean())
    assert (figures["popularity@10"], figures["target_popularity"]) == (pytest.approx(7 / 3), 1.0)


def test_exposure_of_all_lists() -> None:
    assert exposure([np.array([0, 1]), np.array([2, 3])], 4) == {"coverage@10": 1.0, "gini@10": 0.0}
    always = exposure([np.array([0]), np.array([0])], 4)
    assert always == {"coverage@10": 0.25, "gini@10": 0.75}


def test_precision_f1_and_ndcg_of_a_list() -> None:
    found = Hits((2, None), 1).all_metrics()
    assert (found["precision@1"], found["precision@10"], found["recall@10"]) == (0.0, 0.1, 0.5)
    assert found["f1@10"] == pytest.approx(2 * 0.1 * 0.5 / 0.6)
    assert found["f1@1"] == found["ndcg@1"] == 0.0
    assert found["ndcg@50"] == found["ndcg@10"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))


def judged(chance: float, hit: bool) -> Judged:
    shown = np.array([5])
    targets = (5,) if hit else (6,)
    row = Row(1, 1, "w", (), (), ("x",), {})
    return Judged(row, hits_of(shown, targets, 1), targets, shown, np.array([chance], dtype=np.float32))


def test_calibration_is_the_gap_of_what_was_told_and_what_came() -> None:
    true = [judged(0.25, hit=place % 4 == 0) for place in range(4)] * 10
    assert calibration_of(true)["error"] < 0.2
    assert calibration_of([judged(0.9, hit=False)] * 20)["error"] == pytest.approx(0.9)


def test_every_feature_and_generator_belongs_to_one_signal() -> None:
    own = [name for name in NAMES if name != "rrf" and not name.startswith("rank_")]
    assert sorted(name for signal in SIGNALS.values() for name in signal.features) == sorted(own)
    assert sorted(name for signal in SIGNALS.values() for name in signal.generators) == sorted(GENERATORS)


def test_without_a_signal_its_finds_and_differences_are_gone() -> None:
    ranks = np.zeros((3, len(GENERATORS)), dtype=np.int32)
    talk, said = list(GENERATORS).index("talk"), list(GENERATORS).index("said")
    ranks[:, talk], ranks[1:, said] = (1, 2, 3), (2, 1)
    features = np.zeros((3, len(NAMES)), dtype=np.float32)
    features[:, NAMES.index("talk")] = (-1, -2, -4)
    features[:, NAMES.index("rank_talk")] = 0.9
    less = without(
        Scored(Pool(np.array([7, 8, 9]), ranks, np.ones(3, dtype=np.float32)), features), SIGNALS["talk network"]
    )
    assert less.pool.rows.tolist() == [8, 9]
    np.testing.assert_allclose(less.pool.rrf, [1 / (FUSION + 2), 1 / (FUSION + 1)], rtol=1e-6)
    assert less.features[:, NAMES.index("talk")].tolist() == [-3, -3]
    assert not less.features[:, NAMES.index("rank_talk")].any()
    np.testing.assert_allclose(less.features[:, NAMES.index("rrf")], less.pool.rrf * 60, rtol=1e-6)


def test_a_loss_is_reckoned_row_by_row() -> None:
    whole, less = [Hits((1,), 1), Hits((1,), 2)], [Hits((1,), 1), Hits((None,), 2)]
    found = compared(whole, less)
    assert (found["macro"]["recall@1"], found["loss"]["recall@1"]) == (0.5, 0.5)
    low, high = found["interval_95"]["recall@1"]
    assert 0 <= low <= 0.5 <= high <= 1
