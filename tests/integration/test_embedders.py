"""One suite for all who embed, this process and a real Ray cluster of two nodes; and what is special of a cluster."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from app import app
from kg.errors import ClusterError
from kg.sources import DefaultSource
from retrieval import embedding
from retrieval.embedding import Alone, Embedder, embed
from retrieval.encoder import Encoder, HashEncoder, MiniLM
from retrieval.progress import silent
from retrieval.texts import item_text
from tests.embedding_fakes import Asleep, Dying, Refusing, Signing

ROOT = Path(__file__).parents[2]
WORDS = ("heist", "love", "war", "ghost", "robot", "king", "ship", "winter", "garden", "train")
TEXTS = [" ".join(WORDS[(number * step) % 10] for step in range(1, 3 + number % 9)) for number in range(60)]
SHARDS = [TEXTS[start : start + 10] for start in range(0, 60, 10)]


@pytest.fixture(scope="module")
def two_nodes() -> Iterator[str]:
    """The address of a cluster of two nodes, each with one processor and so one worker."""
    pytest.importorskip("ray", reason="needs Ray: pip install 'tastemaker[ray]'")
    from retrieval.cluster import QUIET

    with pytest.MonkeyPatch.context() as patch:
        for variable, value in QUIET.items():
            patch.setenv(variable, value)
        from ray.cluster_utils import Cluster as Nodes

        nodes = Nodes(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        nodes.add_node(num_cpus=1)
        yield nodes.address
        nodes.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture
def cluster(two_nodes: str) -> Iterator[Embedder]:
    from retrieval.cluster import joined

    with joined(two_nodes) as found:
        yield found


@pytest.fixture(params=["alone", "cluster"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = Alone() if request.param == "alone" else request.getfixturevalue("cluster")
    return found


def test_every_shard_has_the_vectors_that_its_encoder_gives_it_to_the_last_bit(embedder: Embedder, home: Path) -> None:
    described = [item_text(item) for item in DefaultSource().load().items[:60]]
    cases: list[tuple[Encoder, list[list[str]]]] = [
        (HashEncoder(), SHARDS),
        (MiniLM.open(home / "models", threads=2), [described[start : start + 20] for start in range(0, 60, 20)]),
    ]
    for encoder, shards in cases:
        found = dict(embedder.embed(shards, encoder))
        assert sorted(found) == list(range(len(shards)))
        for place, texts in enumerate(shards):
            np.testing.assert_array_equal(found[place], encoder.encode(texts))
    assert list(embedder.embed([], HashEncoder())) == []


def test_both_nodes_work_and_neither_is_this_process(cluster: Embedder, tmp_path: Path) -> None:
    list(cluster.embed(SHARDS, Signing(tmp_path)))
    workers = {int(path.name) for path in tmp_path.iterdir()}
    assert len(workers) == 2 and os.getpid() not in workers


def test_a_worker_that_dies_is_replaced(cluster: Embedder, tmp_path: Path) -> None:
    found = dict(cluster.embed(SHARDS, Dying(tmp_path)))
    assert (tmp_path / "died").exists()
    for place, texts in enumerate(SHARDS):
        np.testing.assert_array_equal(found[place], HashEncoder().encode(texts))


def test_what_a_worker_fails_at_is_told_and_the_rest_is_kept(
    cluster: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "SHARD", 10)
    texts = [*TEXTS[:55], "poison", *TEXTS[55:]]
    with pytest.raises(ClusterError, match="this text is poison"):
        embed(texts, Refusing(), tmp_path, silent, embedder=cluster)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npy")}
    found = embed(texts, HashEncoder(), tmp_path, silent)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    np.testing.assert_array_equal(found, HashEncoder().encode(texts))


def test_a_cluster_that_never_gets_done_is_given_up(two_nodes: str) -> None:
    from retrieval.cluster import joined

    with joined(two_nodes, patience=5) as found, pytest.raises(ClusterError, match="--engine ray"):
        list(found.embed(SHARDS, Asleep()))


def test_nobody_at_the_address() -> None:
    pytest.importorskip("ray", reason="needs Ray: pip install 'tastemaker[ray]'")
    from retrieval.cluster import joined

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ClusterError, match=f"{address} does not answer"), joined(address):
            pass
    with pytest.raises(ClusterError, match="RAY_ADDRESS"), joined("nonsense"):
        pass


def test_ray_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "retrieval.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"tastemaker\[ray\]"):
        import retrieval.cluster  # noqa: F401


def ingest(home: Path, *more: str, **environment: str) -> Path:
    """Reads the books into a data folder by the command; returns the folder of the index."""
    words = ["ingest", str(ROOT / "tests" / "catalogues" / "books.csv"), "--yes", *more]
    result = CliRunner().invoke(app, words, env={"TASTEMAKER_HOME": str(home), **environment})
    assert result.exit_code == 0, (result.output, result.exception)
    [folder] = home.glob("index-*/")
    return folder


def test_ingest_on_a_cluster_makes_the_index_of_one_machine(two_nodes: str, home: Path, tmp_path: Path) -> None:
    for name in ("alone", "joined", "started"):
        shutil.copytree(home / "models", tmp_path / name / "models")
    alone = ingest(tmp_path / "alone")
    joined = ingest(tmp_path / "joined", "--engine", "ray", RAY_ADDRESS=two_nodes)
    started = ingest(tmp_path / "started", "--engine", "ray", RAY_ADDRESS="")
    assert alone.name == joined.name == started.name
    for file in ("items.jsonl", "vectors.npy"):
        assert (alone / file).read_bytes() == (joined / file).read_bytes() == (started / file).read_bytes()
