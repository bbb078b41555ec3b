"""Changes asked for beyond the contract's ten: "funnier", "less violent", "another director". Pure, words to moves."""

# ruff: noqa: E501 — a table of patterns reads best with one entry a line

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.types import Intent, Understanding
from retrieval.moves import Move, Steer
from retrieval.wish import Critique

_MORE = r"(?:more|much more|a bit more|a little more|even more|way more|slightly more)"
_LESS = r"(?:less|much less|a bit less|a little less|way less|not so|not as|not that|not too)"
_TOO = r"(?:too|so|a bit too|a little too|way too|far too)"
_TABLE: tuple[tuple[Move, str], ...] = (
    ("funnier", rf"funnier|{_MORE} (?:funny|humou?r(?:ous)?|comedic|laughs|comedy|hilarious)|not funny enough|more of a comedy|{_TOO} unfunny"),
    ("more_serious", rf"{_MORE} serious|{_LESS} (?:funny|silly|goofy|comedic|jokey)|{_TOO} (?:silly|goofy|jokey|funny)"),
    ("scarier", rf"scarier|creepier|spookier|{_MORE} (?:scary|frightening|terrifying|creepy|spooky)|not (?:scary|creepy) enough"),
    ("less_scary", rf"{_LESS} (?:scary|creepy|frightening|spooky)|{_TOO} (?:scary|creepy|frightening|spooky)"),
    ("more_violent", rf"bloodier|gorier|{_MORE} (?:violent|violence|brutal|bloody|gory|blood|gore)"),
    ("less_violent", rf"{_LESS} (?:violent|violence|brutal|bloody|gory|blood|gore)|{_TOO} (?:violent|brutal|bloody|gory|much (?:violence|blood|gore))|tamer"),
    ("more_romantic", rf"{_MORE} (?:romantic|romance)|not romantic enough"),
    ("less_romantic", rf"{_LESS} (?:romantic|romance|mushy|soppy)|{_TOO} (?:romantic|mushy|soppy|much romance)"),
    ("faster", rf"faster(?:[- ]paced)?|pacier|{_MORE} (?:exciting|action[- ]packed|fast[- ]paced|thrilling)|{_TOO} slow|{_LESS} slow"),
    ("slower", rf"slower(?:[- ]paced)?|calmer|quieter|{_TOO} (?:fast|frantic|hectic|loud)|{_LESS} (?:fast|frantic|hectic)"),
    ("easier", rf"easier(?: to (?:watch|follow)| going)?|simpler|{_LESS} (?:demanding|complicated|complex|difficult|arty)|{_TOO} (?:demanding|complicated|complex|difficult|arty|clever)"),
    ("more_demanding", rf"smarter|deeper|cleverer|{_MORE} (?:demanding|challenging|complex|thought[- ]provoking|intelligent|clever)|{_TOO} (?:dumb|simple|shallow|stupid)"),
    ("different_director", r"(?:different|other|another|new) (?:director|filmmaker)s?|(?:by|from) (?:some(?:one|body)) else|not (?:by )?the same (?:director|filmmaker)|not (?:by|from) (?:him|her|them)"),
    ("same_director", r"(?<!not )(?<!not by )the same (?:director|filmmaker)|more (?:by|from) (?:that|this|the same) (?:director|filmmaker)"),
)  # fmt: skip
_CHINESE: tuple[tuple[Move, str], ...] = (
    ("funnier", "更(?:搞笑|好笑|幽默)"),
    ("scarier", "更(?:恐怖|吓人|可怕)"),
    ("less_scary", "(?:不那么|别那么|没那么)(?:恐怖|吓人|可怕)|太(?:恐怖|吓人)"),
    ("less_violent", "(?:不那么|别那么|没那么)(?:暴力|血腥)|太(?:暴力|血腥)|少(?:一)?点暴力"),
    ("more_romantic", "更浪漫"),
    ("faster", "节奏(?:更|再)?快|太慢"),
    ("slower", "节奏(?:更|再)?慢"),
    ("different_director", "换(?:一)?个导演|别的导演"),
)
_PATTERNS = tuple((move, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for move, words in _TABLE)
_PATTERNS += tuple((move, re.compile(words)) for move, words in _CHINESE)
# The contract has no word for these, and calls them lighter, darker or different.
_MEANT: dict[Move, Critique] = {
    "different_director": "different",
    "scarier": "darker",
    "more_violent": "darker",
    "more_serious": "darker",
    "less_scary": "lighter",
    "less_violent": "lighter",
    "funnier": "lighter",
}
_TONE = re.compile(r"\b(light|dark|cheer|happ|heav|grim|bleak)|轻松|沉重|黑暗", re.IGNORECASE)
_LESS_LIKE = re.compile(
    r"\b(less like|nothing like|not like|unlike|not similar to|the opposite of)\b|不像", re.IGNORECASE
)
_ASKED_BESIDE: frozenset[Intent] = frozenset({"other", "inform", "recommend", "critique", "accept", "help", "edit"})
_LASTING_MOVES_NOT: frozenset[Move] = frozenset({"different", "similar"})


def moves_said(utterance: str) -> tuple[Move, ...]:
    """Returns the moves beyond the contract's that the words ask for, in a fixed order, each once."""
    return tuple(dict.fromkeys(move for move, pattern in _PATTERNS if pattern.search(utterance)))


def moving(understanding: Understanding, utterance: str, *, shown: bool) -> Understanding:
    """Returns the meaning as a critique where the words ask for such a move of what was shown.

    What the words name is then no thing to want or ban: "funnier" asks for no comedy, "less violent" bans no violence.
    "Less like the second one" is the opposite of `similar`.
    """
    if not shown:
        return understanding
    critique = understanding.critique
    if "similar" in critique and _LESS_LIKE.search(utterance):
        critique = tuple(dict.fromkeys("different" if move == "similar" else move for move in critique))
        understanding = replace(understanding, critique=critique)
    said = moves_said(utterance)
    if not said or understanding.intent not in _ASKED_BESIDE:
        return understanding
    covered = [match.span() for _, pattern in _PATTERNS for match in pattern.finditer(utterance)]
    kept = tuple(
        mention
        for mention in understanding.mentions
        if mention.kind in ("item", "person") or not any(start <= mention.start < end for start, end in covered)
    )
    implied = {_MEANT[move] for move in said if move in _MEANT}
    if not _TONE.search(utterance):
        critique = tuple(move for move in critique if move not in implied)
    others = tuple(intent for intent in understanding.intents if intent not in ("critique", "accept", "edit", "other"))
    return replace(understanding, intent="critique", intents=("critique", *others), mentions=kept, critique=critique)


def lasting(moves: Sequence[Move], base: tuple[str, ...]) -> tuple[Steer, ...]:
    """Returns the moves that hold on for the next suggestions as well."""
    return tuple(Steer(move, base) for move in moves if base and move not in _LASTING_MOVES_NOT)
