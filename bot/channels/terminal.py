"""The terminal chat."""

from rich.console import Console

from bot.channels.splitting import offered
from bot.conversation import Conversation
from bot.replies import Done, TextDelta
from kg.errors import TastemakerError

_LEAVE = {"exit", "quit", ":q"}


def chat(conversation: Conversation, console: Console, invitation: str) -> None:
    """Talks until the user leaves (`exit`, Ctrl-D, Ctrl-C). Errors are told and the talk goes on."""
    console.print(f'{invitation} "exit" leaves.', style="dim", markup=False)
    while (utterance := _ask(console)) is not None:
        try:
            for event in conversation.stream(utterance):
                if isinstance(event, TextDelta):
                    console.print(event.text, end="", markup=False, highlight=False)
                if isinstance(event, Done) and event.reply.moves:
                    console.print(f"\n→ {offered(event.reply.moves)}", style="dim", markup=False, end="")
            console.print()
        except TastemakerError as error:
            console.print(str(error), style="red", markup=False)


def _ask(console: Console) -> str | None:
    try:
        utterance = console.input("[bold]you>[/bold] ")
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None
    return None if utterance.strip().lower() in _LEAVE else utterance
