"""The list for a taste: what it is held to, and its order, for one person alone or for a company."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.parts import Parts
from bot.people.voices import Party, Voice, settled
from bot.taste import Taste
from retrieval.constraints import allowed_rows
from retrieval.exploring import Exploring
from retrieval.ranked import Ranked
from retrieval.wish import Wish

_ENOUGH = 10  # a theme or mood is held to strictly only while this many items still have it


@dataclass(frozen=True, slots=True)
class Choice:
    """A list with the wish that it answers; `party` is whose list it is, where it is several people's."""

    wish: Wish
    ranked: Ranked
    party: Party | None = None


def choose(
    wish: Wish, taste: Taste, voices: Sequence[Voice], parts: Parts, exploring: Exploring | None = None
) -> Choice:
    """Returns the list for a wish of the taste, settled among the voices; () where the user is alone.

    `exploring` is for one person's list only. Raises GraphError when the graph's engine is away.
    """
    held = held_to_keywords(wish, taste.present, parts)
    if not voices:
        return Choice(held, parts.retriever.recommend(held, exploring))
    party = settled(voices, held, parts.retriever.index.columns)
    return Choice(party.wish, parts.retriever.recommend_to_all(party.wishes, party.combine), party)


def held_to_keywords(wish: Wish, taste: Taste, parts: Parts) -> Wish:
    """Returns the wish with wanted themes and moods made hard, as long as enough items have them.

    Only a part of a catalogue may carry themes, so they cannot be hard from the start.
    """
    known = parts.retriever.index.columns
    # a wish that no item of this catalogue could keep (another kind of shop) is no wish to fail by
    wish = replace(wish, must=tuple(group for group in wish.must if known.mask_of(group).any()))
    latest_first = reversed(taste.having("want"))
    wanted = [p.entity for p in latest_first if p.kind == "keyword" and p.entity and p.strength >= 1]
    for entity in wanted:
        stricter = replace(wish, must=(*wish.must, frozenset({entity})))
        if allowed_rows(known, stricter).sum() >= max(_ENOUGH, wish.count):
            wish = stricter
    return wish
