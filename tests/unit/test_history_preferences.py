"""From rows to preferences: which film is meant, what its rows say together, what is told of it."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.history import History, Watched, preferences_of
from bot.history.importing import news_of
from bot.history.matching import Matcher, spellings
from bot.history.preferences import merged
from bot.history.types import BadRow, Part
from bot.store import LoggedEvent
from bot.taste import Forgot, Preference, Preferred, Undone
from kg.catalogue import Catalogue
from kg.items import Item
from kg.linking import Linker

FILMS = Catalogue(
    [
        Item("tt0113277", "Heat", 1995, popularity=0.9),
        Item("tt0091875", "Heat", 1986, popularity=0.2),
        Item("tt0089881", "Ran", 1985, popularity=0.7),
        Item("tt0078748", "Alien", 1979, popularity=0.95),
        Item("tt0245429", "Spirited Away", 2001, popularity=0.9),
        Item("tt0112682", "The City of Lost Children", 1995, popularity=0.6),
        Item("tt0113247", "La Haine", 1995, popularity=0.6),
        Item("tm-parasite-2019", "Parasite", 2019, popularity=0.9),
    ]
)
LINKER = Linker(FILMS)
ALIEN, HEAT, RAN = "tt0078748", "tt0113277", "tt0089881"


def history(*rows: Watched, not_films: int = 0, bad: tuple[BadRow, ...] = ()) -> History:
    part = Part("plain CSV: films watched", rows, len(rows) + not_films, not_films, bad)
    return History("mine.csv", (part,), str(hash(rows)))


@pytest.mark.parametrize(
    ("row", "item"),
    [
        (Watched("whatever it is called there", imdb_id=HEAT), HEAT),
        (Watched("Heat", 1995), HEAT),
        (Watched("HEAT", 1996), HEAT),
        (Watched("Heat", 1986), "tt0091875"),
        (Watched("Heat (1986)"), "tt0091875"),
        (Watched("Heat", 2013), None),
        (Watched("Heat", 1995, "tt7654321"), None),
        (Watched("Parasite", 2019, "tt6751668"), "tm-parasite-2019"),
        (Watched("Gisaengchung", 2019, "tt6751668", original_title="Parasite"), "tm-parasite-2019"),
        (Watched("City of Lost Children, The (Cité des enfants perdus, La) (1995)"), "tt0112682"),
        (Watched("Hate (Haine, La)", 1995), "tt0113247"),
        (Watched("Spirited Awy", 2001), None),
        (Watched("Alien"), ALIEN),
        (Watched("Nothing of the Kind", 1995), None),
        (Watched("", None, "tt7654321"), None),
    ],
)
def test_a_row_means_an_item_or_none(row: Watched, item: str | None) -> None:
    found = Matcher(FILMS, LINKER).match(row)
    assert (found.id if found else None) == item


def test_of_several_films_without_a_year_none_is_meant() -> None:
    twins = Catalogue([Item("a", "Crash", 1996, popularity=0.5), Item("b", "Crash", 2004, popularity=0.55)])
    matcher = Matcher(twins, Linker(twins))
    assert matcher.match(Watched("Crash")) is None
    found = matcher.match(Watched("Crash", 2004))
    assert found and found.id == "b"


def test_spellings() -> None:
    assert spellings("Enfer, L'") == ["Enfer, L'", "L'Enfer"]
    assert spellings("Seven (a.k.a. Se7en)") == ["Seven (a.k.a. Se7en)", "Seven", "Se7en"]
    assert spellings("Dr. Strangelove or: How I Learned to Stop")[1:] == ["Dr. Strangelove"]
    assert "Birdman" in spellings("Birdman or (The Unexpected Virtue of Ignorance)")
    assert spellings("Heat") == ["Heat"]
    assert spellings("Life or Something Like It") == ["Life or Something Like It"]


def test_rows_of_a_film_are_merged_into_one_preference() -> None:
    found, report = preferences_of(
        history(
            Watched("Heat", 1995, date=date(2020, 1, 1)),
            Watched("Heat", 1995, rating=0.2, date=date(2019, 1, 1)),
            Watched("Heat", 1995, wanted=True, date=date(2021, 1, 1)),
            Watched("Ran", 1985, rating=0.3),
            Watched("Ran", 1985, liked=True),
            Watched("Alien", 1979, wanted=True),
        ),
        FILMS,
        LINKER,
    )
    assert {p.entity: p.attitude for p in found} == {HEAT: "dislike", RAN: "like", ALIEN: "want"}
    assert report.attitudes == {"like": 1, "dislike": 1, "want": 1}
    assert {(p.kind, p.scope) for p in found} == {("item", "always")}
    assert [p.hard for p in found] == [False, True, False]
    assert {p.entity: p.utterance for p in found} == {
        HEAT: "imported from mine.csv: rated 20%",
        RAN: "imported from mine.csv: a favourite",
        ALIEN: "imported from mine.csv: on the watchlist",
    }


def test_the_latest_rating_counts_wherever_it_stands() -> None:
    new, old = Watched("Heat", 1995, rating=0.9, date=date(2024, 1, 1)), Watched("Heat", 1995, rating=0.2)
    for rows in ((new, old), (old, new)):
        assert preferences_of(history(*rows), FILMS, LINKER)[0][0].attitude == "like"


def test_the_best_liked_come_last_for_suggestions_start_from_them() -> None:
    rows = [Watched("Heat", 1995, rating=0.8), Watched("Alien", 1979, liked=True), Watched("Ran", 1985)]
    found, _ = preferences_of(history(*rows), FILMS, LINKER)
    assert [p.entity for p in found] == [RAN, HEAT, ALIEN]


def test_the_report_says_what_became_of_every_row() -> None:
    lost = [Watched(f"Unknown Work {n}", 1950) for n in range(12)]
    _, report = preferences_of(
        history(Watched("Heat", 1995), *lost, lost[0], not_films=3, bad=(BadRow("mine.csv", 9, "it has no title"),)),
        FILMS,
        LINKER,
    )
    assert (report.read, report.matched, report.not_films, len(report.unmatched)) == (17, 1, 3, 12)
    assert "\n".join(report.lines()) == "\n".join(
        [
            "mine.csv: read 17 rows",
            "  as plain CSV: films watched",
            "left out 3 rows of series, episodes and games",
            "matched 1 films: 1 seen",
            "12 films that are not in the catalogue, or not for sure:",
            *(f"  Unknown Work {n} (1950)" for n in range(10)),
            "  … and 2 more",
            "1 cells or rows that could not be read:",
            "  mine.csv, row 9: it has no title",
        ]
    )


rows = st.builds(
    Watched,
    st.just("Heat"),
    rating=st.none() | st.floats(0.1, 1),
    liked=st.booleans(),
    wanted=st.booleans(),
    date=st.none() | st.dates(date(2000, 1, 1), date(2025, 1, 1)),
)


@given(rows, rows)
def test_merging_loses_no_heart_no_rating_and_no_watching(first: Watched, second: Watched) -> None:
    both = merged(first, second)
    assert both.liked == (first.liked or second.liked)
    assert both.wanted == (first.wanted and second.wanted)
    assert (both.rating is None) == (first.rating is None and second.rating is None)
    assert merged(both, both) == both


def preference(attitude: str, strength: float = 1.0, entity: str = HEAT) -> Preference:
    return Preference("Heat", "item", attitude, entity, "imported", -1, strength)  # type: ignore[arg-type]


def log(*entries: tuple[str, object]) -> list[LoggedEvent]:
    return [LoggedEvent(talk, event) for talk, event in entries]  # type: ignore[arg-type]


LIKE, SEEN, DISLIKE, WANT = preference("like", 0.8), preference("seen"), preference("dislike", 0.9), preference("want")
MIXED = preference("seen", 0.6)


@pytest.mark.parametrize(
    ("logged", "brought", "is_news"),
    [
        (log(), LIKE, True),
        (log(("history-a", Preferred(-1, LIKE))), LIKE, False),
        (log(("history-b", Preferred(-1, LIKE))), LIKE, False),
        (log(("history-b", Preferred(-1, LIKE))), DISLIKE, True),
        (log(("history-b", Preferred(-1, LIKE))), MIXED, True),
        (log(("history-b", Preferred(-1, LIKE))), SEEN, False),
        (log(("history-b", Preferred(-1, SEEN))), WANT, False),
        (log(("history-b", Preferred(-1, WANT))), SEEN, True),
        (log(("history-a", Preferred(-1, LIKE)), ("history-b", Preferred(-1, DISLIKE))), LIKE, False),
        (log(("talk", Preferred(1, DISLIKE))), LIKE, False),
        (log(("talk", Preferred(1, SEEN))), LIKE, True),
        (log(("talk", Preferred(1, SEEN))), SEEN, False),
        (log(("talk", Preferred(1, WANT))), SEEN, True),
        (log(("talk", Preferred(1, DISLIKE)), ("talk", Undone(2, 1))), LIKE, True),
        (log(("talk", Preferred(1, DISLIKE)), ("other", Undone(2, 1))), LIKE, False),
        (log(("talk", Preferred(1, DISLIKE)), ("talk", Forgot(2, (HEAT,)))), LIKE, True),
        (log(("talk", Preferred(1, dataclasses.replace(DISLIKE, scope="talk")))), LIKE, True),
        (log(("history-a", Preferred(-1, LIKE)), ("talk", Forgot(2, (HEAT,)))), LIKE, False),
        (log(("history-a", Preferred(-1, LIKE)), ("talk", Forgot(2, ()))), LIKE, True),
    ],
)
def test_what_is_news(logged: list[LoggedEvent], brought: Preference, is_news: bool) -> None:
    assert news_of([brought], logged, "history-a") == ([brought] if is_news else [])
