"""A reading by cue words alone: what answers when no trained weights are there.

It knows the commonest wordings and no more; the tagger and the model know the rest.
"""

# ruff: noqa: E501 — tables of patterns read best with one entry a line

import re
from collections.abc import Sequence
from unicodedata import category, normalize

from bot.understanding.reading import Reading, Span
from bot.understanding.rules.words import lower
from bot.understanding.text import LIMIT
from bot.understanding.types import Attitude, Attribute, Context, Intent
from retrieval.wish import Critique

_INJECTION = (
    r"\b(?:ignore|disregard|forget|override|bypass) (?!my\b)(?:\w+ ){0,3}(?:instructions?|rules?|prompts?|programming|guidelines)\b|\bsystem prompt\b"
    r"|<\|?/?(?:system|im_start|im_end|endoftext)|\[/?inst\]|^\s*(?:system|assistant|bot|user|developer)\s*:|\bjailbreak|\byou are now (?:a|an|in|dan)\b"
    r"|^\s*={1,3}\s*$|^\s*=\s*(?:recommend|like|intent|want)\b|\{\s*\"?intents?\"?\s*:|\brepeat (?:your|the) (?:prompt|instructions)\b"
    r"|\b(?:ignore|disregard) (?:everything|all|anything) (?:that is |that's |written )?(?:above|previous)\b|\bnew instructions?\s*:|忽略.{0,6}(?:指令|规则|提示)"
    r"|\b(?:ignor|oubli|vergiss|olvid|dimentic|esque)\w* (?:\w+ ){0,3}(?:instru[cçz]\w+|anweisung\w*|consignes|istruzioni|regeln|reglas|règles|regole|regras)\b"
)
_INTENTS_TABLE: tuple[tuple[Intent, str], ...] = (
    ("other", _INJECTION),
    ("edit", r"\b(?:undo|forget (?:that|about|what|my|i)|delete (?:my|that)|wipe|reset (?:my|everything)|clear (?:my|everything)|(?:my|the) (?:profile|taste|preferences)|what do you (?:know|remember|think) (?:about|of) me|remember about me|take that back|you got (?:that|it|me) wrong|i changed my mind)\b"),
    ("compare", r"\b(?:compare|versus|vs|which (?:one )?(?:is|of)|difference between|better than|or the (?:first|second|third|last)|the first or|which should)\b"),
    ("explain", r"\bwhy\b(?! don'?t| not)|what makes you|based on what|how come\b.*(?:suggest|recommend|pick)|reason\b"),
    ("help", r"^\W*help\W*$|what can you do|how do(?:es)? (?:this|you|it) work|how do i use|which commands|what are you able|how can you help"),
    ("ask", r"\b(?:who(?:'s| is| was| are)?\b(?! should| could)|when (?:was|did|is)|what year|how long|what(?:'s| is| was| are)? (?:it|that|this|the (?:plot|story|movie)|the first|the second|the last).*\babout\b|is (?:it|that|this)\b|does it|did it|tell me (?:more )?about|tell me more|more (?:info|details)|any good\?|worth (?:it|watching|my)|what language|what genre|how (?:was|is) it rated|what rating|where was it)\b"),
    ("critique", r"\b(?:too (?:long|short|old|new|dark|heavy|slow|scary|light|mainstream|obscure|violent|sad|silly|similar)|something else|anything else|somewhere else|different|(?:newer|older|shorter|longer|lighter|darker|funnier|scarier) (?:ones?|please|movies?|films?)?|less (?:known|dark|violent|scary)|more (?:obscure|recent|modern|like (?:that|those|these|this))|none of (?:those|these)|instead)\b"),
    ("recommend", r"\b(?:recommend|suggest|recommendations?|suggestions?|looking for|i want|i need|i'd like|give me|gimme|show me|find me|any (?:good|other|more|ideas)?|got any|know (?:any|a|of)|what (?:should|can|could|do you)|something|anything|in the mood|how about|what about|another|more\b.*\?|help me|wanna (?:see|watch)|want to (?:see|watch)|similar to)\b"),
    ("accept", r"\b(?:sounds? (?:good|great|fun|perfect|interesting|awesome|cool|nice)|i(?:'ll| will) (?:watch|take|try|check|go with|give)|good (?:call|choice|idea|one)|perfect|great (?:choice|pick|suggestion)|sold|deal|let'?s (?:do|watch|go))\b|^\W*(?:yes|yeah|yep|sure|ok|okay)\b"),
    ("reject", r"^\W*(?:no|nope|nah|pass|next|skip)\b|\b(?:no thanks|not for me|not interested|not (?:that|this|the) one|already (?:seen|watched)|i'?ve seen|seen (?:it|that)|not my)\b"),
    ("inform", r"\b(?:i (?:really |also |do |don'?t |didn'?t |never )*(?:love|like|enjoy|hate|prefer|liked|loved|hated|enjoyed|watch(?:ed)?|saw|seen)|i'?ve (?:never )?(?:seen|watched)|i'?m (?:a |not )?(?:big )?(?:fan|into)|my (?:favou?rite|wife|kids)|favou?rites?|was (?:great|awesome|terrible|boring|amazing|good|bad))\b"),
    ("bye", r"\b(?:bye|goodbye|see (?:you|ya)|good ?night|have a (?:good|great|nice)|take care|later)\b"),
    ("thanks", r"\b(?:thanks?|thank you|thx|cheers|appreciate)\b"),
    ("greet", r"^\W*(?:hi|hello|hey|hiya|howdy|good (?:morning|evening|afternoon)|yo)\b|how are you"),
)  # fmt: skip
_INTENTS = tuple((name, re.compile(pattern)) for name, pattern in _INTENTS_TABLE)
_ATTITUDES_TABLE: tuple[tuple[Attitude, str], ...] = (
    ("dislike", r"\b(?:hate[ds]?|dislike[ds]?|can'?t stand|couldn'?t stand|(?:don'?t|didn'?t|do not|did not|never) (?:really |much )?(?:like|enjoy|care for|into|love)|not (?:really )?(?:into|a (?:big |huge )?fan)|sick of|tired of|bored (?:by|of)|couldn'?t finish|overrated)\b[^.;!?]*$"),
    ("avoid", r"\b(?:no|not|without|except|anything but|nothing (?:with|like)|avoid|less|stop suggesting|other than|skip|minus)\b(?: (?!but\b|just\b|only\b)[\w'-]+){0,3} ?$"),
    ("seen", r"\b(?:i'?ve (?:already )?(?:seen|watched)|already (?:seen|watched)|saw|watched|seen)\b[^.;!?]*$"),
    ("like", r"\b(?:love[ds]?|like[ds]?|enjoy(?:ed)?|fan of|favou?rites?(?: (?:is|are|movie|film))?|similar to|adore[ds]?|into|prefer|along the lines of|in the style of)\b[^.;!?]*$"),
)  # fmt: skip
_ATTITUDES = tuple((name, re.compile(pattern)) for name, pattern in _ATTITUDES_TABLE)
_ATTRIBUTES_TABLE: tuple[tuple[Attribute, str], ...] = (
    ("director", r"\bdirect(?:ed|or|s)\b|who made"), ("writer", r"\bwr(?:ote|itten|iter)\b"),
    ("cast", r"\b(?:star(?:s|red|ring)?|cast|act(?:ors?|ress|s)|plays?|who(?:'s| is) in|is \w+ \w+ in)\b"),
    ("year", r"\b(?:when|what year|how old|come out|released?|is it new)\b"), ("runtime", r"\b(?:how long|runtime|running time|minutes|hours)\b"),
    ("language", r"\b(?:language|subtitles?|dubbed|spoken)\b"), ("country", r"\b(?:country|where (?:was|is) it (?:made|from|filmed))\b"),
    ("genre", r"\b(?:genre|what kind|is it (?:a |an )?(?:comedy|horror|thriller|drama|romance|scary|funny))\b"),
    ("awards", r"\b(?:oscars?|awards?|won|nominated)\b"), ("rating", r"\b(?:rat(?:ed|ing)|any good|worth|reviews?|score)\b"),
    ("plot", r"\b(?:about|plot|story|tell me more|based on|ending|happens)\b"),
)  # fmt: skip
_ATTRIBUTES = tuple((name, re.compile(pattern)) for name, pattern in _ATTRIBUTES_TABLE)
_CRITIQUES_TABLE: tuple[tuple[Critique, str], ...] = (
    ("newer", r"\b(?:newer|more (?:recent|modern|current)|too old|less old|recent ones)\b"), ("older", r"\b(?:older|too new|too (?:recent|modern)|more (?:classic|vintage))\b"),
    ("shorter", r"\b(?:shorter|too long|less long)\b"), ("longer", r"\b(?:longer|too short)\b"),
    ("lighter", r"\b(?:lighter|too (?:dark|heavy|sad|depressing|grim|violent|scary)|less (?:dark|heavy|depressing|violent|scary)|more (?:cheerful|uplifting)|happier)\b"),
    ("darker", r"\b(?:darker|grimmer|scarier|too (?:light|silly|soft|cute|tame)|heavier|grittier)\b"),
    ("better_known", r"\b(?:better[- ]known|more (?:famous|popular|mainstream|well[- ]known)|too obscure|less obscure|mainstream)\b"),
    ("lesser_known", r"\b(?:lesser[- ]known|less (?:known|famous|mainstream|popular)|more obscure|hidden gems?|too (?:mainstream|famous|popular|obvious)|obscure|under the radar)\b"),
    ("different", r"\b(?:something (?:else|different)|different|completely other|not like (?:that|those|these))\b"),
    ("similar", r"\b(?:more like (?:that|those|these|this|it)|similar ones|same (?:vibe|kind|style)|like (?:that|those|these) one)\b"),
)  # fmt: skip
_CRITIQUES = tuple((name, re.compile(pattern)) for name, pattern in _CRITIQUES_TABLE)
_IT = re.compile(r"\b(?:it|that one|this one|that|this|the (?:movie|film))\b(?!'s (?:all|great|it)\b)")


def read(text: str, context: Context, spans: tuple[Span, ...] = ()) -> Reading:
    """Returns what cue words say of `text` (made readable); `spans` are the things found in it, kept with an attitude."""
    plain = lower(text)
    intents = [intent for intent, pattern in _INTENTS if pattern.search(plain)]
    if not context.shown:
        intents = [intent for intent in intents if intent not in ("critique", "explain")]
    if not intents and spans:
        intents = ["inform", "recommend"]
    best: Intent = intents[0] if intents else "other"
    asks = best in ("ask", "compare")
    about = next((name for name, pattern in _ATTRIBUTES if pattern.search(plain)), None) if asks else None
    moves = tuple(name for name, pattern in _CRITIQUES if pattern.search(plain)) if "critique" in intents else ()
    return Reading(
        intents=tuple(intents) or ("other",),
        spans=tuple(Span(s.start, s.end, s.kind, attitude(plain[: s.start], (best,)), s.confidence) for s in spans),
        reference=0 if _IT.search(plain) and (context.shown or context.history) else None,
        attribute=about,
        critique=moves,
        confidence=0.4,
    )


def injected(utterance: str) -> bool:
    """Says whether an utterance tries to change the rules or imitates the formats that models are spoken to in.

    Letters of other widths and unseen signs between letters do not hide it.
    """
    seen = "".join(c for c in normalize("NFKC", utterance[:LIMIT]) if category(c) != "Cf")
    return re.search(_INJECTION, lower(seen), re.MULTILINE) is not None


def attitude(before: str, intents: Sequence[Intent]) -> Attitude:
    """Returns the attitude that the words before a thing show to it, in a text with these acts."""
    clause = re.split(r"\bbut\b|[.;!?]", lower(before))[-1]
    intent = intents[0] if intents else "other"
    for name, pattern in _ATTITUDES:
        if pattern.search(clause):
            return name
    if intent in ("recommend", "critique"):
        return "want"
    return "like" if intent == "inform" else "about"
