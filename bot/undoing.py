"""Going back: which earlier turns an "undo" means, by count or by what was said in them; and taking it back. Pure."""

import re
from collections.abc import Mapping, Sequence

from bot.folding import changes, undone_turns
from bot.supposing import agrees
from bot.taste import Limited, Moved, Preferred, Redone, TasteEvent, Undone

_UNDO = re.compile(
    r"\b(undo|revert|(roll|step) back|take (that|it) back|take back (that|what|the)|never ?mind that|"
    r"(cancel|scratch|scrap) (that|it|this)\b|(back|return) to (before|how it was|where we were)|"
    r"\w+ (steps?|changes?) back|"
    r"(forget|ignore) (that|the last thing|what i (just )?said)( i( just)? said)?\W*$)|\bgo back\W*$|撤销|取消上|撤回",
    re.IGNORECASE,
)
_GO_BACK = re.compile(r"\bgo back\b", re.IGNORECASE)
_REDO = re.compile(
    r"\b(redo|(put|bring|take) (it|that|them|those|this) back in|(put|bring) (it|that|them|those|this|everything) back|"
    r"undo (the|that|your|my) undo|restore (it|that|them)|reinstate|un-?undo)\b|恢复|重做",
    re.IGNORECASE,
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "twice": 2}
_COUNT = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|\d+)( of)? (steps?|changes?|turns?|times|things|moves|messages)\b|"
    rf"\b(?:last|latest|past) ({'|'.join(_NUMBERS)}|\d+)\b|\b(twice)\b|([一两二三四五\d]+)步",
    re.IGNORECASE,
)
_HAN = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_ALL = re.compile(
    r"\b(everything|all of (it|that|this)|all (my )?changes|to the (start|beginning))\b|全部", re.IGNORECASE
)
_BEFORE = re.compile(r"\b(?:before|prior to)\b(?P<topic>.*)|在(?P<han>.*)之前", re.IGNORECASE | re.DOTALL)
_ABOUT = re.compile(
    r"\b(?:undo|revert|take back|cancel|scratch|scrap)\b(?P<topic>.*)|撤销(?P<han>.*)", re.IGNORECASE | re.DOTALL
)
# fmt: off
_IDLE = frozenset((
    "a", "about", "again", "all", "an", "and", "any", "ask", "asked", "back", "bit", "change", "changes", "did",
    "do", "done", "for", "i", "is", "it", "just", "last", "latest", "limit", "mention", "mentioned", "my", "no",
    "not", "now", "of", "on", "one", "ones", "or", "part", "please", "preference", "previous", "said", "say",
    "saying", "step", "steps", "stuff", "that", "the", "thing", "things", "this", "to", "told", "wanted", "was",
    "we", "were", "what", "when", "with", "you", "your",
))
# fmt: on


def wants_undo(utterance: str) -> bool:
    """Returns whether the words ask to go back."""
    return bool(_UNDO.search(utterance)) and not wants_redo(utterance)


def goes_back(utterance: str) -> bool:
    """Returns whether the words ask to go back to somewhere, which may also be a genre: "go back to comedies"."""
    return bool(_GO_BACK.search(utterance))


def wants_redo(utterance: str) -> bool:
    """Returns whether the words ask for what was just taken away."""
    return bool(_REDO.search(utterance))


def going_back(utterance: str, turn: int, log: Sequence[TasteEvent], said: Mapping[int, str]) -> list[TasteEvent]:
    """Returns the events that take back what the words mean, the latest change first; () when nothing matches.

    `said` are the words of the turns. "Before the horror thing" is that turn and all after it, "undo the horror thing"
    that turn alone, "two steps back" the last two changes.
    """
    standing = changes(log)
    turns = _meant(utterance, standing, log, said)
    return [Undone(turn, of_turn, words_of(log, of_turn, said)) for of_turn in sorted(turns, reverse=True)]


def putting_back(turn: int, log: Sequence[TasteEvent], said: Mapping[int, str]) -> list[TasteEvent]:
    """Returns the events that restore what the latest step took away: an undo, or a change such as a forgetting."""
    last_undo = max((event.turn for event in log if isinstance(event, Undone)), default=0)
    undone = undone_turns(log)
    of_undo = [e.of_turn for e in log if isinstance(e, Undone) and e.turn == last_undo and e.of_turn in undone]
    standing = changes(log)
    if of_undo and last_undo > max(standing, default=0):
        return [Redone(turn, of_turn, words_of(log, of_turn, said)) for of_turn in sorted(of_undo)]
    return [Undone(turn, standing[-1], words_of(log, standing[-1], said))] if standing else []


def words_of(log: Sequence[TasteEvent], turn: int, said: Mapping[int, str] | None = None) -> str:
    """Returns what the user said in a turn, or what its events kept of the words; "" where neither is known."""
    words = said.get(turn, "") if said else ""
    if words and not agrees(words):
        return words
    for event in log:
        if event.turn == turn and isinstance(event, Preferred):
            return event.preference.utterance
        if event.turn == turn and isinstance(event, Limited | Moved):
            return event.utterance
    return words


def _meant(
    utterance: str, standing: Sequence[int], log: Sequence[TasteEvent], said: Mapping[int, str]
) -> Sequence[int]:
    if not standing:
        return ()
    if before := _BEFORE.search(utterance):
        topic = _words(before["topic"] or before["han"] or "")
        if topic:
            found = _latest_about(topic, standing, log, said)
            return [turn for turn in standing if turn >= found] if found else ()
    if _ALL.search(utterance):
        return standing
    if counted := _COUNT.search(utterance):
        return standing[-_number(counted) :]
    if about := _ABOUT.search(utterance):
        topic = _words(about["topic"] or about["han"] or "")
        if topic:
            found = _latest_about(topic, standing, log, said)
            return (found,) if found else ()
    return standing[-1:]


def _number(match: re.Match[str]) -> int:
    """How many steps are meant: one at least, since "undo the last 0" is meant to take something back."""
    word = next(group for group in (match[1], match[4], match[5], match[6]) if group).lower()
    return max(1, int(word)) if word.isdigit() else _NUMBERS.get(word) or _HAN.get(word, 1)


def _latest_about(
    topic: frozenset[str], standing: Sequence[int], log: Sequence[TasteEvent], said: Mapping[int, str]
) -> int | None:
    """Returns the latest standing turn whose words, or what they were linked to, share most words with the topic."""
    hits = {turn: len(topic & _words(_all_words(turn, log, said))) for turn in standing}
    most = max(hits.values())
    return max(turn for turn, shared in hits.items() if shared == most) if most else None


def _all_words(turn: int, log: Sequence[TasteEvent], said: Mapping[int, str]) -> str:
    linked = [e.preference.key for e in log if isinstance(e, Preferred) and e.turn == turn]
    moves = [steer.move for e in log if isinstance(e, Moved) and e.turn == turn for steer in e.steers]
    return " ".join([said.get(turn, words_of(log, turn)), *linked, *moves]).replace(":", " ").replace("_", " ")


def _words(text: str) -> frozenset[str]:
    """Returns the telling words of a text, cut to stems of five letters; Chinese character by character."""
    words = re.findall(r"[^\W_]+(?:['’]\w+)?", text.lower())
    han = {c for c in text if "\u4e00" <= c <= "\u9fff" and c not in "我说的那个之前撤销在"}
    return frozenset({word[:5] for word in words if word not in _IDLE and word.isascii()} | han)
