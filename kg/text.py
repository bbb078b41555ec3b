"""How titles and names are written down for comparison: one spelling for all the ways people type them."""

import re
import unicodedata

_ARTICLES = ("the", "a", "an")
_NUMERALS = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_ROMAN = {name: str(number) for number, name in enumerate(_NUMERALS.split(), start=2)}
# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_ACCENT = re.compile("[\u0300-\u036f]")
_AND = re.compile(r"&|(?<=\s)\+(?=\s)")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_TRAILING_ARTICLE = re.compile(r"(?<=\S)\s*,\s*(?:the|an?)\s*(?=$|\()")
# Marks and controls that join or separate nothing visible; they must not split a word.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
# A combining mark that was kept belongs to the letter before it (Hindi, Thai, Arabic).
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0900-\u0dff\u0e31-\u0e4e\u064b-\u0652])*")
_INITIAL_RUN = re.compile(r"\b\w(?: \w\b)+")
_SUBTITLE = re.compile(r"\s*(?:$|[:,(–—]|-\s)")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Returns the text casefolded, without accents on Latin, Greek or Cyrillic letters, and in one Unicode form.

    Other scripts keep their marks: Japanese voicing marks and Indic vowels change the word, not its look.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    return unicodedata.normalize("NFC", _ACCENT.sub("", decomposed)).casefold().translate(_LETTERS)


def normalise_title(text: str) -> str:
    """Returns the form in which two spellings of one title are equal.

    Casefolded, without accents; `&` is `and`; punctuation is dropped; an article before the title or behind it
    after a comma is dropped (`The Matrix` = `Matrix, The`); II … XX become digits unless they begin the title
    (`Rocky II` = `Rocky 2`, but `X-Men` and `III` stay), V and X only where the title or its main part ends
    (`Batman v Superman` stays); one space between words. A text of punctuation alone comes back folded and stripped.
    """
    folded = _TRAILING_ARTICLE.sub(" ", _AND.sub(" and ", fold(text)))
    joined = _INITIALS.sub(lambda match: match.group().replace(".", ""), _APOSTROPHE.sub("", folded))
    words = _words(joined)
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words) or _SPACE.sub(" ", folded).strip()


def normalise_name(text: str) -> str:
    """Returns the form in which two spellings of a person's name are equal.

    Casefolded, without accents or punctuation, hyphens as blanks, initials written together (`J. K. Simmons` =
    `JK Simmons` = `j.k. simmons`).
    """
    words = _WORD.findall(_APOSTROPHE.sub("", fold(text)))
    return _INITIAL_RUN.sub(lambda match: match.group().replace(" ", ""), " ".join(words))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        numeral = _ROMAN.get(word) if words and words[-1] not in _ARTICLES else None
        if numeral and (len(word) > 1 or _SUBTITLE.match(text, match.end())):
            word = numeral
        words.append(word)
    return words
