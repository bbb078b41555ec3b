"""The Discord bot itself: which messages are for it, its answer as a reply, with cards as embeds."""

import re

import discord
import structlog

from bot import TastemakerError
from bot.channels.discord_embeds import DiscordMessage, reply_messages, text_messages
from bot.channels.recent import Recent
from bot.channels.turns import FAILED, LONGEST_TALK, LONGEST_USER, Turns, short_id

_log = structlog.get_logger(__name__)
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


def intents() -> discord.Intents:
    """Returns what the bot asks Discord for: servers, messages in them and in private, and what they say."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = wanted.message_content = True
    return wanted


class DiscordBot(discord.Client):
    """Answers direct messages, mentions, replies to itself, and the threads it has joined. Pings nobody."""

    def __init__(self, turns: Turns) -> None:
        super().__init__(intents=intents(), allowed_mentions=discord.AllowedMentions.none())
        self._turns = turns
        self._heard: Recent[bool] = Recent(10_000)

    async def on_ready(self) -> None:
        """Tells that it works."""
        print(f"Tastemaker is on Discord as {self.user}.", flush=True)

    async def on_message(self, message: discord.Message) -> None:
        """Answers a message, if it is a person's, for the bot, and new."""
        if message.author.bot or message.webhook_id or message.type not in _SPOKEN or not self._for_bot(message):
            return
        if message.id in self._heard:
            return
        self._heard.put(message.id, True)
        async with message.channel.typing():
            answer = await self._answer(message)
        await _send(message, answer)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Says so where an answer was expected."""
        _log.exception("discord turn failed", method=event_method)
        for message in args:
            if isinstance(message, discord.Message):
                try:
                    await _send(message, text_messages(FAILED))
                except discord.HTTPException as error:  # the very thing that may have failed
                    _log.warning("discord cannot be told", error=type(error).__name__, status=error.status)

    async def _answer(self, message: discord.Message) -> list[DiscordMessage]:
        """A direct message is one person's talk; a channel or thread is the talk of all who speak in it."""
        whose, speaker = str(message.author.id), ""
        if message.guild:
            # what is known of people goes with a channel into its threads
            whose, speaker = str(_channel_of(message)), message.author.display_name
        user = short_id("discord", whose, most=LONGEST_USER)
        talk = short_id("discord", str(message.channel.id), whose, most=LONGEST_TALK)
        try:
            reply = await self._turns.say(user, talk, self._said(message), speaker)
        except TastemakerError as error:
            return text_messages(str(error))
        return reply_messages(reply) if _may_embed(message) else text_messages(reply.text)

    def _for_bot(self, message: discord.Message) -> bool:
        if message.guild is None or self._named(message):
            return True
        answered = message.reference.resolved if message.reference else None
        if isinstance(answered, discord.Message):
            return answered.author == self.user
        joined = isinstance(message.channel, discord.Thread) and message.channel.me is not None
        return joined and not message.mentions and not message.mention_everyone

    def _named(self, message: discord.Message) -> bool:
        """By its own name or by its role's, which looks the same in Discord's list of completions."""
        role = message.guild.self_role if message.guild else None
        return self.user in message.mentions or (role is not None and role in message.role_mentions)

    def _said(self, message: discord.Message) -> str:
        """What was said, without the bot's name; other names as they read."""
        role = message.guild.self_role if message.guild else None
        own = [f"<@!?{self.user.id}>"] if self.user else []
        own += [f"<@&{role.id}>"] if role else []
        text = re.sub("|".join(own), "", message.content) if own else message.content
        for user in message.mentions:
            text = re.sub(f"<@!?{user.id}>", user.display_name.replace("\\", r"\\"), text)
        return text.strip()


def _channel_of(message: discord.Message) -> int:
    return message.channel.parent_id if isinstance(message.channel, discord.Thread) else message.channel.id


def _may_embed(message: discord.Message) -> bool:
    if message.guild is None or isinstance(message.channel, discord.DMChannel | discord.GroupChannel):
        return True
    return message.channel.permissions_for(message.guild.me).embed_links


async def _send(message: discord.Message, answer: list[DiscordMessage]) -> None:
    """The first message is a reply, so that it is seen what is answered; the others just follow."""
    reference: discord.MessageReference | None = message.to_reference(fail_if_not_exists=False)
    for part in answer:
        if reference:
            await message.channel.send(part.content, embeds=part.embeds, reference=reference)
        else:
            await message.channel.send(part.content, embeds=part.embeds)
        reference = None
