"""Single cells of a history: years, dates, ratings, ids, kinds of title. Pure; a bad cell raises ValueError."""

import re
from datetime import date, datetime

_YEAR = re.compile(r"(?:18[7-9]|19\d|20\d)\d(?!\d)")
_IMDB = re.compile(r"\btt\d{5,10}\b")
_FRACTION = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|of|out of)\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(%|stars?)?", re.IGNORECASE)
_STARS = re.compile(r"([★⭐*]+)\ufe0f?\s*(½|1/2)?[☆✩]*")
_DATE_FORMATS = ("%a %b %d %H:%M:%S %Y", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y")
_NOT_FILM = re.compile(r"serie|episode|season|\bshow|game|podcast|folge")
_NOTHING = frozenset(("", "-", "–", "n/a", "na", "nan", "null", "none", "not rated", "unrated"))
_YES = frozenset(("yes", "y", "true", "1", "x", "♥", "❤", "❤️", "liked", "loved", "ja", "oui", "si", "sí", "是"))
UNKNOWN_BEFORE = 1901  # Trakt writes 1900-01-01 where it does not know when


def year_of(text: str) -> int | None:
    """Returns the year (of "2010", "2010.0", "2010–2014"), None for an empty cell. Raises ValueError."""
    if text.casefold() in _NOTHING or text in ("0", "0.0"):
        return None
    if found := _YEAR.search(text):
        return int(found[0])
    raise ValueError(f"the year “{text[:30]}” cannot be read; matched by its title alone")


def date_of(text: str) -> date | None:
    """Returns the day of an ISO date or time, or of the usual ways to write one; None for any other text."""
    day: date | None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        day = _written_date(text) if text else None
    return day if day is None or day.year >= UNKNOWN_BEFORE else None


def _written_date(text: str) -> date | None:
    for pattern in _DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def rating_of(text: str) -> tuple[float, float | None] | None:
    """Returns (value, scale) of a rating; the scale is None where the cell does not say it ("8", but not "8/10").

    None for an empty cell and for 0, which these services write for "not rated". Raises ValueError.
    """
    cell = text.strip()
    if cell.casefold() in _NOTHING:
        return None
    found = _scaled(cell)
    if found is None:
        raise ValueError(f"the rating “{cell[:30]}” is not a number; taken as not rated")
    value, scale = found
    if value < 0 or (scale is not None and value > scale):
        raise ValueError(f"the rating “{cell[:30]}” is outside its scale; taken as not rated")
    return (value, scale) if value else None


def _scaled(cell: str) -> tuple[float, float | None] | None:
    if stars := _STARS.fullmatch(cell):
        return len(stars[1]) + 0.5 * bool(stars[2]), 5.0
    if fraction := _FRACTION.fullmatch(cell):
        scale = _number(fraction[2])
        return (_number(fraction[1]), scale) if scale else None
    if number := _NUMBER.fullmatch(cell):
        return _number(number[1]), 100.0 if number[2] == "%" else None
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def imdb_id_of(text: str) -> str:
    """Returns the `tt…` id in a cell (an id, an address, or the bare digits), "" where there is none."""
    if found := _IMDB.search(text):
        return found[0]
    return f"tt{int(text):07d}" if text.isascii() and text.isdecimal() and int(text) else ""


def is_film(kind: str) -> bool:
    """Returns whether a title's type is a film of some sort: "" and `TV Movie` are, `tvMiniSeries` is not."""
    folded = kind.casefold().strip()
    return folded != "tv" and not _NOT_FILM.search(folded)


def is_yes(text: str) -> bool:
    """Returns whether a cell of a yes-or-no column says yes."""
    return text.strip().casefold() in _YES
