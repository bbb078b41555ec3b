"""Reading the exports as their services lay them out, and files that are something else."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.history import History, HistoryError, Watched, read_history
from bot.history.csv_exports import read_csv
from bot.history.tables import text_of

LETTERBOXD = {
    "watched.csv": "Date,Name,Year,Letterboxd URI\n2024-01-02,Shrek,2001,https://boxd.it/2a\n2024-01-03,Heat,1995,https://boxd.it/2b\n",
    "ratings.csv": "Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Shrek,2001,https://boxd.it/2a,4.5\n",
    "diary.csv": (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
        '2024-01-02,Shrek,2001,https://boxd.it/2c,4,Yes,"swamp, ogre",2023-12-31\n'
    ),
    "watchlist.csv": "Date,Name,Year,Letterboxd URI\n2024-02-02,Ran,1985,https://boxd.it/2d\n",
    "likes/films.csv": "Date,Name,Year,Letterboxd URI\n2024-01-02,Shrek,2001,https://boxd.it/2a\n",
    "profile.csv": "Date Joined,Username\n2020-01-01,ann\n",
    "comments.csv": "Date,Content,Comment\n2020-01-01,x,y\n",
    "deleted/diary.csv": "Date,Name,Year,Letterboxd URI\n2024-01-02,Regret,2001,https://boxd.it/2a\n",
    "lists/best.csv": "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n",
}
IMDB_RATINGS = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,"
    "Release Date,Directors\n"
    "tt1375666,9,2024-02-20,Inception,Inception,https://www.imdb.com/title/tt1375666/,Movie,8.8,148,2010,"
    '"Action, Sci-Fi",2000000,2010-07-16,Christopher Nolan\n'
    "tt0903747,10,2024-01-15,Breaking Bad,Breaking Bad,https://x,TV Series,9.5,45,2008,Crime,1500000,2008-01-20,\n"
)
IMDB_LIST = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
    "1,tt0111161,2023-01-01,2023-01-01,,The Shawshank Redemption,,https://x,Movie,9.3,142,1994,Drama,1,1994-10-14,F,10,2023-01-15\n"
    '2,tt0089881,2023-01-01,2023-01-01,"lines\nof note",Ran,Ran,https://x,Movie,8.2,160,1985,Drama,1,1985-06-01,A,,\n'
)


def movie(title: str, year: int, imdb: str) -> dict[str, object]:
    return {"title": title, "year": year, "ids": {"trakt": 1, "slug": "x", "imdb": imdb, "tmdb": 2}}


TRAKT: dict[str, list[dict[str, object]]] = {
    "watched-movies.json": [
        {"plays": 2, "last_watched_at": "2020-05-01T10:00:00.000Z", "movie": movie("Heat", 1995, "tt0113277")}
    ],
    "watched-history-1.json": [
        {"id": 1, "watched_at": "2020-05-01T10:00:00.000Z", "type": "movie", "movie": movie("Heat", 1995, "tt0113277")},
        {
            "id": 2,
            "watched_at": "2020-05-02T10:00:00.000Z",
            "type": "episode",
            "show": {"title": "Lost"},
            "episode": {},
        },
    ],
    "ratings-movies.json": [
        {"rated_at": "2021-05-01T10:00:00.000Z", "rating": 8, "type": "movie", "movie": movie("Ran", 1985, "tt0089881")}
    ],
    "lists-watchlist.json": [
        {
            "rank": 1,
            "listed_at": "2022-05-01T10:00:00.000Z",
            "type": "movie",
            "movie": movie("Alien", 1979, "tt0078748"),
        }
    ],
    "lists-favorites.json": [
        {"rank": 1, "listed_at": "2022-05-01T10:00:00.000Z", "type": "movie", "movie": movie("Tron", 1982, "tt0084827")}
    ],
    "user-stats.json": [],
    "collection-movies-1.json": [{"collected_at": "2020-05-01", "movie": movie("Owned", 2001, "tt0000001")}],
}


def history_of(folder: Path, name: str, content: str | bytes) -> History:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_history(path)


def zipped(path: Path, files: dict[str, str], inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(inside + name, text)
    return path


@pytest.mark.parametrize("inside", ["", "letterboxd-ann-2024-03-01/"])
def test_letterboxds_whole_export(tmp_path: Path, inside: str) -> None:
    history = read_history(zipped(tmp_path / "export.zip", LETTERBOXD, inside))
    assert [(row.title, row.rating, row.liked, row.wanted) for row in history.watched] == [
        ("Shrek", None, False, False),
        ("Heat", None, False, False),
        ("Shrek", 0.8, False, False),
        ("Shrek", 0.9, False, False),
        ("Shrek", None, True, False),
        ("Ran", None, False, True),
    ]
    assert (history.read, history.not_films, history.bad, history.name) == (6, 0, (), "export.zip")
    assert history.watched[2].date == date(2023, 12, 31)


def test_an_unpacked_export_is_read_as_the_archive_is(tmp_path: Path) -> None:
    for name, text in LETTERBOXD.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(text)
    folder = read_history(tmp_path / "folder")
    assert folder.watched == read_history(zipped(tmp_path / "export.zip", LETTERBOXD)).watched


@pytest.mark.parametrize(
    ("name", "liked", "wanted"),
    [
        ("watched.csv", False, False),
        ("watched (1).csv", False, False),
        ("watchlist.csv", False, True),
        ("likes/films.csv", True, False),
        ("films.csv", True, False),
        ("anything.csv", False, False),
    ],
)
def test_the_name_tells_letterboxds_files_of_one_shape_apart(
    tmp_path: Path, name: str, liked: bool, wanted: bool
) -> None:
    row = history_of(tmp_path, name, LETTERBOXD["watchlist.csv"]).watched[0]
    assert (row.title, row.liked, row.wanted) == ("Ran", liked, wanted)


def test_imdbs_ratings_leave_series_out(tmp_path: Path) -> None:
    history = history_of(tmp_path, "ratings.csv", IMDB_RATINGS)
    assert history.watched == (
        Watched("Inception", 2010, "tt1375666", 0.9, date=date(2024, 2, 20), original_title="Inception"),
    )
    assert (history.read, history.not_films) == (2, 1)


def test_imdbs_watchlist_wants_what_is_not_rated(tmp_path: Path) -> None:
    rated, wanted = history_of(tmp_path, "WATCHLIST.csv", IMDB_LIST).watched
    assert (rated.rating, rated.wanted) == (1.0, False)
    assert (wanted.title, wanted.rating, wanted.wanted) == ("Ran", None, True)


def test_imdbs_old_layout(tmp_path: Path) -> None:
    old = (
        '"position","const","created","modified","description","Title","Title type","Directors","You rated",'
        '"IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"\n'
        '"1","tt0111161","Mon Jan  1 00:00:00 2018","","","The Shawshank Redemption","Feature Film","F","8","9.3",'
        '"142","1994","drama","1","1994-09-23","http://www.imdb.com/title/tt0111161/"\n'
    )
    row = history_of(tmp_path, "ratings.csv", old).watched[0]
    assert (row.imdb_id, row.rating, row.year, row.date) == ("tt0111161", 0.8, 1994, date(2018, 1, 1))


@pytest.mark.parametrize("inside", ["", "trakt-ann/"])
def test_trakts_export(tmp_path: Path, inside: str) -> None:
    history = read_history(zipped(tmp_path / "t.zip", {n: json.dumps(e) for n, e in TRAKT.items()}, inside))
    rows = {(r.title, r.year, r.imdb_id): (r.rating, r.liked, r.wanted) for r in history.watched}
    assert rows == {
        ("Heat", 1995, "tt0113277"): (None, False, False),
        ("Ran", 1985, "tt0089881"): (0.8, False, False),
        ("Alien", 1979, "tt0078748"): (None, False, True),
        ("Tron", 1982, "tt0084827"): (None, True, False),
    }
    assert (history.read, history.not_films, history.bad) == (6, 1, ())


def test_trakts_single_files_and_a_backup_in_one_file(tmp_path: Path) -> None:
    assert history_of(tmp_path, "x.json", json.dumps(TRAKT["ratings-movies.json"])).watched[0].rating == 0.8
    assert history_of(tmp_path, "y.json", json.dumps(TRAKT["lists-watchlist.json"])).watched[0].wanted
    both = {"watched": TRAKT["watched-movies.json"], "favorites": TRAKT["lists-favorites.json"]}
    assert [row.liked for row in history_of(tmp_path, "z.json", json.dumps(both)).watched] == [False, True]


def test_trakts_bad_entries_are_reported_and_the_others_read(tmp_path: Path) -> None:
    entries = [*TRAKT["ratings-movies.json"], {"rating": "ten", "movie": movie("X", 2000, "")}, {"movie": {}}, 7]
    history = history_of(tmp_path, "ratings-movies.json", json.dumps(entries))
    assert [row.title for row in history.watched] == ["Ran"]
    assert [bad.row for bad in history.bad] == [2, 3, 4]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_csv_in_any_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    table = [["Movie Title", "Release_Year", "My Rating"], ["Amélie, again; “yes”", "2001", "7"], ["Heat", "1995", ""]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(table)
    rows = history_of(tmp_path, "my.csv", buffer.getvalue().encode(encoding)).watched
    assert rows == (Watched("Amélie, again; “yes”", 2001, rating=0.7), Watched("Heat", 1995))


@pytest.mark.parametrize(
    ("ratings", "first"),
    [
        (["4", "5", "3.5"], 0.8),
        (["4", "9", "10"], 0.4),
        (["2", "9"], 0.2),
        (["40", "95", "7"], 0.4),
        (["4/10", "9/10", "1"], 0.4),
        (["★★★★", "", ""], 0.8),
        (["4,5", "5", "1"], 0.9),
    ],
)
def test_the_scale_of_plain_ratings_is_told_by_the_ratings(ratings: list[str], first: float) -> None:
    part = read_csv("x.csv", "title;rating\n" + "".join(f"Film {n};{r}\n" for n, r in enumerate(ratings)))
    assert part.rows[0].rating == pytest.approx(first)


def test_one_slip_does_not_stretch_the_scale() -> None:
    rows = "".join(f"Film {n},{n % 10 + 1}\n" for n in range(200))
    part = read_csv("x.csv", f"title,rating\n{rows}Slip,99\n")
    assert part.rows[9].rating == 1.0
    assert part.rows[-1].rating is None
    assert [(bad.row, "99" in bad.reason) for bad in part.bad] == [(202, True)]


def test_bad_rows_are_named_by_number_and_do_not_stop_the_others(tmp_path: Path) -> None:
    text = (
        'title,year,rating\n"A line\nand a line",2001,8\n,1999,7\nGood, the Bad,1966,9\n'
        "Heat,soon,9\nRan,1985,great\n\nTron,1982\n"
    )
    history = history_of(tmp_path, "mine.csv", text)
    assert [(row.title, row.year, row.rating) for row in history.watched] == [
        ("A line\nand a line", 2001, 0.8),
        ("Heat", None, 0.9),
        ("Ran", 1985, None),
        ("Tron", 1982, None),
    ]
    assert [(bad.row, bad.reason.split()[1]) for bad in history.bad] == [
        (3, "has"),
        (4, "has"),
        (5, "year"),
        (6, "rating"),
    ]
    assert str(history.bad[0]) == "mine.csv, row 3: it has no title"


def test_a_header_alone_is_an_empty_history(tmp_path: Path) -> None:
    assert history_of(tmp_path, "watched.csv", "Date,Name,Year,Letterboxd URI\n").watched == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b" \n\n", "empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "web page"),
        ("no_header.csv", b"Inception,2010\nHeat,1995\n", "column of titles"),
        ("movielens.csv", b"userId,movieId,rating\n1,2,3\n", "column of titles"),
        ("list.csv", b"Letterboxd list export v7\nDate,Name,Tags,URL,Description\n", "Letterboxd list"),
        ("half.json", b'[{"movie": ', "not whole JSON"),
        ("other.json", b'{"a": 1}', "no list of films"),
        ("other.json", b'[{"a": 1}]', "as Trakt lays them out"),
        ("broken.zip", b"PK\x03\x04 and no more", "unpacked"),
        ("notes.zip", None, "holds no watch history"),
    ],
)
def test_a_wrong_file_is_answered_with_a_sentence(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is None:
        zipped(path, {"notes.txt": "hello", "a.csv": "x", "b.csv": "y"})
    else:
        path.write_bytes(content)
    with pytest.raises(HistoryError, match=words) as error:
        read_history(path)
    assert str(error.value).endswith(".")


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="cannot be read"):
        read_history(tmp_path / "nowhere.csv")
    with pytest.raises(HistoryError, match="holds no watch history"):
        read_history(tmp_path)


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    first = history_of(tmp_path, "watched.csv", LETTERBOXD["watched.csv"])
    assert first.digest == read_history(tmp_path / "watched.csv").digest
    assert (
        first.digest
        != history_of(tmp_path, "watched.csv", LETTERBOXD["watched.csv"] + "2024-01-04,Tron,1982,x\n").digest
    )


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.integers(1900, 2030), st.integers(1, 10)), max_size=20))
def test_what_a_csv_writer_writes_is_read_back(films: list[tuple[str, int, int]]) -> None:
    films = [(t.strip(), y, r) for t, y, r in films if t.strip() and "\r" not in t and "\x00" not in t]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("title", "year", "rating10"), *films])
    part = read_csv("x.csv", buffer.getvalue())
    assert [(row.title, row.year, row.rating) for row in part.rows] == [(t, y, r / 10) for t, y, r in films]
    assert part.bad == ()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        part = read_csv("x.csv", text_of(b"title,year\n" + content, "x.csv"))
    except HistoryError:
        return
    assert part.read >= len(part.rows)
