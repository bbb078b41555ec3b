"""One wish for each of those in company, and the rule by which their satisfactions are put together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.people.holders import ME
from bot.people.portions import Portion
from bot.taste import Preference, Taste
from bot.understanding.types import Understanding
from bot.wishing import wish_of
from retrieval.columns import Columns
from retrieval.constraints import allowed_rows
from retrieval.together import Combine, average, least_misery
from retrieval.wish import Wish

_ENOUGH = 10  # several people's wishes are held to at once only while this many items keep them all


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person of the company wishes. `asked` is what they themselves want, by groups as in a wish; `bans` are
    what no suggestion may have because of them.
    """

    holder: str
    wish: Wish
    asked: tuple[frozenset[str], ...] = ()
    bans: tuple[Preference, ...] = ()

    @property
    def ranks(self) -> bool:
        """Whether anything is known that one item has more of than another. A ban alone orders nothing."""
        wish = self.wish
        return bool(self.asked or wish.prefer or wish.leanings or wish.liked or wish.disliked or wish.disprefer)


@dataclass(frozen=True, slots=True)
class Clash:
    """What one person would like and another one rules out: it stays out."""

    liker: str
    hater: str
    preference: Preference


@dataclass(frozen=True, slots=True)
class Party:
    """All voices, settled: the wish of all, which rules nobody out, and what could not be had by everyone.

    `either`: no item is all that was asked for, so each is what one of them asked for.
    """

    wish: Wish
    voices: tuple[Voice, ...]
    combine: Combine
    clashes: tuple[Clash, ...] = ()
    either: bool = False

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The wishes that the list is ordered by; that of all where nobody's orders anything."""
        return tuple(voice.wish for voice in self.voices if voice.ranks) or (self.wish,)


def voices_of(taste: Taste, shared: Sequence[Portion], whole: Wish) -> tuple[Voice, ...]:
    """Returns a voice for each of the company of whom anything is known; () where it is the user alone.

    `whole` is the wish of all; its moves and limits are everybody's.
    """
    present = [holder for holder in taste.company if taste.of_holders(holder).preferences]
    if not set(present) - {ME}:
        return ()
    said = {portion.holder: portion for portion in shared}
    return tuple(_voice(holder, taste, said.get(holder), whole) for holder in present)


def _voice(holder: str, taste: Taste, portion: Portion | None, whole: Wish) -> Voice:
    own = taste.of_holders(holder)
    understanding = portion.understanding if portion else Understanding("inform")
    wish = wish_of(own, understanding, portion.utterance if portion else "", (), whole.novelty)
    bans = tuple(p for p in own.preferences if p.attitude in ("avoid", "dislike") and (p.hard or p.kind == "item"))
    shared = replace(
        wish,
        limits=whole.limits,
        ideally=whole.ideally,
        moves=whole.moves,
        base=whole.base,
        standing=whole.standing,
        count=whole.count,
    )
    return Voice(holder, shared, wish.must, bans)


def settled(voices: Sequence[Voice], wish: Wish, columns: Columns) -> Party:
    """Returns the party of the voices, `wish` being that of all.

    What anyone bans nobody gets. What several ask for is held to at once while enough items are all of it; else each
    item is what one of them asked for. With a ban in the room the list pleases whoever is pleased least, else all of
    them on average.
    """
    clashes = tuple(_clashes(voices))
    avoid = wish.avoid.union(*(voice.wish.avoid for voice in voices))
    asked = tuple(dict.fromkeys(group - avoid for group in wish.must if group - avoid))
    whole = replace(wish, avoid=avoid, must=asked)
    several = bool(asked) and len([v for v in voices if v.wish.must]) > 1
    either = several and allowed_rows(columns, whole).sum() < _ENOUGH
    if either:
        whole = replace(whole, must=(frozenset[str]().union(*asked),))
    heard = tuple(replace(voice, wish=_settled(voice.wish, whole)) for voice in voices)
    bans = any(voice.bans for voice in voices)
    return Party(whole, heard, least_misery if bans else average, clashes, either)


def _settled(own: Wish, whole: Wish) -> Wish:
    """Returns one person's wish with what is hard for all; what they alone asked for counts for them as preferred."""
    asked = tuple(entity for group in own.must for entity in sorted(group) if entity not in whole.avoid)
    prefer = tuple(dict.fromkeys((*(e for e in own.prefer if e not in whole.avoid), *asked)))
    return replace(own, must=whole.must, avoid=whole.avoid, exclude=whole.exclude, prefer=prefer)


def _clashes(voices: Sequence[Voice]) -> list[Clash]:
    found = []
    for one in voices:
        wanted = {*one.wish.prefer, *(entity for group in one.wish.must for entity in group)}
        for other in voices:
            if other.holder != one.holder:
                found += [Clash(one.holder, other.holder, ban) for ban in other.bans if ban.entity in wanted]
    return found
