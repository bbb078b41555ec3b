"""`tastemaker evaluate recommend`: recommendation measured on recorded dialogues, with the parts that serve.

ReDial's rows under the standardised protocol, or INSPIRED's dialogues. Before anything is measured, the leak check
must hold.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.recommend_ablation import Ablation
from evaluation.recommend_bench import Bench, Judged, Protocol, product_bench
from evaluation.recommend_inspired import inspired_rows, linked_names
from evaluation.recommend_leaks import Record, check_leaks, check_unseen
from evaluation.recommend_summary import summary
from retrieval.encoder import Encoder
from retrieval.index import Index
from retrieval.progress import Progress, silent
from training.scorer_dialogues import Row, benchmark_row, read_lines


def read_records(path: Path) -> list[Record]:
    """Returns the lines of a benchmark file. Raises CatalogueError, naming the line, when it cannot be read."""
    return list(read_lines(path))


def evaluate(
    bench: Bench, records: Sequence[Record], progress: Progress = silent, *, ablate: bool = False
) -> dict[str, Any]:
    """Returns the report on ReDial's rows: `dedup`, and `full` where the rows hold repeats.

    In `dedup` targets named before do not count and the list leaves out what was named; `full` filters nothing.
    With `ablate` each part says what each signal is worth. Raises LeakError when an answer reaches the lists,
    or the weights learned from the dialogues.
    """
    check_unseen(records, bench.learned_from)
    checked = check_leaks(lambda record: bench.ranked(benchmark_row(record), "full"), records)
    rows = [benchmark_row(record) for record in records]
    learned = len(bench.learned_from)
    report: dict[str, Any] = {"leak_check": {"rows": checked, "leaks": 0, "conversations_learned_from": learned}}
    if any(set(row.targets) & set(row.named) for row in rows):
        report["full"] = measured(bench, rows, "full", progress, ablate=ablate)
    report["dedup"] = measured(bench, [row for row in rows if row.fresh], "dedup", progress, ablate=ablate)
    return report


def evaluate_inspired(
    path: Path, index: Index, encoder: Encoder, progress: Progress = silent, *, ablate: bool = False
) -> dict[str, Any]:
    """Returns the report on INSPIRED's dialogues, as `dedup`, by the product's catalogue and weights.

    A film that the catalogue lacks is a miss; `linked` is the share of the films named that it has.
    """
    rows = [row for row in inspired_rows(path) if row.fresh]
    names = linked_names(rows, index.catalogue)
    every = [name for row in rows for name in row.fresh]
    bench = product_bench(index, encoder, names)
    linked = sum(name in names for name in every) / max(len(every), 1)
    return {"inspired": measured(bench, rows, "dedup", progress, ablate=ablate) | {"linked": linked}}


def measured(
    bench: Bench, rows: Sequence[Row], protocol: Protocol, progress: Progress = silent, *, ablate: bool = False
) -> dict[str, Any]:
    """Returns the figures of the rows, and the seconds that a row takes, the text encoder's included."""
    judged: list[Judged] = []
    ablation = Ablation(bench, protocol)
    seconds = 0.0
    for place, row in enumerate(rows):
        started = time.perf_counter()
        scored = bench.scored(row, protocol)
        found = bench.judged(row, scored, bench.scorer.logits(scored.features), protocol)
        seconds += time.perf_counter() - started
        judged.append(found)
        if ablate:
            ablation.add(row, scored, found.hits)
        progress(protocol, place + 1, len(rows))
    report = summary(bench, judged) | {"seconds_per_row": seconds / max(len(rows), 1)}
    return report | {"ablation": ablation.report()} if ablate else report
