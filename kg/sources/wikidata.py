"""Films from Wikidata's query service (CC0): newer and rarer ones than the default catalogue has."""

import hashlib
import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from string import Template
from typing import Any

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from kg.engines.base import QUERIES
from kg.errors import CatalogueError
from kg.items import Item
from kg.sources.base import Loaded, Tally
from kg.sources.names import clean, country_name, distinct, genre_name, language_name, people
from kg.sources.tables.cells import minutes_of

log = structlog.get_logger(__name__)
ENDPOINT = "https://query.wikidata.org/sparql"
# The service asks for a name and an address, and sends away who has none.
USER_AGENT = "Tastemaker/1.0 (https://pypi.org/project/tastemaker; film catalogue) httpx"
MOST_SITELINKS = 120  # of the best-known films of a year
_TRIES = 5
_BUSY = frozenset((429, 500, 502, 503, 504))
_ENTITY = re.compile(r"Q\d+$")
_FILM = re.compile(r"\s+(?:film|movie)$", re.IGNORECASE)


class _Cell(BaseModel):
    value: str


class _Results(BaseModel):
    bindings: list[dict[str, _Cell]]


class _Answer(BaseModel):
    results: _Results


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which films: released from `since` to `until`, with at least `sitelinks` Wikipedias, `most` of a year."""

    since: int = 2015
    until: int = field(default_factory=lambda: datetime.now(UTC).year)
    sitelinks: int = 3
    most: int = 3_000
    page: int = 50


class Wikidata:
    """Asks page by page, year by year. `wait` sleeps between tries."""

    name = "wikidata"

    def __init__(
        self, wanted: Wanted | None = None, endpoint: str = ENDPOINT, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._wanted = wanted or Wanted()
        self._endpoint = endpoint
        self._wait = wait

    def fingerprint(self) -> str:
        """Returns a text that changes with what is asked, and daily."""
        parts = f"{self._wanted}{self._endpoint}{_query()}{datetime.now(UTC).date()}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    def load(self) -> Loaded:
        """Returns the films; ids are IMDb's, or `wikidata-` and the entity. Raises CatalogueError when it is away."""
        tally = Tally()
        items: dict[str, Item] = {}
        with httpx.Client(headers={"User-Agent": USER_AGENT, "Accept": "application/sparql-results+json"}) as client:
            for row in self._rows(client):
                tally.read += 1
                item = _item(row)
                if item is None:
                    tally.dropped["no title in English"] += 1
                elif item.id in items:
                    tally.dropped["a second release of a film"] += 1
                else:
                    items[item.id] = item
        return tally.loaded(self.name, items.values())

    def _rows(self, client: httpx.Client) -> Iterator[dict[str, str]]:
        for year in range(self._wanted.since, self._wanted.until + 1):
            for offset in range(0, self._wanted.most, self._wanted.page):
                size = min(self._wanted.page, self._wanted.most - offset)
                rows = self._page(client, year, offset, size)
                log.info("wikidata", year=year, offset=offset, films=len(rows))
                yield from rows
                if len(rows) < size:
                    break

    def _page(self, client: httpx.Client, year: int, offset: int, size: int) -> list[dict[str, str]]:
        numbers = {"since": year, "until": year, "least": self._wanted.sitelinks, "limit": size, "offset": offset}
        response = self._asked(client, Template(_query()).substitute(numbers))
        try:
            bindings = _Answer.model_validate_json(response.content).results.bindings
        except ValidationError as error:
            raise CatalogueError(f"{self._endpoint} answered something else than SPARQL results.") from error
        return [{name: cell.value for name, cell in row.items()} for row in bindings]

    def _asked(self, client: httpx.Client, query: str) -> httpx.Response:
        """Asks until there is an answer: after 1, 2, 4, 8 seconds, or as long as the service says."""
        reason = ""
        for attempt in range(_TRIES):
            try:
                response = client.post(self._endpoint, data={"query": query}, timeout=90.0)
            except httpx.HTTPError as error:
                reason, pause = type(error).__name__, 2.0**attempt
            else:
                if response.status_code == httpx.codes.OK:
                    return response
                reason = f"HTTP {response.status_code}"
                if response.status_code not in _BUSY:
                    break
                pause = _pause(response, attempt)
            log.warning("wikidata is busy", reason=reason, attempt=attempt + 1)
            if attempt < _TRIES - 1:
                self._wait(pause)
        raise CatalogueError(f"{self._endpoint} does not answer ({reason}). Nothing was changed; try again later.")


def _pause(response: httpx.Response, attempt: int) -> float:
    said = response.headers.get("Retry-After", "")
    return min(float(said), 120.0) if said.isdigit() else 2.0**attempt


def _query() -> str:
    """The query file; its parameters are numbers of ours, never what somebody wrote."""
    text = (QUERIES / "wikidata_films.rq").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def _item(row: dict[str, str]) -> Item | None:
    entity, title = _ENTITY.search(row.get("film", "")), clean(row.get("title"))
    if entity is None or not title or _ENTITY.fullmatch(title):
        return None
    sitelinks = int(float(row.get("sitelinks") or 0))
    made = Item(
        id=row.get("imdb") or f"wikidata-{entity[0]}",
        title=title,
        year=int(float(row["year"])) if row.get("year") else None,
        genres=distinct([genre_name(_FILM.sub("", name).capitalize()) for name in _names(row, "genres")]),
        directors=people(_names(row, "directors")),
        cast=people(_names(row, "cast")),
        runtime=_minutes(row.get("runtime")),
        languages=distinct([language_name(name) for name in _names(row, "languages")]),
        countries=distinct([country_name(name) for name in _names(row, "countries")]),
        popularity=round(min(1.0, math.log1p(sitelinks) / math.log1p(MOST_SITELINKS)), 4),
        writers=people(_names(row, "writers")),
        link=row.get("film", ""),
        image=row.get("image", ""),
    )
    return replace(made, synopsis=clean(row.get("description")).capitalize())


def _names(row: dict[str, str], column: str) -> list[str]:
    return [clean(name) for name in row.get(column, "").split("|") if name]


def _minutes(cell: Any) -> int | None:
    try:
        return minutes_of(cell)
    except ValueError:
        return None
