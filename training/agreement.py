"""Prints how far two further passes over some gold rows agree with the gold: `--data` as elsewhere.

Each pass labelled 200 rows blind, by the same rules, and is never mended. The gold has since been
mended where a pass showed it to be plainly wrong, so the tables are of the gold as it is now.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from training.gold import GOLD, GoldRow, load_real, load_written

PASSES = (GOLD / "second_pass.jsonl", GOLD / "third_pass.jsonl")
EXACT = ("constraints", "reference", "attribute", "critique")
COLUMNS = ("rows", "intent", "kappa", "within", "mentions", "attitude", *EXACT)


class Pair(NamedTuple):
    """One row as the gold has it and as the second pass has it."""

    first: GoldRow
    second: GoldRow


def pairs(rows: Sequence[GoldRow], again: Path) -> Iterator[Pair]:
    """Yield the rows of the pass in the file `again`; raise KeyError for a label without its row."""
    known = {row.id: row for row in rows}
    for line in again.read_text("utf-8").splitlines():
        labels = json.loads(line)
        first = known[labels["id"]]
        mentions = [
            {**mention, "text": first.utterance[mention["start"] : mention["end"]]} for mention in labels["mentions"]
        ]
        row = first.model_dump() | labels | {"mentions": mentions}
        yield Pair(first, GoldRow.model_validate(row))


def kappa(left: Sequence[str], right: Sequence[str]) -> float:
    """Return Cohen's kappa of two equally long label lists; 1.0 if only one label is used."""
    total = len(left)
    agreed = sum(a == b for a, b in zip(left, right, strict=True)) / total
    counts = Counter(right)
    chance = sum(n * counts[label] for label, n in Counter(left).items()) / total**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def _named(row: GoldRow) -> dict[tuple[str, str], str]:
    """Return the attitude to each mention; a year in brackets and the case do not count."""
    return {
        (re.sub(r"\s*\(\d{4}\)$", "", mention.text).casefold(), mention.kind): mention.attitude
        for mention in row.mentions
    }


def measure(twice: Sequence[Pair]) -> dict[str, float]:
    """Return one line of the table: a figure for each of COLUMNS."""
    best = [(pair.first.intent[0], pair.second.intent[0]) for pair in twice]
    named = [(_named(pair.first), _named(pair.second)) for pair in twice]
    shared = [(a[key], b[key]) for a, b in named for key in a.keys() & b.keys()]
    total = sum(len(a) + len(b) for a, b in named)
    return {
        "rows": len(twice),
        "intent": mean(a == b for a, b in best),
        "kappa": kappa([a for a, _ in best], [b for _, b in best]),
        "within": mean(pair.second.intent[0] in pair.first.intent for pair in twice),
        "mentions": 2 * len(shared) / total if total else 1.0,
        "attitude": mean(a == b for a, b in shared) if shared else 1.0,
    } | {field: mean(getattr(pair.first, field) == getattr(pair.second, field) for pair in twice) for field in EXACT}


def main(argv: Sequence[str] | None = None) -> None:
    """Print a table for each pass: real rows, written ones, and all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the dialogues")
    real, written = load_real(parser.parse_args(argv).data), load_written()
    spoken = {row.id for row in real}
    for again in PASSES:
        twice = list(pairs([*real, *written], again))
        parts = {
            "real": [pair for pair in twice if pair.first.id in spoken],
            "written": [pair for pair in twice if pair.first.id not in spoken],
            "all": twice,
        }
        print(f"{again.stem:12}", *(f"{name:>11}" for name in COLUMNS))
        for name, part in parts.items():
            figures = measure(part)
            print(f"{name:12}", f"{figures.pop('rows'):11}", *(f"{figure:11.3f}" for figure in figures.values()))


if __name__ == "__main__":
    main()
