"""Building the index, opening it, and what can be wrong with it. Real Chroma and Ladybug, a small catalogue."""

import json
import multiprocessing
from pathlib import Path

import pytest

from kg.errors import IndexNotReadyError, LockedError
from retrieval.building import build_index
from retrieval.encoder import HashEncoder, Vectors
from retrieval.index import current_index, open_index
from retrieval.locking import hold
from tests.retrieval_films import FilmSource, film, films

ENCODER = HashEncoder()


def build(home: Path, source: FilmSource | None = None) -> Path:
    return build_index(home, source or FilmSource(films()), encoder=ENCODER)


def test_the_index_holds_the_catalogue_three_times(tmp_path: Path) -> None:
    build(tmp_path)
    index = open_index(tmp_path)
    try:
        assert [item.id for item in index.catalogue] == list(index.columns.ids)
        assert index.vectors.count() == len(index.matrix) == 60
        assert index.graph.facts("f1")
        assert index.vectors.nearest(index.matrix[5], 1)[0][0] == "f5"
    finally:
        index.close()
        index.close()


def test_an_index_of_the_same_content_is_kept(tmp_path: Path) -> None:
    source = FilmSource(films())
    folder = build(tmp_path, source)
    made = (folder / "manifest.json").stat().st_mtime_ns
    assert build(tmp_path, source) == folder
    assert (folder / "manifest.json").stat().st_mtime_ns == made
    assert source.loads == 1


def test_a_changed_catalogue_replaces_the_index_and_removes_the_old_one(tmp_path: Path) -> None:
    old = build(tmp_path)
    new = build(tmp_path, FilmSource([*films(), film(99)]))
    assert new != old
    assert not old.exists()
    index = open_index(tmp_path)
    assert index.catalogue.get("f99") is not None
    index.close()


def test_an_index_that_is_read_is_neither_touched_nor_removed(tmp_path: Path) -> None:
    old = build(tmp_path)
    reading = open_index(tmp_path)
    build(tmp_path, FilmSource(films(10)))
    assert old.exists()
    assert reading.vectors.nearest(reading.matrix[5], 1)[0][0] == "f5"
    reading.close()
    build(tmp_path, FilmSource(films(11)))
    assert not old.exists()


class Interrupted(HashEncoder):
    """Fails as a power cut would, after some batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def encode(self, texts: object) -> Vectors:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().encode(texts)  # type: ignore[arg-type]


class Counting(HashEncoder):
    """Counts the texts it is given."""

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: object) -> Vectors:
        self.texts += len(texts)  # type: ignore[arg-type]
        return super().encode(texts)  # type: ignore[arg-type]


def test_an_interrupted_build_leaves_the_old_index_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    old = build(tmp_path)
    source = FilmSource([film(number) for number in range(2500)])
    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path, source, encoder=Interrupted(2))
    assert current_index(tmp_path) == old.name.removeprefix("index-")
    open_index(tmp_path).close()
    counting = Counting()
    build_index(tmp_path, source, encoder=counting)
    assert counting.texts == 2500 - 2048
    assert source.loads == 1
    index = open_index(tmp_path)
    assert len(index.catalogue) == index.vectors.count() == 2500
    index.close()


@pytest.mark.parametrize("name", ["items.jsonl", "vectors.npy", "graph", "manifest.json", "chroma/chroma.sqlite3"])
@pytest.mark.parametrize("harm", ["remove", "cut", "garble"])
def test_a_damaged_index_says_which_command_mends_it(tmp_path: Path, name: str, harm: str) -> None:
    path = build(tmp_path) / name
    content = path.read_bytes()
    if harm == "remove":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif name in {"manifest.json", "chroma/chroma.sqlite3"}:
        path.write_bytes(b"\x00" * len(content))
    else:
        path.write_bytes(content + b"x")
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        open_index(tmp_path)
    build(tmp_path)
    open_index(tmp_path).close()


def test_no_index_says_which_command_builds_it(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        open_index(tmp_path)


def _hold(path: Path, ready: "multiprocessing.synchronize.Event", done: "multiprocessing.synchronize.Event") -> None:
    with hold(path, "answering"):
        ready.set()
        done.wait(30)


def test_a_second_process_hears_at_once_who_holds_the_index(tmp_path: Path) -> None:
    folder = build(tmp_path)
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(tmp_path / f"{folder.name}.lock", ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(LockedError, match=rf"process {holder.pid} \(answering\)"):
            open_index(tmp_path)
    finally:
        done.set()
        holder.join(30)
    open_index(tmp_path).close()


def test_two_builds_do_not_mix(tmp_path: Path) -> None:
    with hold(tmp_path / "build.lock", "building the index"), pytest.raises(LockedError, match="building the index"):
        build(tmp_path)


def test_the_manifest_tells_the_sizes_of_its_files(tmp_path: Path) -> None:
    folder = build(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["items"] == 60
    assert manifest["sizes"] == {name: (folder / name).stat().st_size for name in manifest["sizes"]}
