"""The nouns of the catalogue: items, the entities around them, and facts that join the two."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

EntityKind = str
"""`item`, `person`, `genre`, `country`, `language`, `theme`, `mood`, `value`; or a facet of the catalogue's own."""
Relation = str
"""One of `EDGE_RELATIONS`, a number's (`RELEASED_IN`, `RUNS_FOR`, `RATED`, `WON_OSCARS`), or a catalogue's own."""
# The relations of every catalogue. Others, such as DESIGNED_BY or HAS_MECHANIC, come with a catalogue (`Joined`).
EDGE_RELATIONS: tuple[Relation, ...] = (
    "DIRECTED_BY",
    "WRITTEN_BY",
    "FEATURES",
    "HAS_GENRE",
    "MADE_IN",
    "SPOKEN_IN",
    "HAS_THEME",
    "HAS_MOOD",
)
AXES = ("tone", "violence", "pace", "scary", "romance", "humour", "demands")


@dataclass(frozen=True, slots=True)
class Axes:
    """Seven scales of how an item feels, from the film notes.

    `tone` 1 very dark … 5 very light; `violence`, `scary`, `romance`, `humour` 0 none … 4 through and through;
    `pace` 1 slow … 5 frantic; `demands` 1 easy … 5 demanding. `estimated` is true where no note was written
    and the values were learned from the notes of other items.
    """

    tone: float
    violence: float
    pace: float
    scary: float
    romance: float
    humour: float
    demands: float
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """What an item is joined to by a relation of the catalogue's own: `DESIGNED_BY`, kind `person`, the designers;
    `HAS_MECHANIC`, kind `mechanic`, the mechanics.
    """

    relation: Relation
    kind: EntityKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the catalogue's own: pages, price, players. `low` and `high` differ for a range ("2–4 players").

    `said` is how it is told, with its unit.
    """

    name: str
    low: float
    high: float
    said: str

    @property
    def relation(self) -> Relation:
        """The relation of its fact (`HAS_PAGES`)."""
        return relation_of(self.name)


def place_of(relation: Relation) -> tuple[int, Relation]:
    """Returns a key that sorts relations as they are told: those of every catalogue first."""
    known = relation in EDGE_RELATIONS
    return (EDGE_RELATIONS.index(relation) if known else len(EDGE_RELATIONS), relation)


def relation_of(facet: str) -> Relation:
    """Returns the relation of a facet's name: `HAS_PAGES`, `HAS_AGE_GROUP`."""
    return f"HAS_{facet.upper().replace(' ', '_')}"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be recommended. Unknown text is "", unknown lists are (), unknown numbers None.

    `runtime` is in minutes. `popularity` is 0 (nobody knows it) … 1 (everyone does). `rating` is the critics' average,
    0–10. `oscars` counts awards won. `synopsis` says what it is about, in a sentence or in several.
    `joined` and `amounts` hold what only this kind of catalogue has, in the order in which it is told.
    """

    id: str
    title: str
    year: int | None = None
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    runtime: int | None = None
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    popularity: float = 0.0
    themes: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    synopsis: str = ""
    writers: tuple[str, ...] = ()
    rating: float | None = None
    oscars: int = 0
    axes: Axes | None = None
    joined: tuple[Joined, ...] = ()
    amounts: tuple[Amount, ...] = ()
    link: str = ""
    image: str = ""

    @property
    def label(self) -> str:
        """`Title (year)`, or the title alone where the year is unknown."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def makers(self) -> tuple[str, ...]:
        """Who made it: the directors, else the people of the catalogue's own roles, else the writers."""
        own = tuple(name for joined in self.joined if joined.kind == "person" for name in joined.names)
        return self.directors or own or self.writers

    @property
    def figures(self) -> tuple[str, ...]:
        """Its minutes and its amounts, as they are told on a card."""
        return (*((f"{self.runtime} min",) if self.runtime else ()), *(amount.said for amount in self.amounts))


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph. `id` is the item's own id, or `kind:Name` (`person:Tom Hanks`, `genre:Horror`)."""

    id: str
    name: str
    kind: EntityKind

    @staticmethod
    def of(kind: EntityKind, name: str) -> "Entity":
        """Returns the entity of a named node (`Entity.of("genre", "Horror").id == "genre:Horror"`)."""
        return Entity(f"{kind}:{name}", name, kind)

    @staticmethod
    def of_item(item: Item) -> "Entity":
        """Returns the node of an item; its name is the item's label."""
        return Entity(item.id, item.label, "item")


@dataclass(frozen=True, slots=True)
class Fact:
    """`subject relation object`, true in the graph. A number (year, minutes …) is an object of kind `value`."""

    subject: Entity
    relation: Relation
    object: Entity


def amounts_as_text(item: Item) -> str:
    """Returns the amounts as one JSON text: how a graph keeps them in a property of the node."""
    return json.dumps([[each.name, each.low, each.high, each.said] for each in item.amounts], ensure_ascii=False)


def amounts_from(text: str | None) -> tuple[Amount, ...]:
    """Returns the amounts of such a text; () for none."""
    return tuple(Amount(*each) for each in json.loads(text or "[]"))


def edges_of(item: Item) -> Iterator[tuple[Relation, EntityKind, tuple[str, ...]]]:
    """Yields (relation, kind of the entities, their names) of everything that an item is joined to."""
    yield "DIRECTED_BY", "person", item.directors
    yield "WRITTEN_BY", "person", item.writers
    yield "FEATURES", "person", item.cast
    yield "HAS_GENRE", "genre", item.genres
    yield "MADE_IN", "country", item.countries
    yield "SPOKEN_IN", "language", item.languages
    yield "HAS_THEME", "theme", item.themes
    yield "HAS_MOOD", "mood", item.moods
    for joined in item.joined:
        yield joined.relation, joined.kind, joined.names


def facts_of(item: Item) -> tuple[Fact, ...]:
    """Returns every fact that an item's own fields state, edges first, then its numbers."""
    subject = Entity.of_item(item)
    values: tuple[tuple[Relation, int | float | None], ...] = (
        ("RELEASED_IN", item.year),
        ("RUNS_FOR", item.runtime),
        ("RATED", item.rating),
        ("WON_OSCARS", item.oscars or None),
    )
    named = [
        Fact(subject, relation, Entity.of(kind, name)) for relation, kind, names in edges_of(item) for name in names
    ]
    numbers = [
        Fact(subject, relation, Entity.of("value", str(value))) for relation, value in values if value is not None
    ]
    amounts = [Fact(subject, amount.relation, Entity.of("value", amount.said)) for amount in item.amounts]
    return (*named, *numbers, *amounts)
