"""From the context of a recorded dialogue to the wish that the conversation would have made of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.text import fold
from retrieval.columns import Columns
from retrieval.wish import Wish
from training.scorer_dialogues import MOVIE, Row, Said, title_and_year

# Recent turns say what is wanted now.
TURNS_READ = 4
LONGEST_NAME = 4
KINDS = ("genre", "theme", "mood", "person")
# How people name genres that the catalogue spells differently.
SPOKEN = {
    "scary": "genre:Horror",
    "funny": "genre:Comedy",
    "comedies": "genre:Comedy",
    "hilarious": "genre:Comedy",
    "rom com": "genre:Romance",
    "romcom": "genre:Romance",
    "romantic": "genre:Romance",
    "scifi": "genre:Sci-Fi",
    "sci fi": "genre:Sci-Fi",
    "science fiction": "genre:Sci-Fi",
    "animated": "genre:Animation",
    "cartoon": "genre:Animation",
    "kids": "genre:Family",
    "children": "genre:Family",
    "thrillers": "genre:Thriller",
    "suspense": "genre:Thriller",
    "dramas": "genre:Drama",
    "documentaries": "genre:Documentary",
    "westerns": "genre:Western",
    "musicals": "genre:Musical",
    "mysteries": "genre:Mystery",
}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Lexicon:
    """The names of a catalogue's genres, themes, moods and people, as they are spoken."""

    entities: Mapping[str, str]

    @staticmethod
    def of(columns: Columns) -> "Lexicon":
        """Returns the lexicon of all entities that the items have; a person needs two names."""
        found: dict[str, str] = {}
        for kind in reversed(KINDS):
            for entity in columns.having:
                if entity.startswith(f"{kind}:"):
                    words = _words(entity.partition(":")[2])
                    if kind != "person" or len(words) > 1:
                        found[" ".join(words)] = entity
        return Lexicon(found | {words: entity for words, entity in SPOKEN.items() if entity in columns.having})

    def find(self, text: str) -> tuple[str, ...]:
        """Returns the ids of the entities named in the text, in order, the longest name at each place."""
        words, found, place = _words(text), [], 0
        while place < len(words):
            for length in range(LONGEST_NAME, 0, -1):
                entity = self.entities.get(" ".join(words[place : place + length]))
                if entity is not None and place + length <= len(words):
                    found.append(entity)
                    break
            place += length
        return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def wish_of(row: Row, item_of: Mapping[str, str], lexicon: Lexicon, *, repeats: bool, forms: bool = False) -> Wish:
    """Returns the wish of a row's context. `item_of` maps ReDial ids to the catalogue's.

    Named movies count as liked, in order, the last mention of each; with `forms`, those that the seeker's form says
    they did not like count as disliked. Without `repeats` what was named is excluded.
    """
    named = [movie for movie in dict.fromkeys(reversed(row.named)) if movie in item_of][::-1]
    disliked = [movie for movie in named if forms and movie in row.disliked]
    return Wish(
        text=_text(row.context[-TURNS_READ:], row.names),
        prefer=lexicon.find(" . ".join(MOVIE.sub(" . ", said.text) for said in row.context)),
        liked=tuple(dict.fromkeys(item_of[movie] for movie in named if movie not in disliked)),
        disliked=tuple(dict.fromkeys(item_of[movie] for movie in disliked)),
        exclude=frozenset() if repeats else frozenset(item_of[movie] for movie in named),
    )


def _text(context: Sequence[Said], names: Mapping[str, str]) -> str:
    def title(match: re.Match[str]) -> str:
        return title_and_year(names.get(match[1], ""))[0]

    return " ".join(MOVIE.sub(title, said.text) for said in context)
