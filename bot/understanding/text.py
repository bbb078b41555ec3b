"""What of an utterance is read: a bounded part, every character in its place, so that spans can be copied from it."""

import unicodedata

LIMIT = 2_000
"""Characters of an utterance that are read; what people say to a film bot is shorter, what is longer is no talk."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def readable(utterance: str) -> str:
    """Returns the first `LIMIT` characters with control, zero-width and unassigned ones as blanks.

    Every character keeps its offset: `utterance[a:b]` is what `readable(utterance)[a:b]` was read from.
    """
    return "".join(" " if c.isspace() or unicodedata.category(c) in _UNSEEN else c for c in utterance[:LIMIT])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the span without blanks, quotes and closing punctuation at its ends."""
    while start < end and (text[start].isspace() or text[start] in "\"'“”‘’«»*_,;:.("):
        if text[start] in "'’." and start + 1 < end and text[start + 1].isalnum() and text[start] == ".":
            break
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "\"“”‘’'«»*_,;:"):
        end -= 1
    while start < end and text[end - 1] in ".)!?" and not _belongs(text, start, end):
        end -= 1
    return start, end


def _belongs(text: str, start: int, end: int) -> bool:
    """Says whether the last character is part of the name: "Airplane!", "Rocky (1976)", "E.T.", "Mr."."""
    last, body = text[end - 1], text[start : end - 1]
    if last == ")":
        return "(" in body
    if last == ".":
        return "." in body and " " not in body.split(".")[-2]
    return False
