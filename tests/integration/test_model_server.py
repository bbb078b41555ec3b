"""`TASTEMAKER_LLM=openai:MODEL` against llama.cpp's own server, running the bundled model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import Settings
from bot.doctor import Finding, examine
from bot.language_model import server_model
from bot.understanding.merge import Understander
from bot.understanding.model import SchemaReader
from bot.understanding.reading import Reading
from bot.understanding.types import Context
from kg.linking import Linker
from tests.llama import MODEL, LlamaServer
from tests.retrieval_films import films

GENRE = {"type": "object", "properties": {"genre": {"enum": ["horror", "comedy"]}}, "required": ["genre"]}


@pytest.fixture(scope="module")
def server() -> Iterator[LlamaServer]:
    with LlamaServer() as running:
        yield running


def test_it_answers_and_streams(server: LlamaServer) -> None:
    model = server_model(f"openai:{MODEL}", server.url, seconds=120)
    assert model.invoke("Say hello.", max_tokens=5).text
    pieces = [chunk.text for chunk in model.stream("Count to five.", max_tokens=10) if chunk.text]
    assert len(pieces) > 2


def test_it_keeps_to_a_schema(server: LlamaServer) -> None:
    model = server_model(f"openai:{MODEL}", server.url, seconds=120)
    form: dict[str, Any] = {"type": "json_object", "schema": GENRE}
    answer = json.loads(model.invoke("A genre as JSON.", response_format=form, max_tokens=40).text)
    assert answer["genre"] in ("horror", "comedy")


def test_the_reader_finds_the_way_in_which_this_server_knows_schemas(server: LlamaServer) -> None:
    reader = SchemaReader(server_model(f"openai:{MODEL}", server.url, seconds=120))
    reading = reader.read("I love horror movies", Context())
    assert reading is None or (isinstance(reading, Reading) and reading.intents)
    assert reader._format["type"] == "json_object"


def test_an_answer_that_nobody_waits_for_holds_up_no_other(server: LlamaServer) -> None:
    model = server_model(f"openai:{MODEL}", server.url, seconds=120)
    story = model.stream("Write a very long story about a dog.", max_tokens=1500)
    next(story)
    story.close()  # type: ignore[attr-defined]
    assert model.invoke("Say hello.", max_tokens=3).text


def test_the_doctor_asks_it_for_the_model(server: LlamaServer, tmp_path: Path) -> None:
    def found(name: str) -> Finding:
        settings = Settings(home=tmp_path, llm=f"openai:{name}", openai_base_url=server.url)
        return next(finding for finding in examine(settings) if finding.subject == "language model")

    assert found(MODEL).ok
    assert not found("other").ok and MODEL in found("other").words


def test_without_it_the_rest_understands(server: LlamaServer) -> None:
    gone = LlamaServer()
    reader = SchemaReader(server_model(f"openai:{MODEL}", gone.url, seconds=2))
    assert reader.read("I love horror movies", Context()) is None
    understander = Understander(Linker(films()), None, reader)
    understanding = understander.understand("recommend me a horror film from the 90s", Context())
    assert understanding.intent == "recommend" and understanding.constraints.year_min == 1990
