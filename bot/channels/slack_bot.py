"""The Slack bot itself: which messages are for it, its placeholder, its answer in the right thread.

Slack wants an acknowledgement within three seconds and sends again what it thinks is lost. Bolt acknowledges events at
once; the answer is made afterwards, and a message that was heard already is left alone.
"""

from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import TastemakerError
from bot.channels.recent import Recent
from bot.channels.slack_blocks import SlackMessage, reply_messages, sentence_message
from bot.channels.slack_events import Said, said_in
from bot.channels.turns import FAILED, LONGEST_TALK, LONGEST_USER, READY, Turns, short_id

_log = structlog.get_logger(__name__)
_THINKING = "Thinking …"


class SlackBot:
    """Hears events and answers them. Tells `app.error` what it could not foresee."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._heard: Recent[bool] = Recent(10_000)
        self._threads: Recent[bool] = Recent(10_000)  # whether the bot takes part in them
        self._names: Recent[str] = Recent(10_000)  # of people

    async def hear(
        self, body: dict[str, Any], event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        """Answers a `message` or an `app_mention`, if it is for the bot and new."""
        said = said_in(body, event, context.bot_user_id)
        if said is None or not await self._for_bot(said, client, context.bot_user_id) or said.key in self._heard:
            return
        self._heard.put(said.key, True)
        self._threads.put((said.team, said.channel, said.answer_thread), True)
        words = _THINKING if self._turns.opening.words == READY else self._turns.opening.words
        posted = await _post(client, said.channel, said.answer_thread, sentence_message(words))
        context["placeholder"] = posted  # for `failed`
        first, *rest = await self._answer(said, client)
        await _replace(client, said.channel, posted, first)
        for message in rest:
            await _post(client, said.channel, said.answer_thread, message)

    async def failed(self, error: Exception, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Says so where an answer was promised."""
        _log.error("slack turn failed", error=type(error).__name__, exc_info=error)
        posted, channel = context.get("placeholder"), context.channel_id
        if posted and channel and not isinstance(error, SlackClientError):
            await _replace(client, channel, posted, sentence_message(FAILED))

    async def _answer(self, said: Said, client: AsyncWebClient) -> list[SlackMessage]:
        """A direct message is one person's talk; a thread of a channel is the talk of all who speak in it."""
        place = said.thread or (said.channel if said.direct else said.stamp)
        whose, speaker = (said.user, "") if said.direct else (said.channel, await self._name(said, client))
        user = short_id("slack", said.team, whose, most=LONGEST_USER)
        talk = short_id("slack", said.team, said.channel, place, whose, most=LONGEST_TALK)
        try:
            return reply_messages(await self._turns.say(user, talk, said.text, speaker))
        except TastemakerError as error:
            return [sentence_message(str(error))]

    async def _name(self, said: Said, client: AsyncWebClient) -> str:
        """Returns what the channel calls a person; their id where Slack does not tell, and a little later again."""
        name = self._names.get((said.team, said.user))
        if name is None:
            try:
                found = (await client.users_info(user=said.user))["user"]
            except SlackApiError as error:
                _log.warning("slack name unknown", error=error.response["error"])
                return said.user
            profile = found.get("profile", {})
            name = profile.get("display_name") or found.get("real_name") or found.get("name") or said.user
            self._names.put((said.team, said.user), name)
        return name

    async def _for_bot(self, said: Said, client: AsyncWebClient, bot_user: str | None) -> bool:
        """Direct messages and mentions are; in a thread that the bot takes part in, all that is not for others is."""
        if said.direct or said.to_bot:
            return True
        if said.thread is None or said.to_others:
            return False
        thread = (said.team, said.channel, said.thread)
        known = self._threads.get(thread)
        if known is None:
            known = await _takes_part(client, said.channel, said.thread, bot_user)
            if thread not in self._threads:  # it may have been named there meanwhile
                self._threads.put(thread, known)
        return known


def slack_app(turns: Turns, client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    """Returns the Bolt app; its requests over HTTP must be signed with the secret."""
    bot = SlackBot(turns)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    app = AsyncApp(client=client, signing_secret=signing_secret)
    app.event("message")(bot.hear)
    app.event("app_mention")(bot.hear)
    app.error(bot.failed)
    return app


async def _takes_part(client: AsyncWebClient, channel: str, thread: str, bot_user: str | None) -> bool:
    try:
        found = await client.conversations_replies(channel=channel, ts=thread, limit=100)
    except SlackApiError as error:
        _log.warning("slack thread unread", error=error.response["error"])
        return False
    return any(message.get("user") == bot_user for message in found["messages"])


async def _post(client: AsyncWebClient, channel: str, thread: str | None, message: SlackMessage) -> str:
    """Returns the stamp of the posted message."""
    posted = await client.chat_postMessage(
        channel=channel,
        thread_ts=thread,
        text=message.text,
        blocks=list(message.blocks),
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(posted["ts"])


async def _replace(client: AsyncWebClient, channel: str, stamp: str, message: SlackMessage) -> None:
    await client.chat_update(channel=channel, ts=stamp, text=message.text, blocks=list(message.blocks))
