"""Figures for `docs/catalogue.md`: `python -m kg.measure report`, `axes`, `graph` or `wikipedia DIR`."""

import math
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from kg.axes import cross_validate
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.items import AXES, Entity, Item
from kg.loading import load_graph, open_engine, open_graph
from kg.sources import default_catalogue
from kg.sources.joining import joined
from kg.sources.wikipedia import WikipediaFilms
from kg.text import normalise_title


def report() -> Iterable[str]:
    """Yields what reading the default catalogue did."""
    yield from default_catalogue().report.lines()


def axes() -> Iterable[str]:
    """Yields the error of the estimated axes, measured on five fifths of the notes."""
    noted = [item for item in default_catalogue().items if item.axes is not None and not item.axes.estimated]
    errors, plain = cross_validate(noted)
    yield f"{'axis':10} {'error':>6} {'mean':>6}   ({len(noted):,} noted items, 5 folds, mean absolute error)"
    for axis, error, guess in zip(AXES, errors, plain, strict=True):
        yield f"{axis:10} {error:6.2f} {guess:6.2f}"
    yield f"{'all':10} {errors.mean():6.2f} {plain.mean():6.2f}"


def wikipedia(folder: Path) -> Iterable[str]:
    """Yields what the films of wikipedia-movie-data add, how their directors agree, and the fit of their popularity."""
    started = time.perf_counter()
    films, default = WikipediaFilms(folder).load(), default_catalogue()
    yield f"read in {time.perf_counter() - started:.0f} s"
    started = time.perf_counter()
    together = joined([default, films])
    yield f"joined in {time.perf_counter() - started:.0f} s: {len(together.items):,} items"
    yield from together.report.lines()[:6]
    theirs: defaultdict[str, list[Item]] = defaultdict(list)
    for item in films.items:
        theirs[normalise_title(item.title)].append(item)
    pairs = [
        (item, other)
        for item in default.items
        for other in theirs[normalise_title(item.title)]
        if item.year == other.year and other.cast
    ]
    both = [(item, other) for item, other in pairs if item.directors and other.directors]
    agree = sum(bool(set(item.directors) & set(other.directors)) for item, other in both)
    yield f"directors read from introductions: {agree:,} of {len(both):,} agree"
    features = np.array([[1.0, math.log1p(len(other.synopsis)), math.log1p(len(other.cast))] for _, other in pairs])
    known = np.array([item.popularity for item, _ in pairs])
    weights = np.linalg.lstsq(features, known, rcond=None)[0]
    guesses = features @ weights
    yield f"popularity of {len(pairs):,} films that both have: weights {np.round(weights, 3)}"
    yield f"correlation {np.corrcoef(guesses, known)[0, 1]:.2f}, mean error {np.abs(guesses - known).mean():.3f}"


def graph() -> Iterable[str]:
    """Yields how long building and asking the graph of the default catalogue takes."""
    items = default_catalogue().items
    with tempfile.TemporaryDirectory() as folder:
        yield from _catalogue(items, Path(folder) / "catalogue.jsonl")
        path = Path(folder) / "graph"
        started = time.perf_counter()
        engine = open_engine(path, writing=True)
        size = load_graph(engine, items)
        engine.close()
        yield f"built in {time.perf_counter() - started:.1f} s: {size}, {path.stat().st_size / 1e6:.1f} MB"
        opened = open_graph(path)
        yield from _queries(opened, items)
        opened.close()


def _catalogue(items: Sequence[Item], path: Path) -> Iterable[str]:
    Catalogue(items).save(path)
    started = time.perf_counter()
    Catalogue.load(path)
    yield f"catalogue of {path.stat().st_size / 1e6:.1f} MB loaded in {time.perf_counter() - started:.2f} s"


def _queries(graph: KnowledgeGraph, items: Sequence[Item]) -> Iterable[str]:
    known = [item for item in items if item.popularity > 0.6 and item.directors and item.cast and len(item.genres) > 1]
    picks = [random.Random(seed).sample(known, 3) for seed in range(200)]
    asked: dict[str, Callable[[list[Item]], Any]] = {
        "facts": lambda some: graph.facts(some[0].id),
        "neighbours of 1": lambda some: graph.neighbours([some[0].id]),
        "neighbours of 3": lambda some: graph.neighbours([item.id for item in some]),
        "connections": lambda some: graph.connections(some[0].id, some[1].id),
        "works_of a director": lambda some: graph.works_of(Entity.of("person", some[0].directors[0]).id),
        "items_with a player": lambda some: graph.items_with([Entity.of("person", some[0].cast[0]).id]),
        "items_with 2 genres": lambda some: graph.items_with(
            [Entity.of("genre", name).id for name in some[0].genres[:2]]
        ),
    }
    for name, ask in asked.items():
        times = sorted(_seconds(ask, some) for some in picks)
        p95 = times[int(0.95 * len(times))]
        yield f"{name:22} p50 {1000 * statistics.median(times):5.1f} ms   p95 {1000 * p95:5.1f} ms"


def _seconds(ask: Callable[[list[Item]], Any], some: list[Item]) -> float:
    started = time.perf_counter()
    ask(some)
    return time.perf_counter() - started


def main(arguments: Sequence[str]) -> int:
    """Prints the figures that were asked for; returns 2 where the name is unknown."""
    figures = {"report": report, "axes": axes, "graph": graph}
    if len(arguments) == 2 and arguments[0] == "wikipedia":
        figures["wikipedia"] = partial(wikipedia, Path(arguments[1]))
    elif len(arguments) != 1 or arguments[0] not in figures:
        print(__doc__)
        return 2
    for line in figures[arguments[0]]():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
