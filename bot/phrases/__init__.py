"""What the bot says in its own words: one TOML file a language, variants chosen by a seed so that talk varies."""

import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter
from zlib import crc32

from kg.errors import PromptError

LANGUAGES = ("en", "zh")


class Phrases:
    """The phrases of one language. A phrase is a list of variants with the same `{placeholders}`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._variants = _read(language)

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

    def join(self, names: list[str]) -> str:
        """Returns names as a spoken list: "a", "a and b", "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        return self.say("list", first=self.say("comma").join(names[:-1]), last=names[-1])


@cache
def phrases(language: str) -> Phrases:
    """Returns the phrases of a language, English for one that we do not have."""
    return Phrases(language if language in LANGUAGES else "en")


def language_of(utterance: str) -> str:
    """Returns `zh` for text with Chinese characters and no kana, else `en`."""
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in utterance)
    kana = any("\u3040" <= c <= "\u30ff" for c in utterance)
    return "zh" if chinese and not kana else "en"


@cache
def _read(language: str) -> dict[str, list[str]]:
    table = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {key: [value] if isinstance(value, str) else list(value) for key, value in table.items()}
