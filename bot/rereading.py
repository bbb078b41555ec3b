"""What an utterance means in this talk, where its words alone were read too plainly. Pure, meaning to meaning."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.types import Attitude, Intent, Mention, Understanding

_NEUTRAL = re.compile(
    r"(\b(do(es)?(n['’]?t| not) mind|(am|is|are|['’]m|['’]s|['’]re) (ok|okay|fine|cool) with|can live with|"
    r"have nothing against|not (against|opposed to))\b|不介意)[^.;!?,]*$",
    re.IGNORECASE,
)
_CHILD = (
    r"(kids?|child(ren)?|toddlers?|family|families|teen(ager)?s?|"
    r"(\w+|\d+)[- ]?(year|yr)[- ]?olds?|(son|daughter|niece|nephew|grand(son|daughter|child(ren)?))s?|little ones?)"
)
_SUITS = re.compile(
    rf"\b(ok|okay|suitable|appropriate|fine|safe|good|alright|all right|right|too \w+)\b"
    rf"[^.?!]*\b(for|with)\b[^.?!]*\b{_CHILD}\b|"
    rf"^\W*((and|so|but|ok|okay),? )?is (?!there\b)[^.?!]{{1,40}} for "
    rf"(my |our |the |small |young |little )*{_CHILD}\W*$|"
    rf"\bcan\b[^.?!]*\b{_CHILD}\b[^.?!]*\b(watch|see)\b|适合.*(孩子|小孩|小朋友|儿童|岁)|(孩子|小孩|小朋友).*(能|可以)看",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\b(something|anything|recommend|suggest|want|looking for|need|show me|find|give me|movies?|films?) ",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(work(ed|ing)? together|appear(ed)? together|act(ed)? together|star(red)? together|in the same (film|movie)|"
    r"(made|done|do|make) (anything|something|(a |any )?(films?|movies?)) together|made together|"
    r"together in|ever work(ed)? with|collaborated?)\b|"
    r"合作过|一起演",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"\b(what|which|any)( \w+)? (else|other (films?|movies?))\b.*\b(he|she|they|him|her|them)\b|"
    r"\bwhat (did|has|have) (he|she|they)\b.*\b(direct|write|make|made|star|play|do|done|act)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*((and|ok|okay|hmm+|so|then|yes|no),? )*((what|how) about )?"
    r"(the other \w+|the others|both( of them)?|(that|the|this) [\w'’ -]*\bone\b|"
    r"the one (with|by|from|about|in) [\w'’ -]+)"
    r"(,? (please|then|maybe))?\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(what|how) about\b|^\W*and\b", re.IGNORECASE)
_MEANT = re.compile(
    r"^\W*(?:(?:no|nope|nah|sorry|wait|oops|hang on|not that)\b,?\s*)*"
    r"(?:i|we) (?:meant|mean|was (?:asking|looking) for|said)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:no|not|nothing|without|never|except|but)\b|n['’]t\b", re.IGNORECASE)
_TELLING: frozenset[Intent] = frozenset({"ask", "compare", "explain", "reject", "edit"})


def reread(understanding: Understanding, utterance: str, *, shown: bool) -> Understanding:
    """Returns the meaning with what was read too plainly put right; `shown` is whether any film was spoken of."""
    understanding = _corrected(_indifferent(understanding, utterance), utterance)
    understanding = _judged(understanding)
    if is_together(understanding, utterance):
        return _asking(understanding)
    if is_suitability(understanding, utterance, shown=shown):
        return _asking(understanding)
    return understanding


def asks_of_them(understanding: Understanding, utterance: str) -> bool:
    """Returns whether it is asked what else somebody did who is not named: "what else is he in?"."""
    return bool(_ELSE.search(utterance)) and not any(m.kind in ("person", "item") for m in understanding.mentions)


def of_them(understanding: Understanding, people: Sequence[str]) -> Understanding:
    """Returns the question as one about the first of these people (ids); as it is where there is none."""
    if not people:
        return understanding
    them = tuple(
        Mention(person.partition(":")[2], "person", "about", person, source="history") for person in people[:1]
    )
    return replace(understanding, intent="ask", intents=("ask",), mentions=them, reference=None)


def is_suitability(understanding: Understanding, utterance: str, *, shown: bool) -> bool:
    """Returns whether it is asked if a film suits children: "ok for a five year old?", "can kids watch it?"."""
    named = any(m.kind == "item" and m.attitude in ("about", "want", "like") for m in understanding.mentions)
    return bool(_SUITS.search(utterance)) and (shown or named) and not _REQUESTS.search(utterance)


def is_together(understanding: Understanding, utterance: str) -> bool:
    """Returns whether it is asked if two people worked together."""
    people = {m.entity for m in understanding.mentions if m.kind == "person" and m.entity}
    return len(people) > 1 and bool(_TOGETHER.search(utterance))


def pointed(understanding: Understanding, utterance: str, meant: Sequence[str]) -> Understanding:
    """Returns the meaning of words that do nothing but point at films shown: "the other two", "that De Niro one".

    Several are put side by side, one is told about, unless the words were taken for an answer such as a yes or a no.
    What describes a film is no wish.
    """
    if not meant or not _BARE.match(utterance) or understanding.intent in _TELLING:
        return understanding
    mentions = tuple(_with(mention, "about") for mention in understanding.mentions)
    understanding = replace(understanding, mentions=mentions)
    both = "both" in utterance.lower()
    if both or (understanding.intent == "accept" and len(meant) == 1 and not _ABOUT.search(utterance)):
        return replace(understanding, intent="accept", intents=("accept",))
    if len(meant) > 1:
        return replace(understanding, intent="compare", intents=("compare",))
    return replace(understanding, intent="ask", intents=("ask",), attribute="plot")


def _indifferent(understanding: Understanding, utterance: str) -> Understanding:
    """ "I don't mind horror" likes nothing."""
    mentions = tuple(
        _with(mention, "about")
        if mention.attitude in ("like", "want") and _NEUTRAL.search(utterance[: mention.start])
        else mention
        for mention in understanding.mentions
    )
    return replace(understanding, mentions=mentions)


def _corrected(understanding: Understanding, utterance: str) -> Understanding:
    """ "No, I meant Pacino" asks for Pacino: the "no" is about what was shown."""
    begin = _MEANT.match(utterance)
    if begin is None or not understanding.mentions or _NEGATED.search(utterance, begin.end()):
        return understanding
    mentions = tuple(_with(m, "like" if m.kind == "item" else "want") for m in understanding.mentions)
    return replace(understanding, intent="recommend", intents=("recommend",), mentions=mentions)


def _judged(understanding: Understanding) -> Understanding:
    """ "Scarface? Five stars!" takes no suggestion: a film that is judged was seen."""
    films = [mention for mention in understanding.mentions if mention.kind == "item"]
    judged = films and all(mention.attitude in ("like", "dislike", "seen") for mention in films)
    if understanding.intent != "accept" or not judged or "recommend" in understanding.intents:
        return understanding
    return replace(understanding, intent="inform", intents=("inform",))


def _asking(understanding: Understanding) -> Understanding:
    mentions = tuple(_with(mention, "about") for mention in understanding.mentions)
    return replace(understanding, intent="ask", intents=("ask",), mentions=mentions, attribute=None)


def _with(mention: Mention, attitude: Attitude) -> Mention:
    return replace(mention, attitude=attitude)
