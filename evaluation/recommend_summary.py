"""From judged rows to the figures of a report: accuracy with intervals, lists, calibration, and where it errs."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from evaluation.recommend_bench import Bench, Judged
from evaluation.recommend_lists import exposure, list_figures
from training.scorer_metrics import bootstrapped, mean_of, micro

CURVE = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300)
BINS = 10
# Parts by which errors are told: upper borders, and what lies above the last.
TALKS, TURNS = (0, 4, 19, 99), (1, 3, 5, 9)


def summary(bench: Bench, rows: Sequence[Judged]) -> dict[str, Any]:
    """Returns the figures of one protocol (docs/recommendation.md says what each is)."""
    counts, size = bench.known.cotaste.counts, len(bench.known.index.columns)
    groups = [row.hits.group for row in rows]
    accuracy = [row.hits.all_metrics() for row in rows]
    lists = [
        list_figures(row.shown, [target for target in row.targets if target >= 0], bench.known.index.matrix, counts)
        for row in rows
    ]
    beyond = mean_of(lists)
    bias = beyond["popularity@10"] / max(beyond["target_popularity"], 1e-9) if rows else 0.0
    return {
        "rows": len(rows),
        "targets": sum(len(row.hits.places) for row in rows),
        "macro": mean_of(accuracy),
        "micro": micro([row.hits for row in rows]),
        "interval_95": bootstrapped(accuracy, groups) | bootstrapped(lists, groups),
        "candidate_recall": _recall(rows, None),
        "lists": beyond | exposure([row.shown for row in rows], size) | {"popularity_bias@10": bias},
        "curve": {str(cut): _recall(rows, cut) for cut in CURVE},
        "calibration": calibration_of(rows),
        "by_popularity": _errors(rows, lambda row, target: 0 if target < 0 else int(counts[target]), TALKS),
        "by_turn": _errors(rows, lambda row, target: row.row.turn, TURNS),
    }


def _recall(rows: Sequence[Judged], cut: int | None) -> float:
    places = [place for row in rows for place in row.hits.places]
    return sum(place is not None and (cut is None or place <= cut) for place in places) / max(len(places), 1)


def calibration_of(rows: Sequence[Judged]) -> dict[str, Any]:
    """Returns the chances told of the ten best of each list against the hits, in bins of equal size.

    `bins` are (mean chance, share of hits, items); `error` is the expected calibration error (Naeini et al. 2015).
    """
    told = np.concatenate([np.zeros(0), *(row.chances for row in rows)])
    true = np.concatenate([np.zeros(0), *(np.isin(row.shown, row.targets) for row in rows)])
    parts = [part for part in np.array_split(np.argsort(told, kind="stable"), BINS) if len(part)]
    bins = [(float(told[part].mean()), float(true[part].mean()), len(part)) for part in parts]
    error = sum(size * abs(chance - share) for chance, share, size in bins) / max(len(told), 1)
    return {"bins": bins, "error": error}


def _errors(
    rows: Sequence[Judged], value: Callable[[Judged, int], int], borders: tuple[int, ...]
) -> list[dict[str, Any]]:
    """Micro recall of the targets, in parts by a value."""
    places: list[list[int | None]] = [[] for _ in range(len(borders) + 1)]
    for row in rows:
        for target, place in zip(row.targets, row.hits.places, strict=True):
            places[int(np.searchsorted(borders, value(row, target)))].append(place)
    lows = (0, *(border + 1 for border in borders))
    names = [f"{low}–{high}" if low < high else str(high) for low, high in zip(lows, borders, strict=False)]
    return [
        {
            "part": name,
            "targets": len(part),
            **{
                f"recall@{cut}": sum(place is not None and place <= cut for place in part) / max(len(part), 1)
                for cut in (10, 50)
            },
        }
        for name, part in zip([*names, f"{lows[-1]} and more"], places, strict=True)
    ]
