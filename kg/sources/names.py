"""One name for each genre, language, country and person, whatever the source calls it."""

import re
import unicodedata

GENRES = {"science fiction": "Sci-Fi", "sports": "Sport", "historical": "History", "biographical": "Biography"}
LANGUAGES = {
    "American English": "English",
    "Australian English": "English",
    "Ayacucho Quechua": "Quechua",
    "Bangla": "Bengali",
    "Brazilian Portuguese": "Portuguese",
    "Classical Arabic": "Arabic",
    "Egyptian Arabic": "Arabic",
    "Egyptian language": "Egyptian",
    "Filipino": "Tagalog",
    "Flemish Dutch": "Dutch",
    "Kurdish language": "Kurdish",
    "Modern Greek": "Greek",
    "Modern Hebrew": "Hebrew",
    "Moroccan Arabic": "Arabic",
    "Neapolitan language": "Neapolitan",
    "Putonghua": "Mandarin",
    "Quebec French": "French",
    "Singaporean Hokkien": "Hokkien",
    "Slovene": "Slovenian",
    "Standard Chinese": "Mandarin",
    "Standard Taiwanese Mandarin": "Mandarin",
    "Taiwanese Hokkien": "Hokkien",
    "Yue Chinese": "Cantonese",
    "Yucatec Maya": "Mayan",
    "parseltongue": "Parseltongue",
    # Not languages.
    "Silent": "",
    "artistic language": "",
    "multiple languages": "",
}
COUNTRIES = {
    "British Hong Kong": "Hong Kong",
    "Federal Republic of Yugoslavia": "Yugoslavia",
    "Georgian SSR": "Georgia",
    "Kingdom of Great Britain": "United Kingdom",
    "Kingdom of Italy": "Italy",
    "Kingdom of the Netherlands": "Netherlands",
    "Occupied Palestinian territory": "Palestine",
    "People's Republic of China": "China",
    "Republic of China": "Taiwan",
    "Socialist Federal Republic of Yugoslavia": "Yugoslavia",
    "Taiwan Island": "Taiwan",
    "Wales": "United Kingdom",
    "West Germany": "Germany",
}
_SUFFIX = re.compile(r"^(?:Jr\.?|Sr\.?|I{2,3}|IV)$")
_PEERAGE = re.compile(r"^\d+(?:st|nd|rd|th) (?:Baron|Baronet|Earl|Marquess|Prince|Duke|Viscount)\b")
_NOT_A_PERSON = re.compile(r"^list of |^(?:Friday the 13th|Troll 2|art director|dialogue writer|the Creator)$")
_LIFE_YEARS = re.compile(r"\s*\(\d{4}\s*[-–]\s*\d{4}\)$")
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


def clean(text: str | None) -> str:
    """Returns the text in NFC with straight apostrophes and single spaces; "" for None."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text or "")).strip().translate(_QUOTES)


def distinct(names: list[str]) -> tuple[str, ...]:
    """Returns the names without empty ones and without repeats, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def genre_name(name: str) -> str:
    """Returns the catalogue's name of a genre."""
    return GENRES.get(name.casefold(), name)


def language_name(name: str) -> str:
    """Returns the catalogue's name of a language; "" for what is none."""
    return LANGUAGES.get(name, name)


def country_name(name: str) -> str:
    """Returns the catalogue's name of a country; one that ended keeps its own unless people say the new one."""
    return COUNTRIES.get(name, name)


def people(names: list[str]) -> tuple[str, ...]:
    """Returns the people: a `Jr.` or `III` split off by a comma is joined again, peerages and stray pages left out."""
    joined: list[str] = []
    for name in names:
        if _SUFFIX.match(name) and joined:
            joined[-1] = f"{joined[-1]} {name}"
        elif not _PEERAGE.match(name) and not _NOT_A_PERSON.match(name):
            joined.append(_LIFE_YEARS.sub("", name))
    return distinct(joined)
