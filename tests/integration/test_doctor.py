"""`tastemaker doctor` on servers that are there and servers that are not."""

from pathlib import Path

import pytest

from bot import Settings
from bot.doctor import Finding, examine
from bot.store import Store
from bot.store_tables import SCHEMA
from tests.chroma import ChromaServer

NOWHERE = "127.0.0.1:9"


def findings(home: Path, **settings: str) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(Settings(home=home, **settings))}


def test_a_database_is_looked_at_and_not_touched(tmp_path: Path, database: str) -> None:
    for _ in range(2):
        found = findings(tmp_path, database_url=database)["conversations"]
        assert found.ok and not found.words.endswith(f"schema {SCHEMA}")
    Store(database).close()
    found = findings(tmp_path, database_url=database)["conversations"]
    assert found.ok and found.words.endswith(f"schema {SCHEMA}")


def test_servers_that_are_there(tmp_path: Path, chroma_server: ChromaServer) -> None:
    found = findings(tmp_path, chroma_url=chroma_server.url)["CHROMA_URL"]
    assert found.ok and "Chroma 1." in found.words


@pytest.mark.parametrize(
    ("subject", "settings"),
    [
        ("CHROMA_URL", {"chroma_url": f"http://{NOWHERE}"}),
        ("CHROMA_URL", {"chroma_url": "nonsense"}),
        ("NEO4J_URI", {"neo4j_uri": f"bolt://{NOWHERE}", "neo4j_password": "hidden"}),
        ("conversations", {"database_url": f"postgresql://ann:hidden@{NOWHERE}/talks"}),
        ("conversations", {"database_url": "nonsense"}),
        (
            "language model",
            {"llm": "openai:gpt", "openai_base_url": f"http://{NOWHERE}/v1", "openai_api_key": "hidden"},
        ),
    ],
)
def test_servers_that_are_away_are_named_with_what_to_do(
    tmp_path: Path, subject: str, settings: dict[str, str]
) -> None:
    found = findings(tmp_path, **settings)[subject]
    assert not found.ok and found.remedy
    assert "hidden" not in found.words + found.remedy
