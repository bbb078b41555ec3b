"""Who is in the room: "just for me", "with Ann tonight", "forget about my wife", "what does she like?". Pure."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.people.holders import EVERYONE, ME, Naming, role_of

GatheringKind = Literal["only", "without", "join", "forget", "show"]


_IDLE = re.compile(
    r"\b(?:ok|okay|now|please|this time|again|tonight|today|actually|well|so|and|but|then|too|after all|never mind|movies?|films?|it['’]?s|its)\b|[吧了呢吗好那就请今晚这次]|\W",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is asked for, and of whom. `bare`: the utterance says nothing else."""

    kind: GatheringKind
    holders: tuple[str, ...]
    bare: bool = True


def gathering(utterance: str, known: Sequence[str], speaker: str = ME) -> Gathering | None:
    """Returns what an utterance does about the company, or None. `known` are the people whose taste is known.

    Of people by name only those known are meant: "what do you know about Ann Dowd?" asks about an actress.
    """
    naming = Naming(known, speaker)
    for kind, pattern in _patterns(naming):
        for match in re.finditer(pattern, utterance):
            groups = match.groupdict()
            if groups.get("us"):
                holders: tuple[str, ...] = (EVERYONE,)
            elif groups.get("she"):
                word = groups["she"].lower()
                pronoun = {"她": "she", "他": "he", "her": "she", "him": "he", "them": "they"}.get(word, word)
                meant = naming.meant_by(pronoun)
                holders = () if meant is None else (meant,)
            else:
                holders = naming.holders(groups["some"])
            holders = tuple(h for h in holders if h in (ME, speaker, EVERYONE) or role_of(h) or h in known)
            if kind in ("forget", "show", "without"):
                holders = tuple(h for h in holders if h not in (ME, speaker, EVERYONE))
            if holders:
                rest = _IDLE.sub("", utterance[: match.start()] + utterance[match.end() :])
                return Gathering(kind, holders, bare=not rest or kind in ("forget", "show"))
    return None


def _patterns(naming: Naming) -> tuple[tuple[GatheringKind, str], ...]:
    some = rf"(?P<some>{naming.some})"
    one_zh = naming.some_zh
    some_zh = rf"(?P<some>{one_zh}(?:[和跟与、]{one_zh})*)"
    she = r"(?P<she>\b(?i:she|he|they|her|him|them)\b|[她他]们?)"
    whose = r"(?:['’]s?)?"
    return (
        ("forget", rf"(?i:\b(?:forget|remove|delete|drop|erase|clear|ignore|reset)\b(?: (?:about|all (?:about|of)|everything (?:about|of)|what you know (?:about|of)|the (?:tastes?|preferences?|likes) of))?\s+){some}{whose}(?i:\s*(?:tastes?|preferences?|likes|likes and dislikes|profile|wishes|stuff)?)\s*(?:for now|please|again)?[.!?]*\s*$"),
        ("forget", rf"(?:忘[掉了记]|删[掉除]?|去掉|清除)(?:关于)?{some_zh}(?:的.*)?$"),
        ("show", rf"(?i:\bwhat (?:do|did|have) you (?:know|remember|learnt?|have|stored?|got)(?: (?:about|of|on|for))?\s+)(?:{some}|{she}){whose}(?i: (?:tastes?|preferences?|likes))?\s*[.!?]*\s*$"),
        ("show", rf"(?i:\bwhat (?:does|do|did)\s+)(?:{some}|{she})(?i:\s+(?:like|love|hate|dislike|enjoy|want|prefer|think of films)\b)[\w ]*[.!?]*\s*$"),
        ("show", rf"(?i:\b(?:what (?:is|are)|what['’]s|show me|tell me|list)\s+){some}['’]s? (?i:tastes?|preferences?|likes|dislikes|profile)"),
        ("show", rf"(?:你)?(?:知道|了解|记得)(?:.{{0,4}})(?:{some_zh}|{she})(?:的|喜欢|什么|吗|口味)"),
        ("show", rf"^(?:{some_zh}|{she})(?:都)?(?:喜欢|讨厌|不喜欢|想看)(?:什么|哪些|啥)"),
        ("only", rf"(?i:\b(?:just|only)(?: for)?\s+){some}(?i:\s+(?:alone|tonight|today|now|this time|please|watching))?\s*(?:[.,!?;]|$)"),
        ("only", rf"(?i:\b(?:something|anything|(?:a|an|some|any|one|what|which) ?(?:\w+ )?(?:films?|movies?|books?|games?)?|one|what)(?: (?:that|which))?\s+)(?!I\b){some}(?i:\s*(?:would|might|will|could|['’]d|['’]ll) (?:really |also |actually |probably )?(?:like|love|enjoy|appreciate|be into)\b)"),
        ("only", rf"(?i:\b(?:what|which)(?: (?:other|kind of))?(?: \w+)? (?:would|might|will)\s+)(?!I\b){some}(?i:\s+(?:really |also |probably )?(?:like|love|enjoy|appreciate)\b)(?!(?i:.*\b(?:best|more|most)\b))"),
        ("only", rf"{some_zh}会(?:喜欢|爱)(?:看)?(?:的|什么)"),
        ("only", rf"(?i:\bfor\s+)(?P<some>{naming.or_me})(?i:\s+(?:alone|only)\b)"),
        ("only", rf"(?i:\b(?:it['’]?s|i['’]?m|we['’]?re) (?:just|only)\s+){some}"),
        ("only", r"(?i:\b(?P<some>I|me|myself)\b['’]?m? (?:am )?(?:alone|on my own|by myself)\b)"),
        ("only", rf"(?:只给|就给|单给|光给|就){some_zh}(?:一个人|自己|一人)?(?:推荐|看|找)?"),
        ("only", r"(?P<some>我)(?:一个人|自己|一人)(?:看|推荐)"),
        ("without", rf"(?i:\b(?:without|leave out|never mind|not for|except)\s+){some}(?:\s*$|[,.!]|(?i:\s+(?:this time|tonight|today)))"),
        ("without", rf"{some}\s+(?i:(?:(?:is|are|am|['’]s|['’]re)(?:n['’]?t| not)|wo(?:n['’]?t| not) be|(?:is|are|has|have) (?:left|gone|out|asleep|in bed|off|away)|(?:can['’]?t|cannot) (?:make it|come|join))(?:\s+(?:joining|coming|watching|here|with (?:me|us)|home|there|in))?)(?=\W|$)"),
        ("without", rf"(?:不用管|不管|别管|不算|除了){some_zh}"),
        ("join", r"(?i:\b(?:for|with|please) (?P<us>(?:the )?(?:both|two|three|four|all) of us|everyone|everybody|us (?:all|both))\b)"),
        ("join", rf"(?i:\b(?:with|joined by|along with|together with)\s+){some}(?=\s*(?i:tonight|today|again|this evening|too|now|and me|please)?\s*(?:[.,!?;]|$))"),
        ("join", rf"(?i:\b(?:for|suits?|please)\s+){some}(?=\s*(?i:tonight|today|again|this evening|too|now|please)?\s*(?:[.,!?;]|$))"),
        ("join", rf"{some}\s+(?i:(?:is|are|['’]s|['’]re|will be) (?:joining|coming|watching|here|back|with (?:me|us)|there)|joins\b)"),
        ("join", rf"(?:和|跟|陪){some_zh}(?:一起|看|想)"),
        ("join", rf"(?:给|为){some_zh}(?:推荐|找|挑|选)"),
    )  # fmt: skip
