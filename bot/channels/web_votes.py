"""What a click on a card's 👍 👎 👁 ✕ does.

A card is text inside a chat message, which keeps no handlers. The page's script (`web_votes.js`) hears the clicks and
writes them into a hidden box; classes carry the verdict and the item, since a message keeps those.
"""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from bot.background import Background
from bot.channels.votes import read_vote
from bot.channels.web_edits import edited

BOX = "tm-cast"
Shown = Callable[[str, str], Sequence[Any]]


class Votes:
    """The hidden box and its handler. `draw` is called inside the page."""

    def __init__(self, background: Background) -> None:
        self._background = background

    def draw(self, user: gr.BrowserState, talk: gr.State, outputs: Sequence[Any], shown: Shown) -> None:
        """Draws the box; a vote refreshes `outputs` with what `shown` returns for the user and the talk."""

        def cast(vote: str, user: str, talk: str) -> Sequence[Any]:
            self.take(vote, user, talk)
            return shown(user, talk)

        box = gr.Textbox(visible="hidden", elem_id=BOX)
        box.input(cast, [box, user, talk], list(outputs), show_progress="hidden")

    def take(self, vote: str, user: str, talk: str) -> None:
        """Hands a vote to the conversation; says so, or says what is wrong with it."""
        if (read := read_vote(vote)) is None:
            return
        verdict, item = read
        if edited(self._background, user, talk, lambda chat: chat.feedback(item, verdict)):
            gr.Info("Noted.", duration=2)
