"""Prompts: one file each, `NAME.md`, with placeholders like `{utterance}`; `{{` and `}}` stand for braces.

load("understanding").format(history="…", shown="…", utterance="…")
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from kg.errors import PromptError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's text and the names of its placeholders. Values are put in as they are, braces in them too."""

    name: str
    text: str
    placeholders: frozenset[str]

    def format(self, **values: object) -> str:
        """Returns the text with every placeholder filled. Raises PromptError when one is missing or unknown."""
        missing, unknown = self.placeholders - values.keys(), values.keys() - self.placeholders
        if missing or unknown:
            faults = [*(f"needs {name}" for name in sorted(missing)), *(f"has no {name}" for name in sorted(unknown))]
            raise PromptError(
                f"The prompt {self.name} {' and '.join(faults)}: give exactly what prompts/{self.name}.md names."
            )
        return self.text.format_map(values)


@cache
def load(name: str, folder: Path = FOLDER) -> Prompt:
    """Returns the prompt of `NAME.md`. Raises PromptError when there is no such file or a brace in it is not closed."""
    try:
        text = (folder / f"{name}.md").read_text("utf-8").strip("\n")
    except OSError as error:
        raise PromptError(
            f"There is no prompt {name!r}: prompts/{name}.md cannot be read ({error.strerror})."
        ) from error
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError as error:
        raise PromptError(
            f"The prompt {name} has a brace that is not closed ({error}): write {{{{ for a brace."
        ) from error
    if not all(field.isidentifier() for field in fields):
        raise PromptError(f"The prompt {name} has a placeholder without a plain name: {fields}.")
    return Prompt(name, text, frozenset(fields))
