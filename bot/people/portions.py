"""An utterance shared out among the people it speaks for: to each their own words and what they mean. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.people.hearing import Stretch, stretches
from bot.people.holders import EVERYONE, ME, Naming
from bot.understanding.types import Attitude, Mention, Understanding

_OPPOSITE: dict[Attitude, Attitude] = {"like": "dislike", "want": "avoid", "dislike": "like", "avoid": "like"}

# What ends the reach of a verb: "she hates horror, but loves comedies".
_TURNS = re.compile(r"[,;:，；：]|\b(?:but|and|yet|though|except|only|not|unless|without)\b|但|不过|只", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Portion:
    """What one person holds of an utterance. `utterance` has the words of others blanked out, place by place."""

    holder: str
    understanding: Understanding
    utterance: str


def portions(
    understanding: Understanding, utterance: str, present: Sequence[str], speaker: str = ME
) -> tuple[Portion, ...]:
    """Returns the portions of an utterance, the speaker's first; it alone where nobody else is spoken for.

    `present` are the people known so far, the last one spoken of last. Limits, references and critiques are the talk's
    and stay with the first portion.
    """
    naming = Naming(present, speaker)
    heard = stretches(utterance, naming, _taken(understanding.mentions))
    named = {holder for stretch in heard for holder in stretch.holders}
    if not named - {speaker, EVERYONE} and not (EVERYONE in named and set(present) - {speaker}):
        return (Portion(speaker, understanding, utterance),)
    everyone = tuple(dict.fromkeys((speaker, *present, *(h for h in named if h != EVERYONE))))
    mentions = [m for m in understanding.mentions if not _names_somebody(m, heard)]
    heeded = [_by_verb(mention, heard, utterance, speaker) for mention in mentions]
    held = _held([*heeded, *_named_again(mentions, heard, utterance)], heard, speaker, everyone)
    order = dict.fromkeys((speaker, *(holder for stretch in heard for holder in stretch.holders if holder != EVERYONE)))
    shared = replace(understanding, mentions=())
    alone = replace(shared, constraints=type(understanding.constraints)(), reference=None, critique=())
    return tuple(
        Portion(
            holder,
            replace(shared if holder == speaker else alone, mentions=held.get(holder, ())),
            _own_words(utterance, heard, holder, speaker),
        )
        for holder in (*order, *(h for h in held if h not in order))
    )


def _taken(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The places of titles, and of people called by their last name or in full: they are no company."""
    return [(m.start, m.start + len(m.text)) for m in mentions if m.kind == "item" or _is_known(m)]


def _is_known(mention: Mention) -> bool:
    if mention.kind != "person" or mention.entity is None:
        return False
    last = mention.entity.split(":", 1)[-1].split()[-1]
    return " " in mention.text or mention.text.casefold() == last.casefold()


def _names_somebody(mention: Mention, heard: Sequence[Stretch]) -> bool:
    """Whether what was taken for a thing is how somebody is named: "Ann" is no actress, "my kids" no family film."""
    return any(stretch.named[0] <= mention.start < stretch.named[1] for stretch in heard)


def _by_verb(mention: Mention, heard: Sequence[Stretch], utterance: str, speaker: str) -> Mention:
    """Returns the mention as the verb before it has it, where another's "hates" was read as a wish."""
    stretch = next((s for s in heard if s.start <= mention.start < s.end and speaker not in s.holders), None)
    if stretch is None or stretch.attitude not in ("dislike", "avoid") or mention.attitude not in ("like", "want"):
        return mention
    turned = _TURNS.search(utterance, stretch.named[1], mention.start)
    return mention if turned else replace(mention, attitude=stretch.attitude)


def _named_again(mentions: Sequence[Mention], heard: Sequence[Stretch], utterance: str) -> list[Mention]:
    """Returns what was named before and stands in another's words again: "Ann loves musicals, Bob hates musicals".

    An utterance's meaning names a thing once, with one attitude; whose verb stands before it decides for them.
    """
    again = []
    for mention in mentions:
        word = re.compile(rf"(?<!\w){re.escape(mention.text.removesuffix('s'))}s?(?!\w)", re.IGNORECASE)
        for stretch in heard:
            begin, end = stretch.named[1], stretch.end
            found = word.search(utterance, begin, end)
            elsewhere = not begin <= mention.start < end
            if found and elsewhere and stretch.attitude and not any(_at(other, found.start()) for other in mentions):
                again.append(replace(mention, start=found.start(), text=found[0], attitude=stretch.attitude))
    return again


def _at(mention: Mention, place: int) -> bool:
    return mention.start <= place < mention.start + len(mention.text)


def _held(
    mentions: Sequence[Mention], heard: Sequence[Stretch], speaker: str, everyone: Sequence[str]
) -> dict[str, tuple[Mention, ...]]:
    held: dict[str, list[Mention]] = {}

    def give(holders: Sequence[str], mention: Mention) -> None:
        if EVERYONE in holders:
            holders = (speaker,) if mention.attitude == "want" else everyone
        for holder in holders:
            held.setdefault(holder, []).append(mention)

    for mention in mentions:
        stretch = next((s for s in heard if s.start <= mention.start < s.end), None)
        indifferent = stretch is not None and stretch.attitude == "about"  # "Ann doesn't mind horror" likes nothing
        give(stretch.holders if stretch else (speaker,), replace(mention, attitude="about") if indifferent else mention)
    for stretch in heard:
        for mention in _taken_up(stretch, heard, mentions) if stretch.again else ():
            give(stretch.holders, replace(mention, attitude=_attitude(stretch, mention)))
    return {holder: tuple(given) for holder, given in held.items()}


def _taken_up(stretch: Stretch, heard: Sequence[Stretch], mentions: Sequence[Mention]) -> list[Mention]:
    """What was named last before the stretch: in the stretch that it stands in, or in the speaker's words there."""
    before = [m for m in mentions if m.start < stretch.start]
    if not before:
        return []
    last = max(before, key=lambda mention: mention.start)
    home = next((s for s in heard if s.start <= last.start < s.end), None)
    if home is None:
        return [m for m in before if not any(s.start <= m.start < s.end for s in heard)]
    return [m for m in before if home.start <= m.start < home.end]


def _attitude(stretch: Stretch, mention: Mention) -> Attitude:
    if stretch.attitude is None:
        return mention.attitude
    if stretch.attitude == "like":
        negative = mention.attitude in ("dislike", "avoid")
        return _OPPOSITE[mention.attitude] if negative else mention.attitude
    return stretch.attitude


def _own_words(utterance: str, heard: Sequence[Stretch], holder: str, speaker: str) -> str:
    """Returns the utterance with all blanked that is not the holder's; what nobody else holds is the speaker's."""
    mine = [holder == speaker] * len(utterance)
    for stretch in heard:
        own = holder in stretch.holders or EVERYONE in stretch.holders
        mine[stretch.start : stretch.end] = [own] * len(mine[stretch.start : stretch.end])
    return "".join(letter if own else " " for letter, own in zip(utterance, mine, strict=True))
