"""What the bot says in its own words: one TOML file a language, variants chosen by a seed so that talk varies.

A catalogue that is not of films has further words: `other_en.toml` says what reads otherwise, and how roles, facets and
numbers of the catalogue's own are told.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any
from zlib import crc32

from kg.domain import FILMS, Domain
from kg.errors import PromptError
from kg.items import Fact
from kg.names import called, object_called

LANGUAGES = ("en", "zh")
_Variants = dict[str, list[str]]


class Phrases:
    """The phrases of one language. A phrase is a list of variants with the same `{placeholders}`."""

    def __init__(self, language: str, domain: Domain = FILMS) -> None:
        self.language = language
        self.domain = domain
        self._variants = _listed(_read(language)) if domain.is_film else _of_domain(language, domain)

    def say(self, key: str, *, seed: str = "", **values: object) -> str:
        """Returns one variant of the phrase `key` with its placeholders filled; the same seed gives the same variant.

        Raises PromptError when the key is unknown or a placeholder has no value.
        """
        variants = self._variants.get(key)
        if not variants:
            raise PromptError(f"There is no phrase '{key}' in bot/phrases/{self.language}.toml; add it there.")
        text = variants[crc32(seed.encode()) % len(variants)]
        missing = {name for _, name, _, _ in Formatter().parse(text) if name} - values.keys()
        if missing:
            raise PromptError(f"The phrase '{key}' needs a value for {', '.join(sorted(missing))}.")
        return text.format(**values)

    def called(self, node: str) -> str:
        """Returns how an entity ("genre:Sci-Fi", "person:Tom Hanks") is called in this language."""
        return called(node, self.language)

    def names(self, facts: Iterable[Fact]) -> list[str]:
        """Returns how the objects of facts are called in this language."""
        return [object_called(fact.object, self.language) for fact in facts]

    def join(self, names: list[str]) -> str:
        """Returns names as a spoken list: "a", "a and b", "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("list", first=self.say("comma").join(names[:-1]), last=names[-1])


def phrases(language: str, domain: Domain = FILMS) -> Phrases:
    """Returns the phrases of a language, English for one that we do not have, in the words of a kind of catalogue."""
    known = language if language in LANGUAGES else "en"
    return _films(known) if domain.is_film else Phrases(known, domain)


def language_of(utterance: str) -> str:
    """Returns `zh` for text with Chinese characters and no kana, else `en`."""
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in utterance)
    kana = any("\u3040" <= c <= "\u30ff" for c in utterance)
    return "zh" if chinese and not kana else "en"


@cache
def _films(language: str) -> Phrases:
    return Phrases(language)


def _of_domain(language: str, domain: Domain) -> _Variants:
    """Returns the phrases of films, those that read otherwise here, and those of each relation that is only here."""
    table = _read(f"other_{language}")
    variants = _listed(_read(language)) | _filled(_listed(table["phrases"]), domain.words(language))
    for key, texts in _own(table, domain, language):
        variants[key] = texts
    return variants


def _own(table: Mapping[str, Any], domain: Domain, language: str) -> Iterator[tuple[str, list[str]]]:
    relations: list[tuple[str, str, dict[str, str]]] = []
    for role in domain.roles:
        did = role.zh if language == "zh" else role.did
        relations.append(("role" if did else "bare", role.relation, {"did": did, "role": role.name}))
    relations += [("facet", facet.relation, {"facet": facet.name}) for facet in domain.facets]
    relations += [("measure", measure.relation, {}) for measure in domain.measures]
    for form, relation, words in relations:
        for kind, texts in _filled(_listed(table[form]), words).items():
            yield f"{kind}_{relation.lower()}", texts


def _filled(variants: _Variants, words: Mapping[str, str]) -> _Variants:
    """Returns the variants with the domain's <words> in place, "<A noun>" with a capital."""
    marks = {f"<{name}>": word for name, word in words.items()}
    marks |= {f"<{name[:1].upper()}{name[1:]}>": word[:1].upper() + word[1:] for name, word in words.items()}
    return {key: [_replaced(text, marks) for text in texts] for key, texts in variants.items()}


def _replaced(text: str, marks: Mapping[str, str]) -> str:
    for mark, word in marks.items():
        text = text.replace(mark, word.replace("{", "{{").replace("}", "}}"))
    return text


def _listed(table: Mapping[str, Any]) -> _Variants:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in table.items()}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
