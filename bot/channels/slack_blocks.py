"""A reply as Slack messages: text in plain blocks, one rich-text block a card, within Slack's limits. Pure.

Rich text and plain text are shown as they are: no title and no word of a user can become markup or a mention.
Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from dataclasses import dataclass
from typing import Any

from bot import Recommendation, Reply
from bot.channels.item_lines import facts_line, people_line
from bot.channels.splitting import beside_cards, offered, shorten, split

MOST_BLOCKS = 50  # a message
LONGEST_SECTION = 3000  # characters of a section's text
LONGEST_TEXT = 3900  # characters of a message's fallback text; Slack advises at most 4,000
_LONGEST_PART = 900  # of one part of a card, so that a card stays far below what a block may hold
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """`text` is for notifications and screen readers, escaped; `blocks` are what is seen."""

    text: str
    blocks: tuple[Block, ...]


def reply_messages(reply: Reply) -> list[SlackMessage]:
    """Returns one message or, for very long replies, several: each with at most 50 blocks."""
    blocks = [*_sections(beside_cards(reply.text, reply.recommendations))]
    for rank, recommendation in enumerate(reply.recommendations, 1):
        blocks.append(_card(rank, recommendation))
    blocks += _sections(f"→ {offered(reply.moves)}") if reply.moves else []
    batches = [blocks[start : start + MOST_BLOCKS] for start in range(0, len(blocks), MOST_BLOCKS)]
    first, *rest = batches or [_sections("…")]
    told = SlackMessage(escaped(reply.text), tuple(first))
    return [told, *(SlackMessage("…", tuple(batch)) for batch in rest)]


def sentence_message(sentence: str) -> SlackMessage:
    """Returns a message that says one sentence."""
    return SlackMessage(escaped(sentence), tuple(_sections(sentence)))


def escaped(text: str) -> str:
    """Returns text that Slack shows as it is, without mentions, shortened to what a message may hold."""
    short = shorten(text, LONGEST_TEXT // 2)
    return shorten(short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), LONGEST_TEXT)


def _sections(text: str) -> list[Block]:
    return [_section(piece) for piece in split(text, LONGEST_SECTION)]


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _card(rank: int, recommendation: Recommendation) -> Block:
    item = recommendation.item
    parts = [
        _run(f"{rank}. {item.title}", bold=True),
        _run(f" ({item.year})" if item.year else ""),
        _run(_line(facts_line(item))),
        _run(_line(people_line(item))),
        _run(_line(recommendation.explanation.text), italic=True),
    ]
    shown = [part for part in parts if part["text"]]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": shown}]}


def _run(text: str, **style: bool) -> Block:
    run = {"type": "text", "text": shorten(text, _LONGEST_PART)}
    return {**run, "style": style} if style else run


def _line(text: str) -> str:
    return f"\n{text}" if text else ""
