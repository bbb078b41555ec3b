"""Two questions: which of those shown has something, and which film a description is of. Pure."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re

_NOUN = r"(?:film|movie|flick|book|novel|story|game|recipe|dish|song|album|podcast|wine|place|course)"
_WHICH = re.compile(
    r"\b(?:which (?:ones?|of (?:these|those|them)|(?:films?|movies?) of (?:these|those))|"
    r"(?:do|does|are|is|has|have) (?:any|some|one|none|all)(?: ones?)? of (?:these|those|them)|any of (?:these|those|them))\b"
    r"|这几部里?.{0,2}(?:哪|有没有)|哪[一几]?部.*有",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"^\W*(?:(?:hey|hi|ok|so|and|um+|hmm+),? )*"
    r"(?:(?:do you know |can you tell me |tell me |i forgot |i can['’]?t remember )?"
    r"(?:what(?:['’]?s| is| was)?|which) (?:the name of |the title of |it called,? )?(?:the|that|this|a)?(?: \w+){0,2}? ?"
    rf"\b(?:{_NOUN}|one|title|name)\b(?: called)?(?: again)?,?"
    rf"|i(?:['’]m| am) (?:thinking of|trying to remember)(?: the name of)? (?:a|that|this|the) (?:{_NOUN}|one)|"
    rf"(?:the|that) (?:{_NOUN}|one)) "
    r"(?P<it>(?:with|where|about|in which|when|that has|that had|which has|of the|having)\b.{8,})$"
    r"|(?:有一部|那部)(?:电影)?.*(?:叫什么|是什么(?:电影)?|什么名字)",
    re.IGNORECASE,
)
# Said of one that is half remembered, never of one that is wished for ("what's the best film with a dog").
_HALF_REMEMBERED = re.compile(
    rf"\b(?:what|which)(?:['’]?s| is| was) (?:the name of |the title of |it called,? )?(?:the|that) (?:{_NOUN}|one)\b|"
    r"\b(?:i forgot|i can['’]?t remember|what(?:['’]?s| is| was) it called|the name of)\b|叫什么|什么名字",
    re.IGNORECASE,
)


def asks_which_has(utterance: str) -> bool:
    """Returns whether it is asked which of the items shown has something: "which one has animals in it?"."""
    return bool(_WHICH.search(utterance))


def half_remembers(utterance: str) -> bool:
    """Returns whether the name of one certain item is asked for: "what's the one where …", not "a film where …"."""
    return described(utterance) is not None and bool(_HALF_REMEMBERED.search(utterance))


def described(utterance: str) -> str | None:
    """Returns what is told of an item whose name is asked for ("what was that film where …?"); None for no such."""
    match = _DESCRIBES.search(utterance)
    return None if match is None else (match["it"] or utterance).strip(" ?.!？")
