"""The taste panel of the web page: what is known of a person, and each preference to be set by hand.

It writes the same events as talking does, through the conversation's own methods.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import gradio as gr

from bot.background import Background
from bot.channels.cards import label, taste_panel, whose
from bot.channels.web_edits import Change, conversation_of, edited
from bot.taste import Taste
from kg.errors import TastemakerError

_ATTITUDES = (
    ("like", "like"),
    ("dislike", "dislike"),
    ("want", "want"),
    ("avoid", "avoid"),
    ("seen", "have seen"),
)
_SCOPES = (("this talk only", "talk"), ("every talk", "always"))
_LIMITS = {
    "year_min": "earliest year",
    "year_max": "latest year",
    "runtime_min": "least length",
    "runtime_max": "longest length",
}
_LIMIT = "limit:"  # before the name of a limit among the keys that can be chosen


class TastePanel:
    """The panel and its handlers. `draw` is called inside the page."""

    def __init__(self, background: Background) -> None:
        self._background = background

    def draw(self, user: gr.BrowserState, talk: gr.State) -> list[Any]:
        """Draws the panel and returns its outputs, which `shown` fills."""
        gr.Markdown("### Your taste")
        panel = gr.HTML(nothing_known(), elem_id="tm-panel")
        known = gr.Dropdown([], label="Change one", interactive=True, elem_id="tm-known")
        with gr.Group(visible=False) as one:
            attitude = gr.Dropdown([(text, name) for name, text in _ATTITUDES], label="I", elem_id="tm-attitude")
            hard = gr.Checkbox(label="Always keep to it", elem_id="tm-hard")
            scope = gr.Dropdown(list(_SCOPES), label="It holds for", elem_id="tm-scope")
        forget = gr.Button("Forget it", size="sm", visible=False, elem_id="tm-forget")
        with gr.Row():
            undo = gr.Button("Undo last change", size="sm", elem_id="tm-undo")
            redo = gr.Button("Put back", size="sm", elem_id="tm-redo")
        outputs = [panel, known, one, forget]
        who = [user, talk]
        known.input(self.choose, [known, *who], [one, forget, attitude, hard, scope], show_progress="hidden")
        for component, handler in ((attitude, self.feel), (hard, self.insist), (scope, self.last)):
            component.input(handler, [component, known, *who], [panel], show_progress="hidden")
        forget.click(self.drop, [known, *who], outputs, show_progress="hidden")
        undo.click(self.undo, who, outputs, show_progress="hidden")
        redo.click(self.redo, who, outputs, show_progress="hidden")
        return outputs

    def shown(self, user: str, talk: str) -> tuple[Any, ...]:
        """Returns the outputs for what is known of the user now, with nothing chosen."""
        html, choices = self._known(user, talk)
        return html, gr.Dropdown(choices, value=None), gr.Group(visible=False), gr.Button(visible=False)

    def choose(self, key: str, user: str, talk: str) -> tuple[Any, ...]:
        """Opens the controls of one preference, set as it is now; a limit can only be dropped."""
        try:
            conversation = conversation_of(self._background, user, talk)
        except TastemakerError as error:
            gr.Warning(str(error))
            conversation = None
        one = conversation.taste.of(key) if conversation and key else None
        controls = gr.Group(visible=one is not None), gr.Button(visible=bool(key))
        if one is None:
            return *controls, gr.skip(), gr.skip(), gr.skip()
        firm = one.attitude not in ("like", "seen")
        return *controls, one.attitude, gr.Checkbox(value=one.hard, interactive=firm), one.scope

    def feel(self, attitude: Any, key: str, user: str, talk: str) -> str:
        """Sets the attitude of a preference."""
        return self._set(lambda chat: chat.change(key, attitude=attitude), user, talk)

    def insist(self, hard: bool, key: str, user: str, talk: str) -> str:
        """Sets whether no suggestion may break a preference."""
        return self._set(lambda chat: chat.change(key, hard=hard), user, talk)

    def last(self, scope: Any, key: str, user: str, talk: str) -> str:
        """Sets whether a preference holds for this talk or for all."""
        return self._set(lambda chat: chat.change(key, scope=scope), user, talk)

    def drop(self, key: str, user: str, talk: str) -> tuple[Any, ...]:
        """Forgets one preference, or drops one limit."""
        if key and key.startswith(_LIMIT):
            self._set(lambda chat: chat.lift(key.removeprefix(_LIMIT)), user, talk)
        elif key:
            self._set(lambda chat: chat.drop(key), user, talk)
        return self.shown(user, talk)

    def undo(self, user: str, talk: str) -> tuple[Any, ...]:
        """Takes the last change of the taste back."""
        self._set(lambda chat: chat.undo(), user, talk)
        return self.shown(user, talk)

    def redo(self, user: str, talk: str) -> tuple[Any, ...]:
        """Puts back what the last undo took away."""
        self._set(lambda chat: chat.redo(), user, talk)
        return self.shown(user, talk)

    def _set(self, change: Change, user: str, talk: str) -> str:
        edited(self._background, user, talk, change)
        return self._known(user, talk)[0]

    def _known(self, user: str, talk: str) -> tuple[str, Sequence[tuple[str, str]]]:
        """Returns the panel's HTML and what can be chosen in it, the latest first."""
        try:
            conversation = conversation_of(self._background, user, talk)
            recommender = self._background.wait(0)
        except TastemakerError as error:
            return nothing_known(str(error)), []
        if conversation is None or recommender is None:
            return nothing_known(), []
        taste = conversation.taste
        ids = [p.entity for p in taste if p.kind == "item" and p.entity]
        names = {id_: item.label for id_ in ids if (item := recommender.catalogue.get(id_))}
        choices = [(f"{whose(p)} {p.attitude}: {label(p, names)}".strip(), p.key) for p in reversed(taste.preferences)]
        return taste_panel(taste, names), [*choices, *_lifting(taste)]


def _lifting(taste: Taste) -> Iterator[tuple[str, str]]:
    """Yields the limits that can be dropped, in words, with the key of each."""
    for name, text in _LIMITS.items():
        if getattr(taste.limits, name) is not None:
            yield text, f"{_LIMIT}{name}"
    for amount in taste.limits.amounts:
        yield amount.name, f"{_LIMIT}amount:{amount.name}"


def nothing_known(why: str = "Nothing yet. Talk to me, and what I learn stands here.") -> str:
    """Returns the panel of a user of whom nothing is known."""
    return f'<div class="tm-taste">{escape(why)}</div>'
