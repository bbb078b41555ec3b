"""The figures of `bench.growth` as Markdown tables and as one picture.

Rates are by seconds of processor, the servers' with them: a machine that does other things at the same time doubles or
trebles the clock's. Milliseconds are told by both.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]
STAGES = {"items": "read, cleaned, written", "chroma": "Chroma", "graph": "graph"}
MISSING = "–"


def tables(figures: Figures) -> Iterator[str]:
    """Yields the lines of a table on ingesting, one on serving and one on the skew."""
    yield f"| ingest, items a processor second | {' | '.join(STAGES.values())} | memory, GB | disk, GB |"
    yield "|---|---|---|---|---|---|"
    for cell in figures["cells"]:
        rates = (_rate(cell["ingest"], stage) for stage in STAGES)
        yield f"| {_name(cell)} | {' | '.join(rates)} | {_ingest_memory(cell)} | {_disk(cell)} |"
    yield ""
    columns: dict[str, Callable[[Figures], str]] = {
        "opened, s": lambda cell: _number(_opening(cell)),
        "memory, GB": lambda cell: _with_servers(cell, "serve", cell["serve"].get("serving_gb"), "rss_gb"),
        "turn, open": lambda cell: _times(cell, "open"),
        "turn, narrow": lambda cell: _times(cell, "narrow"),
        "neighbours of 3": lambda cell: _times(cell, "neighbours"),
        "vector store": lambda cell: _times(cell, "search"),
        "exact search": lambda cell: _times(cell, "exact"),
        "recall@150": lambda cell: _number(cell["serve"].get("recall@150"), 3),
        "linker, s": lambda cell: _number(cell["serve"].get("linker", {}).get("cpu")),
        "linker, GB": lambda cell: _number(_linker_memory(cell["serve"])),
    }
    yield f"| serve | {' | '.join(columns)} |"
    yield f"|{'---|' * (1 + len(columns))}"
    for cell in figures["cells"]:
        yield f"| {_name(cell)} | {' | '.join(tell(cell) for tell in columns.values())} |"
    yield ""
    yield from _skew(figures)


def draw(figures: Figures, path: Path) -> None:
    """Writes a picture of four: ingest, memory, a turn's time, and searching."""
    import matplotlib as mpl  # noqa: PLC0415  (a second; only where something is drawn)

    mpl.use("agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(2, 2, figsize=(9, 6.4), layout="constrained")
    drawn: list[tuple[str, dict[str, Callable[[Figures], float | None]]]] = [
        (
            "ingest, items a second of processor",
            {
                "Chroma": lambda cell: _per_second(cell["ingest"], "chroma"),
                "graph": lambda cell: _per_second(cell["ingest"], "graph"),
            },
        ),
        (
            "memory of the bot's process, GB",
            {
                "serving": lambda cell: cell["serve"].get("serving_gb"),
                "ingest": lambda cell: cell["ingest"].get("peak_gb"),
            },
        ),
        (
            "a turn without its words, ms of processor",
            {"open wish": lambda cell: _cpu(cell, "open"), "narrow wish": lambda cell: _cpu(cell, "narrow")},
        ),
        (
            "one question, ms of the clock, p50",
            {
                "graph": lambda cell: _p50(cell, "neighbours"),
                "Chroma": lambda cell: _p50(cell, "search"),
                "exact search": lambda cell: _p50(cell, "exact"),
            },
        ),
    ]
    for place, (title, lines) in zip(axes.flat, drawn, strict=True):
        for engine, style in (("embedded", "-o"), ("server", "--s")):
            cells = [cell for cell in figures["cells"] if cell["engine"] == engine]
            for colour, (name, value) in enumerate(lines.items()):
                known = [(cell["items"], found) for cell in cells if (found := value(cell)) is not None]
                if known:
                    place.plot(*zip(*known, strict=True), style, color=f"C{colour}", label=f"{name}, {engine}", ms=4)
        place.set(xscale="log", yscale="log", title=title, xlabel="items")
        place.grid(alpha=0.3)
        place.legend(fontsize=7)
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _skew(figures: Figures) -> Iterator[str]:
    cells = [cell for cell in figures["cells"] if cell["engine"] == "embedded" and "skew" in cell["serve"]]
    sizes = " | ".join(f"{cell['items']:,}" for cell in cells)
    yield f"| names, and what their top 1% hold | default | {sizes} |"
    yield f"|{'---|' * (2 + len(cells))}"
    skews = [figures["prepare"]["skew"], *(cell["serve"]["skew"] for cell in cells)]
    for name in skews[0]:
        yield f"| {name} | {' | '.join(f'{names:,}, {top:.0%}' for names, top in (skew[name] for skew in skews))} |"
    near = [figures["prepare"]["nearest"], *(cell["serve"]["nearest"] for cell in cells)]
    yield f"| cosine to the nearest item | {' | '.join(f'{each:.2f}' for each in near)} |"


def _name(cell: Figures) -> str:
    return f"{cell['items']:,}, {cell['engine']}"


def _per_second(ingest: Figures, stage: str) -> float | None:
    """Items a second of processor; of a stage that was stopped, by the share of it that was done."""
    found = ingest.get(stage)
    if not found or not found["done"]:
        return None
    items: float = ingest["count"] * found["done"] / found["total"]
    seconds: float = found["cpu"] + _served(ingest, stage)
    return items / max(seconds, 1e-3)


def _served(ingest: Figures, stage: str) -> float:
    """The seconds of processor that a server took for the stage; each does the work of one."""
    server = {"chroma": "chroma", "graph": "neo4j"}.get(stage, "")
    return float(ingest.get("servers", {}).get(server, {}).get("cpu", 0.0))


def _rate(ingest: Figures, stage: str) -> str:
    rate = _per_second(ingest, stage)
    if rate is None:
        return MISSING
    done = ingest[stage]["done"] / ingest[stage]["total"]
    return f"{rate:,.0f}" if done == 1 else f"{rate:,.0f} (stopped at {done:.0%})"


def _ingest_memory(cell: Figures) -> str:
    return _with_servers(cell, "ingest", cell["ingest"].get("peak_gb"), "peak_gb")


def _with_servers(cell: Figures, step: str, own: float | None, which: str) -> str:
    servers = cell[step].get("servers", {})
    return " + ".join([_number(own), *(f"{name} {_number(each[which])}" for name, each in servers.items())])


def _disk(cell: Figures) -> str:
    parts = cell["ingest"].get("disk_gb", {}) | cell["ingest"].get("servers_disk_gb", {})
    return ", ".join(f"{name} {size:.2f}" for name, size in parts.items() if size) or MISSING


def _opening(cell: Figures) -> float | None:
    parts = [cell["serve"].get(name, {}).get("cpu") for name in ("index", "retriever")]
    return None if None in parts else sum(parts)


def _linker_memory(serve: Figures) -> float | None:
    return serve["linker"]["rss_gb"] - serve["serving_gb"] if "linker" in serve else None


def _p50(cell: Figures, name: str) -> float | None:
    found: float | None = cell["serve"].get(name, {}).get("p50_ms")
    return found


def _cpu(cell: Figures, name: str) -> float | None:
    found: float | None = cell["serve"].get(name, {}).get("cpu_ms")
    return found


def _times(cell: Figures, name: str) -> str:
    found = cell["serve"].get(name)
    if not found:
        return MISSING
    return f"{_number(found['p50_ms'])} / {_number(found['p95_ms'])} ({_number(found['cpu_ms'])})"


def _number(value: float | None, digits: int = 1) -> str:
    return MISSING if value is None else f"{value:,.{digits}f}"
