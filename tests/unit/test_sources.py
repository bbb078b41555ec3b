"""Reading the default catalogue: each source over hand-made files, then the real one."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import CatalogueError
from kg.items import AXES, Item
from kg.sources import Loaded, default_catalogue, default_fingerprint
from kg.sources.film_notes import FilmNotes
from kg.sources.movies_db import MoviesDatabase, popularity_of

FILM = {
    "ID": 1,
    "imdbID": "tt1",
    "Title": "A Film",
    "Year": 1990,
    "Runtime": 100.0,
    "Genre": "Drama, Comedy",
    "Director": "Ann Bee",
    "Writer": None,
    "Cast": "Cy Dee, Ed Eff",
    "Language": "English",
    "Country": "France",
    "Oscars": 2,
    "lastUpdated": "2026-10-18",
}
NOTE_COLUMNS = ("themes", "moods", *AXES, "synopsis")
FILM_COLUMNS = (
    *("id", "title", "year", "directors", "writers", "cast", "genres", "runtime", "languages", "countries", "fame"),
    *NOTE_COLUMNS,
)
NOTE = {"themes": "heist; twins", "moods": "tense", "tone": "2", "violence": "1", "pace": "4", "scary": "0"} | {
    "romance": "0",
    "humour": "3",
    "demands": "1",
    "synopsis": "A heist.",
}
ADDED = NOTE | {
    "id": "tm-new-2020",
    "title": "New",
    "year": "2020",
    "directors": "Gil Aitch",
    "writers": "",
    "cast": "Second; First",
    "genres": "Drama; Music",
    "runtime": "",
    "languages": "Bengali",
    "countries": "India",
    "fame": "4",
}


def movies(
    folder: Path, *films: dict[str, object], reviews: int | None = 40, score: float | None = 7.5
) -> MoviesDatabase:
    path = folder / "movies.db"
    with sqlite3.connect(path) as db:
        db.execute(f"CREATE TABLE omdb ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in FILM)})")
        db.execute("CREATE TABLE tomatoes (ID, Rating, Reviews)")
        for number, film in enumerate(films, start=1):
            row = FILM | {"ID": number} | film
            seen = row.pop("Reviews", reviews)
            db.execute(f"INSERT INTO omdb VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
            db.execute("INSERT INTO tomatoes VALUES (?, ?, ?)", (number, score, seen))
    return MoviesDatabase(path)


def notes(folder: Path, films: list[dict[str, str]], written: dict[str, dict[str, str]]) -> FilmNotes:
    tables = {
        "films.tsv": (FILM_COLUMNS, films),
        "notes.tsv": (("imdbID", *NOTE_COLUMNS), [{"imdbID": key} | note for key, note in written.items()]),
    }
    for name, (columns, rows) in tables.items():
        lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return FilmNotes(folder)


def only(loaded: Loaded) -> Item:
    (item,) = loaded.items
    return item


def test_a_film_is_read_whole(tmp_path: Path) -> None:
    assert only(movies(tmp_path, {}).load()) == Item(
        id="tt1",
        title="A Film",
        year=1990,
        genres=("Drama", "Comedy"),
        directors=("Ann Bee",),
        cast=("Cy Dee", "Ed Eff"),
        runtime=100,
        languages=("English",),
        countries=("France",),
        popularity=popularity_of(40, 1990),
        rating=7.5,
        oscars=2,
    )


@pytest.mark.parametrize(
    ("column", "raw", "field", "clean"),
    [
        ("Title", "  A\u00a0 Film ", "title", "A Film"),
        ("Title", "Faust (2011 film)", "title", "Faust"),
        ("Title", "Godspell (film)", "title", "Godspell"),
        ("Title", "Monty Python’s Life", "title", "Monty Python's Life"),
        ("Title", "La Commune (Paris, 1871)", "title", "La Commune (Paris, 1871)"),
        ("Year", 1887, "year", None),
        ("Year", 2027, "year", None),
        ("Year", None, "year", None),
        ("Year", 1888, "year", 1888),
        ("Runtime", 1.0, "runtime", None),
        ("Runtime", 901.0, "runtime", None),
        ("Runtime", None, "runtime", None),
        ("Runtime", 5.0, "runtime", 5),
        ("Genre", "Comedy, , Comedy", "genres", ("Comedy",)),
        ("Genre", "Science Fiction, Sci-Fi", "genres", ("Sci-Fi",)),
        ("Genre", "Documentary, Musical", "genres", ("Documentary", "Music")),
        ("Genre", "Drama, Musical", "genres", ("Drama", "Musical")),
        ("Genre", None, "genres", ()),
        ("Language", "American English, Standard Chinese, multiple languages", "languages", ("English", "Mandarin")),
        ("Country", "People's Republic of China, West Germany", "countries", ("China", "Germany")),
        ("Director", "Robert Downey, Jr., Ann Bee", "directors", ("Robert Downey Jr.", "Ann Bee")),
        ("Cast", "", "cast", ()),
        ("Cast", "Alessandro Ruspoli, 9th Prince of Cerveteri, Ed Eff", "cast", ("Alessandro Ruspoli", "Ed Eff")),
        ("Cast", "Ed Eff, Ed Eff, list of The Young (2013)", "cast", ("Ed Eff",)),
        ("Oscars", None, "oscars", 0),
    ],
)
def test_a_cell_is_cleaned(tmp_path: Path, column: str, raw: object, field: str, clean: object) -> None:
    assert getattr(only(movies(tmp_path, {column: raw}).load()), field) == clean


def test_an_impossible_score_is_unknown(tmp_path: Path) -> None:
    assert only(movies(tmp_path, {}, score=11.0).load()).rating is None


def test_of_two_rows_of_one_imdb_id_the_more_reviewed_stays(tmp_path: Path) -> None:
    rows = ({"Title": "Redux", "Reviews": 85}, {"Title": "Original", "Reviews": 148}, {"imdbID": "tt0", "Title": " "})
    loaded = movies(tmp_path, *rows).load()
    assert only(loaded).title == "Original"
    assert loaded.report.read == 3 and loaded.report.kept == 1 and sum(loaded.report.dropped.values()) == 2


def test_what_was_cleaned_is_counted(tmp_path: Path) -> None:
    loaded = movies(tmp_path, {"Runtime": 1.0}, {"imdbID": "tt2", "Runtime": 2.0}, {"imdbID": "tt3"}).load()
    assert {count for reason, count in loaded.report.cleaned.items() if "runtime" in reason} == {2}
    assert any("2: runtime" in line for line in loaded.report.lines())
    assert [item.id for item in loaded.items] == ["tt1", "tt2", "tt3"]


def test_popularity_grows_with_reviews_and_forgives_age() -> None:
    scale = [popularity_of(reviews, 2010) for reviews in (None, 0, 4, 5, 20, 100, 388, 9999)]
    assert scale == sorted(scale) and scale[0] == scale[2] == 0.0 and scale[-1] == 1.0
    assert popularity_of(100, 1975) > popularity_of(100, 2000) > popularity_of(100, 2010)
    assert popularity_of(100, None) == popularity_of(100, 2010)


def test_the_package_is_not_imported() -> None:
    code = "import sys, kg.sources; kg.sources.default_catalogue(); print('bokeh_sampledata' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "False"


def test_a_source_that_is_missing_or_no_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="does not exist"):
        MoviesDatabase(tmp_path / "none.db").load()
    (tmp_path / "bad.db").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(CatalogueError, match="cannot be read"):
        MoviesDatabase(tmp_path / "bad.db").load()
    with pytest.raises(CatalogueError, match="missing"):
        FilmNotes(tmp_path).load()


def test_a_film_of_the_notes_is_read_whole(tmp_path: Path) -> None:
    item = only(notes(tmp_path, [ADDED], {}).load())
    assert (item.id, item.title, item.year, item.runtime) == ("tm-new-2020", "New", 2020, None)
    assert item.cast == ("Second", "First") and item.genres == ("Drama", "Music") and item.writers == ()
    assert item.themes == ("heist", "twins") and item.synopsis == "A heist." and item.popularity == 0.85
    assert item.axes is not None and item.axes.humour == 3.0 and not item.axes.estimated


def test_a_quote_in_the_notes_is_only_a_quote(tmp_path: Path) -> None:
    item = only(notes(tmp_path, [ADDED | {"title": '"Quoted" Film', "synopsis": 'Says "no'}], {}).load())
    assert item.title == '"Quoted" Film' and item.synopsis == 'Says "no'


@pytest.mark.parametrize("line", ["tm-x\tonly two", "\t".join(["x"] * 99)])
def test_a_line_of_the_notes_with_other_columns_is_refused(tmp_path: Path, line: str) -> None:
    source = notes(tmp_path, [ADDED], {})
    with (tmp_path / "films.tsv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(CatalogueError, match="columns"):
        source.load()


def test_a_note_without_a_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="tt1"):
        notes(tmp_path, [], {"tt1": NOTE | {"pace": "fast"}}).notes()


def test_notes_join_films_and_films_of_the_notes_are_added(tmp_path: Path) -> None:
    loaded = default_catalogue(movies(tmp_path, {}), notes(tmp_path, [ADDED], {"tt1": NOTE, "tt9": NOTE}))
    added, film = loaded.items
    assert (added.id, film.id) == ("tm-new-2020", "tt1")
    assert film.themes == ("heist", "twins") and film.directors == ("Ann Bee",)
    assert loaded.report.read == 2 and loaded.report.kept == 2
    assert [part.source for part in loaded.report.parts] == ["movies.db", "film notes"]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, 1),
        ({"year": "1991"}, 1),
        ({"title": "a film!"}, 1),
        ({"year": "1992"}, 2),
        ({"directors": "Gil Aitch"}, 2),
        ({"title": "Another Film"}, 2),
    ],
)
def test_a_film_that_is_there_already_is_not_added(tmp_path: Path, change: dict[str, str], kept: int) -> None:
    twin = ADDED | {"title": "The A Film", "year": "1990", "directors": "Ann Bee"} | {"title": "A Film"} | change
    assert len(default_catalogue(movies(tmp_path, {}), notes(tmp_path, [twin], {})).items) == kept


def test_the_real_catalogue_is_clean_and_the_same_twice() -> None:
    loaded = default_catalogue()
    items = loaded.items
    assert 18_900 < len(items) < 19_000
    assert [item.id for item in items] == sorted({item.id for item in items})
    assert loaded.items == default_catalogue().items and default_fingerprint() == default_fingerprint()
    assert sum(item.axes is not None and not item.axes.estimated for item in items) > 4_600
    for item in items:
        names = (*item.genres, *item.directors, *item.cast, *item.languages, *item.countries, *item.writers)
        assert item.title == " ".join(item.title.split()) and item.title
        assert all(name == " ".join(name.split()) and name for name in names)
        assert item.year is not None and 1888 <= item.year <= 2026
        assert item.runtime is None or 5 <= item.runtime <= 900
        assert 0 <= item.popularity <= 1 and (item.rating is None or 0 <= item.rating <= 10)
        assert item.axes is not None
    by_id = {item.id: item for item in items}
    inception = by_id["tt1375666"]
    assert (inception.title, inception.year, inception.directors) == ("Inception", 2010, ("Christopher Nolan",))
    assert "Leonardo DiCaprio" in inception.cast[:3] and "heist" in inception.themes
    assert "Robert Downey Jr." in by_id["tt0371746"].cast[:3]
