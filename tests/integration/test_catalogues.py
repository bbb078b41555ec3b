"""Catalogues of other kinds, from the command to the talk: books and board games, without a word of films."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import app
from bot import Recommender, Settings
from bot.replies import Reply
from bot.welcome import Welcome
from kg.errors import CatalogueError
from kg.items import facts_of
from kg.sources.shelf import Shelf
from retrieval.index import domain_in_use

CATALOGUES = Path(__file__).parents[1] / "catalogues"
OF_FILMS = re.compile(
    r"\b(films?|movies?|cinema|watch\w*|seen|oscars?|critics|direct\w+|starring)\b|电影|影片|片", re.I
)


def run(home: Path, *arguments: str) -> str:
    """Runs `tastemaker ingest …` on a data folder and returns what it says; an error of the program is raised."""
    result = CliRunner().invoke(app, ["ingest", *arguments, "--yes"], env={"TASTEMAKER_HOME": str(home)})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.fixture(scope="module")
def bare(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with nothing but the text encoder."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(home / "models", folder / "models")
    return folder


def opened(bare: Path, tmp: Path, file: str) -> Iterator[Recommender]:
    shutil.copytree(bare, tmp, dirs_exist_ok=True)
    run(tmp, str(CATALOGUES / file))
    with Recommender.open(Settings(home=tmp)) as recommender:
        yield recommender


@pytest.fixture(scope="module")
def books(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    yield from opened(bare, tmp_path_factory.mktemp("books"), "books.csv")


@pytest.fixture(scope="module")
def games(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recommender]:
    yield from opened(bare, tmp_path_factory.mktemp("games"), "board_games.jsonl")


def amount(reply: Reply, name: str) -> list[tuple[float, float]]:
    """The range of a number of every item that was suggested."""
    return [(each.low, each.high) for r in reply.recommendations for each in r.item.amounts if each.name == name]


def checked(reply: Reply) -> Reply:
    """Nothing is said of films, and every fact that is claimed is one of its item's own."""
    assert not OF_FILMS.search(reply.text), reply.text
    for recommendation in reply.recommendations:
        own = {(fact.relation, fact.object.id) for fact in facts_of(recommendation.item)}
        mine = [f for f in recommendation.explanation.evidence if f.subject.id == recommendation.item.id]
        assert all((fact.relation, fact.object.id) in own for fact in mine)
    return reply


def test_a_talk_about_books(books: Recommender) -> None:
    talk = books.conversation("reader")

    def say(words: str) -> Reply:
        return checked(talk.say(words))

    assert say("hello").act == "chat"
    first = say("I loved Dune. Another science fiction novel under 300 pages?")
    assert first.act == "recommend"
    assert all("Science Fiction" in r.item.genres for r in first.recommendations)
    assert all(high < 300 for _, high in amount(first, "pages"))
    assert "Dune" not in {r.item.title for r in first.recommendations}
    shown = [r.item for r in first.recommendations]
    assert shown[0].writers[0] in say("who wrote the first one?").text
    assert say("why the second one?").act == "explain"
    pages = next(each.said for each in shown[1].amounts if each.name == "pages")
    assert pages in say("how many pages does it have?").text
    plot = say("what is it about?")
    assert shown[1].synopsis in plot.text
    compared = say("compare the first two")
    assert compared.act == "compare"
    assert all(item.title in compared.text for item in shown[:2])
    middle = sorted(low for low, _ in amount(first, "price"))[2]
    cheaper = say("something cheaper")
    assert all(high < middle for _, high in amount(cheaper, "price"))
    assert "under 300 pages" in say("what do you know about me?").text
    nothing = say("a fantasy book over 5000 pages")
    assert nothing.act == "apologise" and not nothing.recommendations
    assert not OF_FILMS.search(talk.say("有没有不到200页的科幻小说？").text)


def test_a_talk_about_board_games(games: Recommender) -> None:
    talk = games.conversation("player")

    def say(words: str) -> Reply:
        return checked(talk.say(words))

    first = say("a cooperative game for 4 players in under an hour")
    assert first.act == "recommend" and first.recommendations
    for r in first.recommendations:
        assert "mechanic:cooperative" in {fact.object.id for fact in facts_of(r.item)}
        assert r.item.runtime is not None and r.item.runtime <= 60
    assert all(low <= 4 <= high for low, high in amount(first, "players"))
    designers = next(j.names for j in first.recommendations[0].item.joined if j.relation == "DESIGNED_BY")
    assert designers[0] in say("who designed the first one?").text
    assert "complexity" in say("how complex is it?").text
    assert say("why the second one?").act == "explain"
    again = games.conversation("another player")
    avoided = checked(again.say("a worker placement game for 2 players, nothing by Uwe Rosenberg"))
    assert avoided.act == "recommend" and avoided.recommendations
    for r in avoided.recommendations:
        own = {fact.object.id for fact in facts_of(r.item)}
        assert "mechanic:worker placement" in own and "person:Uwe Rosenberg" not in own
    alike = say("something like Azul but cheaper than 30")
    assert all(high < 30 for _, high in amount(alike, "price"))
    works = say("what did Reiner Knizia design?")
    assert "Lost Cities" in works.text or "Ra " in works.text
    assert say("compare Azul and Patchwork").act == "compare"
    assert say("asdf qwer").act == "chat"


def test_a_channel_opens_in_the_words_of_the_catalogue(books: Recommender, games: Recommender) -> None:
    welcome = Welcome.of(books.parts.retriever.index.domain)
    assert welcome.question == "What shall we read?"
    assert not OF_FILMS.search(" ".join((welcome.invitation, welcome.hint, *welcome.examples)))
    assert Welcome.of(games.parts.retriever.index.domain).question == "What shall we play?"
    assert Welcome.of().question == "What shall we watch?"


def test_the_command_accounts_for_every_row_and_replaces_merges_and_deletes(bare: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(bare, home)
    table = tmp_path / "wines.csv"
    table.write_text(
        "id,name,grape,price\n1,Red Hill,Merlot,9\n2,,Merlot,8\n3,Sea White,Riesling,nine\n"
        "5,Old Vine,Merlot,12\n6,Stone Row,Riesling,14\n"
        "7,South Bank,Merlot,11\n8,North Bank,Riesling,10\n9,Hill Top,Merlot,8\n",
        encoding="utf-8",
    )
    said = run(home, str(table), "--noun", "wine", "--write-mapping", str(tmp_path / "m.toml"))
    rejected = home / "sources" / "wines" / "rejected.csv"
    assert "wines: read 8, kept 7" in said and str(rejected) in said and "row 3: has no title" in said
    assert len(rejected.read_text().splitlines()) == 3
    assert domain_in_use(home).noun == "wine"
    assert 'noun = "wine"' in (tmp_path / "m.toml").read_text()
    table.write_text("id,name,grape,price\n1,Red Hill,Merlot,7\n4,New One,Merlot,5\n", encoding="utf-8")
    assert "kept 8" in run(home, str(table), "--noun", "wine", "--update")
    (tmp_path / "gone.csv").write_text("id\n4\n", encoding="utf-8")
    assert "kept 1" in run(home, str(table), "--noun", "wine", "--delete", str(tmp_path / "gone.csv"))
    assert [item.title for item in Shelf(home).get("wines").items] == ["Red Hill"]
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"name": "Old Port", "grape": "Touriga"}) + "\n", encoding="utf-8")
    assert "wines + more: 2 items" in run(home, str(more), "--noun", "wine", "--add")
    with pytest.raises(CatalogueError, match="cannot be joined"):
        run(home, str(CATALOGUES / "books.csv"), "--add")
    assert "wines + more: 2 items" in run(home)
    assert Shelf(home).names == ("wines", "more")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", "is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00" * 20, "not a table"),
        ("headers.csv", b"title,year\n", "No row|no rows"),
        ("nothing.csv", b"title,year\n,1990\n", "became an item"),
    ],
)
def test_a_bad_file_is_a_sentence_and_changes_nothing(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CatalogueError, match=reason):
        run(tmp_path / "home", str(tmp_path / name))
    assert Shelf(tmp_path / "home").names == ("default",)


def test_no_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="There is no file or folder"):
        run(tmp_path, str(tmp_path / "none.csv"))
