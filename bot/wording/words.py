"""Which wordings of a shape are sound: its placeholders once each, and no word but those that its reason can prove.

The words are in `words.toml`. "Better than {film}" or "a masterpiece with {person}" use words that are not there.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.wording.shapes import Shape

_PLACE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?['’]?")
_MARKS = re.compile(r"[ ,:;–-]*")
_TWICE = re.compile(r"\b(\w+) \1\b")
# "Directed by _, its director"; "_ wrote this as well" and "…, and here it is" where nothing was said before.
_AGAIN = re.compile(r"\b(direct|wr|star|releas|length)\w*\b.*\b\1")
_POINTLESS = re.compile(r"_.* here (?:it is|they are)$|\b(?:as well|also|too)\b")
# "It brings back _ from _ is here again": two sentences run together.
_RUN_ON = re.compile(
    r"^(?!what\b).*\b(?:brings|shares|has|stars|deals|mixes|comes|feels|turns|takes|keeps|goes|works|runs|gives)\b"
    r"(?:(?!\b(?:and|as|if|like|that|which|who|what|where|when|so|just|because|while|you)\b|[,;:–]).)*"
    r"\b(?:is|are|was|were|has|have)\b"
)
_MOST_WORDS = 24
_ARTICLE_BEFORE_NAME = re.compile(r"\b(?:a|an|the|this|its|your) \{(?:person|people|film|films|year|rating|oscars)\}")
# What would make a director or writer a player, or a player the maker.
_IN_IT = re.compile(r"\b(?:is|are|was|were) (?:also |both )?in\b")
_MADE_BY = re.compile(r"\bby _")
# What somebody asked for need not be what they like.
_TO_TASTE = re.compile(r"\byour (?:kind|taste|thing)|\bkind of thing\b|\byou (?:like|love|enjoy)\b")
_WISH = frozenset(("ask", "asked", "asking", "want", "wanted", "wants", "wish", "wished", "request", "requested"))
_BARE = frozenset(("a", "an", "the", "and", "or", "with", "as", "to"))


def sound(text: str, shape: Shape) -> bool:
    """Returns whether a sentence may word a shape, whatever names are put in."""
    places = _PLACE.findall(text)
    if sorted(places) != sorted(shape.slots) or not shape.known:
        return False
    rest = _PLACE.sub("_", text)
    if shape.language == "zh":
        return bool(_chinese(shape).fullmatch(rest))
    return _english(text, rest, shape)


def _english(text: str, rest: str, shape: Shape) -> bool:
    if not rest.endswith(".") or rest[:1].islower() or rest[:1] in " ,:;." or _ARTICLE_BEFORE_NAME.search(text.lower()):
        return False
    body = rest[0].lower() + rest[1:-1]
    words = _WORD.findall(body)
    if not _MARKS.fullmatch(_WORD.sub("", body).replace("_", "")) or re.search(r" [,:;]|[,:;]{2}|  |[,:;–-]$", body):
        return False
    if _says_more(body, words, shape) or _RUN_ON.search(body):
        return False
    twice = _TWICE.search(body)
    last = body.split()[-1].strip(",:;")
    return (
        not twice
        and 2 <= len(words) + len(shape.slots) <= _MOST_WORDS
        and last not in _BARE
        and set(words) <= allowed(shape)
        and (not cues(shape) or bool(set(words) & cues(shape)))
    )


def _says_more(body: str, words: Sequence[str], shape: Shape) -> bool:
    """Whether allowed words are put together to a claim of another kind, or to one thing said twice."""
    if shape.kind != "shared" and _AGAIN.search(body):
        return True
    if shape.kind == "plain" and _POINTLESS.search(body):
        return True
    if shape.relation in ("DIRECTED_BY", "WRITTEN_BY"):
        return bool(_IN_IT.search(body))
    if shape.relation == "FEATURES" and _MADE_BY.search(body):
        return True
    if shape.kind == "shared":
        return "you do" in body
    if shape.kind in ("wanted", "limit", "plain") and _TO_TASTE.search(body):
        return True
    return shape.kind in ("wanted", "limit") and sum(word in _WISH for word in words) > 1


@cache
def allowed(shape: Shape) -> frozenset[str]:
    """Returns the words that a wording of the shape may use, in small letters."""
    return frozenset(_listed(shape))


@cache
def cues(shape: Shape) -> frozenset[str]:
    """Returns the words of which a wording holds at least one: those that tell its kind of reason."""
    return frozenset(_table()[shape.language].get("cue", {}).get(shape.kind, "").split())


@cache
def _chinese(shape: Shape) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _listed(shape)), key=len, reverse=True))
    return re.compile(rf"(?:_|{words})(?:(?:_|{words}|[，：、])*(?:_|{words}))?。")


def _listed(shape: Shape) -> list[str]:
    table = _table()[shape.language]
    relation = table["relation"][shape.relation or "TALKS"]
    return " ".join([table["any"]["free"], relation, table["kind"][shape.kind]]).split()


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
