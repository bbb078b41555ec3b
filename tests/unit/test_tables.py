"""Anyone's table: read in any dialect, its mapping guessed, kept and checked, its rows taken or turned away."""

import json
import sqlite3
from pathlib import Path

import pytest

from kg.errors import CatalogueError
from kg.sources.table_source import Update, gone_in, read_items
from kg.sources.tables import Mapping, RawTable, guess, read_mapping, read_table, take, write_mapping
from kg.sources.tables.guessing import known_names
from kg.sources.tables.rows import write_rejected

ROWS = [
    {"sku": "1", "name": "Alpha", "price": "$10", "genre": "Fantasy"},
    {"sku": "2", "name": "Beta", "price": "$12", "genre": "Crime"},
]


def table_at(path: Path, text: str | bytes) -> RawTable:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, known_names())


def taken_from(table: RawTable, name: str = "things") -> tuple[list[str], list[str]]:
    found = take(table, guess(table, name), "s")
    return [item.title for item in found.items], [f"{each.row}: {each.reason}" for each in found.rejected]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_table_is_read_in_any_dialect(tmp_path: Path, mark: str, encoding: str) -> None:
    lines = [
        mark.join(("Titel", "Autor", "Preis")),
        mark.join(("Küche", "Ann Ö", '"9,50"')),
        mark.join(("Bär", "Bo", "3")),
    ]
    table = table_at(tmp_path / "t.csv", "\r\n".join(lines).encode(encoding))
    mapping = guess(table)
    assert (mapping.columns["title"], mapping.people["writer"], mapping.numbers["price"]) == (
        ["Titel"],
        ["Autor"],
        ["Preis"],
    )
    items = take(table, mapping, "s").items
    assert [item.title for item in items] == ["Küche", "Bär"]
    assert items[0].writers == ("Ann Ö",) and items[0].amounts[0].low == 9.5


def test_one_catalogue_is_the_same_in_every_format(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS))
    (tmp_path / "a.json").write_text(json.dumps(ROWS))
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.execute("CREATE TABLE small (x TEXT)")
        database.execute("CREATE TABLE goods (sku TEXT, name TEXT, price TEXT, genre TEXT)")
        database.executemany("INSERT INTO goods VALUES (:sku, :name, :price, :genre)", ROWS)
    (tmp_path / "a.csv").write_text("sku,name,price,genre\n1,Alpha,$10,Fantasy\n2,Beta,$12,Crime\n")
    found = {
        suffix: read_table(tmp_path / f"a.{suffix}", known_names())
        for suffix in ("csv", "jsonl", "json", "parquet", "db")
    }
    items = {suffix: take(table, guess(table), "s").items for suffix, table in found.items()}
    assert all(each == items["csv"] for each in items.values())
    assert [item.id for item in items["csv"]] == ["s-1", "s-2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x00\x01\x02PNG" * 50, "not a table"),
        (b"SQLite format 3\x00 but no", "SQLite"),
        (b"PAR1 no", "Parquet"),
        (b"[1, 2", "no JSON"),
        (b'{"a": ', "no JSON objects"),
    ],
)
def test_what_is_no_table_is_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason):
        table_at(tmp_path / "x.csv", content)


def test_a_list_of_titles_is_a_catalogue(tmp_path: Path) -> None:
    assert taken_from(table_at(tmp_path / "t.csv", "title\nDune\nEmma\n"))[0] == ["Dune", "Emma"]
    assert taken_from(table_at(tmp_path / "u.csv", "Dune\nEmma\nMomo\n"))[0] == ["Dune", "Emma", "Momo"]
    assert taken_from(table_at(tmp_path / "v.csv", "title\nDune\n"))[0] == ["Dune"]


def test_a_table_without_header_is_read_by_its_cells(tmp_path: Path) -> None:
    rows = [f"{n};Book number {n};{1950 + n};{'Crime' if n % 2 else 'Poetry'}" for n in range(1, 9)]
    table = table_at(tmp_path / "t.csv", "\n".join(rows))
    item = take(table, guess(table), "s").items[0]
    assert (item.title, item.year, item.genres) == ("Book number 1", 1951, ("Crime",))


def test_bad_rows_have_a_number_and_a_reason(tmp_path: Path) -> None:
    rows = ("1,Alpha,1990,5", "2,,1991,5", "1,Alpha,1990,5", "3,Gamma,soon,5", "4,Delta,1992,call us", "5,E,1993,5,x")
    text = "\n".join(("id,title,year,price", *rows))
    table = table_at(tmp_path / "t.csv", text)
    taken = take(table, guess(table), "s")
    assert [item.title for item in taken.items] == ["Alpha", "Gamma", "Delta"]
    told = {(each.row, each.kept): each.reason for each in taken.rejected}
    assert told[3, False] == "has no title"
    assert told[4, False].startswith("is the same item as row 2")
    assert "no possible year" in told[5, True] and "no number" in told[6, True]
    assert told[7, False].startswith("has more cells")
    write_rejected(taken.rejected, table.columns, tmp_path / "rejected.csv")
    lines = (tmp_path / "rejected.csv").read_text().splitlines()
    assert lines[0] == "row,outcome,reason,id,title,year,price"
    assert len(lines) == 6
    assert taken.read == 6 == len(taken.items) + sum(not each.kept for each in taken.rejected)


def test_two_books_of_one_title_are_two_where_their_authors_differ(tmp_path: Path) -> None:
    table = table_at(tmp_path / "t.csv", "title,author\nStories,Ann Fox\nStories,Bo Lee\nStories,Ann Fox\n")
    assert len(taken_from(table)[0]) == 2


def test_a_guess_is_kept_and_read_again(tmp_path: Path) -> None:
    table = read_table(Path(__file__).parents[1] / "catalogues" / "board_games.jsonl", known_names())
    mapping = guess(table, "board_games")
    assert mapping.noun == "board game"
    assert mapping.people == {"designer": ["designers"]}
    assert mapping.facets == {"mechanic": ["mechanics"]}
    assert mapping.numbers["players"] == ["min_players", "max_players"]
    assert set(mapping.numbers) == {"players", "price", "age", "weight"}
    write_mapping(mapping, tmp_path / "m.toml")
    assert read_mapping(tmp_path / "m.toml") == mapping


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("noun = ", "no TOML"),
        ("[columns]\ntitel = 'x'", "no field titel"),
        ("[facets]\nperson = 'x'", "cannot have the name"),
        ("[prices]\nx = 'y'", "prices"),
    ],
)
def test_a_wrong_mapping_is_a_sentence(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(CatalogueError, match=reason):
        read_mapping(tmp_path / "m.toml")


def test_a_mapping_of_other_columns_is_a_sentence(tmp_path: Path) -> None:
    table = table_at(tmp_path / "t.csv", "title,x\nA,1\nB,2\n")
    with pytest.raises(CatalogueError, match="does not have: y"):
        take(table, Mapping(columns={"title": ["y"]}), "s")
    with pytest.raises(CatalogueError, match="is the title"):
        take(table, Mapping(columns={"year": ["x"]}), "s")


def test_an_update_merges_and_deletions_leave(tmp_path: Path) -> None:
    first = table_at(tmp_path / "a.csv", "id,title,price,description\n1,Alpha,5,Old words.\n2,Beta,6,\n3,Gamma,7,\n")
    before = read_items(first, guess(first), "s").loaded.items
    second = table_at(tmp_path / "b.csv", "id,title,price,deleted\n1,Alpha,9,\n4,Delta,8,\n2,Beta,6,yes\n")
    mapping = guess(second)
    gone = gone_in(table_at(tmp_path / "c.csv", "title\nGamma\n"), Mapping(columns={"title": ["title"]}), "s")
    read = read_items(second, mapping, "s", Update(before, gone))
    found = {item.title: item for item in read.loaded.items}
    assert set(found) == {"Alpha", "Delta"}
    assert found["Alpha"].amounts[0].low == 9
    assert found["Alpha"].synopsis == "Old words."
    assert read.loaded.report.merged == {"row that changed an item we had": 1}
    assert read.loaded.report.dropped["deleted, as asked"] == 2
