"""Words that no catalogue has as they are: what "recent", "not too old", "short" come to in numbers, to be leaned to,
by our judgement; and where a film is shown, which is nowhere known. Pure."""

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

_WHERE = re.compile(
    r"\b(?:netflix|hulu|hbo(?: max)?|(?:amazon )?prime(?: video)?|(?:disney|paramount) ?(?:\+|plus)|apple tv\+?|"
    r"peacock|mubi|shudder|crunchyroll|tubi|youtube|stream(?:s|ing|ed|able)?|dvds?|blu-?rays?|"
    r"(?:in )?(?:cinemas?|theat(?:er|re)s?))(?!\w)|流媒体|影院|爱奇艺|腾讯视频|优酷",
    re.IGNORECASE,
)


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


def tells_where(mention: Mention) -> bool:
    """Returns whether a mention says where an item is to be had: "Netflix", "streaming", "in cinemas"."""
    return mention.kind == "keyword" and mention.entity is None and bool(_WHERE.fullmatch(mention.text))


def _limits(mention: Mention) -> Limits | None:
    if mention.kind != "keyword" or mention.entity is not None or mention.attitude not in ("want", "avoid"):
        return None
    word = _DEGREE.sub("", mention.text.casefold())
    table = _WANTED if mention.attitude == "want" else _UNWANTED
    return next((limits for words, limits in table.items() if word in words.split()), None)
