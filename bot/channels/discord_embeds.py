"""A reply as Discord messages: text cut at line borders, one embed a card, within Discord's limits. Pure.

Markdown and mentions in titles, names and users' words are escaped: they are shown as they were written.
Limits: https://docs.discord.com/developers/resources/message#embed-object-embed-limits
"""

from dataclasses import dataclass

import discord
from discord.utils import escape_markdown

from bot import Recommendation, Reply
from bot.channels.item_lines import facts_line, people_line
from bot.channels.splitting import beside_cards, offered, shorten, split

LONGEST_CONTENT = 2000
MOST_EMBEDS = 10  # a message
LONGEST_EMBEDS = 6000  # characters in all embeds of a message together
LONGEST_TITLE = 256
_CARD = (LONGEST_EMBEDS // MOST_EMBEDS - LONGEST_TITLE) // 3  # of each of three parts, so that ten cards always fit
_COLOUR = discord.Colour(0xD97706)


@dataclass(frozen=True, slots=True)
class DiscordMessage:
    """Text of at most 2,000 characters, and the cards below it."""

    content: str
    embeds: tuple[discord.Embed, ...] = ()


def reply_messages(reply: Reply) -> list[DiscordMessage]:
    """Returns the messages of a reply, at least one; cards follow the text, ten a message."""
    told = beside_cards(reply.text, reply.recommendations)
    told = f"{told}\n→ {offered(reply.moves)}" if reply.moves else told
    texts = split(escape_markdown(told), LONGEST_CONTENT)
    cards = [_card(rank, recommendation) for rank, recommendation in enumerate(reply.recommendations, 1)]
    batches = [tuple(cards[start : start + MOST_EMBEDS]) for start in range(0, len(cards), MOST_EMBEDS)]
    last = texts.pop() if texts else ("" if cards else "…")
    first, *more = batches or [()]
    return [*map(DiscordMessage, texts), DiscordMessage(last, first), *(DiscordMessage("", batch) for batch in more)]


def text_messages(text: str) -> list[DiscordMessage]:
    """Returns messages without cards: a sentence, or a whole reply where embeds are forbidden."""
    return [DiscordMessage(piece) for piece in split(escape_markdown(text), LONGEST_CONTENT)]


def _card(rank: int, recommendation: Recommendation) -> discord.Embed:
    item = recommendation.item
    year = f" ({item.year})" if item.year else ""
    title = escape_markdown(shorten(item.title, LONGEST_TITLE // 2))
    parts = [facts_line(item), people_line(item), recommendation.explanation.text]
    lines = [shorten(escape_markdown(part), _CARD) for part in parts if part]
    return discord.Embed(
        title=shorten(f"{rank}. {title}", LONGEST_TITLE - len(year)) + year,
        description="\n".join(lines),
        colour=_COLOUR,
    )
