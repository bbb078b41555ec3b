"""Single cells of anyone's table, in the ways people write them: numbers, money, times, ranges, lists. Pure."""

import ast
import json
import math
import re
from collections.abc import Iterable
from typing import Any

from kg.sources.names import clean, distinct

NOTHING = frozenset(("", "-", "–", "—", "n/a", "na", "nan", "null", "none", "unknown", "?", "tbd", "\\n"))
_YES = frozenset(("yes", "y", "true", "1", "x", "✓", "✔", "ja", "oui", "si", "sí", "是", "wahr", "vrai"))
_NO = frozenset(("no", "n", "false", "0", "nein", "non", "否", "falsch", "faux"))
_NUMBER = r"[-+]?\d[\d.,'’\u00a0\u202f ]*"
_ONE = re.compile(rf"^[^\w+-]*(?:[A-Za-z]{{0,3}}\s?)?[$€£¥₹]?\s*(?P<number>{_NUMBER})")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|—|to|bis|à|至)\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
_AND_MORE = re.compile(r"(\d+(?:[.,]\d+)?)\s*\+")
_CURRENCY = re.compile(r"[$€£¥₹]|\b(?:USD|EUR|GBP)\b", re.IGNORECASE)
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$")
_ISO_TIME = re.compile(r"^P?T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?$", re.IGNORECASE)
_HOURS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:h\b|hrs?\b|hours?\b|std\b|stunden?\b|heures?\b|小时|(?<=\d)h(?=\s?\d))", re.IGNORECASE
)
_MINUTES = re.compile(r"(\d+)\s*(?:m\b|mins?\b|minutes?\b|minuten\b|分钟|')", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(-?\d{3,4})(?!\d)")
_BC = re.compile(r"(\d{1,4})\s*(?:bce?|v\. ?chr)", re.IGNORECASE)
_SEPARATORS = ("|", ";", "\n", " / ", "、", "，", ",")
_TOGETHER = re.compile(r"\s+(?:and|&|und|et|y)\s+")
_PARTICLES = frozenset(("de", "da", "di", "la", "le", "van", "von", "der", "den", "ter", "el", "al", "mc", "mac"))
MOST = 1_000_000_000.0
FIRST_YEAR, LAST_YEAR = -3000, 2100


def is_empty(cell: Any) -> bool:
    """Returns whether a cell says nothing: None, "", "n/a", NaN, an empty list."""
    if isinstance(cell, float) and math.isnan(cell):
        return True
    if isinstance(cell, list | tuple):
        return not cell
    return cell is None or str(cell).strip().casefold() in NOTHING


def text_of(cell: Any) -> str:
    """Returns the text of a cell with single blanks; "" where it says nothing."""
    if is_empty(cell):
        return ""
    if isinstance(cell, list | tuple):
        return ", ".join(clean(str(each)) for each in cell)
    if isinstance(cell, float) and cell == round(cell):
        return str(int(cell))
    return clean(str(cell))


def number_of(cell: Any) -> tuple[float, float] | None:
    """Returns the ends of the number or range in a cell ("2–4 players", "$12.99", "12,99 €", "400 pp", "4+").

    None for an empty one. "4+" reaches to `MOST`. Raises ValueError for a cell without a number.
    """
    if is_empty(cell):
        return None
    if isinstance(cell, bool):
        raise ValueError(f"“{cell}” is no number")
    if isinstance(cell, int | float):
        return _checked(float(cell), float(cell), str(cell))
    text = str(cell).strip()
    if (span := _RANGE.search(text)) and not text.startswith("-"):
        low, high = sorted((_plain_number(span[1]), _plain_number(span[2])))
        return _checked(low, high, text)
    if more := _AND_MORE.search(text):
        return _checked(_plain_number(more[1]), MOST, text)
    found = _ONE.match(text)
    if found is None:
        raise ValueError(f"“{text[:40]}” is no number")
    value = _plain_number(found["number"])
    return _checked(value, value, text)


def _checked(low: float, high: float, text: str) -> tuple[float, float]:
    if not (math.isfinite(low) and math.isfinite(high)) or low < 0 or low > MOST:
        raise ValueError(f"“{text[:40]}” is no possible number")
    return low, high


def _plain_number(text: str) -> float:
    """Reads "1,234.50", "1.234,50", "1 234", "12,99" and "1'234".

    Of two kinds of marks the last is the decimal point; a single comma before three digits parts thousands.
    """
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", text).rstrip(".,")
    comma, point = digits.rfind(","), digits.rfind(".")
    before, _, after = digits.partition(",")
    thousands = len(after) == 3 and before.lstrip("-+") != "0"
    if comma >= 0 and point >= 0:
        digits = digits.replace("," if point > comma else ".", "")
    elif digits.count(",") > 1 or (comma >= 0 and thousands):
        digits = digits.replace(",", "")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        raise ValueError(f"“{text[:40]}” is no number") from None


def currency_of(cells: Iterable[Any]) -> str:
    """Returns the first currency sign among the cells ("€" for EUR), "" where there is none."""
    for cell in cells:
        if not is_empty(cell) and (found := _CURRENCY.search(str(cell))):
            return _SIGNS.get(found.group().upper(), found.group())
    return ""


def minutes_of(cell: Any) -> int | None:
    """Returns the minutes of "1h 30m", "90 min", "1:30", "PT1H30M", "1.5 hours", "30-60" (its end) or a bare number.

    None for an empty cell and for 0. Raises ValueError for a cell without a time.
    """
    if is_empty(cell):
        return None
    text = str(cell).strip()
    if clock := _CLOCK.match(text):
        return int(clock[1]) * 60 + int(clock[2])
    if (iso := _ISO_TIME.match(text)) and (iso[1] or iso[2]):
        return int(iso[1] or 0) * 60 + int(iso[2] or 0)
    hours, minutes = _HOURS.findall(text), _MINUTES.findall(text)
    if hours or minutes:
        whole = sum(_plain_number(each) for each in hours[-1:]) * 60 + sum(int(each) for each in minutes[-1:])
        return round(whole) or None
    found = number_of(cell)
    return round(found[1] if found[1] < MOST else found[0]) or None if found else None


def year_of(cell: Any) -> int | None:
    """Returns the year of "1965", "1965.0", "1965-08-01", "01/08/1965", "c. 1605", "800 BC" (-800); None for an empty
    cell and for 0. Raises ValueError where there is none, or an impossible one.
    """
    if is_empty(cell) or str(cell).strip() in ("0", "0.0"):
        return None
    text = str(cell)
    if ancient := _BC.search(text):
        return -int(ancient[1])
    found = _YEAR.search(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(f"“{text[:40]}” has no possible year")
    return int(found[1])


def yes_or_no(cell: Any) -> bool | None:
    """Returns what a cell of a yes-or-no column says; None where it says neither."""
    text = str(cell).strip().casefold()
    return True if text in _YES else False if text in _NO else None


def separator_of(cells: Iterable[Any]) -> str:
    """Returns what separates the names inside the cells of a column, "" where nothing does.

    A mark that is only used to separate wins over a comma, which names have too.
    """
    texts = [str(cell) for cell in cells if not is_empty(cell) and not isinstance(cell, list | tuple)]
    counts = {mark: sum(mark in text for text in texts) for mark in _SEPARATORS}
    return next((mark for mark in _SEPARATORS if counts[mark] >= max(1, 0.02 * len(texts))), "")


def names_of(cell: Any, separator: str = "") -> tuple[str, ...]:
    """Returns the names in a cell: of a list, of a JSON or Python list in quotes, or cut at the separator."""
    if is_empty(cell):
        return ()
    if isinstance(cell, list | tuple):
        return distinct([text_of(each) for each in cell])
    text = str(cell).strip()
    if text[:1] == "[" and text[-1:] == "]" and (listed := _listed(text)) is not None:
        return distinct([text_of(each) for each in listed])
    return distinct([text_of(part) for part in (text.split(separator) if separator else [text])])


def _listed(text: str) -> list[Any] | None:
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return [each.get("name", "") if isinstance(each, dict) else each for each in found]
    return None


def people_of(cell: Any, separator: str = "") -> tuple[str, ...]:
    """Returns the people in a cell: "Le Guin, Ursula K." is one, turned round; "A and B" and "A & B" are two."""
    if separator == "," and not isinstance(cell, list | tuple):
        whole = names_of(cell)
        parts = [turned(whole[0])] if len(whole) == 1 and is_turned(whole[0]) else list(names_of(cell, ","))
    else:
        parts = [turned(part) if is_turned(part) else part for part in names_of(cell, separator)]
    return distinct([name.strip() for each in parts for name in _TOGETHER.split(each)])


def is_turned(name: str) -> bool:
    """Returns whether a name stands surname first: one word, a comma, and more ("Tolkien, J. R. R.")."""
    surname, comma, forename = name.partition(",")
    alone = len(surname.split()) == 1 or surname.split()[0].casefold() in _PARTICLES
    return bool(comma) and alone and bool(forename.strip()) and "," not in forename


def turned(name: str) -> str:
    """Returns "Ursula Le Guin" of "Le Guin, Ursula"."""
    surname, _, forename = name.partition(",")
    return f"{forename.strip()} {surname.strip()}"
