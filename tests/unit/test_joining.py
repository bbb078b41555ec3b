"""Several sources as one catalogue, and the two layouts that fill the default one."""

import json
from pathlib import Path

from kg.items import Item
from kg.sources import Loaded, Report
from kg.sources.joining import joined
from kg.sources.keywords import themes_in, vocabulary
from kg.sources.movielens import MovieLens
from kg.sources.wikipedia import WikipediaFilms, directors_in


def loaded(name: str, *items: Item) -> Loaded:
    return Loaded(items, Report(name, len(items), len(items)))


def test_the_first_source_has_the_say_and_the_others_fill_its_gaps() -> None:
    base = loaded(
        "a", Item("1", "Heat", 1995, ("Crime",), ("Michael Mann",), synopsis="Ours."), Item("2", "Crash", 1996)
    )
    other = loaded(
        "b",
        Item("w1", "Heat", 1995, ("Drama",), ("Michael Mann",), runtime=170, synopsis="Theirs."),
        Item("w2", "Heat", 1972, (), ("Paul Morrissey",)),
        Item("w3", "Crash", 2004, (), ("Paul Haggis",)),
    )
    found = {item.id: item for item in joined([base, other]).items}
    assert set(found) == {"1", "2", "w2", "w3"}
    assert (found["1"].genres, found["1"].synopsis, found["1"].runtime) == (("Crime",), "Ours.", 170)
    report = joined([base, other]).report
    assert report.merged == {"added from b": 2, "filled from b": 1, "known already, nothing new from b": 0}


def test_the_year_after_is_the_same_film_only_with_somebody_in_common() -> None:
    base = loaded("a", Item("1", "Ran", 1985, directors=("Akira Kurosawa",)))
    same = loaded("b", Item("w", "Ran", 1986, directors=("Akira Kurosawa",), runtime=160))
    other = loaded("b", Item("w", "Ran", 1986, directors=("Ann Fox",)))
    assert len(joined([base, same]).items) == 1
    assert len(joined([base, other]).items) == 2


def test_films_of_the_wikipedia_layout(tmp_path: Path) -> None:
    rows = [
        {
            "title": "Deep Sea (Canadian theatrical release)",
            "year": 2020,
            "cast": ["Ann Fox", ")", "Bo Lee"],
            "genres": ["Animated", "Superhero", "Independent"],
            "href": "Deep_Sea",
            "extract": "Deep Sea is a film directed by Cy Dee and Di Eck. A vampire and a bank robbery meet.",
        },
        {"title": "", "year": 2020},
    ]
    (tmp_path / "movies-2020s.json").write_text(json.dumps(rows))
    assert WikipediaFilms.fits(tmp_path)
    found = WikipediaFilms(tmp_path).load()
    (item,) = found.items
    assert (item.title, item.cast, item.directors) == ("Deep Sea", ("Ann Fox", "Bo Lee"), ("Cy Dee", "Di Eck"))
    assert item.genres == ("Animation",)
    assert {"superhero", "vampire", "bank robbery"} <= set(item.themes)
    assert item.link == "https://en.wikipedia.org/wiki/Deep_Sea"
    assert found.report.dropped == {"no title or no year": 1}


def test_directors_end_where_the_sentence_does() -> None:
    assert directors_in("It was directed by Danny Boyle. The film stars James Franco.") == ("Danny Boyle",)
    assert directors_in("written and directed by J. J. Perry in his debut") == ("J. J. Perry",)
    assert directors_in("It was filmed in Rome.") == ()


def test_films_of_the_movielens_layout(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text(
        'movieId,title,genres\n1,"Matrix, The (1999)",Action|Sci-Fi\n2,Nobody,(no genres listed)\n'
    )
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0133093,603\n")
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,5,0\n2,1,4,0\n1,2,x,0\n")
    (tmp_path / "tags.csv").write_text("userId,movieId,tag,timestamp\n1,1,Robots,0\n2,1,robots,0\n3,1,once,0\n")
    matrix, nobody = MovieLens(tmp_path).load().items[::-1]
    assert (matrix.id, matrix.title, matrix.year, matrix.rating) == ("tt0133093", "The Matrix", 1999, 9.0)
    assert (matrix.popularity, matrix.themes, matrix.genres) == (1.0, ("robots",), ("Action", "Sci-Fi"))
    assert (nobody.id, nobody.year, nobody.popularity, nobody.genres) == ("movielens-2", None, 0.0, ())


def test_themes_are_words_of_the_text_and_not_its_verbs() -> None:
    words = vocabulary()
    assert themes_in("A vampire plans a bank robbery on Christmas.", words) == ("vampire", "bank robbery", "christmas")
    assert themes_in("The team races against time.", words) == ()
