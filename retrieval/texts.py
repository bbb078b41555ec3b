"""The text of an item that is embedded: its facts, the most telling first."""

import re

from kg.items import Item, Joined

CAST_NAMED = 5
SYNOPSIS_READ = 320
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]")
# Raised whenever the text changes, so that an index made of the old one is built anew.
TEXT_VERSION = 2


def item_text(item: Item) -> str:
    """Returns a paragraph of the item's facts; what is unknown is left out.

    The encoder reads some 120 tokens, so what the item is about comes before who made it.
    """
    sentences = (
        item.label,
        ", ".join(item.genres),
        shortened(item.synopsis, SYNOPSIS_READ).rstrip("."),
        _said("About ", item.themes),
        _said("", item.moods),
        _said("Directed by ", item.directors) or _said("By ", item.writers),
        _said("With ", item.cast[:CAST_NAMED]),
        ", ".join(item.countries),
        *(_said(f"{_spoken(joined)} ", joined.names[:CAST_NAMED]) for joined in item.joined),
        ", ".join(amount.said for amount in item.amounts),
    )
    return ". ".join(sentence for sentence in sentences if sentence) + "."


def shortened(text: str, most: int) -> str:
    """Returns the first sentences of a text, `most` characters at most; of a longer first sentence its beginning."""
    if len(text) <= most:
        return text
    kept = text[:most]
    ends = [match.end() for match in _SENTENCE_END.finditer(kept)]
    return kept[: ends[-1]].rstrip() if ends else f"{kept.rsplit(' ', 1)[0].rstrip()} …"


def _spoken(joined: Joined) -> str:
    """Returns "Designed by" of DESIGNED_BY, "Mechanic" of HAS_MECHANIC."""
    return joined.relation.removeprefix("HAS_").replace("_", " ").capitalize()


def _said(words: str, names: tuple[str, ...]) -> str:
    return f"{words}{', '.join(names)}" if names else ""
