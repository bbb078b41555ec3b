"""Years and decades that limit what is wanted: "late 80s or early 90s", "nothing before 2000", "1999 or newer".

The text is read in two steps. Every year and decade becomes one token `<first-last>`, neighbours that form a span
become one token, and then the words around each token say which side of it is meant.
"""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from typing import NamedTuple

from bot.understanding.rules.words import TITLE


class Years(NamedTuple):
    """First and last year allowed, both included; None is open."""

    first: int | None = None
    last: int | None = None


_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fourties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000, "naughties": 2000, "aughts": 2000,
}  # fmt: skip
_TWO = {"00": 2000, "10": 2010} | {str(ten): 1900 + ten for ten in range(20, 100, 10)}
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first": (0, 4), "second": (5, 9)}
_PART_WORDS = {
    "beginning": "early",
    "start": "early",
    "middle": "mid",
    "end": "late",
    "earlier": "early",
    "later": "late",
}

_OWNED = r"(?<!\bmy )(?<!\bhis )(?<!\bher )(?<!\byour )(?<!\btheir )(?<!\bour )(?<!\bin your )"
_DECADE = re.compile(
    rf"{_OWNED}(?<![\d$£€.])(?:"
    r"(?P<four>(?:18|19|20)\d0)(?:'?s|ies|-s|er)\b"
    r"|'?(?P<two>[02-9]0|10)(?:'?s|ies|-s)\b(?! (?:year|old|seconds?))"
    rf"|(?:19 ?|nineteen )?(?P<word>{'|'.join(_DECADES)})\b"
    r"|(?P<four_word>(?:19|20)(?:\d0)) ?'?ies\b"
    r")"
)
_YEAR = re.compile(
    r"(?<![\d$£€.:<])(?P<year>18[89]\d|19\d\d|20[0-4]\d)(?![\d%:]|\.\d|'?s\b| ?(?:min|m\b|people|times|degrees))"
)
_SHORT = re.compile(r"(?<![\w'])'(?P<short>\d\d)\b(?!')")
_SHORT_AFTER = re.compile(
    r"\b(?P<before>(?:since|after|before|pre|post|newer than|older than|from)[ -])(?P<bare>[3-9]\d)\b"
    r"(?! ?(?:min|m\b|h\b|%|percent|years?|people|pm|am|times|films|movies|-|to \d|days|degrees|seconds))"
)
_PART = re.compile(
    r"\b(?P<part>early|mid|middle|late|earlier|later|beginning|start|end|first half|second half)"
    r"(?:[ -]+(?:to|through|or|and|/)?[ -]*(?P<part2>early|mid|middle|late))?"
    r"[ -]*(?:of |in )?(?:the )?<(?P<first>\d+)-(?P<last>\d+)>"
)
_T = r"<(?P<a>\d+)-(?P<b>\d+)>"
_ANY = r"<\d+-\d+>"
_JOINED = re.compile(
    r"<(\d+)-(\d+)>(?P<join> |,? ?(?:-|/|&|,|to|through|thru|until|till|and|or|and/or|up to|into)+ ?(?:the |from the |maybe )*)<(\d+)-(\d+)>"
)
_ENDS = re.compile(r"<(\d{3})\d-\d+> ?- ?'?(\d\d)\b(?!\d| ?(?:min|m\b|h))")

_NOT = r"\b(?:not|no|nothing|none|never|nobody|don'?t|doesn'?t|isn'?t|aren'?t|won'?t|can'?t|hate|avoid|skip|without|dislike|rarely)\b"
_GAP = r"(?: (?!but\b|and\b|so\b)[\w'-]+){0,5}? "
_FILL = r"(?:from |made |in |the |year |say |around |about |like |roughly |,? ?ca\.? |anything )*"
_OLDER = rf"(?:(?:older|earlier|further back) (?:than|then)|before|prior to|predating|pre ?-?|ahead of|<) ?{_FILL}"
_NEWER = rf"(?:(?:newer|later|younger|more (?:recent|modern|current)|fresher) (?:than|then)|after|post ?-?|past|beyond|>) ?{_FILL}"
_STOP = r"(?= ?(?:$|[.,;:!?)\n]|please|pls|plz|but|with|and\b|only|that|if|ideally|maybe|instead|i\b|or so|is fine))"
_ONWARDS = (
    r" ?(?:\+|,? ?(?:or|and|&|/)? ?(?:(?:later|newer|onwards?|upwards?|forwards?|above|beyond|more recent|younger|since then)\b|after\b(?! ?<)"
    rf"|(?:up|on){_STOP})|(?:to|until|till|through) (?:now|today|the present|present|date|this day|nowadays)|at the (?:earliest|oldest)"
    r"|,? ?(?:no|not|nothing) (?:earlier|older)\b(?! than))"
)
_BACKWARDS = r" ?(?:,? ?(?:or|and|&|/) ?(?:earlier|older|before|below|prior)\b(?! ?<)|at the (?:latest|newest)|,? ?(?:no|not|nothing) (?:later|newer)\b(?! than))"

# Which side of the token is meant, the first fitting line decides; `+` lines look at what follows.
_SIDES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), side)
    for pattern, side in (
        (rf"{_NOT}{_GAP}?(?:from )?{_OLDER}{_T}", "since"),
        (rf"{_NOT}{_GAP}?(?:from )?{_NEWER}{_T}", "until"),
        (
            rf"(?:>=|at least|no earlier than|not before|starting|beginning|start(?:s|ed)?) ?(?:in|from|at|with|around)? ?{_FILL}{_T}",
            "since",
        ),
        (rf"\bsince {_FILL}{_T}", "since"),
        (rf"{_T}{_ONWARDS}", "since"),
        (rf"(?:<=|up (?:to|until|till)|until|till|through|no later than|as late as|not past) ?{_FILL}{_T}", "until"),
        (rf"{_T}{_BACKWARDS}", "until"),
        (rf"{_OLDER}{_T}", "before"),
        (rf"{_NEWER}{_T}", "after"),
    )
)

# A year that only says which film, when something happened, or what is not wanted.
_FILM = (
    r"(?:one|1|version|remake|original|adaptation|cut|reboot|edition|movie (?:with|starring)|film (?:with|starring)|"
    + TITLE
    + ")"
)
_IDLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{TITLE} ?,? ?\(?(?:from|of|in|back in|released in|made in)? ?(?:the )?(?:year )?<(?P<y>\d+)-(?P=y)>\)?",
        rf"{TITLE} ?,? ?\(?(?:from|of|in|back in) ?(?:the )?{_T}",
        rf"{TITLE}[\"']? ?(?:,|is|was|which is|,? ?an?|that) (?:such )?an? (?:\w+ )?{_T}",
        rf"\bthe (?:\w+ )?{_T} (?:\w+ )?{_FILM}",
        rf"\b(?:that|the) (?:\w+ )?(?:one|1|original|version|remake|movie|film) (?:from|of|in|made in) (?:the )?{_T}(?! (?:film|movie))",
        rf"(?:it|{TITLE})(?: (?:came|come) out| was (?:made|released)|'s| is| was)(?: back)?(?: from| in)? (?:the )?{_T}",
        rf"\b(?:born|watched|saw|seen|theat(?:er|re)s?|cinemas?|remember|grew up|growing up|raised|was (?:a )?(?:kid|child|teen|young|little)|kid|child|teenager|married|graduated|died|college|school|won|oscars?|released it)(?: (?!and\b|but\b|something|anything|movies|films)[\w{TITLE}']+){{0,3}} (?:in|during|of|from|,|back in) ?(?:the )?(?:summer of )?{_T}",
        rf"\b(?:set|takes? place|taking place|happens|story|life|living|based)(?: back)? (?:in|during) (?:the )?{_T}",
        rf"{_T} ?(?:vibes?|feel(?:ing)?|music|songs?|soundtrack|fashion|style[ds]?|aesthetics?|nostalgia|look|kids?|child|babies|baby|themed?|inspired|setting|hair)\b",
        rf"(?:\b(?:not|no|anything but|except|hate|other than|without|avoid|besides|but not|nothing)(?: from| made in| in)?(?: the)?(?: those| any)?) {_T}",
        rf"{_T} ?(?:words?|people|dollars|points|percent|%|km|miles|calories|sentences|stars)\b",
    )
)
# "from when I was a kid in the 80s" tells what is wanted, though "I was a kid in the 80s" does not.
_FROM_THEN = re.compile(
    r"\bfrom (?:back )?(?:when (?:i|we) (?:was|were) (?:a |an |all |still )?(?:kids?|child(?:ren)?|teens?|teenagers?|young|little|small"
    r"|growing up|(?:at|in) (?:high )?(?:school|college|uni(?:versity)?))|when (?:i|we) grew up|(?:my|our) (?:childhood|youth|teens))"
    r"(?: ?,? ?(?:back )?(?:in|so|like|i mean|during))?\b"
)
_TITLE_ASKED = re.compile(
    r"\b(?:wh(?:at|ich) (?:\w+ )?(?:film|movie)|did you (?:watch|see)|you(?:'ve| have)? (?:watched|seen|liked|loved|enjoyed)|favou?rite)\b"
)
_LIKE = re.compile(
    rf"\b(?:like|about|seen|saw|watch(?:ed)?|loved?|liked?|than|with|called|titled|named|and|thought|the) {_T}"
)
_NOUN = re.compile(
    rf"{_ANY},? (?:[\w-]+ ){{0,2}}(?:movies?|films?|flicks?|pictures?|stuff|releases?|only|ones)\b|\b(?:movies?|films?|flicks?|stuff|comedy|comedies|thrillers?|horror|dramas?|action|romance|westerns?|noir)(?:,| in)? {_ANY}"
)
_GENRE = re.compile(
    rf"{_ANY} (?:[\w-]+ )?(?:comed(?:y|ies)|horrors?|thrillers?|dramas?|action|romances?|romcoms?|westerns?|noirs?|sci-?fi|musicals?|animations?|animated|crime|documentar(?:y|ies)|fantasy|mystery|slashers?|war)\b"
)
_ERA = re.compile(
    r"\b(?:era|decades?|years?|how far back|how (?:old|recent|new)|time period|period|when|older or newer|newer or older|old or new)\b"
)
_BORN = re.compile(
    r"\bborn(?: (?:back )?in|,? (?:that'?s|so|which is|in)|,)* <(\d+)-\d+>|\b(?:birth|birthday|birth year)(?: (?:in|was|is|of))* <(\d+)-\d+>"
    r"|\bthan me\b.{0,12}? (?:i'?m|i am) from <(\d+)-\d+>"
)


def read(text: str, question: str = "") -> Years:
    """Returns the years that `text` allows. `text` is lowered, masked and in digits; `question` is the bot's last turn."""
    tokens = tokenise(text)
    if re.search(r"\bset in\b", question):
        return Years()
    if born := _BORN.search(tokens):
        return _around_birth(tokens, int(next(year for year in born.groups() if year)))
    tokens = _FROM_THEN.sub("from", tokens)
    for idle in _IDLE:
        tokens = idle.sub(lambda match: re.sub(r"<\d+-\d+>", "~", match[0]), tokens)
    first: list[int] = []
    last: list[int] = []
    for pattern, side in _SIDES:
        for match in pattern.finditer(tokens):
            a, b = int(match["a"]), int(match["b"])
            if side in ("since", "after"):
                first.append(a if side == "since" else b + 1)
            else:
                last.append(b if side == "until" else a - 1)
        tokens = pattern.sub(lambda match: re.sub(r"<\d+-\d+>", "~", match[0]), tokens)
    for match in re.finditer(_T, tokens):
        if _is_limit(tokens, match, question):
            first.append(int(match["a"]))
            last.append(int(match["b"]))
    years = Years(min(first) if first else None, max(last) if last else None)
    contradiction = years.first is not None and years.last is not None and years.first > years.last
    return Years() if contradiction else years


def tokenise(text: str) -> str:
    """Returns `text` with each year, decade and span of them written as `<first-last>`."""
    text = re.sub(r"<(?=\d)", "< ", text)
    text = re.sub(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", r"\1 to \2", text)
    text = _SHORT.sub(lambda m: str(_century(int(m["short"]))), text)
    text = _SHORT_AFTER.sub(lambda m: f"{m['before']}{1900 + int(m['bare'])}", text)
    text = _YEAR.sub(lambda m: f"<{m['year']}-{m['year']}>", text)
    text = _DECADE.sub(_decade, text)
    text = re.sub(r"\bbetween (?:the )?(<\d+-\d+>) (?:and|&|to|-) ", r"\1 to ", text)
    text = _ENDS.sub(lambda m: f"<{m[0][1:5]}-{m[1][:2]}{m[2]}>", text)
    text = _PART.sub(_part, text)
    while (joined := _JOINED.sub(_join, text)) != text:
        text = joined
    return text


def _decade(match: re.Match[str]) -> str:
    if match["four"] or match["four_word"]:
        start = int(match["four"] or match["four_word"])
    elif match["two"] == "20" and re.search(r"\b(?:10s|this century|2010s)\b", match.string):
        start = 2020
    else:
        start = _TWO[match["two"]] if match["two"] else _DECADES[match["word"]]
    return f"<{start}-{start + 9}>"


def _century(two: int) -> int:
    return 2000 + two if two < 27 else 1900 + two


def _part(match: re.Match[str]) -> str:
    """Cuts a decade by early (0–3), mid (4–6), late (7–9) and the halves; a year stays whole."""
    start, end = int(match["first"]), int(match["last"])
    if end - start != 9:
        return match[0]
    names = [part.split()[0] for part in (match["part"], match["part2"]) if part]
    cuts = [_PARTS[_PART_WORDS.get(name, name)] for name in names]
    return f"<{start + cuts[0][0]}-{start + cuts[-1][1]}>"


def _join(match: re.Match[str]) -> str:
    """Makes one span of two tokens that go upwards in time; single years in a bare list stay apart."""
    a, b, c, d = (int(match[index]) for index in (1, 2, 4, 5))
    loose = not re.search(r"-|to|through|thru|until|till", match["join"])
    if c < a or (loose and a == b and c == d and c - a > 3) or (loose and "," in match["join"] and c > b + 1):
        return (
            f"<{a}-{b}> ; <{c}-{d}>"
            if c >= a
            else f"<{c}-{d}> ; <{a}-{b}>"
            if not loose
            else f"<{min(a, c)}-{max(b, d)}>"
        )
    return f"<{a}-{d}>"


def _around_birth(tokens: str, year: int) -> Years:
    """Reads "from before my birth in 1991" and "the year I was born, 1987"."""
    if re.search(r"\b(?:before|older than|prior to)\b", tokens):
        return Years(None, year - 1)
    if re.search(r"\b(?:after|since|newer than)\b", tokens):
        return Years(year, None)
    return Years(year, year) if re.search(r"\b(?:that|the|my|birth) ?year\b", tokens) else Years()


def _is_limit(tokens: str, match: re.Match[str], question: str) -> bool:
    """Says whether a token without an operator limits the wish: decades and spans do, a lone year needs a hint."""
    a, b = int(match["a"]), int(match["b"])
    if b > a:
        return True
    if tokens.strip(" .,!?") == match[0]:
        return str(a) not in question and not _TITLE_ASKED.search(question)
    around = tokens[max(0, match.start() - 24) : match.end() + 40]
    if _ERA.search(question) and len(tokens) < 60 and not _LIKE.search(around):
        return True
    if _GENRE.search(around) or _NOUN.search(around):
        return True
    before = tokens[max(0, match.start() - 24) : match.end()]
    return bool(re.search(rf"\b(?:from|in|of|year|circa|around|released|made)(?: the| year)* {_T}$", before))
