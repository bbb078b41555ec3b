"""Opening the parts a conversation works with, in the order that is quickest to a first turn."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

import structlog

from bot.parts import Parts, Understands
from bot.scorers import open_scorers
from bot.settings import Settings
from bot.understanding.in_domain import InDomain
from bot.understanding.merge import Understander
from bot.understanding.opening import open_understander
from bot.wording.opening import open_wordings
from bot.wording.writers import ADAPTER, LANE
from kg.domain import Domain
from kg.linking import Linker
from kg.loading import Neo4jSettings
from kg.sources.shelf import Shelf
from retrieval.building import build_index
from retrieval.encoder import Encoder, MiniLM
from retrieval.index import CURRENT, Index, Places, open_index
from retrieval.progress import Progress as StageProgress

_log = structlog.get_logger(__name__)
_STAGES = {
    "items": "Reading the catalogue",
    "vectors": "Reading what each item is about",
    "chroma": "Storing the vectors",
    "graph": "Building the knowledge graph",
}
Words = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts, and what frees them."""

    parts: Parts
    close: Callable[[], None]


def open_parts(settings: Settings, tell: Words) -> Opened:
    """Returns all parts, opened. Where there is no index, that of what was ingested (else of the films) is built first.

    Raises a TastemakerError: the index is damaged, the folder is in use, the model's file cannot be used …
    """
    with ExitStack() as held:
        index = _index(settings, tell)
        held.callback(index.close)
        tell("Loading the encoder …")
        encoder = MiniLM.open(settings.home / "models")
        scorers = open_scorers(settings, index, encoder)
        tell("Loading what understands you …")
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
        linker = Linker(index.catalogue)
        understanding = open_understander(
            index.catalogue,
            settings.llm,
            linker=linker,
            gpu_layers=settings.gpu_layers,
            base_url=settings.openai_base_url,
            api_key=key,
            adapters={LANE: ADAPTER},
        )
        held.callback(understanding.close)
        understander = _in_domain(understanding.understander, linker, index.domain)
        wordings = open_wordings(settings, understanding.owner) if index.domain.is_film else None
        if wordings:
            held.callback(wordings.close)
        parts = Parts(index.catalogue, index.graph, scorers.served, understander, wordings)
        parts = replace(parts, model=scorers.name, shadow=scorers.shadow, explore=settings.explore)
        return Opened(parts, held.pop_all().close)


def _in_domain(understander: Understander, linker: Linker, domain: Domain) -> Understands:
    """Returns what understands talk of this kind of catalogue; films without numbers of their own need no glass."""
    return understander if domain.is_film and not domain.measures else InDomain(understander, domain, linker)


@contextmanager
def opened_index(settings: Settings, tell: Words) -> Iterator[tuple[Index, Encoder]]:
    """Gives the index in use and its encoder, without what understands: for training and benchmarks.

    Builds the index where there is none. Raises as `open_parts` does.
    """
    index = _index(settings, tell)
    try:
        yield index, MiniLM.open(settings.home / "models")
    finally:
        index.close()


def _index(settings: Settings, tell: Words) -> Index:
    places = places_of(settings)
    if not (settings.home / CURRENT).is_file():
        tell("First start: building the index. This takes a minute or two, once.")
        build_index(settings.home, Shelf(settings.home).catalogue(), staged(tell), places=places)
    tell("Opening the catalogue …")
    return open_index(settings.home, places=places)


def places_of(settings: Settings) -> Places:
    """Returns the servers that the settings name for the graph and the vectors."""
    if settings.neo4j_uri is None:
        return Places(settings.chroma_url)
    password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    return Places(settings.chroma_url, Neo4jSettings(settings.neo4j_uri, settings.neo4j_user, password))


def staged(tell: Words) -> StageProgress:
    """Returns a progress that tells each stage with its share in percent, whenever that changes."""
    last = [""]

    def told(stage: str, done: int, total: int) -> None:
        words = f"{_STAGES.get(stage, stage)}: {100 * done // max(total, 1)} %"
        if words != last[0]:
            last[0] = words
            tell(words)

    return told
