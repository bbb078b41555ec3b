"""Which word may follow which: runs of neighbouring words that people wrote of the same relation.

The model chooses its way through them, from one wording into another where they share a few words: what it writes may
be new, and is yet put together as people put it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.wording.shapes import Shape
from bot.wording.words import allowed, cues

FILE = Path(__file__).parent / "weights" / "wording.grammar.json"
START, STOP = "^", "."
_PIECE = re.compile(r"\{\w+\}|[A-Za-z'’]+|[,:;.]")
_MARKS = ",:;"
RUN = 4
"""Words of a run; three let sentences cross where they should not ("You get is {theme}.")."""
State = tuple[tuple[str, ...], frozenset[str]]
"""The last words, and what is still to come: placeholders, and the word that tells the kind of reason."""
_CUE = "cue"
_BEFORE = (START,) * (RUN - 1)


def words_of(text: str) -> list[str]:
    """Returns the words of a wording in small letters; placeholders and marks are words of their own."""
    return [piece if piece.startswith("{") else piece.lower() for piece in _PIECE.findall(text)]


class Grammar:
    """The runs, by the relation that they were written for and its placeholder."""

    def __init__(self, runs: dict[str, list[str]]) -> None:
        """`runs` are lists of "a b c d" by `HAS_THEME themes` and so on."""
        self._runs = runs
        self._graphs: dict[Shape, dict[State, tuple[str, ...]]] = {}

    @staticmethod
    def learn(written: Iterable[tuple[Shape, str]]) -> "Grammar":
        """Returns the grammar of wordings."""
        runs: defaultdict[str, set[str]] = defaultdict(set)
        for shape, text in written:
            words = [*_BEFORE, *words_of(text)]
            runs[_key(shape)].update(" ".join(words[at : at + RUN]) for at in range(len(words) - len(_BEFORE)))
        return Grammar({key: sorted(found) for key, found in sorted(runs.items())})

    @staticmethod
    def load(file: Path = FILE) -> "Grammar":
        """Returns the grammar of a file. Raises OSError or ValueError where there is none."""
        return Grammar(json.loads(file.read_text("utf-8")))

    def save(self, file: Path) -> None:
        """Writes the grammar."""
        file.write_text(json.dumps(self._runs, ensure_ascii=False, indent=0), "utf-8")

    def start(self, shape: Shape) -> State:
        """Returns the state before the first word."""
        places = [f"{{{slot}}}" for slot in shape.slots]
        return _BEFORE, frozenset([*places, _CUE] if cues(shape) else places)

    def next(self, shape: Shape, state: State) -> tuple[str, ...]:
        """Returns the words that may follow, from each of which the sentence can be ended."""
        graph = self._graphs.get(shape)
        if graph is None:
            graph = self._graphs[shape] = self._graph(shape)
        return graph.get(state, ())

    def after(self, shape: Shape, state: State, word: str) -> State:
        """Returns the state after a word."""
        held, open_ = state
        return (*held[1:], word), open_ - {word, _CUE if word in cues(shape) else word}

    def _graph(self, shape: Shape) -> dict[State, tuple[str, ...]]:
        """Returns the words that may follow in every state that can be reached and that leads to an end."""
        follows, words = self._follows(shape), allowed(shape) | set(_MARKS)
        came: defaultdict[State, list[tuple[State, str]]] = defaultdict(list)
        seen, ends, todo = set[State](), list[tuple[State, str]](), [self.start(shape)]
        while todo:
            state = todo.pop()
            if state in seen:
                continue
            seen.add(state)
            for word in follows.get(state[0], ()):
                if word == STOP and not state[1]:
                    ends.append((state, word))
                elif word in state[1] or word in words:
                    following = self.after(shape, state, word)
                    came[following].append((state, word))
                    todo.append(following)
        graph: defaultdict[State, set[str]] = defaultdict(set)
        while ends:
            state, word = ends.pop()
            if state not in graph:
                ends += came[state]
            graph[state].add(word)
        return {state: tuple(sorted(found)) for state, found in graph.items()}

    def _follows(self, shape: Shape) -> dict[tuple[str, ...], set[str]]:
        follows: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for run in self._runs.get(_key(shape), ()):
            *before, word = run.split(" ")
            follows[tuple(before)].add(word)
        return follows


def _key(shape: Shape) -> str:
    return f"{shape.relation} {shape.slots[0] if shape.slots else ''}".strip()
