"""How the index grows: catalogues of several sizes, ingested and served on embedded engines and on servers.

    OMP_NUM_THREADS=1 python -m bench.growth --items 10000 100000 1000000 --engines embedded server \
        --json growth.json --plot docs/growth.png

Each size and engine is a process that ingests and one that serves (`bench.growth_steps`), so that memory is their own.
What was measured is kept in `--work`, and the same command goes on there; `--json` has all figures, and the tables of
`docs/growth.md` are printed. The servers are started here as the tests start them. The one network that runs is the
encoder over the default catalogue, once; the vectors of larger catalogues are made around those.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.growth_steps import memory, processor, size_of
from bench.growth_telling import draw, tables
from tests.chroma import ChromaServer
from tests.neo4j.server import PASSWORD, Neo4jServer

ENGINES = ("embedded", "server")
# A step that is not a stage of ingest (opening, timing turns, linking) ends within this many seconds.
SERVING_WITHIN = 3600.0


@dataclass(frozen=True)
class Cell:
    """One size on one kind of engines, in a folder of its own."""

    work: Path
    items: int
    engine: str

    @property
    def folder(self) -> Path:
        """Where the index is, and the servers' data."""
        return self.work / f"{self.engine}-{self.items}"

    def file(self, step: str) -> Path:
        """Where the figures of a step are."""
        return self.work / f"{self.engine}-{self.items}-{step}.json"

    def figures(self, step: str) -> dict[str, Any]:
        """Returns the figures of a step; {} where it has not been run."""
        path = self.file(step)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return found

    def measure(self, seconds: float) -> None:
        """Runs the steps that have not been run; frees the disk when all are done."""
        ingested = self.figures("ingest")
        if self.figures("serve").get("done"):
            return
        home = self.folder / "home"
        whole = self.engine == "embedded" and ingested.get("done") and home.is_dir()
        if not whole:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        with servers(self) as running:
            if not whole:
                self._run("ingest", str(home), str(self.file("ingest")), str(self.items), str(seconds), running=running)
            ingested = self.figures("ingest")
            if ingested.get("done"):
                self._run("serve", str(home), str(self.file("serve")), *ingested["stopped"], running=running)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, step: str, home: str, out: str, *words: str, running: "Servers") -> None:
        print(f"{self.engine}, {self.items:,} items: {step}", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "bench.growth_steps", step, str(self.work), home, out, *words]
        try:
            subprocess.run(command, env=os.environ | running.variables, check=False, timeout=SERVING_WITHIN * 4)
        except subprocess.TimeoutExpired:
            print(f"{step} was stopped", file=sys.stderr)
        figures = self.figures(step) | {"servers": running.spent(), "servers_disk_gb": running.disk()}
        Path(out).write_text(json.dumps(figures, indent=1), encoding="utf-8")


@dataclass(frozen=True)
class Servers:
    """The servers of a cell: their processes, their folders, and the variables that point to them; none if embedded."""

    processes: dict[str, int]
    folders: dict[str, Path]
    variables: dict[str, str]

    def spent(self) -> dict[str, dict[str, float]]:
        """Returns the GB that each takes now and took at most, and its seconds of processor."""
        return {
            name: {"rss_gb": memory("VmRSS", pid), "peak_gb": memory("VmHWM", pid), "cpu": processor(pid)}
            for name, pid in self.processes.items()
        }

    def disk(self) -> dict[str, float]:
        """Returns the GB of each one's files."""
        return {name: size_of(folder) for name, folder in self.folders.items()}


@contextmanager
def servers(cell: Cell) -> Iterator[Servers]:
    """Starts the servers that a cell needs, and ends them. Raises RuntimeError or NoServerError where they do not."""
    if cell.engine == "embedded":
        yield Servers({}, {}, {})
        return
    folders = {"chroma": cell.folder / "chroma", "neo4j": cell.folder / "neo4j"}
    heap, cache = ("768m", "64m") if cell.items < 50_000 else ("2g", "1g")
    with ExitStack() as held:
        chroma = held.enter_context(ChromaServer(folders["chroma"]))
        neo4j = held.enter_context(Neo4jServer(folders["neo4j"], heap=heap, page_cache=cache))
        assert chroma.pid is not None and neo4j.pid is not None
        variables = {"CHROMA_URL": chroma.url, "NEO4J_URI": neo4j.settings.uri, "NEO4J_PASSWORD": PASSWORD}
        data = folders | {"neo4j": folders["neo4j"] / "data"}
        yield Servers({"chroma": chroma.pid, "neo4j": neo4j.pid}, data, variables)


def main() -> None:
    """Measures what has not been measured, and tells all that was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--work", type=Path, default=Path("growth-work"), help="where figures and indexes are kept")
    parser.add_argument("--minutes", type=float, default=20.0, help="the most that one stage of an ingest may take")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--plot", type=Path, help="draw them here")
    arguments = parser.parse_args()
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "core.jsonl").is_file():
        subprocess.run([sys.executable, "-m", "bench.growth_steps", "prepare", str(work)], check=True)
    cells = [Cell(work, items, engine) for items in sorted(arguments.items) for engine in arguments.engines]
    for cell in cells:
        cell.measure(60 * arguments.minutes)
    steps = ("ingest", "serve")
    found = [
        {"items": cell.items, "engine": cell.engine} | {step: cell.figures(step) for step in steps} for cell in cells
    ]
    figures = {"prepare": json.loads((work / "prepare.json").read_text(encoding="utf-8")), "cells": found}
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print("\n".join(tables(figures)))
    if arguments.plot:
        draw(figures, arguments.plot)


if __name__ == "__main__":
    main()
