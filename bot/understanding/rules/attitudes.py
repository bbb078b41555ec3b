"""What plain words beside a thing say of it: "I love X", "never seen X", "X was a slog", "I'll check out X".

Each wording has one meaning, and goes on over a list ("I love X, Y and Z"). What is denied, asked or said of
somebody else is left to the readers. Every entry was kept for being right on the gold rows that train.
"""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.understanding.reading import Span
from bot.understanding.rules.words import TITLE, lower
from bot.understanding.types import Attitude, MentionKind

_YEAR = r"(?: ?\((?:1[89]|20)\d\d\))?"
_NOUN = r"(?: (?:movies?|films?|flicks?|stuff|ones?|genres?|comed(?:y|ies)|dramas?|series|shows?))?"
_AND = r"(?:(?: ?, ?| )(?:and|or|nor|plus) (?:(?:also|maybe|the|a|an|some|any|of) )*| ?, ?(?:(?:the|a|an) )?| ?[/&] ?)"
_NEXT = rf"[\"'“]?{TITLE}{_YEAR}[\"'”]?{_NOUN}{_AND}"
_LIST = rf"(?:{_NEXT})*"
_LEAD = (
    r"(?:(?:the|a|an|some|any|all|most|old|older|new|newer|good|great|really|those|these|of|original|first|movies?|films?|stuff|ones|things"
    r"|anything|everything|something|by|with|starring|from|in|about|style|type|kinds?|sort|watching|seeing|every|le|la|les|il|lo|los|las|der|die|das|den) )*"
)
_HERE = r"[\"'“]?$"
_THIS = rf"^{_YEAR}[\"'”]?{_NOUN}"
_THESE = rf"^{_YEAR}[\"'”]?{_NOUN}(?:{_AND}{TITLE}{_YEAR}{_NOUN})*,?"
_OFTEN = r"(?: (?:really|also|absolutely|just|do|did|always|definitely|usually|generally|still|kinda|especially|actually|totally|quite|so|truly|both|all|personally|tend to|honestly))*"
_VERY = r"(?: (?:so|really|pretty|very|super|also|quite|just|such|a|an|kinda|absolutely|both|all|actually|truly|damn|always|definitely|simply|totally|the|one of|as|hell))*"
_GOOD = r"(?:good|great|amazing|awesome|hilarious|excellent|fantastic|funny|brilliant|incredible|wonderful|perfect|beautiful|fun|cool|lovely|superb|phenomenal|masterpiece|classic|best|genius|interesting|entertaining|gem)\b"
_BAD = r"(?:boring|terrible|awful|bad|horrible|overrated|dull|disappointing|disappointment|letdown|let down|trash|garbage|rubbish|stupid|dumb|lame|mess|worst|tedious|snooze|snoozefest|pretentious|unwatchable|crap|weak|waste|slog|drag|chore|bore)\b"
_STARS_MANY = r"(?:(?:[45]|4\.5|four|five)(?:-star| stars?\b| ?/ ?5\b| out of (?:5|five)\b)|(?:[89]|[89]\.\d|10|eight|nine|ten)(?: ?/ ?10\b| out of (?:10|ten)\b))"
_STARS_FEW = r"(?:(?:0|1|2|zero|one|two)(?:-star| stars?\b| ?/ ?5\b| out of (?:5|five)\b)|(?:[0-4]|zero|one|two|three|four)(?: ?/ ?10\b| out of (?:10|ten)\b))"
_TELLS = r"(?:^|[.,;:!?] ?|\b(?:i|we|but|and|so|honestly|also)(?:'ve|'m)? )(?:(?:really|just|kinda|absolutely|also|always|do|still|am|usually) )*"

Side = Literal["before", "after"]
_THINGS: frozenset[MentionKind] = frozenset(("item",))
_TASTES: frozenset[MentionKind] = frozenset(("person", "genre", "keyword", "language", "country"))
_ALL = _THINGS | _TASTES


@dataclass(frozen=True, slots=True)
class Wording:
    """Words directly `before` or `after` a thing of the `kinds`, and the attitude that they show."""

    attitude: Attitude
    side: Side
    pattern: re.Pattern[str]
    kinds: frozenset[MentionKind] = _ALL


def _before(attitude: Attitude, words: str, kinds: frozenset[MentionKind] = _ALL, over: str = _LIST) -> Wording:
    return Wording(attitude, "before", re.compile(rf"{words} {over}{_LEAD}{_HERE}"), kinds)


def _after(attitude: Attitude, words: str, kinds: frozenset[MentionKind] = _ALL) -> Wording:
    return Wording(attitude, "after", re.compile(words), kinds)


WORDINGS = (
    _before("like", rf"\b(?:i|we)(?:'ve)?{_OFTEN} (?:love|like|enjoy|adore|loved|liked|enjoyed|adored|dig)(?: to watch| watching| seeing| when)?"),
    _before("like", rf"{_TELLS}(?:love|loved|enjoyed|adore|adored|j'adore|j'aime|me encantan?|me gustan?|ich liebe|ich mag|adoro)"),
    _before("like", r"\bfavou?rites?(?: \w+){0,3} (?:is|are|was|were|include|has to be|would be|would have to be)(?: probably| definitely| always)?"),
    _before("like", r"\b(?:sucker for|soft spot for|obsessed with|can'?t get enough of|never (?:get|be) (?:tired|enough|sick) of|crazy about|nuts about|mad about|in love with|addicted to|hooked on|partial to|live for|big on|swear by|will watch anything (?:by|with)|you can'?t go wrong with|hard to beat|here for|guilty pleasure(?: is| are)?:?|my jam is|fell in love with|i rate)"),
    _before("like", r"\b(?:not |nearly |almost )*as (?:good|great|funny|scary) as", _THINGS),
    _after("like", rf"{_THESE} (?:is|are|was|were)(?: (?:also|both|all|definitely|probably|one of|some of|still|always|a|an|all-time|all time|my|our|top|absolute))* favou?rites?"),
    _after("like", rf"{_THESE} (?:was|were){_VERY} {_GOOD}", _THINGS),
    _after("like", rf"{_THESE}(?: and| but)?(?: i| we){_OFTEN} (?:loved?|liked?|enjoyed|adored?) (?:it|them|that|every)\b", _THINGS),
    _after("like", rf"{_THIS} (?:never (?:gets? old|fails?|misses|disappoints?|lets? me down)|(?:is|are) (?:my jam|my thing|my bag|my favou?rite|right up my alley|underrated|a guilty pleasure|a masterpiece|a legend|a treasure|a riot|a hoot|a blast|where it'?s at|the (?:best|goat)|hard to beat|unbeatable|solid gold)|rocks|rules|slaps|kills? me|cracks? (?:me|us) up|blew (?:me away|my mind)|had me (?:in|on|at|laughing|crying|hooked)|made (?:me|us) (?:cry|laugh)|makes (?:me|us) (?:laugh|smile|happy)|gets? me every time|can do no wrong|hits the spot|hit different|hits different|holds up|stole my heart|changed my life|stuck with me|stayed with me|still gets me)\b"),
    _after("like", rf"{_THIS},? (?:(?:a|an|gets?|is|was|got|with) )*(?:solid |full |easy |strong )?{_STARS_MANY}", _THINGS),
    _after("dislike", rf"{_THIS},? (?:(?:a|an|gets?|is|was|got|with) )*(?:measly |meagre |mere |only )*{_STARS_FEW}", _THINGS),
    _before("want", r"\b(?:looking for|in the mood for|(?:i'd|i would)(?: (?:really|actually|rather|just))? (?:love|like|prefer)(?: to (?:see|watch|find|try))?|(?<!do )i (?:really )?(?:want|need)(?: to (?:see|watch|find))?|(?:recommend|suggest)(?: me)?|(?:give|show|find) me|gimme|(?:know|got|have)(?: of)? any)(?: (?:some|any|a|an|good|great|nice|more|something|anything|movie|film|else|maybe|in|of|few|two|other))*", _TASTES),
    _before("want", rf"(?:^|(?<=[.;] )|(?<={TITLE} ))(?:want|more|need)", _TASTES),
    _before("want", r"\b(?:i'?ll|i will|gonna|(?:i'm|am) going to|i(?:'ll)? have to|i should|i might|i may|let me|(?:i'd|i would) (?:love|like) to|i(?: really| do| also)* want(?:ed)? to|i've been wanting to|can'?t wait to|willing to|gotta|i need to|considering|think i(?:'ll| will))(?: (?:definitely|also|probably|totally|maybe|just|finally|go|have to|be))* (?:see|seeing|watch|watching|try|check out|checking out|check|go with|give|rewatch|look up|look for|catch)(?: (?:out|for))?", _THINGS),
    _before("want", r"\b(?:look(?:ing)? forward to|can'?t wait for|excited (?:for|about))", _THINGS),
    _after("want", rf"{_THESE}(?: \w+)? (?:looks?|sounds?|seems?)(?: like)?{_VERY} (?:{_GOOD}|nice|intriguing|promising|funn?y|up my alley)", _THINGS),
    _before("dislike", rf"\b(?:i|we){_OFTEN} (?:don'?t|do not|didn'?t|did not|never|can'?t|cannot|can not|couldn'?t)(?: (?:really|much|even|particularly|usually|ever|quite|too|that|personally))* (?:like|love|enjoy|liked|enjoyed|care for|care much for|stand|into|get into)"),
    _before("dislike", r"(?:^|[.,;] ?|\b(?:i'?m|i am|was|we'?re|but|and|just|i) )(?:(?:really|just|definitely) )?(?:not|never)(?: (?:really|much|too|that|a|an|big|huge|such|overly|all|particularly|much of a))* (?:into|fans? of|fond of|keen on)"),
    _before("dislike", rf"{_TELLS}(?:hate|hated|dislike|disliked|despise|detest|loathe|sick of|tired of|bored of|bored by|bored with|fed up with|burnt out on|dread|walked out of|fell asleep (?:during|in|watching)|gave up on|allergic to|wanted to like|je déteste|je n'aime pas|no me gustan?|odio|ich hasse|non mi piace|não curto|não gosto de)"),
    _before("dislike", r"\b(?:refuse to (?:watch|see)|(?:rather|sooner) (?:watch (?:paint dry|□)|eat|die|stick|pull|chew|lick|swallow)\b.{0,40} than|couldn'?t (?:finish|get through|get into|sit through|care less about)|could not (?:finish|get through|get into|sit through)|can'?t (?:get into|be doing with|deal with|do|take)|never (?:got into|understood|got the hype (?:about|around|for)|saw the appeal of)|don'?t (?:get|see) the (?:hype|appeal|point)(?: about| around| of| with| behind| in)?|turned off|switched off|regret watching|life'?s too short for|spare me|(?:keep|save) me (?:away )?from|had it with|so over|i'?m over|no time for|no patience for|not a big)(?: watch| see| sit through)?(?: anything| another| any)*(?: by| with)?"),
    _after("dislike", rf"{_THESE} (?:was|were|is|are){_VERY} (?:too (?!many|much like)\w+|{_BAD})(?!.*(?:\b(?:but|still)\b|it'?s good))", _THINGS),
    _after("dislike", rf"{_THESE} (?:is|are){_VERY} (?:overrated|annoying|insufferable|unbearable|boring|dull|not funny)\b"),
    _after("dislike", rf"{_THIS} ?,? not so much"),
    _after("dislike", rf"{_THIS} (?:can'?t (?:act|sing|write|direct)\b|can (?:get in the (?:bin|sea)|do one)|(?:gave|gives?) me (?:a headache|the creeps|the ick)|(?:puts?|sent|sends?) me to sleep|bore[sd]? me|bores the|(?:make|made|makes) (?:my (?:skin crawl|teeth itch|eyes roll)|me (?:cringe|sick|queasy|want to))|(?:left|leaves?) me cold|(?:did|do|does) (?:absolutely )?nothing for me|never did it for me|do(?:es)?n'?t do it for me|lost me|drives? me (?:crazy|up the wall|nuts|mad|insane)|(?:gets?|got) on my nerves|annoys? me|irritates? me|sucks|sucked|stinks|stank|blows\b|fell flat|dragged|ruins? (?:it|every|the)|was a (?:slog|chore|drag|snooze|mess|waste|letdown|disaster|joke)|(?:is|are|was|were)(?:n'?t| not) (?:really )?(?:my (?:cup of tea|thing|bag|jam|style|type|speed)|for me)|went over my head|is past it|(?:i|we) hated\b)"),
    _before("avoid", r"\b(?:(?:i|we)(?:'d| would)?|would|'d) (?:rather|prefer(?:ably)?|better) not(?: to)?(?: (?:see|watch|have|get|sit through|go for))?(?: any(?: more)?| another)?"),
    _before("avoid", r"\b(?:not too|not so|nothing too|pas trop|nicht (?:so|zu|allzu)|no (?:muy|demasiado)|non troppo|não muito)", _TASTES, rf"(?:{TITLE}(?: (?:or|and) | ?/ ?))*"),
    _before("about", r"(?:\b(?:haven'?t|have not|never|didn'?t|did not|hasn'?t|yet to)(?: (?:ever|yet|actually|even|really|either|been|to|got|gotten|the chance to))*(?: (?:seen|watched|saw|see|watch|heard of|heard about))|\bi missed)(?: either| any of)*", _THINGS),
    _before("about", r"\b(?:reminds?(?: (?:me|us|you))?(?: \w+)? of|reminded me of|sounds?(?: a (?:lot|bit|little)| just| kind of| kinda| almost| exactly)? like|looks?(?: a (?:lot|bit|little)| just| kind of| kinda| almost)? like|too (?:much like|similar to))", _THINGS),
    _before("about", r"\b(?:the|that|same) (?:\w+ )?(?:guy|girl|lady|man|woman|kid|actor|actress|people|director|makers?|creators?|writers?)(?: \w+)? (?:from|in|of|as|who did|behind)", _THINGS),
    _before("seen", r"\b(?:j'ai (?:déjà )?vu|ya (?:vi|he visto)|ho (?:già )?visto|já vi)", _THINGS),
)  # fmt: skip
_ASKED: tuple[tuple[Attitude, re.Pattern[str]], ...] = (
    ("avoid", re.compile(r"\b(?:don'?t want|avoid|rule out|rather not|leave out)\b[^.!?]*\?")),
    ("dislike", re.compile(r"(?<!and )(?<!or )\b(?:not (?:like|enjoy)|(?:didn'?t|don'?t) you (?:like|enjoy)|you (?:didn'?t|don'?t) (?:like|enjoy)|hated?|can'?t stand|disliked?)\b[^.!?]*\?")),
)  # fmt: skip
"""What the bot asked for, and the attitude of a bare answer."""
_BARE = re.compile(rf"(?:(?:maybe|just|probably|um+|hm+),? )*{_LEAD}(?:{_NEXT}{_LEAD})*")
_DENIED = re.compile(
    r"(?:n'?t|\b(?:not|never|no|hardly|if|that|think|know|said|save|remember|why|who|when|does|my \w+|she|he|they|you|everyone|people))"
    r"(?: \w+){0,2} ?$"
)
_REQUEST = re.compile(r",.*\b(?:something|anything|some|any|maybe)\b")
"""Behind a taste and a comma a wish begins: "I loved Inception, something newer"."""
_WISHED = re.compile(
    r"\b(?:check|look(?:ing)? into|look (?:it|that|them) up|intend|give (?:it|that|them)|will|i'll|wanna|want|interested|try"
    r"|going to|gonna|must see|choice|chosen|exception|sounds?|love to|like to|list)\b"
)


def told(text: str, spans: Sequence[Span], question: str = "") -> tuple[Span, ...]:
    """Returns the spans of `text` in order, those of which plain words speak with the attitude that these show.

    `question` is the bot's turn before it, which settles what a bare answer means.
    """
    plain, ordered = lower(text), sorted(spans, key=lambda span: span.start)
    asked = next((attitude for attitude, pattern in _ASKED if pattern.search(lower(question))), None)
    heard = ((span, _said(plain, ordered, span, asked)) for span in ordered)
    return tuple(replace(span, attitude=said, sure=1.0) if said else span for span, said in heard)


def _said(plain: str, spans: Sequence[Span], span: Span, asked: Attitude | None) -> Attitude | None:
    """Returns what the words beside `span` say; None where nothing does, or two contradict each other."""
    before, after = _masked(plain, 0, span.start, spans), _masked(plain, span.end, len(plain), spans)
    found = {wording.attitude for wording in WORDINGS if _fits(wording, span, before, after)}
    if not found and asked and _BARE.fullmatch(before):
        return asked
    return found.pop() if len(found) == 1 else None


def _fits(wording: Wording, span: Span, before: str, after: str) -> bool:
    if span.kind not in wording.kinds or (wording.attitude == "about" and _WISHED.search(after)):
        return False
    if wording.side == "after":
        return wording.pattern.search(after) is not None
    match = wording.pattern.search(before)
    if match is None or _DENIED.search(before[: match.start()]):
        return False
    return wording.attitude == "want" or not _REQUEST.search(match[0])


def _masked(plain: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Returns that part of the text with each thing in it as one sign, and one blank between words."""
    pieces, at = [], start
    for span in spans:
        if at <= span.start and span.end <= end:
            pieces += [plain[at : span.start], TITLE]
            at = span.end
    return re.sub(r"\s+", " ", "".join([*pieces, plain[at:end]]))
