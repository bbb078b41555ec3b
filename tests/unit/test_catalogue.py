"""Finding items by id and title, and keeping them in a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.catalogue import Catalogue
from kg.errors import CatalogueError
from kg.items import Axes, Item
from tests.graph_films import CATALOGUES, FILMS

AXES = st.builds(
    Axes,
    *(st.floats(0, 5, allow_nan=False).map(lambda value: round(value, 1)) for _ in range(7)),
    estimated=st.booleans(),
)
SHELF = Catalogue(
    [
        Item("crash96", "Crash", 1996, popularity=0.6),
        Item("crash04", "Crash", 2004, popularity=0.8),
        Item("amelie", "Amélie", 2001),
        Item("rocky2", "Rocky II", 1979),
        Item("two", "Dungeons & Dragons", 2000),
        Item("matrix", "The Matrix", 1999),
        Item("tie1", "Twin", 1990, popularity=0.5),
        Item("tie2", "Twin", 1990, popularity=0.5),
        Item("undated", "Undated"),
    ]
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("amelie", "amelie"),
        ("AMÉLIE", "amelie"),
        ("Rocky 2", "rocky2"),
        ("dungeons and dragons", "two"),
        ("Matrix", "matrix"),
        ("matrix, the", "matrix"),
        ("Crash", "crash04"),
        ("Twin", "tie1"),
        ("Nothing of the kind", None),
        ("", None),
    ],
)
def test_a_title_is_found_however_it_is_written(said: str, found: str | None) -> None:
    item = SHELF.find(said)
    assert (item.id if item else None) == found


@pytest.mark.parametrize(
    ("year", "found"),
    [(1996, "crash96"), (1997, "crash96"), (1995, "crash96"), (2003, "crash04"), (2004, "crash04"), (2000, None)],
)
def test_a_year_chooses_and_may_be_one_off(year: int, found: str | None) -> None:
    item = SHELF.find("Crash", year)
    assert (item.id if item else None) == found


def test_the_very_year_goes_before_a_better_known_neighbour() -> None:
    shelf = Catalogue([Item("known", "Rage", 2010, popularity=0.9), Item("meant", "Rage", 2009, popularity=0.1)])
    found = shelf.find("Rage", 2009)
    assert found is not None and found.id == "meant"
    assert shelf.find("Rage", 2007) is None


def test_an_item_without_year_fits_no_year() -> None:
    assert SHELF.find("Undated", 2000) is None
    assert SHELF.find("Undated") is not None


def test_it_is_a_collection() -> None:
    shelf = Catalogue(FILMS)
    assert len(shelf) == len(FILMS) and tuple(shelf) == FILMS
    assert shelf.ids == tuple(item.id for item in FILMS)
    assert shelf.get("alien") is FILMS[0] and shelf.get("unknown") is None
    assert "alien" in shelf and "unknown" not in shelf


@given(CATALOGUES, st.data())
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, items: list[Item], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("shelf") / "items.jsonl"
    axes = [data.draw(st.none() | AXES) for _ in items]
    noted = [
        Item(item.id, item.title, item.year, item.genres, synopsis=f"{item.title}\n\u2028", axes=scale)
        for item, scale in zip(items, axes, strict=True)
    ]
    for written in (items, noted):
        Catalogue(written).save(path)
        assert list(Catalogue.load(path)) == written


@pytest.mark.parametrize(
    "content", [b"not json\n", b'{"id": "a"}\n', b'{"id": "a", "title": "A", "plot": ""}\n', b"[1]\n", b"\xff\n"]
)
def test_a_damaged_file_is_named_with_the_cure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="tastemaker ingest"):
        Catalogue.load(path)


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="tastemaker ingest"):
        Catalogue.load(tmp_path / "none.jsonl")
    with pytest.raises(CatalogueError, match="cannot be written"):
        Catalogue(FILMS).save(tmp_path / "none" / "items.jsonl")
