"""Changes asked for in plain words: "newer", "too long", "less well known". A closed set, so a table knows it best."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from typing import NamedTuple

from retrieval.wish import Critique

_MORE = r"(?:more|much more|a bit more|a little more|even more|way more|slightly more|bit more|lil more)"
_LESS = r"(?:less|not so|not as|not too|a bit less|a little less|much less|way less|not that)"
_TOO = r"(?:too|so|bit too|a bit too|a little too|way too|far too|kinda|a tad too|pretty|quite)"
_IS = r"(?:are|is|was|were|'s|'re|looks?|sounds?|seems?|feels?) (?:all )?(?:an? (?:bit|little|touch|tad|bit too)|kinda|rather|pretty|quite|so|really)"
_NUMBER = r"(?! (?:than|then) (?:the )?['\d]| (?:than|then) (?:\w+ ){0,2}(?:hours?|minutes?|h\b|\d))"
_TABLE: tuple[tuple[Critique, tuple[str, ...]], ...] = (
    ("newer", (rf"newer{_NUMBER}", rf"{_MORE} (?:recent|modern|current|up to date|contemporary|new)", "too (?:old|dated|ancient|old[- ]fashioned|vintage)", f"{_LESS} (?:old|ancient|dated)", rf"{_IS} (?:old|ancient|dated)\b", r"\b(?:are|is|'s|'re) (?:all )?ancient\b", "(?:something|anything|any|sth) (?:recent|modern|current|new)\\b(?! to me)", "more new ones", "older than (?:me|my)")),
    ("older", (rf"\bolder{_NUMBER}(?! (?:than (?:me|my)|brother|sister|kids|people|man|woman|son|daughter))", "too (?:new|recent|modern|current)", f"{_MORE} (?:classic|vintage|old[- ]school|old|retro)", f"{_LESS} (?:new|modern|recent)\\b", "(?:something|anything) (?:old|vintage|old school|from (?:back in the day|way back))")),
    ("shorter", (rf"\bshorter{_NUMBER}", "too long(?! ago)", f"{_LESS} (?:long|lengthy)", rf"{_IS} (?:long|lengthy)\b", "quicker", "(?:something|anything) (?:short|quick)\\b", r"\bshort ones?\b")),
    ("longer", (rf"(?<!no )(?<!not )(?<!any )\blonger{_NUMBER}(?! (?:in|interested|here|want|for me))", "too short", f"{_LESS} short", "(?:something|anything) (?:long|lengthy)\\b", r"\blong ones?\b", r"(?:over|finished|done) too (?:quickly|soon|fast)", "more (?:hours|length)\\b")),
    ("lighter", (r"\b(?:lighter|gentler|softer|milder|sunnier)\b", rf"{_IS} (?:dark|heavy|sad|depressing|grim|bleak|intense|gloomy)\b", "too (?:dark|heavy|sad|depressing|grim|bleak|intense|serious|gloomy|gritty|tense|scary|creepy|disturbing|brutal|grisly|miserable|emotional|morbid)", f"{_LESS} (?:dark|heavy|sad|depressing|grim|bleak|intense|serious|gloomy|gritty|tense|disturbing|brutal|miserable)", f"{_MORE} (?:cheerful|uplifting|upbeat|light|lighthearted|light-hearted|fun|happy)\\b", "happier", "cheerier", "something (?:light|cheerful|uplifting|upbeat|lighthearted|happy)\\b")),
    ("darker", (r"\bdarker", "grimmer", "grittier", "bleaker", "heavier", "edgier", "scarier", "creepier", "meaner", "nastier", "moodier", "more bite", "more (?:dark|intense|serious|gritty|disturbing|brutal|grim|bleak|heavy|sinister|edgy)", "too (?:light|soft|cute|tame|fluffy|cheerful|happy|sweet|sugary|nice|sappy|lighthearted|twee|wholesome)", f"{_LESS} (?:light|cute|tame|fluffy|cheerful|lighthearted|twee|wholesome)", "something (?:dark|heavy|serious)\\b")),
    ("better_known", (r"(?<!too )(?<!less )\b(?:better|more well|well)[- ]?known", f"{_MORE} (?:famous|popular|mainstream|well[- ]known|known)", "too (?:obscure|niche|unknown|indie|artsy|arty)", f"{_LESS} (?:obscure|niche|unknown|artsy|arty)", r"\bmainstream(?! (?:for|stuff for))(?<!less mainstream)(?<!too mainstream)(?<!so mainstream)(?<!a bit mainstream)", "(?:big|bigger) (?:hits?|names?)\\b", "blockbusters?", "(?:the )?big ones", "(?:famous|popular) ones", "(?:ones?|something|anything|films|movies) (?:people|everyone|i)(?:'ve| have)? (?:actually )?(?:heard of|know)", "never heard of (?:any|these|those|most)")),
    ("lesser_known", (r"\b(?:lesser|less)(?: well)?[- ]?known", f"{_LESS} (?:famous|popular|mainstream|well[- ]known|obvious|known)", f"{_MORE} (?:obscure|niche|underrated|unknown|indie|under the radar)", "too (?:mainstream|famous|popular|obvious|well known|known|commercial)", "hidden gems?", "deep cuts?", "under the radar", r"(?<!too )(?<!less )(?<!so )\bobscure\b", "off the beaten", "not the usual", "nobody (?:has )?(?:heard|knows)", "underrated")),
    ("different", ("(?:something|anything|sth|smth|smthg|somthing) (?:completely |totally |entirely |a bit |really |very )?(?:different|else entirely)", "something else(?! like)", "(?:completely|totally|entirely|quite) different", "different (?:genre|kind|type|style|direction|vibe|sort|ones?|films?|movies?|stuff|suggestions?)", "(?:other|another) (?:genre|kind|style|direction|sort of)", "not (?:like|similar to) (?:those|these|that|this|any of)", "(?:opposite|nothing like (?:those|these|that|this|it))", "change of (?:pace|genre|scenery)")),
    ("similar", ("more (?:\\w+ )?like (?:that|those|these|this|it|them|the (?:first|second|third|last|fourth|fifth|1st|2nd))\\b", "(?:same|similar) (?:vibe|mood|kind|style|spirit|vein|sort|type|energy|feel|genre|ones?|films?|movies?|stuff|thing|tone)", "(?:something|anything|any|films?|movies?|others?|ones?|stuff) (?:\\w+ )?(?:similar|like (?:that|those|these|this|it|them)\\b)", "along (?:the same|those|these|similar) lines", "in (?:the same|that|this) vein", "(?:similar|close) to (?:that|those|these|this|it|them|the (?:first|second|third|last))\\b", "keep (?:them|these|it) coming", "more of (?:the same|those|these|that)")),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile("|".join(f"(?:{pattern})" for pattern in patterns))) for name, patterns in _TABLE)
_OFF = re.compile(
    r"\b(?:not|no|isn'?t|aren'?t|don'?t (?:want|need|mind)|nothing|doesn'?t have to be) (?:any(?:thing)? )?(?:too |that |much )?$"
)


class Move(NamedTuple):
    """A change asked for, and where its words stand."""

    name: Critique
    start: int
    end: int


def found(text: str) -> tuple[Move, ...]:
    """Returns the changes that `text` (lowered) asks for in words that have one meaning, each once, in a fixed order."""
    moved = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not _OFF.search(text[: match.start()]) or match[0].startswith(("too", "not", "less")):
                moved.append(Move(name, match.start(), match.end()))
                break
    return tuple(moved)


def moves(text: str) -> tuple[Critique, ...]:
    """Returns the names of the changes that `found` finds."""
    return tuple(move.name for move in found(text))
