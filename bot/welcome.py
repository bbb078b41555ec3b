"""How a channel opens the talk before anything is loaded: in the words of the kind of catalogue in use."""

from dataclasses import dataclass

from bot.settings import Settings
from kg.domain import FILMS, Domain
from retrieval.index import domain_in_use


@dataclass(frozen=True, slots=True)
class Welcome:
    """`question` opens an empty chat, `invitation` says what to tell, `hint` stands in the empty box.

    `examples` are utterances to begin with.
    """

    question: str
    invitation: str
    hint: str
    examples: tuple[str, ...]

    @staticmethod
    def of(domain: Domain = FILMS) -> "Welcome":
        """Returns the welcome of a kind of catalogue; one without examples of its own has none that could mislead."""
        words = domain.words("en")
        hint = domain.examples[1] if len(domain.examples) > 1 else f"{words['a noun']} like one that you love"
        return Welcome(
            question=f"What shall we {words['verb']}?",
            invitation=f"Tell me {words['a noun']} you love or a mood you are in.",
            hint=hint[:1].lower() + hint[1:],
            examples=domain.examples,
        )

    @staticmethod
    def of_settings(settings: Settings) -> "Welcome":
        """Returns the welcome of the catalogue in use in the data folder; opens nothing."""
        return Welcome.of(domain_in_use(settings.home))
