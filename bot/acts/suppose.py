"""What if: the list as it would be, held against the list as it is. Nothing is changed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.acts.relaxing import broken_in_words
from bot.choosing import Choice, choose
from bot.explanation import explain
from bot.moment import Draft, Moment
from bot.parts import Parts
from bot.people.reasons import explain_to_all
from bot.people.voices import voices_of
from bot.phrases import Phrases
from bot.replies import Explanation
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
    now, supposed = (_chosen(each, moment.wish.novelty, parts) for each in (moment.before, moment.supposed.taste))
    listed, would, then = now.ranked, supposed.ranked, supposed.wish
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
        for item, reason in zip(entering, _reasons(entering, supposed, parts, moment.phrases), strict=True):
            evidence += reason.evidence
            pieces.append("\n" + say("suppose_in", label=item.label, reason=reason.text))
    if leaving:
        pieces.append("\n" + say("suppose_leave"))
        pieces += ["\n" + say("suppose_out", label=i.label, reason=_why_out(i, then, moment)) for i in leaving]
    pieces.append("\n" + say("suppose_offer"))
    focus = tuple(item.id for item in entering) or moment.focus
    return Draft("answer", tuple(pieces), evidence=tuple(dict.fromkeys(evidence)), focus=focus)


def _chosen(taste: Taste, novelty: float, parts: Parts) -> Choice:
    """The list of a taste, as it is suggested to those present; what was shown last may stay on it."""
    wish = wish_of(taste.present, Understanding("recommend"), "", (), novelty)
    wish = replace(wish, exclude=wish.exclude - set(taste.last_shown), count=max(len(taste.last_shown), DEFAULT_COUNT))
    return choose(wish, taste, voices_of(taste, (), wish), parts)


def _reasons(items: Sequence[Item], choice: Choice, parts: Parts, phrases: Phrases) -> list[Explanation]:
    if choice.party:
        return explain_to_all(items, choice.party, parts, phrases)
    return [explain(item, choice.wish, parts, phrases) for item in items]


def _items(ids: Sequence[str], parts: Parts) -> list[Item]:
    return [item for id_ in ids if (item := parts.catalogue.get(id_))]


def _why_out(item: Item, wish: Wish, moment: Moment) -> str:
    kept_out = broken(item, wish)
    if not kept_out:
        return moment.phrases.say("suppose_pushed")
    return moment.phrases.join([broken_in_words(moment.phrases, found, wish) for found in kept_out])
