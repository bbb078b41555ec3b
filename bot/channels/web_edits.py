"""What a click on the page does to the conversation behind it, which may still be opening or refuse the change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr

from bot.background import Background
from kg.errors import TastemakerError

if TYPE_CHECKING:
    from bot import Conversation

Change = Callable[["Conversation"], object]


def conversation_of(background: Background, user: str | None, talk: str | None) -> "Conversation | None":
    """Returns the conversation; None while the recommender opens, or before the page knows who is here.

    Raises the TastemakerError that the opening ended with, and StoreError where the talk cannot be read.
    """
    recommender = background.wait(0) if user and talk else None
    return recommender.conversation(user, talk) if recommender and user else None


def edited(background: Background, user: str | None, talk: str | None, change: Change) -> bool:
    """Makes a change in the conversation. Returns whether it was made; where it was not, the page says why."""
    try:
        conversation = conversation_of(background, user, talk)
        if conversation is None:
            gr.Warning("I am still opening, so nothing was changed. Try again in a moment.")
            return False
        change(conversation)
    except TastemakerError as error:
        gr.Warning(str(error))
        return False
    return True
