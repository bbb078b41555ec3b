"""The web chat, in Gradio: streaming talk, cards with reasons, and a taste panel that can be edited.

The page is up before anything else is loaded; what loads behind it tells its progress there.
"""

import os
import uuid
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # must be set before the import: nothing leaves this machine

import gradio as gr

from bot.background import Background
from bot.channels.addresses import in_address
from bot.channels.cards import cards
from bot.channels.splitting import MOST_MOVES
from bot.channels.web_edits import edited
from bot.channels.web_taste import TastePanel
from bot.channels.web_votes import Votes
from bot.replies import Done, Move, Recommended, TextDelta, Understood
from bot.welcome import Welcome
from kg.errors import TastemakerError

if TYPE_CHECKING:
    from bot import Conversation

_WAIT = 0.5  # seconds between two looks at what is being loaded
_BROWSER = "web-"  # begins the name of a user who is known by their browser alone
History = list[dict[str, Any]]


class WebChat:
    """The page and its handlers. Everything a handler needs comes from the background-opened recommender.

    `user` is the one person whose page it is; without, each browser is a user of its own.
    """

    def __init__(self, background: Background, welcome: Welcome | None = None, user: str | None = None) -> None:
        self._background = background
        self._user = user
        self._welcome = welcome or Welcome.of()
        self._taste = TastePanel(background)
        self._votes = Votes(background)

    def page(self) -> gr.Blocks:
        """Returns the page, ready to launch."""
        page = gr.Blocks(title="Tastemaker", analytics_enabled=False, fill_height=True)
        with page:
            user = gr.BrowserState(None, storage_key="tastemaker-user", secret="tastemaker")
            talk = gr.State(None)
            with gr.Row(equal_height=False):
                with gr.Column(scale=3):
                    gr.Markdown("# Tastemaker\nTell me what you love, hate, or are in the mood for.")
                    status = gr.Markdown(self._background.words, elem_classes="tm-status")
                    chat = gr.Chatbot(
                        height="70vh",
                        show_label=False,
                        buttons=["copy"],
                        placeholder=f"**{self._welcome.question}**",
                        examples=[{"text": text} for text in self._welcome.examples],
                        elem_id="tm-chat",
                        feedback_options=None,
                    )
                    with gr.Row():
                        box = gr.Textbox(
                            placeholder="One moment …",
                            interactive=False,  # until it is known who is here
                            show_label=False,
                            scale=8,
                            autofocus=True,
                            elem_id="tm-box",
                            max_length=20000,
                        )
                        send = gr.Button("Send", variant="primary", scale=1, elem_id="tm-send")
                        stop = gr.Button("Stop", scale=1, elem_id="tm-stop")
                with gr.Column(scale=1, min_width=280):
                    taste = self._taste.draw(user, talk)
                    fresh = gr.Button("New talk", size="sm", elem_id="tm-new")
                    novelty = gr.Slider(0, 1, value=0.2, step=0.1, label="Adventurous", elem_id="tm-novelty")
                    wipe = gr.Button("Delete all you know about me", size="sm", variant="stop", elem_id="tm-wipe")
            timer = gr.Timer(_WAIT)
            timer.tick(self.status, outputs=[status, timer], show_progress="hidden")
            page.load(self.arrive, [user], [user, talk, box, *taste], show_progress="hidden")
            spoken = [box, chat, user, talk, novelty]
            shown = [box, chat, *taste]
            turns = [
                gr.on([box.submit, send.click], self.talk, spoken, shown, show_progress="hidden"),
                chat.example_select(self.example, [chat, user, talk, novelty], shown, show_progress="hidden"),
                chat.option_select(self.option, [chat, user, talk, novelty], shown, show_progress="hidden"),
            ]
            stop.click(None, cancels=turns)
            gr.on([fresh.click, chat.clear], self.renew, [user], [talk, chat, *taste], show_progress="hidden")
            wipe.click(self.wipe, [user, talk], [talk, chat, *taste], show_progress="hidden")
            self._votes.draw(user, talk, taste, self._taste.shown)
        return page

    def launch(self, host: str, port: int) -> None:
        """Serves the page until interrupted; the recommender is opened as soon as the page is up."""
        page = self.page().queue(default_concurrency_limit=8)
        with as_file(files(__package__).joinpath("web.css")) as css:
            page.launch(
                server_name=in_address(host),
                server_port=port,
                css=css.read_text(encoding="utf-8"),
                js=files(__package__).joinpath("web_votes.js").read_text(encoding="utf-8"),
                prevent_thread_lock=True,
                quiet=True,
                share=False,
                ssr_mode=False,
                footer_links=[],
            )
        print(f"Tastemaker is on http://{in_address(host)}:{port}", flush=True)
        self._background.start()
        page.block_thread()

    def status(self) -> tuple[str, gr.Timer]:
        """Returns what is being loaded, and the timer, stopped once nothing is."""
        words = "" if self._background.words == "Ready." else self._background.words
        return words, gr.Timer(_WAIT, active=not self._background.ready)

    def arrive(self, remembered: str | None) -> tuple[Any, ...]:
        """Returns who this browser is, a new talk, the box, open now, and what is known of the user.

        `remembered` is who the browser was before; on a page of many, nobody is taken for the one of a page of one.
        """
        own = remembered if remembered and remembered.startswith(_BROWSER) else f"{_BROWSER}{uuid.uuid4().hex}"
        user = self._user or own
        talk = uuid.uuid4().hex
        box = gr.Textbox(placeholder=self._welcome.hint, interactive=True)
        return user, talk, box, *self._taste.shown(user, talk)

    def example(
        self, picked: gr.SelectData, history: History, user: str, talk: str, novelty: float
    ) -> Iterator[tuple[Any, ...]]:
        """Says an example prompt."""
        yield from self.talk(picked.value["text"], history, user, talk, novelty)

    def option(
        self, picked: gr.SelectData, history: History, user: str, talk: str, novelty: float
    ) -> Iterator[tuple[Any, ...]]:
        """Says the move whose chip was clicked."""
        yield from self.talk(str(picked.value), history, user, talk, novelty)

    def talk(self, utterance: str, history: History, user: str, talk: str, novelty: float) -> Iterator[tuple[Any, ...]]:
        """Yields the box, the chat, and the taste panel while the answer grows."""
        if not user:  # an example was clicked before the page knew who is here
            yield utterance, *[gr.skip()] * 5
            return
        # a chip of an earlier answer counts what was left then
        history = [{**message, "options": None} for message in history]
        history = [*history, {"role": "user", "content": utterance}]
        told: dict[str, Any] = {"role": "assistant", "content": "…"}
        keep = [gr.skip()] * 4
        yield "", [*history, told], *keep
        try:
            while (recommender := self._background.wait(_WAIT)) is None:
                yield "", [*history, {**told, "content": self._background.words}], *keep
            conversation = recommender.conversation(user, talk)
            conversation.novelty = novelty
            for answer, moves in _answers(conversation, utterance):
                yield "", [*history, {**told, "content": answer, "options": chips(moves)}], *keep
            yield gr.skip(), gr.skip(), *self._taste.shown(user, talk)
        except TastemakerError as error:
            yield utterance, [*history, {**told, "content": str(error)}], *keep

    def renew(self, user: str) -> tuple[Any, ...]:
        """Starts a new talk; what is remembered of the user stays."""
        talk = uuid.uuid4().hex
        return talk, [], *self._taste.shown(user, talk)

    def wipe(self, user: str, talk: str) -> tuple[Any, ...]:
        """Deletes all that is kept of this user and starts a new talk; where it cannot, the talk stays as it is."""
        if edited(self._background, user, talk, lambda chat: chat.forget()):
            return self.renew(user)
        return gr.skip(), gr.skip(), *self._taste.shown(user, talk)


def chips(moves: Sequence[Move]) -> list[dict[str, str]]:
    """Returns the ways to go on as options of a message: what a click says, and how many films it leaves."""
    return [{"label": f"{move.words} ({move.count:,})", "value": move.words} for move in moves[:MOST_MOVES]]


def _answers(conversation: "Conversation", utterance: str) -> Iterator[tuple[str, Sequence[Move]]]:
    """Yields the answer as it grows: its opening, the cards in place of the numbered picks, the rest of the text.

    At last the ways to go on are known as well.
    """
    block, opening, rest = "", "", ""
    moves: Sequence[Move] = ()
    picks_told = False
    for event in conversation.stream(utterance):
        match event:
            case Recommended(recommendations=recommendations):
                block = cards(recommendations)
            case TextDelta(text=piece) if block and _is_pick(piece):
                picks_told = True
            case TextDelta(text=piece) if picks_told:
                rest += piece
            case TextDelta(text=piece):
                opening += piece
            case Done(reply=reply):
                moves = reply.moves
            case Understood():
                continue
        yield "\n\n".join(filter(None, (opening, block, rest.strip()))) or "…", moves


def _is_pick(piece: str) -> bool:
    """A numbered pick is on its card already."""
    return piece.lstrip()[:2].rstrip(".").isdigit()
