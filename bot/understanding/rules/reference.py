"""Which shown film is meant by its place: "the first one", "#2", "number three", "the last one", "the latter"."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from typing import NamedTuple

from bot.understanding.rules.words import TITLE

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_VALUES = {word: value for value, word in enumerate(_ORDINALS, 1)}
_VALUES |= {"1st": 1, "2nd": 2, "3rd": 3, "frist": 1, "secound": 2, "thrid": 3, "former": 1, "top": 1} | {
    f"{value}th": value for value in range(4, 21)
}
_VALUES |= {"last": -1, "latter": -1, "final": -1, "bottom": -1, "latest": -1}
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_NOUN = r"(?:one|1|movie|film|flick|pick|suggestion|recommendation|rec|option|choice|title|idea|item|result|entry)"
_NOT_PLACE = (
    r"(?! ?(?:times?|half|hours?|parts?|places?|scenes?|acts?|seasons?|episodes?|names?|things?|thought|dates?|class|weeks?|nights?|years?|"
    r"months?|days?|love|person|people|world|wars?|minutes?|[2-9]\b|two|three|four|five|six|few|of all|couple|installments?|sequels?|chapters?|decades?|ones\b|"
    r"(?:film|movie|one|part)s? (?:of|in) (?:the|that|its|a) |of (?:the|that|its|my)|in (?:the|that|its)|blood|purge|samurai|mohicans))"
)
_NO_UNIT = r"(?! ?(?:\+|%|/|: ?\d|'|-|more\b|other|hours?|hrs?|h\b|min|years?|yr|yo\b|stars?|movies|films|kids|people|friends|of us|times|days|sentences|words|out of|thumbs|good|new|different|great|comed|thrill|horror|action|or so))"
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:the|that|your|ur|this|da|teh)(?: very)? (?P<o>{_WORD})\b{_NOT_PLACE}",
        rf"\b(?P<o>{_WORD}) {_NOUN}\b(?! (?:of|in) (?:the|that|a) )",
        rf"^(?:(?:and|ok|okay|yes|yeah|no|hmm|so|why|is|oh|then),? )*(?P<o>{_WORD})\b(?= ?(?:$|[,.;!?]|or\b|and\b|vs\b|please|pls|sounds|looks|is\b|was\b|for me))",
        rf"\b(?:or|vs\.?|versus|and|between) (?P<o>{_WORD})\b(?= ?(?:$|[,.;!?]|or\b|and\b))",
        rf"(?:\b(?:number|num|no\.?|nr\.?|option|choice|suggestion|pick|film|movie|recommendation|item|entry)|#) ?#? ?(?P<n>[1-9]|1\d)\b{_NO_UNIT}(?! in the)",
        rf"\b(?:on|between|about|with|up|try|take|why|and|or|vs\.?|versus|watch|like|but|than|pick|choose|is|was|of|who'?s in|seen|not|compare) (?P<n>[1-9])\b{_NO_UNIT}(?! ?\d)",
        rf"^(?:(?:and|ok|okay|yes|yeah|no|hmm|so|oh|then|hm),? )*#?(?P<n>[1-9]|1\d)\b(?:st|nd|rd|th)?{_NO_UNIT}(?= ?(?:$|[,.;:!?]|or\b|and\b|vs\b|please|pls|then|it is|sounds|looks|is\b|was\b|for me|seems|has\b|&))",
    )
)
_SPELT_VALUES = {
    word: value
    for value, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_SPELT = re.compile(rf"\b(number|option|choice|no\.?) ({'|'.join(_SPELT_VALUES)})\b")
_SERIES = re.compile(
    rf"(?:\b(?:series|trilogy|franchise|saga)\b|{TITLE} (?:movies|films)|\b(?:profile|my list|in the list of))"
)
_NOT_SHOWN = re.compile(
    r"\b(?:last|latest|first|final|top)(?: (?:movie|film|one|thing|time))? (?:(?:that )?(?:i|we)(?:'ve| have)?(?: really| actually)? "
    r"(?:saw|watched|seen|loved|liked|enjoyed|went|remember)|of the |in the |to )"
)


class Place(NamedTuple):
    """`number` as said (1 the first, -1 the last) and where in the text it stands."""

    number: int
    start: int


def places(text: str, shown: int = 0) -> list[Place]:
    """Returns every place named, in order of the text. `text` is lowered and masked; `shown` is how many were shown.

    A bare number ("2") only counts where something was shown.
    """
    if not shown:
        return []
    if re.search(r"\bsecond (?:to|from the) last\b|\bnext to last\b", text):
        return [Place(-2, 0)]
    text = _SPELT.sub(lambda match: f"{match[1]} {_SPELT_VALUES[match[2]]}", text)
    found: dict[int, int] = {}
    for pattern in _PATTERNS:
        group = "n" if "n" in pattern.groupindex else "o"
        for match in pattern.finditer(text):
            if not _idle(text, match):
                found.setdefault(match.start(group), int(match["n"]) if group == "n" else _VALUES[match["o"]])
    return [Place(number, at) for at, number in sorted(found.items())]


def read(text: str, shown: int = 0) -> int | None:
    """Returns the first place named, or None."""
    found = places(text, shown)
    return found[0].number if found else None


def _idle(text: str, match: re.Match[str]) -> bool:
    """Says whether an ordinal names no suggestion: "the first film of the series", "the last movie I saw"."""
    near = text[max(0, match.start() - 30) : match.end() + 34]
    return bool(_NOT_SHOWN.search(text[match.start() : match.end() + 40]) or _SERIES.search(near))
