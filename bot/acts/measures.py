"""How scary, violent, funny … a film is: its axes in words, measured by the notes or estimated, and said as that."""

import re

from bot.moment import Draft, Moment
from kg.items import Item
from retrieval.steering import ERROR

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("scary", re.compile(r"\b(scary|creepy|frightening|terrifying)\b|恐怖|吓人", re.IGNORECASE)),
    ("violence", re.compile(r"\b(violent|violence|gory|bloody|brutal)\b|暴力|血腥", re.IGNORECASE)),
    ("humour", re.compile(r"\b(funny|hilarious|humou?r)\b|搞笑|好笑", re.IGNORECASE)),
    ("romance", re.compile(r"\b(romantic)\b|浪漫", re.IGNORECASE)),
)
_KIND = re.compile(r"\b(comed(y|ies)|musical|genre)\b", re.IGNORECASE)  # "a romantic comedy" is asked of as a kind
_LEVELS = ("none", "little", "some", "much", "most")  # of the axes from 0 to 4


def axis_asked(utterance: str) -> str | None:
    """Returns the axis that a question is about ("is it scary?"), or None."""
    if _KIND.search(utterance):
        return None
    return next((axis for axis, pattern in _WORDS if pattern.search(utterance)), None)


def measured(moment: Moment, item: Item, axis: str) -> Draft | None:
    """Returns how much of an axis an item has; None where nothing is known of it."""
    if item.axes is None:
        return None
    value: float = getattr(item.axes, axis)
    level = moment.phrases.say(f"level_{_LEVELS[min(round(value), 4)]}")
    key = "axis_estimated" if item.axes.estimated else "axis_measured"
    name = moment.phrases.say(f"axis_{axis}")
    text = moment.phrases.say(
        key, title=item.label, axis=name, level=level, value=f"{value:g}", error=f"{ERROR[axis]:.1f}"
    )
    return Draft("answer", (text,), focus=(item.id,))
