"""Numbers in what people say, read by a grammar: years, running times, how many, which of those shown.

Pure functions from text to values. Nothing here guesses: a wording the grammar does not know gives None.
"""

import re
from collections.abc import Iterable

from bot.understanding.rules import count, foreign, reference, runtime, words, years
from bot.understanding.types import Constraints

LIMIT = 2_000
"""Characters that are read; a request hides in the first lines, and the patterns stay fast."""

_CORRECTION = re.compile(
    r"(?:,|\.\.+|-|;|\.)? ?\b(?:no,? sorry|no,? wait|sorry,? i mean|wait,? no|scratch that|nah,?|i mean(?:t)?|or rather"
    r"|correction:?|actually,? (?:make|let'?s)|(?:ok|okay),? (?:let'?s|lets) say|make that|let me rephrase|nope,?"
    r"|oops,?|hmm,? (?:no|actually|make that)),? "
)
# Questions about one film: a year or a length in them limits nothing.
_SUBJECT = (
    rf"(?:it|that|this|he|she|they|those|these|{words.TITLE}"
    r"|the (?:movie|film|first|second|third|last|latter|former|one|\w+ one|new|old|original|remake))"
)
_ABOUT_FILM = re.compile(
    r"^(?:(?:and|but|so|ok|okay|hmm+|oh|wait|hey|cool|well|um|uh|right|also|then),? )*(?:"
    rf"(?:is|was|isn'?t|wasn'?t|does|did|doesn'?t|didn'?t|has|will|would|were|are)(?:n't)? {_SUBJECT}\b"
    r"|(?:is|was|did|does)(?! there\b| hoping\b| looking\b| wondering\b| after\b)"
    rf" [\w'{words.TITLE} ]{{1,40}}"
    r"(?:come out|released|made|longer|shorter|over|under|less|more than|older|newer|from)\b"
    r"|(?:how long|when|what year|which year)\b)"
)


def constraints(text: str, titles: Iterable[tuple[int, int]] = (), question: str = "") -> Constraints:
    """Returns the limits that `text` states in numbers or as a decade.

    `titles` are the spans (start, end) of films named in it, whose numbers are not read ("12 Angry Men").
    `question` is the bot's turn before it, which settles what a bare answer means ("2h", "three", "1975").
    A correction ("from the 80s, no sorry, the 70s") replaces what it corrects.
    """
    plain = words.mask(words.lower(text[:LIMIT]), [(a, b) for a, b in titles if b <= LIMIT])
    asked = words.lower(question)
    first_year = last_year = least = most = many = None
    for part in _CORRECTION.split(words.digits(foreign.english(plain))):
        limiting = _limiting(part)
        when = years.read(limiting, asked)
        long = runtime.read(limiting, asked)
        number = count.read(part, asked)
        if when != years.Years():
            first_year, last_year = when
        if long != runtime.Minutes():
            least, most = long
        many = number or many
    return Constraints(first_year, last_year, least, most, many)


def place(text: str, titles: Iterable[tuple[int, int]] = (), shown: int = 0) -> int | None:
    """Returns which of the shown films an ordinal or number names (1 the first, -1 the last), or None."""
    plain = words.mask(words.lower(text[:LIMIT]), [(a, b) for a, b in titles if b <= LIMIT])
    return reference.read(foreign.english(plain).strip(), shown)


def _limiting(text: str) -> str:
    """Returns `text` without the sentences that ask about one film."""
    sentences = re.split(r"(?<=[.?!;\n])(?<!\d\.) ", text)
    return " ".join(sentence for sentence in sentences if not _ABOUT_FILM.match(sentence.strip()))
