"""A small made-up catalogue and its index, for the tests of retrieval."""

from collections.abc import Iterable

from kg.catalogue import Catalogue
from kg.items import Axes, Item
from kg.memory_graph import MemoryGraph
from kg.sources import Loaded, Report
from retrieval.encoder import HashEncoder
from retrieval.index import Index

GENRES = ("Comedy", "Drama", "Horror", "Thriller", "Animation")
COUNTRIES = ("Denmark", "France", "Japan")


def film(number: int, **changes: object) -> Item:
    """Returns a film that differs from the others in everything, by arithmetic on its number."""
    fields: dict[str, object] = {
        "id": f"f{number}",
        "title": f"{('Red', 'Blue', 'Green', 'White')[number % 4]}house{number}",
        "year": 1960 + number,
        "runtime": 70 + 5 * (number % 20),
        "genres": (GENRES[number % 5], GENRES[(number // 5) % 5]),
        "directors": (f"Director {number % 7}",),
        "cast": (f"Star {number % 6}", f"Star {number % 11}"),
        "countries": (COUNTRIES[number % 3],),
        "languages": ("English",),
        "themes": (("heist", "ghost", "wedding", "chess")[number % 4],),
        "popularity": (number % 10) / 10,
        "rating": 5.0 + number % 5,
        "axes": Axes(tone=1 + number % 5, violence=0, pace=3, scary=0, romance=0, humour=0, demands=3),
    }
    return Item(**{**fields, **changes})  # type: ignore[arg-type]


def films(count: int = 60) -> list[Item]:
    """Returns `count` films."""
    return [film(number) for number in range(count)]


def index_of(items: Iterable[Item]) -> Index:
    """Returns an index in memory with the fakes."""
    catalogue = Catalogue(items)
    return Index.in_memory(catalogue, MemoryGraph(catalogue), HashEncoder())


class FilmSource:
    """A source of a few films; counts how often it was read."""

    name = "test films"

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self.loads = 0

    def fingerprint(self) -> str:
        """Returns a text that changes with the items."""
        return str(hash(self.items))

    def load(self) -> Loaded:
        """Returns the items."""
        self.loads += 1
        return Loaded(self.items, Report(self.name, len(self.items), len(self.items)))
