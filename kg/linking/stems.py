"""Enough stemming for a lexicon of subjects: "vampires", "time travelling", "wolves" find vampire, time travel …"""

import re

from kg.text import fold

_APOSTROPHE = re.compile(r"['’‘]")
_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"([bdglmnprt])\1$")


def phrase_key(text: str) -> str:
    """Returns the text folded, without apostrophes, its other marks as blanks."""
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", fold(text))))


def stem_key(key: str) -> str:
    """Returns the phrase with each word cut to its stem. Words of four letters or fewer stay."""
    return " ".join(_stem(word) for word in key.split())


def _stem(word: str) -> str:
    if len(word) <= 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("ves"):
        return word[:-3] + "f"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5:
        word = _DOUBLED.sub(r"\1", word[:-3])
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
