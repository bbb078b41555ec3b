"""Wikidata's query service, answered on loopback: the query, its pages, its refusals."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.errors import CatalogueError
from kg.sources.wikidata import USER_AGENT, Wanted, Wikidata


def row(number: int, **cells: str) -> dict[str, Any]:
    """One binding, in the shape of the service."""
    plain = {
        "film": f"http://www.wikidata.org/entity/Q{number}",
        "title": f"Film {number}",
        "year": "2021",
        "sitelinks": "40",
        "runtime": "101",
        "genres": "drama film|science fiction film",
        "directors": "Ann Fox|Bo Lee",
        "cast": "Cy Dee",
        "countries": "People's Republic of China",
        "languages": "Standard Chinese",
        "description": "2021 film by Ann Fox",
        **cells,
    }
    return {name: {"type": "literal", "value": value} for name, value in plain.items() if value}


@contextmanager
def service(answers: list[tuple[int, Any]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serves the answers in turn; yields its address and what was asked (agent, query)."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append((self.headers["User-Agent"], parse_qs(body)["query"][0]))
            status, content = answers.pop(0)
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            self.end_headers()
            self.wfile.write(content if isinstance(content, bytes) else json.dumps(content).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        server.shutdown()
        server.server_close()


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"head": {"vars": ["film"]}, "results": {"bindings": list(rows)}}


def test_pages_are_asked_until_one_is_not_full() -> None:
    wanted = Wanted(since=2020, until=2021, most=10, page=2)
    pages = [
        (200, page(row(1, imdb="tt0000001"), row(2, title=""))),
        (200, page(row(3))),
        (200, page(row(3), row(4))),
        (200, page()),
    ]
    with service(pages) as (address, asked):
        loaded = Wikidata(wanted, address).load()
    items = {item.id: item for item in loaded.items}
    assert set(items) == {"tt0000001", "wikidata-Q3", "wikidata-Q4"}
    film = items["tt0000001"]
    assert (film.title, film.year, film.runtime) == ("Film 1", 2021, 101)
    assert film.genres == ("Drama", "Sci-Fi")
    assert (film.directors, film.countries, film.languages) == (("Ann Fox", "Bo Lee"), ("China",), ("Mandarin",))
    assert loaded.report.read == 5
    assert sum(loaded.report.dropped.values()) == 2
    assert {agent for agent, _ in asked} == {USER_AGENT}
    offsets = [query[query.index("LIMIT") :].split()[:4] for _, query in asked]
    assert offsets == [["LIMIT", "2", "OFFSET", "0"], ["LIMIT", "2", "OFFSET", "2"]] * 2
    assert ["YEAR(?date) >= 2020" in query for _, query in asked] == [True, True, False, False]
    assert not any("$" in query for _, query in asked)


def test_a_busy_service_is_asked_again_after_as_long_as_it_says() -> None:
    waits: list[float] = []
    with service([(429, b""), (503, b""), (200, page(row(1)))]) as (address, _):
        loaded = Wikidata(Wanted(2021, 2021, page=5), address, waits.append).load()
    assert len(loaded.items) == 1
    assert waits == [7.0, 2.0]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [([(503, b"")] * 5, "HTTP 503"), ([(400, b"bad")], "HTTP 400"), ([(200, b"<html>")], "something else than SPARQL")],
)
def test_a_service_that_does_not_answer_is_a_sentence(answers: list[tuple[int, Any]], reason: str) -> None:
    with service(answers) as (address, _), pytest.raises(CatalogueError, match=reason):
        Wikidata(Wanted(2021, 2021), address, lambda seconds: None).load()


def test_nobody_there_is_a_sentence() -> None:
    with pytest.raises(CatalogueError, match="does not answer"):
        Wikidata(Wanted(2021, 2021), "http://127.0.0.1:9/sparql", lambda seconds: None).load()
