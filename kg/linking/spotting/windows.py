"""How far a phrase that begins with a word can reach, so that a long text is searched in one pass."""

from collections.abc import Iterable


def longest_by_first_word(phrases: Iterable[str]) -> dict[str, int]:
    """Returns for each first word the number of words of the longest phrase that begins with it."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        first, _, rest = phrase.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > longest.get(first, 0):
            longest[first] = length
    return longest
