"""Shared by all tests: the `--data` option, and one index of the default catalogue for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot import Recommender, Settings
from kg.sources import DefaultSource
from retrieval.building import build_index
from tests.chroma import ChromaServer
from tests.neo4j.server import Neo4jServer, NoServerError
from tests.postgres.server import NoPostgresError, PostgresServer

ROOT = Path(__file__).parent.parent
settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data", type=Path, default=None, help="folder with the training and benchmark data")


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The data folder; a test that needs it is skipped, with a word, where it was not given."""
    folder: Path | None = request.config.getoption("--data")
    if folder is None or not folder.is_dir():
        pytest.skip("needs the training data: give pytest `--data=DIR`")
    return folder.resolve()


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A real Neo4j server with nothing in it; a test that needs it is skipped, with a word, where none can be had."""
    try:
        with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except NoServerError as error:
        pytest.skip(f"needs a Neo4j server: {error}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server; a test that needs it is skipped, with a word, where none can be had."""
    try:
        with PostgresServer() as server:
            yield server
    except NoPostgresError as error:
        pytest.skip(f"needs a PostgreSQL server: {error}")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, one of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'talks.sqlite3'}"
    fresh: str = request.getfixturevalue("postgres").fresh()
    return fresh


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A real Chroma server."""
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture(scope="session")
def home() -> Path:
    """A data folder kept between runs, so that the index is built once; an out-of-date one is built anew."""
    folder = ROOT / ".pytest_cache" / "home"
    build_index(folder, DefaultSource())
    return folder


@pytest.fixture(scope="session")
def recommender(home: Path) -> Iterator[Recommender]:
    """The real thing: real catalogue, graph, vectors, models."""
    (home / "tastemaker.sqlite3").unlink(missing_ok=True)
    with Recommender.open(Settings(home=home)) as opened:
        yield opened
