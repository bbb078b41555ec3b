"""The text of an item that is embedded: its facts, the most telling first."""

from kg.items import Item

CAST_NAMED = 5
# Raised whenever the text changes, so that an index made of the old one is built anew.
TEXT_VERSION = 1


def item_text(item: Item) -> str:
    """Returns a paragraph of the item's facts; what is unknown is left out.

    The encoder reads some 120 tokens, so what the item is about comes before who made it.
    """
    sentences = (
        item.label,
        ", ".join(item.genres),
        item.synopsis.rstrip("."),
        _said("About ", item.themes),
        _said("", item.moods),
        _said("Directed by ", item.directors),
        _said("With ", item.cast[:CAST_NAMED]),
        ", ".join(item.countries),
    )
    return ". ".join(sentence for sentence in sentences if sentence) + "."


def _said(words: str, names: tuple[str, ...]) -> str:
    return f"{words}{', '.join(names)}" if names else ""
