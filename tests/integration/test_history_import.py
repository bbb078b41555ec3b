"""An import on a real store and real conversations: what later talks start with, what a second import does."""

import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.history import HistoryError, Imported, import_history, read_history
from bot.history.importing import import_file
from bot.parts import Parts
from bot.settings import Settings
from bot.store import Store
from bot.taste import Taste
from bot.understanding.types import Context, Mention, Understanding
from kg.catalogue import Catalogue
from kg.errors import IndexNotReadyError
from kg.items import Item
from kg.linking import Linker
from kg.memory_graph import MemoryGraph
from retrieval.cotaste import CoTaste
from retrieval.encoder import HashEncoder
from retrieval.index import Index
from retrieval.learned import Learned
from retrieval.ranking import Retriever
from retrieval.scorer import PlainScorer
from retrieval.talk import Talk

WORDS = (
    *("Amber", "Brass", "Coral", "Delta", "Ember", "Frost", "Grain", "Hazel"),
    *("Ivory", "Jade", "Khaki", "Lilac", "Mauve", "Navy", "Olive", "Pearl"),
)
FILMS = Catalogue(
    [
        Item(f"tt{n:07d}", f"{word} House", 1960 + n, genres=("Drama",), directors=(f"D{n % 3}",), popularity=n / 50)
        for n, word in enumerate(WORDS)
    ]
)
LINKER = Linker(FILMS)
EXPORT = (
    "title,year,rating,liked\nAmber House,1960,9,\nBrass House,1961,2,\nCoral House,1962,,\nDelta House,1963,,yes\n"
)


class Scripted:
    """Understands what the test tells it to."""

    def __init__(self) -> None:
        self.next = Understanding("recommend")

    def understand(self, utterance: str, context: Context, spoken_of: Sequence[str] = ()) -> Understanding:
        """Returns the understanding that was set."""
        return self.next


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'home' / 'tastemaker.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def understander() -> Scripted:
    return Scripted()


@pytest.fixture
def parts(understander: Scripted) -> Parts:
    graph = MemoryGraph(FILMS)
    index = Index.in_memory(FILMS, graph, HashEncoder())
    learned = Learned(PlainScorer(), CoTaste.nothing(len(FILMS)), Talk.nothing(len(FILMS)))
    return Parts(FILMS, graph, Retriever(index, HashEncoder(), learned), understander)


def imported(store: Store, tmp_path: Path, text: str = EXPORT, name: str = "mine.csv", **options: bool) -> Imported:
    path = tmp_path / name
    path.write_text(text)
    return import_history(store, "ann", read_history(path), FILMS, LINKER, **options)


def attitudes(taste: Taste) -> dict[str, str]:
    return {p.text: p.attitude for p in taste.preferences}


def test_every_later_talk_starts_with_what_was_imported(
    store: Store, tmp_path: Path, parts: Parts, understander: Scripted
) -> None:
    done = imported(store, tmp_path)
    assert (done.added, done.report.matched) == (4, 4)
    for talk in ("t1", "t2"):
        store.begin(talk, "ann")
        chat = Conversation(parts, store, "ann", talk)
        assert attitudes(chat.taste) == {
            "Coral House": "seen",
            "Brass House": "dislike",
            "Amber House": "like",
            "Delta House": "like",
        }
        shown = {pick.item.id for pick in chat.say("something good").recommendations}
        assert shown and not shown & {f"tt{n:07d}" for n in range(4)}
    assert not Conversation(parts, store, "bob", "t3").taste.preferences


def test_a_watchlist_is_wanted_and_refuses_nothing(store: Store, tmp_path: Path, parts: Parts) -> None:
    imported(store, tmp_path, "title,year\nEmber House,1964\n", "watchlist.csv")
    taste = Conversation(parts, store, "ann", "t1").taste
    assert attitudes(taste) == {"Ember House": "want"}
    assert not taste.refused


def test_a_dry_run_writes_nothing_and_says_what_it_would(store: Store, tmp_path: Path) -> None:
    done = imported(store, tmp_path, dry_run=True)
    assert (done.added, store.events("ann")) == (4, [])
    assert done.lines()[-1] == "ann's taste: 4 would be added"


def test_a_second_import_adds_nothing_and_a_newer_export_only_what_is_new(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path)
    before = store.events("ann")
    again = imported(store, tmp_path)
    assert again.added == 0 and store.events("ann") == before
    assert again.lines()[-1] == "ann's taste: 0 added, 4 known already"
    newer = imported(store, tmp_path, EXPORT.replace("1960,9", "1960,3") + "Frost House,1965,8,\n")
    assert newer.added == 2
    assert {logged.event.preference.text for logged in store.events("ann")[4:]} == {"Amber House", "Frost House"}  # type: ignore[union-attr]


def test_what_was_said_in_a_talk_outlives_a_later_import(
    store: Store, tmp_path: Path, parts: Parts, understander: Scripted
) -> None:
    store.begin("t1", "ann")
    chat = Conversation(parts, store, "ann", "t1")
    words = "I hated Amber House"
    understander.next = Understanding("inform", (Mention("Amber House", "item", "dislike", "tt0000000", 8),))
    chat.say(words)
    imported(store, tmp_path)
    later = Conversation(parts, store, "ann", "t2").taste.of("tt0000000")
    assert later and (later.attitude, later.utterance) == ("dislike", words)


def test_an_undo_in_a_talk_takes_back_nothing_that_was_imported(
    store: Store, tmp_path: Path, parts: Parts, understander: Scripted
) -> None:
    imported(store, tmp_path)
    store.begin("t1", "ann")
    chat = Conversation(parts, store, "ann", "t1")
    understander.next = Understanding("inform", (Mention("Pearl House", "item", "like", "tt0000015", 7),))
    chat.say("I love Pearl House")
    chat.undo()
    chat.undo()
    assert len(Conversation(parts, store, "ann", "t2").taste) == 4


def test_forgetting_one_film_holds_and_forgetting_all_allows_a_fresh_import(
    store: Store, tmp_path: Path, parts: Parts
) -> None:
    imported(store, tmp_path)
    store.begin("t1", "ann")
    chat = Conversation(parts, store, "ann", "t1")
    chat.drop("tt0000000")
    assert imported(store, tmp_path).added == 0
    assert "Amber House" not in attitudes(Conversation(parts, store, "ann", "t2").taste)
    chat.forget()
    assert store.events("ann") == []
    assert imported(store, tmp_path).added == 4


def test_two_users_may_import_the_same_file(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path)
    other = import_history(store, "bob", read_history(tmp_path / "mine.csv"), FILMS, LINKER)
    assert other.added == 4
    assert {e.talk for e in store.events("ann")}.isdisjoint(e.talk for e in store.events("bob"))
    assert store.talks("ann") == []  # an import is no conversation to resume


def test_a_file_is_imported_with_the_catalogue_in_use(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    path = tmp_path / "mine.csv"
    path.write_text(EXPORT)
    with pytest.raises(IndexNotReadyError, match="tastemaker ingest"):
        import_file(path, settings, "ann")
    (settings.home / "index-abc").mkdir(parents=True)
    (settings.home / "current").write_text("abc\n")
    FILMS.save(settings.home / "index-abc" / "items.jsonl")
    assert import_file(path, settings, "ann", dry_run=True).added == 4
    assert import_file(path, settings, "ann").added == 4
    assert import_file(path, settings, "ann").added == 0
    with pytest.raises(HistoryError):
        import_file(tmp_path / "nowhere.csv", settings, "ann")


def test_a_hundred_thousand_rows_take_seconds(store: Store, tmp_path: Path) -> None:
    known = list(FILMS)
    path = tmp_path / "watched.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Date", "Name", "Year", "Letterboxd URI"])
        for n in range(100_000):
            item = replace(known[n % 16], title=f"Lost Work {n % 20_000}") if n % 2 else known[n % 16]
            writer.writerow(["2020-01-01", item.title, item.year, "https://boxd.it/x"])
    started = time.perf_counter()
    done = import_history(store, "ann", read_history(path), FILMS, LINKER)
    seconds = time.perf_counter() - started
    assert (done.report.read, done.report.matched, len(done.report.unmatched)) == (100_000, 8, 10_000)
    assert seconds < 30
