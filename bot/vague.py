"""What "recent", "not too old", "short" come to in numbers, to be leaned to, by our judgement. Pure."""

import re
from dataclasses import asdict
from typing import Any

from bot.understanding.types import Mention, Understanding
from retrieval.wish import Limits

_WANTED = {
    "recent new modern newest latest": Limits(year_min=2012),
    "old older old-fashioned vintage oldie oldies": Limits(year_max=1979),
    "short quick": Limits(runtime_max=100),
    "long": Limits(runtime_min=140),
}
_UNWANTED = {
    "old dated ancient": Limits(year_min=1990),
    "new recent modern": Limits(year_max=2005),
    "long lengthy": Limits(runtime_max=120),
    "short": Limits(runtime_min=90),
}
_DEGREE = re.compile(r"^(?:too|very|so|really|all that|super) ")


def vague_limits(understanding: Understanding) -> Limits | None:
    """Returns the limits to lean to, of words that the catalogue has nothing for; None where none is said."""
    said: dict[str, Any] = {}
    for mention in understanding.mentions:
        if found := _limits(mention):
            said |= {name: value for name, value in asdict(found).items() if value}
    return Limits(**said) if said else None


def is_vague(mention: Mention) -> bool:
    """Returns whether a mention says years or length without a number."""
    return _limits(mention) is not None


def _limits(mention: Mention) -> Limits | None:
    if mention.kind != "keyword" or mention.entity is not None or mention.attitude not in ("want", "avoid"):
        return None
    word = _DEGREE.sub("", mention.text.casefold())
    table = _WANTED if mention.attitude == "want" else _UNWANTED
    return next((limits for words, limits in table.items() if word in words.split()), None)
