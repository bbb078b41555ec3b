"""An item's plot in short: a source may tell all of it, to the end."""

from bot.phrases import Phrases
from kg.items import Item
from retrieval.texts import shortened

_MOST = 500  # characters


def plot_of(item: Item, phrases: Phrases) -> str:
    """Returns the title and the first sentences of the synopsis, "" where the item has none."""
    if not item.synopsis:
        return ""
    return phrases.say("answer_plot", title=item.label, synopsis=shortened(item.synopsis, _MOST))
