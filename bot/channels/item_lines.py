"""The lines below a title on every channel's cards: figures and genres, makers and cast. Pure, nothing escaped."""

from kg.items import Item

_MOST_GENRES = 3
_MOST_MAKERS = 2
_MOST_CAST = 3


def facts_line(item: Item) -> str:
    """Returns "170 min · Crime, Drama"; "" where nothing is known."""
    return " · ".join(filter(None, [*item.figures, ", ".join(item.genres[:_MOST_GENRES])]))


def people_line(item: Item) -> str:
    """Returns "by Michael Mann with Al Pacino, Robert De Niro"; "" where nobody is known."""
    by = f"by {', '.join(item.makers[:_MOST_MAKERS])}" if item.makers else ""
    cast = f"with {', '.join(item.cast[:_MOST_CAST])}" if item.cast else ""
    return " ".join(filter(None, [by, cast]))
