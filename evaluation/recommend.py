"""`tastemaker evaluate recommend`: ReDial's benchmark under the standardised protocol, with the parts that serve.

A row's context becomes a wish, the wish candidates, these features and scores. The response is never read, and the
targets are only compared with the finished list.
"""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.recommend_catalogue import Facts, benchmark_catalogue
from kg.catalogue import Catalogue
from kg.memory_graph import MemoryGraph
from retrieval.candidates import Knowledge, find_candidates
from retrieval.columns import Columns
from retrieval.cotaste import CoTaste
from retrieval.embedding import embed
from retrieval.encoder import Encoder
from retrieval.features import feature_matrix
from retrieval.index import Index
from retrieval.progress import Progress, silent
from retrieval.request import Request
from retrieval.scorer import Scorer
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors
from training.scorer_dialogues import Row, benchmark_row, read_lines, sequences
from training.scorer_metrics import Hits, intervals, macro, micro, places_of
from training.scorer_wish import Lexicon, wish_of


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
    scorer: Scorer,
    cache: Path,
    *,
    facts: Facts = "all",
    without: Iterable[int] = (),
    progress: Progress = silent,
) -> Bench:
    """Returns the benchmark made ready. Item vectors are kept in the folder `cache`.

    Dialogues whose numbers are in `without` teach the co-taste table nothing: the ones that are tested on.
    """
    folder = data / "redial"
    catalogue = benchmark_catalogue(folder, own, facts)
    matrix = embed([item_text(item) for item in catalogue], encoder, cache / "shards", progress)
    vectors = MemoryVectors()
    vectors.add(catalogue.ids, matrix)
    columns = Columns.of(catalogue)
    index = Index(catalogue, MemoryGraph(catalogue), vectors, matrix, columns, encoder_name=encoder.name)
    kept_out, row_of = set(without), columns.row_of
    histories = [
        [row_of[movie] for movie in movies if movie in row_of]
        for talk, movies in sequences(folder / "train_sequences.jsonl")
        if talk not in kept_out
    ]
    known = Knowledge.of(index, CoTaste.learn(histories, len(columns)))
    return Bench(known, encoder, scorer, Lexicon.of(columns))


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
