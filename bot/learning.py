"""What a turn teaches: from an Understanding to events of the taste log. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.emphasis import Emphasis, emphasis_of
from bot.references import points_out
from bot.taste import (
    Accepted,
    Limited,
    Preference,
    Preferred,
    Refused,
    Restarted,
    Scope,
    Taste,
    TasteEvent,
)
from bot.understanding.types import Attitude, Intent, Mention, Understanding
from bot.vague import tells_where, vague_limits
from retrieval.wish import Limits

_SEEN = re.compile(r"\b(seen|saw|watched|know (it|that one|this one))\b|看过|vist[oa]|gesehen", re.IGNORECASE)
_PRAISE = re.compile(
    r"\b(loved|liked|enjoyed|adored) (it|that|this)\b|"
    r"\b(it|that|this) (was|is) (so |really |very |pretty |absolutely )*"
    r"(great|good|amazing|awesome|wonderful|fantastic|brilliant|excellent|lovely|perfect|superb)\b|很好看|很棒",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\b(hated|disliked|(didn['’]?t|did not) (really )?(like|enjoy)) (it|that|this)\b|"
    r"\b(it|that|this) (was|is) (so |really |very |pretty |absolutely )*"
    r"(bad|awful|terrible|boring|horrible|dull|a waste|rubbish|crap)\b|不好看|难看",
    re.IGNORECASE,
)
_OR = re.compile(r"^[\s,]*(or|oder|ou|或者?|还是|,)[\s,]*$", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(instead|rather|(how|what) about|forget that|(or )?(maybe|perhaps) just|or (maybe|perhaps)|or just)\b|换",
    re.IGNORECASE,
)
_ASKS_ANEW = re.compile(
    r"^\W*(?:(?:ok|okay|so|now|alright|right|then|next)\b,? )*"
    r"(?:(?:i(?:['’]d| would)? (?:want|like|need)(?: to (?:see|watch))?|"
    r"give me|find me|recommend(?: me)?|suggest(?: me)?) )?"
    r"(?:a|an|some) (?:\w+ ){0,3}(?:film|movie|flick|book|novel|game|recipe)s? "
    r"(?:for|to|about|that|which|where|i can)\b(?!.*\b(?:more|less)\b)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"^\W*(but|and|also|plus|same|more|less|too)\b|\b(as well|also|but)\b|\w+er\W*$|但|也", re.I)
_LASTING = ("like", "dislike", "seen")
_CHILDREN = re.compile(
    r"\b((my|our|the) (kids?|children|toddlers?|sons?|daughters?|nephews?|nieces?|grandkids|grandchildren|"
    r"(little|young) ones?)|(for|with) (kids|children|toddlers)|\d+[- ]?year[- ]?olds?)\b|小朋友|孩子",
    re.IGNORECASE,
)
_FAMILY = "genre:Family"
_NUMBER = re.compile(
    r"\d+|\b(an|one|two|three|half|ninety|sixty|fifties|sixties|seventies|eighties|nineties)\b|[一二两三半]个?半?小时",
    re.I,
)
_REQUESTS: frozenset[Intent] = frozenset({"recommend", "critique", "ask", "reject"})
_SILENT: frozenset[Intent] = frozenset({"ask", "compare", "explain", "other", "help"})


def learn(
    understanding: Understanding, utterance: str, turn: int, taste: Taste, meant: Sequence[str]
) -> list[TasteEvent]:
    """Returns the events that one utterance adds to the log, in the order they happen.

    `meant` are the ids of the shown items that the utterance refers to; () when it refers to none.
    A question teaches nothing of limits and wants; an edit is the business of `bot.editing`.
    """
    stated = _preferences(understanding, utterance, turn, taste)
    events: list[TasteEvent] = []
    if understanding.intent == "recommend" or _replaces(understanding, utterance, stated):
        events += _fresh_request(stated, turn)
    elif liked := _liked_items(stated):
        events.append(Restarted(turn, (), liked))  # what was liked last is what to go by
    events += [Preferred(turn, preference) for preference in stated]
    silent = understanding.intent in _SILENT or taste.last_shown  # behind suggestions such words move on from those
    if (vague := vague_limits(understanding)) and not silent:
        events.append(Limited(turn, utterance, vague, soft=True))
    if limits := _limits(understanding):
        events.append(Limited(turn, utterance, limits, soft=_is_leaned_to(understanding, utterance)))
    return events + _answers_to_suggestions(understanding, utterance, turn, taste, meant)


def _preferences(understanding: Understanding, utterance: str, turn: int, taste: Taste) -> list[Preference]:
    mentions = [m for m in understanding.mentions if m.attitude != "about" and not tells_where(m)]
    if understanding.intent in _SILENT:
        # "Is it as scary as Alien?" wants nothing; a taste said beside a question still counts.
        mentions = [m for m in mentions if m.attitude in _LASTING]
    # "scary, but nothing gory": a ban that was linked to the very thing wanted was linked too broadly
    wanted = {m.entity for m in mentions if m.attitude == "want"}
    mentions = [_narrower(m) if m.attitude == "avoid" and _too_broad(m, wanted, taste) else m for m in mentions]
    groups = _alternatives(mentions, utterance)
    children = _for_children(mentions, utterance, turn, understanding)
    places = tuple(mention.start for mention in mentions)
    stated = [
        emphasised(
            _preference(mention, utterance, turn, groups.get(mention.start, 0)),
            emphasis_of(utterance, places, mention.start),
        )
        for mention in mentions
    ]
    return [*stated, *children]


def _for_children(
    mentions: Sequence[Mention], utterance: str, turn: int, understanding: Understanding
) -> list[Preference]:
    """Children in the room make a hard wish for family films that lasts for the talk, named or not."""
    found = _CHILDREN.search(utterance)
    if found is None or understanding.intent in _SILENT or any(m.entity == _FAMILY for m in mentions):
        return []
    return [Preference(found.group(0), "genre", "want", _FAMILY, utterance, turn, hard=True, scope="talk")]


def _too_broad(mention: Mention, wanted: Collection[str | None], taste: Taste) -> bool:
    """Whether a ban would forbid the very thing wanted under another name: "no slashers" when horror is wanted."""
    if mention.entity in wanted:
        return True
    before = taste.of(mention.entity) if mention.entity else None
    if before is None or before.attitude != "want":
        return False
    name = (mention.entity or "").partition(":")[2].casefold()
    return mention.text.casefold().rstrip("s") not in (name, before.text.casefold().rstrip("s"), name.rstrip("s"))


def _narrower(mention: Mention) -> Mention:
    """Returns the mention linked to the rest of what it means together ("gory" is horror and violent: violent)."""
    return replace(mention, entity=next(iter(mention.also), None), also=mention.also[1:])


def emphasised(preference: Preference, weight: Emphasis) -> Preference:
    """Returns the preference as hard, as strong and for as long as the words say; as it is where they say nothing."""
    hard = preference.hard if weight.hard is None else weight.hard
    if preference.attitude in ("like", "seen"):
        hard = False  # nothing can be kept out by what is liked
    scope, strength = weight.scope or preference.scope, weight.strength or preference.strength
    return replace(preference, hard=hard, scope=scope, strength=strength)


def _is_soft(mention: Mention) -> bool:
    """Themes and moods are known of some items only; a facet of the catalogue's own is stated of every item."""
    node = (mention.entity or "").partition(":")[0]
    return mention.kind == "keyword" and node in ("", "theme", "mood")


def _preference(mention: Mention, utterance: str, turn: int, either: int) -> Preference:
    scope: Scope = "always" if mention.attitude in _LASTING else "talk"
    hard = mention.attitude in ("avoid", "dislike") or (mention.attitude == "want" and not _is_soft(mention))
    return Preference(
        text=mention.text,
        kind=mention.kind,
        attitude=mention.attitude,
        entity=mention.entity,
        utterance=utterance,
        turn=turn,
        hard=hard,
        scope=scope,
        also=mention.also,
        either=either,
    )


def _alternatives(mentions: Sequence[Mention], utterance: str) -> dict[int, int]:
    """Returns start of mention → number of its group of alternatives, for wants of one kind joined by "or"."""
    wants = sorted((m for m in mentions if m.attitude == "want" and m.start >= 0), key=lambda m: m.start)
    groups: dict[int, int] = {}
    for left, right in pairwise(wants):
        between = utterance[left.start + len(left.text) : right.start]
        if left.kind == right.kind and _OR.match(between):
            group = groups.get(left.start, left.start + 1)
            groups[left.start] = groups[right.start] = group
    # "comedy, western or crime" is a list of alternatives; "funny, romantic" without an "or" is not.
    said_or = {
        group
        for group in groups.values()
        if re.search(r"\b(or|oder|ou)\b|或|还是", _stretch(wants, groups, group, utterance), re.IGNORECASE)
    }
    return {start: group for start, group in groups.items() if group in said_or}


def _stretch(wants: Sequence[Mention], groups: dict[int, int], group: int, utterance: str) -> str:
    members = [m for m in wants if groups.get(m.start) == group]
    return utterance[members[0].start : members[-1].start]


def _replaces(understanding: Understanding, utterance: str, stated: Sequence[Preference]) -> bool:
    """A critique adds to the request ("but funny"), unless it names another genre, a film to go by, or "instead", or is
    worded as a request of its own ("a film for a rainy Sunday")."""
    if understanding.intent not in ("critique", "inform"):
        return False
    instead = bool(_INSTEAD.search(utterance)) and any(p.attitude == "want" for p in stated)
    if understanding.intent == "inform":
        return instead
    wanted = {p.kind for p in stated if p.attitude == "want"}
    anew = bool(wanted & {"genre", "keyword"}) and bool(_ASKS_ANEW.search(utterance))
    other = ("genre" in wanted or anew) and not _ADDS.search(utterance)
    return bool(_liked_items(stated)) or other or instead


def _fresh_request(stated: Sequence[Preference], turn: int) -> list[TasteEvent]:
    kinds = tuple(dict.fromkeys(p.kind for p in stated if p.attitude == "want"))
    like = _liked_items(stated)
    if like or "genre" in kinds or "keyword" in kinds:
        # "a western" after "a cosy comedy" is another mood altogether
        kinds = tuple(dict.fromkeys((*kinds, "genre", "keyword")))
    return [Restarted(turn, kinds, like)] if kinds or like else []


def _liked_items(stated: Sequence[Preference]) -> tuple[str, ...]:
    return tuple(p.entity for p in stated if p.attitude == "like" and p.kind == "item" and p.entity)


def _limits(understanding: Understanding) -> Limits | None:
    if understanding.intent in _SILENT:
        return None
    said: dict[str, Any] = dict(replace(understanding.constraints, count=None).stated())
    return Limits(**said) if said else None


def _is_leaned_to(understanding: Understanding, utterance: str) -> bool:
    """Whether the words say of the numbers that they need not be kept: "ideally under two hours"."""
    number = _NUMBER.search(utterance)
    if number is None:
        return False
    places = (*(mention.start for mention in understanding.mentions), number.start())
    return emphasis_of(utterance, places, number.start()).hard is False


def _answers_to_suggestions(
    understanding: Understanding, utterance: str, turn: int, taste: Taste, meant: Sequence[str]
) -> list[TasteEvent]:
    intents = understanding.intents or (understanding.intent,)
    named = tuple(m.entity for m in understanding.mentions if m.kind == "item" and m.entity in taste.shown)
    items = tuple(meant) or tuple(item for item in named if item)
    if understanding.intent == "accept" and not _REQUESTS & set(intents):
        if not items and points_out(utterance):
            return []  # "that Adam Sandler one": none of those shown, so none is taken
        return [Accepted(turn, items or taste.last_shown[:1])] if taste.shown else []
    events: list[TasteEvent] = []
    pointed = len(meant) == 1 and not any(m.kind == "item" for m in understanding.mentions)
    if pointed and understanding.intent not in _SILENT and (judged := _judgement(utterance)):
        return [Preferred(turn, replace(_seen(meant[0], utterance, turn), attitude=judged))]
    if "reject" in intents:
        events.append(Refused(turn, items or taste.last_shown))
    if items and _SEEN.search(utterance) and not re.search(r"\b(not|never|n't|havent)\b|没", utterance):
        known = {m.entity for m in understanding.mentions}
        events += [Preferred(turn, _seen(item, utterance, turn)) for item in items if item not in known]
    return events


def _judgement(utterance: str) -> Attitude | None:
    """Returns how a film was liked that is only pointed at: "it was great", "I hated it"."""
    blame, praise = _BLAME.search(utterance), _PRAISE.search(utterance)
    return None if bool(blame) == bool(praise) else "dislike" if blame else "like"


def _seen(item: str, utterance: str, turn: int) -> Preference:
    return Preference(text="", kind="item", attitude="seen", entity=item, utterance=utterance, turn=turn)
