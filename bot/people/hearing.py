"""For whom each stretch of an utterance speaks: a small grammar of subjects, verbs of taste and "for …". Pure.

"My wife hates violence, I love thrillers" is a stretch of the wife's and one of the speaker's.
"""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.people.holders import EVERYONE, Naming
from bot.understanding.types import Attitude

_NOT = r"(?:(?:do|does|did|would|wo|is|are|was|were)(?:n['’]?t| not)|never)"
_BE = r"(?:is|are|am|was|were|['’]s|['’]re|['’]m|gets?)"
_FAN = r"(?:(?:a |an )?(?:real |big |huge |great |massive )?fans? of|into|fond of|keen on|crazy about|mad about|obsessed with|partial to|interested in)"
_MUCH = r"(?:really |very |so |too |that |totally |absolutely |all that |much |such |quite |particularly |even |ever |also |always |usually )*"
_FAVOURITE = r"['’]?s?['’]? (?:all[- ]time |absolute )?favou?rites?(?: \w+)?(?: of all time)? (?:is|are|was|were)"
_VERBS: tuple[tuple[Attitude | None, str], ...] = (
    ("about", rf"{_NOT} {_MUCH}mind\b|{_BE} {_MUCH}(?:fine|ok|okay|cool|happy) with\b"),
    (
        "avoid",
        rf"{_NOT} {_MUCH}(?:want|need|wish)\b|needs? no\b|ca(?:n['’]?t|nnot|n not) (?:do|handle|deal with|watch|see|take|stomach)",
    ),
    ("dislike", rf"{_NOT} {_MUCH}(?:like|enjoy|love|care for|care about|watch|go for|appreciate|dig|see)\b"),
    ("dislike", rf"(?:{_BE} not|{_BE}n['’]?t|ai(?:n['’]?t)) {_MUCH}{_FAN}\b"),
    (
        "dislike",
        r"hate[sd]?\b|dislike[sd]?\b|detests?\b|loathes?\b|despises?\b|ca(?:n['’]?t|nnot|n not) (?:\w+ )?(?:stand|bear|abide)|refuses? to watch|avoids?\b|minds?\b",
    ),
    (
        "dislike",
        rf"{_BE} {_MUCH}(?:scared of|afraid of|terrified of|tired of|sick of|bored (?:of|by|with)|done with|allergic to|put off by|scared by)",
    ),
    ("seen", r"(?:has|have|['’]s|['’]ve) (?:already |just )?(?:seen|watched)\b|already (?:saw|watched)\b"),
    (
        "want",
        rf"wants?\b|wanted\b|would {_MUCH}(?:love|like|rather|prefer|go for)|['’]d {_MUCH}(?:love|like|rather|prefer|go for)|needs?\b|feels? like\b|{_BE} {_MUCH}(?:in the mood for|up for|craving|looking for)|fanc(?:y|ies)\b|votes? for|asks? for|asked for|insists? on|wish(?:es)? for",
    ),
    ("like", rf"love[sd]?\b|like[sd]?\b|adore[sd]?\b|enjoy(?:s|ed)?\b|digs?\b|prefers?\b|{_BE} {_MUCH}{_FAN}\b"),
)
_VERBS_ZH: tuple[tuple[Attitude | None, str], ...] = (
    ("dislike", "不太?喜欢|不怎么喜欢|不爱看?|讨厌|受不了|最?怕|害怕|恨|反感|烦"),
    ("avoid", "不想看?|不要|别看|不能看"),
    ("seen", "(?:已经)?看过"),
    ("want", "想要?看?|要看?"),
    ("like", "喜欢看?|爱看?|最爱|迷"),
)
_PARTS = "|".join(f"(?P<v{place}>{words})" for place, (_, words) in enumerate(_VERBS))
_PARTS_ZH = "|".join(f"(?P<v{place}>{words})" for place, (_, words) in enumerate(_VERBS_ZH))
_ADVERBS = r"(?:\s+(?:really|absolutely|totally|also|just|always|usually|only|both|all|kind of|sort of|rather|actually|truly|especially|do|does|particularly|still|simply|too|then|,? ?on the other hand,?|however))*"
_ALL_OF_US = (
    r"\b(?i:we(?: (?:both|all|two|three))?|both of us|all of us|the (?:two|three) of us|everyone|everybody|each of us)"
)
_ALL_ZH = "我们(?:两个?|俩|都|大家)*|咱们?俩?都?|大家都?"
_ENDS = re.compile(r"[.;!?\n。；！？]+(?:\s|$)?")
_ASKS = re.compile(
    r"(?:[,，]|\b(?:so|and|but|then)\b|[—–])\s*(?=(?:(?:so|then|and|please|can|could|would|what|which|any|do you|find|give|show|recommend|suggest|let['’]?s|something|anything|ideally|preferably|maybe|make it|under|not? (?:longer|more))\b)|(?=(?:推荐|有什么|给我们|来|找|最好|不要|别))|(?=(?:我们|咱们)))",
    re.IGNORECASE,
)  # fmt: skip
_THAT = re.compile(
    r"^\s*(?:(?:them|it|that|those|these|either|neither|too|as well|this|so|(?:that|those) (?:kind|sort|one)s?)\b)?\W*$",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:[,;:.!?—–，。；：！？]|\b(?:and|but|while|whereas|so|because|since|though|although|yet|then|plus)\b|但|而|不过|可)\s*$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b([A-Z][\w'’-]+)\s$")
_BEFORE_NAMES = frozenset(
    ("And", "But", "While", "Whereas", "So", "Because", "Since", "Then", "Plus", "My", "Also", "Both")
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an utterance and the people it speaks for. `named` is where they are named, start and end.

    `attitude` is what its verb says. `again`: it takes up what was named just before ("Bob can't stand them").
    """

    start: int
    end: int
    holders: tuple[str, ...]
    attitude: Attitude | None
    named: tuple[int, int]
    again: bool = False


def stretches(utterance: str, naming: Naming, taken: Sequence[tuple[int, int]] = ()) -> tuple[Stretch, ...]:
    """Returns the stretches that speak for somebody, in order; what lies between them is the speaker's own.

    `taken` are the places of titles and full names: nobody of this company is named there.
    """
    said: list[Stretch] = []
    for stretch in sorted([*_subjects(utterance, naming, taken), *_echoes(utterance, naming)], key=lambda s: s.start):
        if said and stretch.start < said[-1].named[1]:
            continue
        said.append(stretch)
    said = _ended(said, utterance)
    return tuple(sorted([*said, *_for_somebody(utterance, naming, said, taken)], key=lambda s: s.start))


def _subjects(utterance: str, naming: Naming, taken: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """Yields a stretch from each subject of a verb of taste to the end of the utterance."""
    english = re.compile(
        rf"(?:(?P<all>{_ALL_OF_US})|(?P<pronoun>\b(?i:she|he|they)\b)|(?P<some>{naming.some}))"
        rf"(?:(?P<favourite>{_FAVOURITE})|(?i:{_ADVERBS})(?:\s+|(?=['’]))(?i:(?:{_PARTS})))"
    )
    for match in english.finditer(utterance):
        holders, place = _of_match(match, naming, utterance, taken)
        if holders:
            naming.spoken_of(holders)
            attitude = "like" if match["favourite"] else _attitude(match, _VERBS)
            yield Stretch(place[0], match.end(), holders, attitude, place)
    one = naming.some_zh
    chinese = re.compile(
        rf"(?:(?P<all>{_ALL_ZH})|(?P<some>{one}(?:[和跟与、]{one})*)|(?P<pronoun>[她他它]们?))"
        rf"(?:[也都很最就却倒真更比较特别非常其实一直从来有点不太超级]*?)(?:{_PARTS_ZH})"
    )
    for match in chinese.finditer(utterance):
        holders, place = _of_match(match, naming, utterance, taken)
        if holders:
            naming.spoken_of(holders)
            yield Stretch(place[0], match.end(), holders, _attitude(match, _VERBS_ZH), place)


def _of_match(
    match: re.Match[str], naming: Naming, utterance: str, taken: Sequence[tuple[int, int]]
) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Returns the people who are the subject of a verb, () for nobody of this company, and where they are named."""
    if match["all"]:
        return (EVERYONE,), match.span("all")
    if match["pronoun"]:
        naming.spoken_of(naming.by_role(utterance[: match.start()]))
        word = match["pronoun"].lower()
        pronoun = {"她": "she", "他": "he"}.get(word, "they" if word.endswith("们") else word)
        meant = naming.meant_by(pronoun)
        return ((meant,) if meant is not None else ()), match.span("pronoun")
    begin, end = match.span("some")
    inside = [stop for start, stop in taken if start < end and stop > begin]
    begin = max([begin, *inside])  # "Heat and my wife": a title is no subject
    words = utterance[begin:end]
    before = _CAPITAL.search(utterance[:begin])
    first = re.match(r"\W*(?:both )?(\w+)", words)
    called = first is not None and first.group(1)[0].isupper() and first.group(1) not in ("I", "My", "Our", "The")
    if called and before and before.group(1) not in _BEFORE_NAMES:
        return (), (begin, end)  # "Quentin Tarantino loves": nobody of this company
    if words in ("I", "i") and begin and not _LISTS.search(utterance[:begin]):
        return (), (begin, end)  # "the film I hate" begins nothing
    return naming.holders(words), (begin, end)


def _attitude(match: re.Match[str], verbs: Sequence[tuple[Attitude | None, str]]) -> Attitude | None:
    return next((attitude for place, (attitude, _) in enumerate(verbs) if match[f"v{place}"]), None)


def _echoes(utterance: str, naming: Naming) -> Iterator[Stretch]:
    """Yields "so does my wife", "my wife too": the same as was said just before."""
    some = naming.some
    forms = (
        rf"(?i:\b(?:so|neither|nor) (?:does|do|is|are|did|would|can))\s+(?P<some>{some})",
        rf"(?P<some>{some})\s+(?i:(?:does|do|is|are|did|would) too|too|as well)\b",
        rf"(?i:\b(?:same|likewise) (?:for|with|goes for))\s+(?P<some>{some})",
        rf"(?P<some>{naming.some_zh})(?:也是|也一样|也这样)",
    )
    for form in forms:
        for match in re.finditer(form, utterance):
            holders = naming.holders(match["some"])
            if holders:
                yield Stretch(match.start(), match.end(), holders, None, match.span("some"), again=True)
    for match in re.finditer(
        rf"(?P<some>{some})\s+(?i:(?:do|does|am|is|are)(?P<no>n['’]?t|\s+not)?)(?=\W*$|[,.;!])", utterance
    ):
        holders = naming.holders(match["some"])
        if holders:
            attitude: Attitude = "dislike" if match["no"] else "like"
            yield Stretch(match.start(), match.end(), holders, attitude, match.span("some"), again=True)
    for match in re.finditer(r"\b(?i:mine) (?:is|are)\b", utterance):
        yield Stretch(match.start(), match.end(), (naming.speaker,), "like", match.span())


def _ended(said: Sequence[Stretch], utterance: str) -> list[Stretch]:
    """Returns the stretches, each ended by the next one, by its sentence, or by a request to all ("so, something …")."""
    ended = []
    for place, stretch in enumerate(said):
        nexts = said[place + 1].start if place + 1 < len(said) else len(utterance)
        verb = stretch.end
        stops = [nexts, *(found.start() for pattern in (_ENDS, _ASKS) if (found := pattern.search(utterance, verb)))]
        end = max(min(stops), verb)
        rest = re.sub(r"\b(?:and|but|while|whereas|so|because)\s*$", "", utterance[verb:end].rstrip(" ,，;"))
        bare = bool(_THAT.match(rest)) and bool(said[:place] or verb > stretch.named[1])
        ended.append(replace(stretch, end=end, again=stretch.again or bare))
    return ended


def _for_somebody(
    utterance: str, naming: Naming, said: Sequence[Stretch], taken: Sequence[tuple[int, int]]
) -> Iterator[Stretch]:
    """Yields "no horror for my wife": the piece of a sentence before (or after) the people it is for."""
    pattern = re.compile(
        rf"(?i:\b(?:for|because of|on account of|thanks to)\s+|(?P<is>\bis )(?=.*favou?rite))(?P<some>{naming.some})(?P<own>['’]s?\s+(?i:favou?rites?)\b)?|"
        rf"(?:给|为|替|因为)(?P<some_zh>{naming.some_zh}(?:[和跟与、]{naming.some_zh})*)"
    )
    done = 0
    for match in pattern.finditer(utterance):
        named = match.span("some" if match["some"] else "some_zh")
        holders = naming.holders(match["some"] or match["some_zh"])
        inside = any(s.start <= match.start() < s.end for s in said) or any(a <= named[0] < b for a, b in taken)
        if inside or not holders or (match["is"] and not match["own"]):
            continue
        bounds = [done, *(s.end for s in said if s.end <= match.start())]
        bounds += [cut.end() for cut in re.finditer(r"[,.;!?，。；！？]|\b(?:but|so)\b", utterance[: match.start()])]
        start = max(bounds)
        end = match.end()
        if not re.sub(r"\b(?:and|but|so|then)\b|\W", "", utterance[start : match.start()]):
            cut = re.search(r"[,.;!?，。；！？]|\band for\b", utterance[end + 1 :])
            end = end + 1 + cut.start() if cut else len(utterance)
        done = end
        if set(holders) > {naming.speaker} or naming.speaker not in holders:
            yield Stretch(start, end, holders, "like" if match["own"] else None, named)
