"""A file, an archive or an unpacked folder → a History. The only effect is reading."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from bot.history.csv_exports import read_csv
from bot.history.tables import text_of
from bot.history.trakt import read_trakt
from bot.history.types import History, HistoryError, Part

MOST_BYTES = 256 * 1024 * 1024
_COPY = re.compile(r"[\s_]*(\(\d+\)|copy|kopie)$")
# The files of an export that say what was watched, liked or wanted; comments, lists and what was deleted do not.
_LETTERBOXD = ("watched.csv", "diary.csv", "reviews.csv", "ratings.csv", "likes/films.csv", "watchlist.csv")
_TRAKT = re.compile(
    r"(watched-movies|watched-history|history|ratings-movies|(lists-)?watchlist|(lists-)?favorites)(-?\d+)?\.json"
)
_LEFT_OUT = frozenset(("deleted", "orphaned", "__macosx"))


def read_history(path: Path) -> History:
    """Returns the history in a CSV or JSON file, a zip archive, or the folder that such an archive was unpacked to.

    Raises HistoryError, with a sentence, when it is missing, empty, damaged or something else. Rows that cannot be read
    are in `History.bad` and do not stop the others.
    """
    files = _files(path)
    parts = tuple(_part(name, content) for name, content in files)
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return History(path.name, parts, digest.hexdigest())


def _files(path: Path) -> list[tuple[str, bytes]]:
    try:
        if path.is_dir():
            names = _chosen(str(found.relative_to(path).as_posix()) for found in sorted(path.glob("**/*.*"))[:5000])
            return _found([(name, (path / name).read_bytes()) for name in names], path)
        if path.stat().st_size > MOST_BYTES:
            raise HistoryError(f"{path} is larger than any watch history ({MOST_BYTES >> 20} MB at most).")
        content = path.read_bytes()
    except OSError as error:
        raise HistoryError(f"{path} cannot be read ({error.strerror}). Check the path and your rights.") from error
    if content[:4] == b"PK\x03\x04" or path.suffix.casefold() == ".zip":
        return _found(_unpacked(path, content), path)
    return [(path.name, content)]


def _unpacked(path: Path, content: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _chosen(info.filename for info in archive.infolist() if not info.is_dir())
            if sum(archive.getinfo(name).file_size for name in names) > MOST_BYTES:
                raise HistoryError(f"{path} unpacks to more than {MOST_BYTES >> 20} MB: no watch history is as large.")
            return [(name, archive.read(name)) for name in names]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise HistoryError(
            f"{path} cannot be unpacked ({str(error)[:80]}). Download it again, or unpack it and give me the folder."
        ) from error


def _chosen(names: Iterable[str]) -> list[str]:
    """Returns the names of the files to read, Letterboxd's ratings behind its diary, else the only file there is."""
    readable = [
        name
        for name in names
        if name.casefold().endswith((".csv", ".json"))
        and not _LEFT_OUT.intersection(part.casefold() for part in PurePosixPath(name).parts)
    ]
    known = sorted((order, name) for name in readable if (order := _order(name)) is not None)
    return [name for _, name in known] or (readable if len(readable) == 1 else [])


def _order(name: str) -> int | None:
    path = PurePosixPath(name.casefold())
    if _TRAKT.fullmatch(path.name):
        return len(_LETTERBOXD)
    if "lists" in path.parts:
        return None
    plain = f"{_COPY.sub('', path.stem)}{path.suffix}"
    for order, known in enumerate(_LETTERBOXD):
        if known in (plain, f"{path.parent.name}/{plain}"):
            return order
    return None


def _found(files: list[tuple[str, bytes]], path: Path) -> list[tuple[str, bytes]]:
    if not files:
        raise HistoryError(
            f"{path} holds no watch history. I look for Letterboxd's watched.csv, ratings.csv, diary.csv, "
            "watchlist.csv and likes/films.csv, and for Trakt's watched-movies.json, ratings-movies.json and "
            "lists-watchlist.json."
        )
    return [(name, content) for name, content in files if content.strip()] or files


def _part(name: str, content: bytes) -> Part:
    text = text_of(content, name)
    is_json = name.casefold().endswith(".json") or text.lstrip()[:1] in ("[", "{")
    if text.lstrip()[:1] == "<":
        raise HistoryError(f"{name} is a web page, not an export. Use the service's own export and give me that file.")
    return read_trakt(name, text) if is_json else read_csv(name, text)
