"""What a Slack event says, to whom, and where the answer belongs. Pure: an event's body in, a `Said` or None out."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SPOKEN = {None, "thread_broadcast", "file_share"}  # other subtypes are edits, deletions, joins, bots
_LINK = re.compile(r"<(?:(?P<mark>[@#!])(?P<id>[^|>]*)|(?P<url>[^@#!|>][^|>]*))(?:\|(?P<label>[^>]*))?>")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person. `thread` is the thread it stands in, if any; `to_bot` is true where the bot is named."""

    team: str
    channel: str
    user: str
    stamp: str
    text: str
    thread: str | None
    direct: bool
    to_bot: bool
    to_others: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for a message, its `app_mention` twin and every retry of either."""
        return self.team, self.channel, self.stamp

    @property
    def answer_thread(self) -> str | None:
        """Where the answer goes: in channels always a thread, in direct messages only where the person opened one."""
        return self.thread or (None if self.direct else self.stamp)


def said_in(body: Mapping[str, Any], event: Mapping[str, Any], bot_user: str | None) -> Said | None:
    """Returns what a person said; None for bots (this one too), edits, deletions and the like."""
    user = event.get("user")
    if event.get("subtype") not in _SPOKEN or event.get("bot_id") or not user or user == bot_user:
        return None
    text = event.get("text") or ""
    channel = event["channel"]
    mentioned = set(re.findall(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", text))
    return Said(
        team=body.get("team_id") or event.get("team") or "",
        channel=channel,
        user=user,
        stamp=event["ts"],
        text=plain(text, bot_user),
        thread=event.get("thread_ts"),
        direct=event.get("channel_type") == "im" or channel.startswith("D"),
        to_bot=event.get("type") == "app_mention" or bot_user in mentioned,
        to_others=bool(mentioned - {bot_user}),
    )


def plain(text: str, bot_user: str | None) -> str:
    """Returns a message's text as it was typed: without the bot's name, links and mentions as their words."""

    def words(found: re.Match[str]) -> str:
        if found["url"] is not None:
            return str(found["label"] or found["url"])
        if found["mark"] == "@" and found["id"] == bot_user:
            return ""
        return f"{'' if found['mark'] == '!' else found['mark']}{found['label'] or found['id']}"

    return html.unescape(_LINK.sub(words, text)).strip()
