"""Acts that plain words settle whatever the reader thinks: "recommend", "undo", bare limits, common foreign phrases."""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.asked import asked
from bot.understanding.reading import Reading, Span
from bot.understanding.rules.words import lower
from bot.understanding.types import Attitude, Attribute, Constraints, Context, Intent, Mention, MentionKind

# Whole utterances in German, Spanish, French, Italian, Portuguese: the reader learnt from English.
_PHRASES_TABLE: tuple[tuple[Intent, str], ...] = (
    ("edit", r"(?:mach (?:das )?)?rückgängig(?: machen)?|mach das rückgängig|deshacer|deshaz(?:lo)?|annuler?|annule (?:ça|cela)|annulla|desfazer"),
    ("reject", r"(?:das |den |die )?(?:hab(?:e)? ich |kenne? ich )?(?:schon |bereits )(?:gesehen)?|(?:den|das|die|ihn) (?:hab'?e? ich|kenne ich) schon(?: gesehen)?|ich (?:hab'?e?|kenne) (?:den|das|die|ihn|es) schon(?: gesehen)?"
               r"|(?:ya |yo )+l[ao]s? (?:he visto|vi)|(?:esa |esta |ese )?ya (?:la|lo) (?:he visto|vi|conozco)|ya vist[ao]"
               r"|(?:je |j')?(?:l'|les |l' )?ai déj[aà] vue?s?|je l'ai vue?|déj[aà] vue?(?=[.!]?$)(?<!^déjà vu)|l'ho già vist[oa]|già vist[oa]|já (?:vi|assisti)(?: esse| este)?"),
    ("explain", r"warum|wieso|weshalb|por ?qu[eé]|pourquoi|perch[eé]"),
    ("ask", r"wer (?:hat|ist) (?:bei (?:dem |diesem )?(?:film )?)?(?:regie(?: geführt)?|da regie geführt|der regisseur)|wer hat (?:ihn|den|das) (?:gedreht|gemacht)|wer führte regie|qui[eé]n (?:la |lo )?(?:dirigi[oó]|es el director)|qui (?:l'a |a )?réalisé(?: (?:ce film|ça))?|qui est le réalisateur|chi (?:l'ha |ha )?diretto|quem dirigiu"),
    ("thanks", r"danke(?: schön| sehr| dir)?|vielen dank|(?:muchas )?gracias|merci(?: beaucoup)?|grazie(?: mille)?|obrigad[oa]"),
    ("recommend", r"(?:noch|nochmal) (?:eine[nrs]?|mehr|was)|otr[ao](?: más)?|un(?:e)? autre|encore(?: une?)?|un altro|mais um"),
)  # fmt: skip
_PHRASES = tuple(
    (intent, re.compile(rf"\W*(?:{pattern})(?: bitte| por favor| s'il (?:te|vous) pla[iî]t)?\W*"))
    for intent, pattern in _PHRASES_TABLE
)
_ABOUT_BOT = re.compile(
    r"\W*(?:(?:so|and|hey|hi|hello|wait|ok|okay),? )*(?:who|what)(?: (?:exactly|the hell))? (?:are|r) (?:you|u)(?: anyway| exactly| really)?\W*"
    r"|\W*(?:(?:so|and|hey|wait),? )*(?:are|r) (?:you|u) (?:an? )?(?:real|human|person|robot|bot|ai|machine|program|chat ?bot)\b[^.]*"
    r"|\W*(?:what(?:'?s| is) (?:you|u)r name|do you have a name)\W*|\W*你是谁\W*|\W*你叫什么.*|\W*你是(?:机器人|真人|人).*"
)
_SCOLDS = re.compile(
    r"\W*(?:(?:wow|ugh|lol|honestly|sorry but),? )*your (?:taste|suggestions?|picks?|recommendations?)(?: in \w+)? (?:is|are|was|were|sucks?|stinks?)\b"
    r"(?: (?:so|really|just|pretty|absolutely|total))*(?: (?:rubbish|terrible|awful|bad|trash|garbage|crap|horrible|lousy|the worst|useless|shit))?\W*"
)
_WHO_MADE = re.compile(
    r"^\W*(?:wer (?:hat|führte)\b.*\b(?:gedreht|gemacht|regie)|qui[eé]n (?:dirigi[oó]|dirige|hizo)|qui a réalisé|chi ha diretto|quem dirigiu)\b"
)
_FORGET = re.compile(
    r"^\W*(?:bitte )?(?:vergiss(?: bitte)?,? dass ich|olvida que|oublie que|dimentica che|esque[cç]e que)\b"
)
_DIRECTED = re.compile(r"regi|dirig|réalis|dirett|gedreht|gemacht")
_BEST: dict[Intent, tuple[Intent, ...]] = {
    "reject": ("reject", "inform", "other"),
    "other": ("other", "help"),
    "recommend": ("recommend", "critique", "other"),
}

_UNDO = re.compile(r"^\W*(?:undo\b\W*)+")
_RECOMMEND = re.compile(
    r"^\W*(?:please )?(?:recommend|suggest)\b(?! (?:me )?(?:a|some|any) (?:good )?(?:books?|songs?|restaurants?|games?|podcasts?|recipes?|music|hotels?)\b)"
)
_CHANGING = re.compile(r"\b(?:no|not|without|except|less|more|instead|else|other|\w+er)\b")
_MORE = re.compile(r"\W*(?:please )?(?:(?:one |some )?more|another(?: one)?|again|once more)(?: please| pls)?\W*")
_SPARE = re.compile(
    r"^\W*(?:please )?(?:can|could|would|will) (?:you|u|we) (?:please )?(?:skip|avoid|exclude|leave out)\b"
)
_BE = re.compile(
    r"^\W*(?:ok(?:ay)?,? |and |but |so )?(?:(?:can|could|may|must|should) (?:it|they|this|that|we)\b|(?:is|are) there (?:any|some))"
)
_BARE_LIMIT = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|but|and|so|also|please|only),? )*(?:under|over|at (?:most|least)|(?:less|more|no more|no longer|shorter|longer) than|max(?:imum)?|up to)\b[^?]*$"
)
_WITHOUT = re.compile(
    r"^\W*(?:ohne|nichts (?:mit|von)|keine?n?|sans|rien avec|pas d[e']|nada con|sin|senza|niente con|sem)\b ?"
)
_REQUEST = re.compile(
    r"[?？]|\b(?:any|anything|recommend\w*|suggest\w*|something|want|looking|need|know|give|show|find|please|pls|more|another|else|mood"
    r"|maybe|tonight|similar|what|which|where|who|how|films? (?:for|with|like)|movies? (?:for|with|like))\b"
)
_TOLD: frozenset[Attitude] = frozenset(("like", "dislike", "seen"))
_STATEMENTS: frozenset[Intent] = frozenset(("accept", "inform", "other", "reject", "greet", "thanks", "bye"))


def settled(text: str, reading: Reading, context: Context) -> Reading:
    """Returns the reading with the acts that the words of `text` (made readable) settle put first."""
    plain = lower(text).strip()
    if whole := _whole(plain, context):
        return _phrase(whole, plain, reading, context)
    intents = reading.intents or ("other",)
    if _FORGET.match(plain):
        spans = tuple(replace(span, attitude="about") for span in reading.spans)
        return replace(reading, intents=("edit", "other"), spans=spans, confidence=1.0)
    if _WHO_MADE.match(plain):
        spans = tuple(replace(span, attitude="about") for span in reading.spans)
        return replace(reading, intents=("ask", "other"), spans=spans, attribute="director", confidence=1.0)
    if undo := _UNDO.match(plain):
        more: tuple[Intent, ...] = ("recommend",) if _RECOMMEND.match(plain[undo.end() :]) else ()
        return _first(reading, "edit", *more) if more or undo.end() == len(plain) else reading
    if _MORE.fullmatch(plain):
        return _first(reading, "recommend", *(("critique",) if context.shown else ()))
    if _RECOMMEND.match(plain):
        brief = len(plain.split()) <= 3 and not _CHANGING.search(plain)
        if brief or intents[0] in _STATEMENTS - {"other"}:
            return _first(replace(reading, spans=_wanted(reading.spans, "avoid")) if brief else reading, "recommend")
        return reading
    if _SPARE.match(plain) and intents[0] in ("ask", "help", "other"):
        return _first(reading, *(("critique", "recommend") if context.shown else ("recommend",)))
    if _WITHOUT.match(plain) and intents[0] in ("inform", "other"):
        return _first(reading, *(("critique", "recommend") if context.shown else ("recommend", "inform")), "other")
    tells = bool(reading.spans) and all(span.sure == 1.0 and span.attitude in _TOLD for span in reading.spans)
    if intents[0] == "recommend" and tells and not _REQUEST.search(plain):
        return _first(reading, "inform", "recommend")
    return reading


def _whole(plain: str, context: Context) -> Intent | None:
    """What an utterance is that names nothing and is a phrase from end to end."""
    if _ABOUT_BOT.fullmatch(plain):
        return "other"
    if _SCOLDS.fullmatch(plain):
        return "reject" if context.shown else "other"
    return next((intent for intent, pattern in _PHRASES if pattern.fullmatch(plain)), None)


def about_bot(text: str) -> bool:
    """Returns whether it is asked who or what the bot is."""
    return _ABOUT_BOT.fullmatch(lower(text).strip()) is not None


def limited(
    text: str, reading: Reading, mentions: Sequence[Mention], constraints: Constraints, context: Context
) -> Reading:
    """Returns the reading as a request where the text states limits and neither says nor asks anything else."""
    stated = constraints.stated().keys() - {"count"}
    best = (reading.intents or ("other",))[0]
    if not stated or best not in ("other", "ask"):
        return reading
    if any(mention.kind == "item" and mention.attitude == "about" for mention in mentions):
        return reading
    plain = lower(text)
    named = mentions or reading.reference is not None or asked(plain) or reading.attribute
    if best == "ask" and named and not (_BE.match(plain) or _BARE_LIMIT.match(plain)):
        return reading
    rest = tuple(intent for intent in reading.intents if intent != "ask")
    return _first(
        replace(reading, intents=rest, reference=None, attribute=None, spans=_wanted(reading.spans, "about")),
        *(("critique", "recommend") if context.shown else ("recommend", "inform")),
    )


def named(text: str) -> tuple[MentionKind, ...]:
    """Returns the kinds of names to take from the catalogue where the reader tags none: in a foreign ban, all but films."""
    plain = lower(text).strip()
    foreign = _FORGET.match(plain) or _WITHOUT.match(plain)
    return ("person", "genre", "keyword", "country", "language") if foreign else ("person",)


def _wanted(spans: tuple[Span, ...], instead_of: Attitude) -> tuple[Span, ...]:
    return tuple(replace(span, attitude="want") if span.attitude == instead_of else span for span in spans)


def _first(reading: Reading, *intents: Intent) -> Reading:
    rest = (intent for intent in reading.intents if intent not in ("other", "accept"))
    return replace(reading, intents=tuple(dict.fromkeys((*intents, *rest))), confidence=max(reading.confidence, 0.9))


def _phrase(intent: Intent, plain: str, reading: Reading, context: Context) -> Reading:
    """A whole utterance that names nothing; "seen it" and "who directed it" are about the film last spoken of."""
    intents = _BEST.get(intent, (intent, "other"))
    if not context.shown:
        intents = tuple(each for each in intents if each not in ("reject", "critique"))
    attribute: Attribute | None = "director" if intent == "ask" and _DIRECTED.search(plain) else None
    reference = 0 if context.shown and intent in ("reject", "ask") and not _SCOLDS.fullmatch(plain) else None
    return replace(
        reading, intents=intents, spans=(), reference=reference, attribute=attribute, critique=(), confidence=1.0
    )
