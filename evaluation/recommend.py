"""`tastemaker evaluate recommend`: ReDial's benchmark under the standardised protocol, with the parts that serve.

A row's context becomes a wish, the wish candidates, these features and scores. The response is never read, and the
targets are only compared with the finished list.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.catalogue import Catalogue
from retrieval.candidates import Knowledge, find_candidates
from retrieval.encoder import Encoder
from retrieval.features import feature_matrix
from retrieval.learned import Learned
from retrieval.progress import Progress, silent
from retrieval.request import Request
from retrieval.scorer import Scorer
from retrieval.tables import rows_by_id
from training.scorer_benchmark import Facts, benchmark_index
from training.scorer_dialogues import Row, benchmark_row, read_lines
from training.scorer_metrics import Hits, intervals, macro, micro, places_of
from training.scorer_wish import Lexicon, wish_of

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Bench:
    """The benchmark's catalogue with all that ranks it."""

    known: Knowledge
    encoder: Encoder
    scorer: Scorer
    lexicon: Lexicon

    def ranked(self, row: Row, *, repeats: bool) -> list[str]:
        """Returns candidate ids, best first. Only the row's context is read."""
        columns = self.known.index.columns
        wish = wish_of(replace(row, targets=()), {movie: movie for movie in columns.ids}, self.lexicon, repeats=repeats)
        request = Request.of(self.known.index, wish, self.encoder)
        pool = find_candidates(self.known, request)
        logits = self.scorer.logits(feature_matrix(self.known, request, pool))
        return [columns.ids[place] for place in pool.rows[np.argsort(-logits, kind="stable")]]


def open_bench(
    data: Path,
    own: Catalogue,
    encoder: Encoder,
    cache: Path,
    *,
    scorer: Scorer | None = None,
    facts: Facts = "all",
    progress: Progress = silent,
) -> Bench:
    """Returns the benchmark made ready, with the weights that were trained for it (`evaluation/weights`).

    Another `scorer` may order the candidates. Item vectors are kept in the folder `cache`. The co-taste table and the
    talk network were learned from ReDial's training dialogues only.
    """
    index = benchmark_index(data, own, encoder, cache, facts, progress)
    learned = Learned.load(tuple(index.catalogue), WEIGHTS, rows_by_id)
    known = Knowledge.of(index, learned.cotaste, learned.talk)
    return Bench(known, encoder, scorer or learned.scorer, Lexicon.of(index.columns))


def read_rows(path: Path) -> list[Row]:
    """Returns the rows of a benchmark file. Raises CatalogueError, naming the line, when it cannot be read."""
    return [benchmark_row(record) for record in read_lines(path)]


def evaluate(bench: Bench, rows: Sequence[Row], progress: Progress = silent) -> dict[str, Any]:
    """Returns the report: `dedup`, and `full` where the rows hold repeats; each macro, micro and with intervals.

    In `dedup` targets named before do not count and the list leaves out what was named; `full` filters nothing.
    """
    report: dict[str, Any] = {}
    if any(set(row.targets) & set(row.named) for row in rows):
        report["full"] = _measured(bench, rows, lambda row: row.targets, True, progress)
    fresh = [row for row in rows if row.fresh]
    report["dedup"] = _measured(bench, fresh, lambda row: row.fresh, False, progress)
    return report


def _measured(
    bench: Bench, rows: Sequence[Row], targets: Callable[[Row], Sequence[str]], repeats: bool, progress: Progress
) -> dict[str, Any]:
    hits: list[Hits] = []
    started = time.perf_counter()
    for place, row in enumerate(rows):
        hits.append(places_of(bench.ranked(row, repeats=repeats), targets(row), row.conversation))
        progress("full" if repeats else "dedup", place + 1, len(rows))
    seconds = (time.perf_counter() - started) / max(len(rows), 1)
    return {
        "rows": len(rows),
        "targets": sum(len(hit.places) for hit in hits),
        "macro": macro(hits),
        "micro": micro(hits),
        "interval_95": intervals(hits),
        "candidate_recall": micro_found(hits),
        "seconds_per_row": seconds,
    }


def micro_found(rows: Sequence[Hits]) -> float:
    """Returns the share of all targets that are anywhere in the lists: the ceiling of any scorer."""
    places = [place for row in rows for place in row.places]
    return sum(place is not None for place in places) / max(len(places), 1)


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Writes the report as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
