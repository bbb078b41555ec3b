"""Running times: "under two hours", "90 minutes tops", "between 80 and 95 min", "I only have an hour and a half"."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from functools import partial
from typing import NamedTuple


class Minutes(NamedTuple):
    """Least and most minutes allowed, both included; None is open."""

    least: int | None = None
    most: int | None = None


_N = r"(\d+(?:[.,]\d+)?)"
_HOUR = r"(?:hours?|hrs?|h)\b"
_MIN = r"(?:minutes?|mins?|minuets|minutos|min)\b"
_AND = r" ?(?:and|&|,|n|\+)? ?"
_TOKENS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            rf"\b(\d)(?:[ -]?{_HOUR})?(?: and|,)? (?:a|1) quarter(?:[ -]{_HOUR})?(?! (?:of|to|past|life|century)\b)",
            "quarter past",
        ),
        (rf"\b(\d)(?:[ -]?{_HOUR})?(?: and|,)? (?:3|three)[ -]quarters?(?:[ -]{_HOUR})?(?! of\b)", "quarter to"),
        (r"\b(?:an|a) hour(?: and|,)? (?:a|1) quarter\b", "quarter past 1"),
        (r"\b(?:an|a) hour(?: and|,)? (?:3|three)[ -]quarters?\b", "quarter to 2"),
        (r"\b(?:3|three)[ -]quarters of an hour\b", "45"),
        (rf"\b(?:an|1) hour or 2\b|\b1 or 2 {_HOUR}", "two"),
        (rf"\b(\d)(?: ?(?:1/2|½)| and (?:a|1) half)[ -]?{_HOUR}", "halves"),
        (rf"(?<![\d.]){_N}[ -]?{_HOUR}{_AND}(?:a half\b|1/2|half\b)", "halves"),
        (rf"\b(?:an? |1 )?hour{_AND}a half\b", "ninety"),
        (rf"(?<![\d.]){_N}[ -]?{_HOUR}{_AND}(\d{{1,2}}) ?(?:{_MIN}|m\b)", "both"),
        (r"(?<![\d.])(\d) ?(?:h|hr|hrs) ?(\d\d)\b(?!')", "both"),
        (r"\b(?:an|1) hour (?:and )?(\d\d)\b(?! ?(?:min|s\b|'s))", "hour and"),
        (rf"\b(?:an|a|1)? ?hour{_AND}(\d{{1,2}}) ?{_MIN}", "hour and"),
        (r"(?<![\d.:])([1-4]):([0-5]\d)(?: ?(?:h|hrs?|hours?))?\b(?! ?(?:am|pm))", "both"),
        (rf"\b(?:a )?couple(?: of)? {_HOUR}", "two"),
        (rf"(?<![\d.]){_N}[ -]?{_HOUR}", "hours"),
        (rf"(?<![\d.]){_N}(?:ish)?[ -]?{_MIN}", "minutes"),
        (r"(?<![\d.$£€])(\d{2,3})m\b", "minutes"),
        (r"\bhalf an hour\b", "thirty"),
        (r"\b(?:an|a|1) hour\b", "sixty"),
    )
)
_RANGE_NUMBERS = re.compile(rf"(?<![\d.]){_N} ?(?:-|to|and|or) ?{_N}([ -]?(?:{_HOUR}|{_MIN}))")
_M = r"\{(?P<m>\d+)\}"
_FILL = r"(?:about |around |like |say |maybe |roughly |approximately |exactly |ca\.? |of |is |the |a |an |just |only |~ ?|are )*"
_NOT = r"\b(?:not|no|nothing|none|never|don'?t|doesn'?t|isn'?t|aren'?t|won'?t|can'?t|cannot|hate|dislike|avoid|skip|without|refuse|rarely)\b"
_GAP = r"(?: (?!but\b|and\b|so\b|if\b)[\w'-]+){0,5}? "
_MORE = (
    rf"(?:over|more (?:than|then)|long(?:er)? (?:than|then)|above|past|beyond|exceed(?:s|ing)?|upwards of|>) ?{_FILL}"
)
_LESS = rf"(?:under|less (?:than|then)|short(?:er)? (?:than|then)|below|beneath|inside|<) ?{_FILL}"
_SIDES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), side)
    for pattern, side in (
        (
            rf"(?:between |from )?{_FILL}\{{(?P<a>\d+)\}} ?(?:-|to|and|up to|till|until) ?{_FILL}\{{(?P<b>\d+)\}}",
            "range",
        ),
        (rf"{_NOT}{_GAP}?{_MORE}{_M}", "most"),
        (rf"{_NOT}{_GAP}?{_LESS}{_M}", "least"),
        (
            rf"{_MORE}{_M}[^.;]{{0,20}}?(?:too (?:long|much)|no go|is out|is a no|bores?|no thanks|lose me|fall asleep|i'?m out|kills? me|won'?t (?:finish|watch|make|sit))",
            "most",
        ),
        (rf"\bsub ?-?{_M}", "most"),
        (rf"{_LESS}{_M}[^.;]{{0,20}}?(?:too short|is a no|no thanks)", "least"),
        (rf"(?:at least|min(?:imum)?\b:?|no (?:less|shorter)(?: than)?|>=) ?{_FILL}{_M}", "least"),
        (
            rf"(?:at (?:the )?(?:most|max)|max(?:imum)?\b:?|up to|within|no (?:more|longer)(?: than)?|<=|limit(?:ed)?(?: of| to| is)?|cap(?:ped)?(?: of| at)?|fits? (?:in|into)(?: to)?|done (?:in|within)|stick to|keep it (?:to|at)|tops?:?) ?{_FILL}{_M}",
            "most",
        ),
        (
            rf"{_M} ?(?:\+|,? ?(?:or|and|&) (?:more|longer|up|over|above|upwards)\b|minimum|min\b|at (?:the )?least|plus\b)",
            "least",
        ),
        (
            rf"{_M}(?: long)? ?,? ?(?:tops\b|max(?:imum)?\b|at (?:the )?(?:very )?most|at (?:the )?max|(?:or|and|&) (?:less|under|shorter|below|so)\b|limit\b|if possible|at the longest|or thereabouts)",
            "most",
        ),
        (rf"{_M} ?,? ?(?:no|not|nothing) longer\b", "most"),
        (rf"{_MORE}{_M}", "least"),
        (rf"{_LESS}{_M}", "most"),
        (
            rf"\b(?:i|we|she|he|they|you)(?:'ve|'ll| have|ve)?(?: only| just| still)?(?: have| got| has| gotta?)? ?(?:only |just )?(?:have|got|had|has|can spare|can do|can only do) ?{_FILL}{_M}(?! ago)",
            "most",
        ),
        (rf"\b(?:got|have|time for|there'?s) {_FILL}{_M}(?! ago| left of| into)", "most"),
        (
            rf"{_M} ?(?:to (?:spare|kill|fill|myself|burn)|free\b|tonight\b|before (?:bed|my|i|we|the)|left before|until (?:my|the|bed)|till (?:my|the|bed))",
            "most",
        ),
        (
            rf"\b(?:attention|focus|patience|concentrat\w+|sit (?:still|through)|stay awake|interest|(?<!fell )(?<!dozed )asleep)\b[^.;]{{0,28}}{_M}",
            "most",
        ),
        (
            rf"\b(?:a|an|good|nice|short|quick|some|any|only|about|around|roughly|for) {_FILL}{_M} ?(?:long )?(?:[\w-]+ ){{0,2}}(?:movies?|films?|flicks?|comed(?:y|ies)|thrillers?|horror|drama|documentar(?:y|ies)|romance|ones?)\b",
            "most",
        ),
        (
            rf"\b(?:something|anything|movie|film|one|thing)(?: that'?s| that is| of)? (?:about|around|roughly|approximately|like) {_FILL}{_M}",
            "most",
        ),
    )
)
_WISH = re.compile(
    r"\b(?:as long as|if|provided|make sure|only|unless|hope|prefer\w*|ideally|something|anything|want|need|looking for|that|which|one|1)\b"
)
_SUBJECT = re.compile(
    rf"\b[\w□]+ (?:is|was|runs|ran|lasts|lasted) (?:like |about |almost |nearly |way |well |actually |only |just |still )*(?:{_MORE}|{_LESS}|at least ){_M}"
)
# Said of one film, of a moment or of a habit, not of what is wanted.
_ABOUT = re.compile(
    rf"(?:\b(?:it|that|this|which)(?:'?s| is| was| runs| ran| lasts| lasted| went)|\b(?:movie|film|one|1)(?:'s| is| was| runs| ran| lasts)|□ ?(?:is|was|'s|runs|ran|lasts)) ?"
    rf"(?:like |about |almost |nearly |way |well |actually |only |just |still )*(?:{_MORE}|{_LESS}|at least )?{_M}"
)
_WANTED = re.compile(
    r"(?:as long as|if|provided|make sure|only if|unless|when|hope|prefer\w*|ideally|that|something|anything|film|movie|one|1|thing|which)[ ,]*$"
)
_MOMENT = re.compile(
    rf"\b(?:after|for|first|last|final|in|another|every|of|spent|wait(?:ed)?|the) (?:about |the |only |just )?{_M} ?(?:of|in|into|ago|later|i\b|it\b|was|were|is|felt|mark)|\{{\d+\}} (?:ago|in\b(?! total)|into|later|of my life|drive|flight)\b|\{{\d+\}} (?:long )?(?:flight|drive|shift|train|bus|ride|trip|journey|day|week|sleep|nap|commute|marathon|walk|class|meeting)|\b(?:remove|removed|disregard|drop|dropped|forget|lift|lifted|delete|lose|ignore|without) (?:the|my|that|this) \{{\d+\}}"
)
_BARE = re.compile(r"\W*(?:about |around |maybe |roughly )?\{\d+\}(?: ?(?:please|pls|or so))?[^\w?]*")
_LENGTH = re.compile(
    r"\b(?:how long|how much time|length|long (?:movies?|films?)|time (?:do|have)|running time|runtime|how short|hours|minutes)\b"
)


def read(text: str, question: str = "") -> Minutes:
    """Returns the minutes that `text` allows. `text` is lowered, masked and in digits; `question` is the bot's last turn."""
    tokens = _drop_described(tokenise(text))
    least: list[int] = []
    most: list[int] = []
    for pattern, side in _SIDES:
        for match in pattern.finditer(tokens):
            if side == "range":
                low, high = sorted((int(match["a"]), int(match["b"])))
                least.append(low)
                most.append(high)
            else:
                (least if side == "least" else most).append(int(match["m"]))
        tokens = pattern.sub(lambda match: re.sub(r"\{\d+\}", "~", match[0]), tokens)
    if not least and not most and (_LENGTH.search(question) or _BARE.fullmatch(tokens)):
        most += _answer(tokens)
    low_limit, high_limit = (max(least) if least else None), (min(most) if most else None)
    if low_limit is not None and high_limit is not None and low_limit > high_limit:
        return Minutes()
    return Minutes(low_limit, high_limit)


def tokenise(text: str) -> str:
    """Returns `text` with each duration written as `{minutes}`."""
    text = _RANGE_NUMBERS.sub(lambda m: f"{m[1]}{m[3]} to {m[2]}{m[3]}", text)
    for pattern, kind in _TOKENS:
        text = pattern.sub(partial(_token, kind), text)
    return text


def _token(kind: str, match: re.Match[str]) -> str:
    fixed = {"two": 120, "ninety": 90, "thirty": 30, "sixty": 60, "quarter past 1": 75, "quarter to 2": 105, "45": 45}
    if kind in fixed:
        return f"{{{fixed[kind]}}}"
    number = float(match[1].replace(",", "."))
    minutes = {
        "halves": lambda: number * 60 + 30,
        "quarter past": lambda: number * 60 + 15,
        "quarter to": lambda: number * 60 + 45,
        "hours": lambda: number * 60,
        "minutes": lambda: number,
        "hour and": lambda: 60 + number,
        "both": lambda: number * 60 + int(match[2]),
    }[kind]()
    return f"{{{round(minutes)}}}" if 0 < minutes < 1000 else "~"


def _drop_described(tokens: str) -> str:
    """Takes away durations that describe one film ("it was over three hours") or a moment ("after 20 minutes")."""

    def drop(match: re.Match[str]) -> str:
        wanted = _WANTED.search(tokens[: match.start()])
        return match[0] if wanted else re.sub(r"\{\d+\}", "~", match[0])

    def drop_stated(match: re.Match[str]) -> str:
        wished = _WISH.search(re.split(r"[.,;!?]", tokens[: match.end()])[-1])
        return match[0] if wished else re.sub(r"\{\d+\}", "~", match[0])

    tokens = _ABOUT.sub(drop, tokens)
    tokens = _SUBJECT.sub(drop_stated, tokens)
    return _MOMENT.sub(lambda match: re.sub(r"\{\d+\}", "~", match[0]), tokens)


def _answer(tokens: str) -> list[int]:
    """Returns the minutes of a bare answer to "how long?": "2h", "an hour and a half", "90"."""
    said = [int(found) for found in re.findall(r"\{(\d+)\}", tokens)]
    bare = re.fullmatch(r"\D*\b(\d{2,3})\b\D*", tokens) if not said and len(tokens) < 30 else None
    return said or ([int(bare[1])] if bare and 30 <= int(bare[1]) <= 300 else [])
