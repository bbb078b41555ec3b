"""What is asked of memory, and what it is to keep: "have I seen Heat?", "add it to my watchlist". Pure."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from typing import Literal

from bot.taste import Preference

_REMEMBERED = re.compile(
    r"^\W*(?:(?:hey|wait|hmm|ok|okay|so|and|but|again),? )*(?:have|did|do) (?:i|we) (?:already |ever |really |also |"
    r"(?:say|tell you|told you|mention(?:ed)?) (?:that )?(?:i|we) )*"
    r"(?:see|seen|watch|watched|read|play|played|try|tried|cook|cooked|hear|heard|like|liked|hate|hated|love|loved|enjoy|enjoyed|mention|mentioned|rate|rated)\b[^.!]*\?|"
    r"^\W*我(?:看过|喜欢|讨厌|不喜欢|说过).*[吗么]\W*$",
    re.IGNORECASE,
)
_SAVES = re.compile(
    r"\b(add|put|save|keep|bookmark|remember|stick)\b.*\b((my|the) (watch ?)?list|watch ?list|for later|to watch later|for another (time|day|night))\b|"
    r"(加入|加到|放进).*(片单|想看|清单)|(留着|存着|以后再)看",
    re.IGNORECASE,
)
_ON_LIST = re.compile(r"\bmy (watch ?list|list)\b|我的(片单|清单|想看)", re.IGNORECASE)
_ASKS = re.compile(r"\b(what|which|show|see)\b(?! it\b)|^\W*list\b|什么|哪|看看", re.IGNORECASE)


def remembering(utterance: str) -> Literal["show", "save"] | None:
    """Returns what an utterance does with memory where its words alone tell; None for anything else."""
    if asks_memory(utterance) or asks_for_list(utterance):
        return "show"
    return "save" if _SAVES.search(utterance) else None


def asks_memory(utterance: str) -> bool:
    """Returns whether it is asked what the user has told of one thing: "have I seen Heat?", "do I like horror?"."""
    return bool(_REMEMBERED.search(utterance))


def asks_for_list(utterance: str) -> bool:
    """Returns whether it is asked what was kept for another time."""
    return bool(_ON_LIST.search(utterance)) and bool(_ASKS.search(utterance))


def for_later(item: str, utterance: str, turn: int) -> Preference:
    """Returns the wish to see an item some day: it lasts, and the item may be suggested."""
    return Preference("", "item", "want", item, utterance, turn, scope="always")
