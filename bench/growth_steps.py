"""What `bench.growth` measures, one step a process, so that memory is the step's own.

    python -m bench.growth_steps prepare WORK
    python -m bench.growth_steps ingest WORK HOME OUT ITEMS SECONDS
    python -m bench.growth_steps serve WORK HOME OUT [PART THAT IS MISSING …]

Servers are those of CHROMA_URL, NEO4J_URI and NEO4J_PASSWORD, as everywhere. SECONDS is the most that a stage may take.
A step writes its figures into OUT after every part of it, so that what was measured stays when the step is stopped.
Beside the clock's seconds stand the processor's: they say the same on a machine that is busy with other things.
Memory and servers' seconds are read from /proc, so this runs on Linux.
"""

import json
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bench.growth_items import Grown, GrownVectors, skew
from bot import Settings
from bot.opening import places_of
from kg.catalogue import Catalogue
from kg.items import Item
from kg.linking import Linker
from kg.loading import open_graph
from kg.memory_graph import MemoryGraph
from kg.sources import default_catalogue
from retrieval.building import build_index
from retrieval.candidates import DEPTH
from retrieval.columns import Columns
from retrieval.embedding import embed
from retrieval.encoder import Encoder, MiniLM, Vectors
from retrieval.index import Index, current_index, folder_of, open_index
from retrieval.ranking import Retriever
from retrieval.texts import item_text
from retrieval.vectors import MemoryVectors
from retrieval.wish import Limits, Wish

SAMPLE = 1024  # texts by which the network's rate is measured
Made = TypeVar("Made")
ROUNDS, WARMING = 100, 5
PARTS = ("chroma", "graph")
KNOWN = 2000  # the items that people talk about
OPEN_WORDS = (
    "something gripping for a rainy evening",
    "I want to laugh tonight, nothing stupid",
    "a slow and beautiful film about growing old",
    "a clever thriller with a twist that I will not see coming",
    "something warm to watch with my parents",
    "strange and dreamlike, I do not need to understand it",
    "a big adventure far away from here",
    "people who talk a lot and fall in love in a city",
    "the best film about war that is not about heroes",
    "I loved the heist, more like that please",
    "something with music, and sad",
    "a film from the seventies about a journalist",
)
NARROW_WORDS = "a {genre} film that not everybody knows"


@dataclass
class Figures:
    """The figures of a step, kept in a file as they come."""

    out: Path
    found: dict[str, Any] = field(default_factory=dict)

    def note(self, **figures: Any) -> None:
        """Adds figures and writes the file."""
        self.found |= figures
        self.out.write_text(json.dumps(self.found, indent=1), encoding="utf-8")


class TooSlowError(Exception):
    """A stage took too long; the text is its name."""


@dataclass
class Stages:
    """A build's progress: the seconds (of the clock and of the processor), the steps and the highest memory so far of
    each stage. Raises TooSlowError in a stage that takes more than `most` seconds."""

    figures: Figures
    most: float = math.inf  # seconds
    began: dict[str, tuple[float, float]] = field(default_factory=dict)
    told: float = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        began, cpu = self.began.setdefault(stage, (now, time.process_time()))
        if done < total and now - self.told < 5.0:
            return
        self.told = now
        spent = {"seconds": now - began, "cpu": time.process_time() - cpu}
        self.figures.note(**{stage: spent | {"done": done, "total": total, "peak_gb": memory("VmHWM")}})
        print(f"{stage}: {done:,} of {total:,}, {now - began:.0f} s", file=sys.stderr, flush=True)
        if done < total and now - began > self.most:
            raise TooSlowError(stage)


def memory(name: str, process: int | str = "self") -> float:
    """Returns a process's memory in GB: `VmRSS` now, `VmHWM` at its highest."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1e6
    raise ValueError(f"{name} is no line of a process's status")


def processor(process: int) -> float:
    """Returns the seconds of processor that a process has taken."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def size_of(path: Path) -> float:
    """Returns the GB of a file or of all files of a folder; 0 where there is none."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e9


def prepare(work: Path, items: Sequence[Item], encoder: Encoder) -> None:
    """Keeps the items that every size is grown from, and what the encoder makes of them and of people's words."""
    figures = Figures(work / "prepare.json")
    texts = [item_text(item) for item in items]
    started = time.process_time()
    sample = texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE]
    encoder.encode(sample)
    figures.note(encoder_texts_a_cpu_second=len(sample) / (time.process_time() - started))
    matrix = embed(texts, encoder, work / "shards", Stages(figures))
    words = [*OPEN_WORDS, *sorted({_narrow(genre) for item in items for genre in item.genres})]
    np.save(work / "vectors.npy", np.concatenate([matrix, encoder.encode(words)]))
    (work / "words.json").write_text(json.dumps(words), encoding="utf-8")
    Catalogue(items).save(work / "core.jsonl")
    figures.note(skew=skew(items), nearest=_nearness(matrix))


def _narrow(genre: str) -> str:
    return NARROW_WORDS.format(genre=genre.lower())


def _core(work: Path) -> tuple[tuple[Item, ...], GrownVectors]:
    core = tuple(Catalogue.load(work / "core.jsonl"))
    texts = [*map(item_text, core), *json.loads((work / "words.json").read_text(encoding="utf-8"))]
    return core, GrownVectors(dict(zip(texts, np.load(work / "vectors.npy"), strict=True)))


def ingest(work: Path, home: Path, count: int, stages: Stages) -> None:
    """Builds the index of a grown catalogue as `tastemaker ingest` does, with vectors that no network made.

    Where Chroma or the graph takes too long the rest is built without it.
    """
    core, encoder = _core(work)
    stages.figures.note(count=count, idle_gb=memory("VmRSS"), stopped=[])
    folder = None
    while folder is None:
        try:
            folder = build_index(home, Grown(core, count), stages, encoder=encoder, places=places_of(Settings()))
        except TooSlowError as slow:
            if str(slow) not in PARTS:
                raise
            next(home.glob("*.building")).joinpath(f"{slow}.done").touch()
            stages.figures.note(stopped=[*stages.figures.found["stopped"], str(slow)])
    sizes = {name: size_of(folder / name) for name in ("items.jsonl", "vectors.npy", "chroma", "graph")}
    stages.figures.note(peak_gb=memory("VmHWM"), disk_gb=sizes, done=True)


def serve(work: Path, home: Path, figures: Figures, missing: Sequence[str] = ()) -> None:
    """Opens the index as a bot process does, and times what a turn asks of it. `missing` are the parts it lacks."""
    _, encoder = _core(work)
    figures.note(idle_gb=memory("VmRSS"))
    index = _timed(figures, "index", lambda: _opened(home, missing))
    retriever = _timed(figures, "retriever", lambda: Retriever.open(index, encoder))
    figures.note(items=len(index.catalogue))
    known = sorted(index.catalogue, key=lambda item: -item.popularity)[:KNOWN]
    wishes = _wishes(index, [item.id for item in known], random.Random(0))
    for name, some in wishes.items():
        figures.note(**{name: _turns(retriever, some)})
    if "graph" not in missing:
        figures.note(neighbours=_neighbours(index, [item.id for item in known]))
    found = _vectors(index, encoder)
    figures.note(**found if "chroma" not in missing else {"exact": found["exact"]})
    figures.note(serving_gb=memory("VmRSS"))
    figures.note(nearest=_nearness(index.matrix), skew=skew(tuple(index.catalogue)))
    _timed(figures, "linker", lambda: Linker(index.catalogue))
    index.close()
    figures.note(done=True)


def _opened(home: Path, missing: Sequence[str]) -> Index:
    """The index in use; one that lacks a part is opened as where a server is away: exact search, or an empty graph."""
    places = places_of(Settings())
    if not missing:
        return open_index(home, places=places)
    folder, held = folder_of(home, current_index(home)), ExitStack()
    catalogue, matrix = Catalogue.load(folder / "items.jsonl"), np.load(folder / "vectors.npy")
    graph = MemoryGraph(()) if "graph" in missing else open_graph(places.neo4j or folder / "graph")
    held.callback(graph.close)
    vectors = MemoryVectors(catalogue.ids, matrix)
    return Index(catalogue, graph, vectors, matrix, Columns.of(catalogue), encoder_name=GrownVectors.name, held=held)


def _timed(figures: Figures, name: str, make: Callable[[], Made]) -> Made:
    started, cpu = time.perf_counter(), time.process_time()
    made = make()
    spent = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}
    figures.note(**{name: spent | {"rss_gb": memory("VmRSS"), "peak_gb": memory("VmHWM")}})
    print(f"{name}: {spent['cpu']:.1f} s of processor, {memory('VmRSS'):.2f} GB", file=sys.stderr, flush=True)
    return made


def _wishes(index: Index, known: Sequence[str], draw: random.Random) -> dict[str, list[Wish]]:
    """Wishes without constraints, and such that a few hundredths of the catalogue keep."""
    liked = [tuple(draw.sample(known, draw.randint(1, 6))) for _ in range(ROUNDS)]
    genres = [genre for item in map(index.catalogue.get, known) if item for genre in item.genres[:1]]
    narrow = [draw.choice(genres) for _ in range(ROUNDS)]
    return {
        "open": [Wish(text=draw.choice(OPEN_WORDS), liked=each) for each in liked],
        "narrow": [
            Wish(
                text=_narrow(genre),
                liked=each,
                must=(frozenset({f"genre:{genre}"}),),
                limits=Limits(year_min=draw.choice((1980, 1990, 2000)), runtime_max=120),
            )
            for each, genre in zip(liked, narrow, strict=True)
        ],
    }


def _turns(retriever: Retriever, wishes: Sequence[Wish]) -> dict[str, float]:
    """How long candidates, features and the choice take, without the text's encoding."""
    pools = [retriever.recommend(wish).pool for wish in wishes[:WARMING]]

    def turn(wish: Wish) -> None:
        pools.append(retriever.recommend(wish).pool)

    return _times(turn, wishes) | {"pool": statistics.median(pools)}


def _neighbours(index: Index, known: Sequence[str]) -> dict[str, float]:
    """How long the graph takes for three liked items."""
    picks = [random.Random(seed).sample(known, 3) for seed in range(WARMING + ROUNDS)]
    for some in picks[:WARMING]:
        index.graph.neighbours(some)
    return _times(index.graph.neighbours, picks[WARMING:])


def _vectors(index: Index, encoder: Encoder) -> dict[str, Any]:
    """How long the store's search and the exact one take, and how much of the exact answer the store finds.

    Half of the questions are people's words, half lie as items do.
    """
    asked = encoder.encode([*OPEN_WORDS, *(f"an item that is not there {at}" for at in range(len(OPEN_WORDS)))])
    for vector in asked[:WARMING]:
        index.vectors.nearest(vector, 2 * DEPTH)
    shares = []
    for vector in asked:
        near = {item for item, _ in index.vectors.nearest(vector, 2 * DEPTH)[:DEPTH]}
        scores = index.matrix @ vector
        shares.append(sum(index.columns.ids[row] in near for row in np.argpartition(-scores, DEPTH)[:DEPTH]) / DEPTH)
    often = np.repeat(asked, 4, axis=0)
    return {
        "search": _times(lambda vector: index.vectors.nearest(vector, 2 * DEPTH), often),
        "exact": _times(lambda vector: np.argpartition(-(index.matrix @ vector), DEPTH), often),
        f"recall@{DEPTH}": statistics.mean(shares),
    }


def _nearness(matrix: Vectors, sample: int = 100) -> float:
    """Returns the mean cosine of an item to the nearest other one."""
    rows = np.random.default_rng(0).choice(len(matrix), size=min(sample, len(matrix)), replace=False)
    near = []
    for row in rows.tolist():
        scores = matrix @ matrix[row]
        scores[row] = -1.0
        near.append(float(scores.max()))
    return statistics.mean(near)


def _times(ask: Callable[[Any], object], questions: Iterable[Any]) -> dict[str, float]:
    """Returns the middle and the 95th percentile of the clock's milliseconds, and the middle of the processor's."""
    clock, cpu = [], []
    for question in questions:
        started, spent = time.perf_counter(), time.process_time()
        ask(question)
        clock.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - spent))
    p50, p95 = np.percentile(clock, (50, 95))
    return {"p50_ms": float(p50), "p95_ms": float(p95), "cpu_ms": statistics.median(cpu)}


def main(arguments: Sequence[str]) -> None:
    """Runs one step."""
    match arguments:
        case ["prepare", work]:
            prepare(Path(work), default_catalogue().items, MiniLM.open(Path(work) / "models"))
        case ["ingest", work, home, out, count, seconds]:
            ingest(Path(work), Path(home), int(count), Stages(Figures(Path(out)), float(seconds)))
        case ["serve", work, home, out, *missing]:
            serve(Path(work), Path(home), Figures(Path(out)), missing)
        case _:
            print(__doc__)
            sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
