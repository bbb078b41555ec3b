"""What if: the list as it would be, held against the list as it is. Nothing is changed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.acts.recommend import held_to_keywords
from bot.acts.relaxing import broken_in_words
from bot.explanation import explain
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.taste import Taste
from bot.understanding.types import Understanding
from bot.wishing import DEFAULT_COUNT, wish_of
from kg.items import Fact, Item
from retrieval.constraints import broken
from retrieval.wish import Wish


def suppose(moment: Moment, parts: Parts) -> Draft:
    """Returns which films would come onto the list and which would leave it, each with its reason.

    Both come from ranking anew with and without what is supposed, so that nothing else moves a film.
    """
    assert moment.supposed is not None
    say = moment.phrases.say
    now, then = _wish(moment.before, parts), _wish(moment.supposed.taste, parts)
    listed, would = parts.retriever.recommend(now), parts.retriever.recommend(then)
    before = [pick.item.id for pick in listed.items]
    after = [pick.item.id for pick in would.items]
    current = moment.before.last_shown or tuple(before)
    leaving = [i for i in _items(current, parts) if i.id not in after and (i.id in before or broken(i, then))]
    free = then.count - (len(current) - len(leaving))
    entering = [item for item in _items(after, parts) if item.id not in (*current, *before)][: max(free, 0)]
    words = moment.supposed.words
    if not entering and not leaving:
        return Draft("answer", (say("suppose_same", words=words),), focus=moment.focus)
    counts = would.allowed != listed.allowed
    pieces = [say("suppose_counts" if counts else "suppose_if", words=words, then=would.allowed, now=listed.allowed)]
    evidence: list[Fact] = []
    if entering:
        pieces.append("\n" + say("suppose_enter"))
        for item in entering:
            reason = explain(item, then, parts, moment.phrases)
            evidence += reason.evidence
            pieces.append("\n" + say("suppose_in", label=item.label, reason=reason.text))
    if leaving:
        pieces.append("\n" + say("suppose_leave"))
        pieces += ["\n" + say("suppose_out", label=i.label, reason=_why_out(i, then, moment)) for i in leaving]
    pieces.append("\n" + say("suppose_offer"))
    focus = tuple(item.id for item in entering) or moment.focus
    return Draft("answer", tuple(pieces), evidence=tuple(dict.fromkeys(evidence)), focus=focus)


def _wish(taste: Taste, parts: Parts) -> Wish:
    """The wish of a taste; what was shown last may stay on the list."""
    wish = wish_of(taste, Understanding("recommend"), "")
    wish = replace(wish, exclude=wish.exclude - set(taste.last_shown), count=max(len(taste.last_shown), DEFAULT_COUNT))
    return held_to_keywords(wish, taste, parts)


def _items(ids: Sequence[str], parts: Parts) -> list[Item]:
    return [item for id_ in ids if (item := parts.catalogue.get(id_))]


def _why_out(item: Item, wish: Wish, moment: Moment) -> str:
    kept_out = broken(item, wish)
    if not kept_out:
        return moment.phrases.say("suppose_pushed")
    return moment.phrases.join([broken_in_words(moment.phrases, found, wish) for found in kept_out])
