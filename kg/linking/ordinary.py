"""Which words and phrases ordinary sentences are made of, so that a title in them is not taken for a film."""

import math
from dataclasses import dataclass
from functools import cache

from kg.linking.tables import read_table
from kg.text import normalise_title

EVERYDAY, _FREQUENT, _KNOWN, _RARE = 1.3, 2.2, 3.0, 5.0
_NUMBER = 1.6
_EVERYDAY_SHARE = 0.6
_ENDINGS = (("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


@dataclass(frozen=True)
class OrdinaryEnglish:
    """`rarity` grows from 1 (everyday words) to 5 (words and names that few sentences hold).

    `closed` and `phrases` mean no film unless something says so; `proper` are names, written with a capital anyway.
    `with_article` are those of the phrases that begin with "the": "the game" is ordinary, the film Game need not be.
    `telling` are titles that are said of nothing else, although their words are ordinary.
    """

    rarities: dict[str, float]
    closed: frozenset[str]
    proper: frozenset[str]
    phrases: frozenset[str]
    with_article: frozenset[str]
    telling: frozenset[str]

    def rarity(self, word: str) -> float:
        """Returns 1 … 5: roughly the logarithm of the word's rank among English words."""
        if word.isdigit():
            return _NUMBER
        return self.rarities.get(word) or (_KNOWN if self._is_inflected(word) else _RARE)

    def known(self, word: str) -> bool:
        """Returns whether the word is one of ordinary English, or a number."""
        return word in self.rarities or word.isdigit() or self._is_inflected(word)

    def _is_inflected(self, word: str) -> bool:
        """Whether it is an ordinary word with an ending ("hunted", "hunting", "hunts")."""
        bases = (word.removesuffix(ending) + back for ending, back in _ENDINGS if word.endswith(ending))
        return len(word) > 4 and any(base in self.rarities for base in bases if len(base) > 2)

    def is_ordinary(self, key: str) -> bool:
        """Returns whether all words of the normalised phrase are ordinary."""
        return all(self.known(word) for word in key.split())

    def phrase_rarity(self, key: str) -> float:
        """Returns the sum over the words: how improbable the phrase is in a sentence that means no film.

        Everyday words add little, however many they are.
        """
        rarities = (self.rarity(word) for word in key.split())
        return math.fsum(rarity if rarity > EVERYDAY else _EVERYDAY_SHARE for rarity in rarities)


@cache
def ordinary_english() -> OrdinaryEnglish:
    """Returns the words of `aliases_words.toml` and the phrases of `aliases_ordinary.toml`, read once."""
    words = read_table("words")
    bands = (("everyday", EVERYDAY), ("frequent", _FREQUENT), ("known", _KNOWN))
    ordinary = read_table("ordinary")
    phrases = [str(phrase) for phrase in ordinary["phrases"]]
    return OrdinaryEnglish(
        rarities={word: rarity for band, rarity in bands for word in str(words[band]).split()},
        closed=frozenset(str(ordinary["closed"]).split()),
        proper=frozenset(str(ordinary["proper"]).split()),
        phrases=frozenset(key for phrase in phrases if " " in (key := normalise_title(phrase))),
        telling=frozenset(_as_said(str(phrase)) for phrase in ordinary["telling"]),
        with_article=frozenset(phrase for phrase in phrases if phrase.startswith("the ")),
    )


def _as_said(phrase: str) -> str:
    """The phrase normalised; one word keeps its article, for only with it the phrase is telling ("the shining")."""
    key = normalise_title(phrase)
    return key if " " in key else phrase
