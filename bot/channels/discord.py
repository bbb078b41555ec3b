"""Discord: direct messages, mentions, replies and threads. What to set, and what Discord may refuse."""

import asyncio

import aiohttp
import discord

from bot import Settings, SettingsError, TastemakerError
from bot.channels.discord_bot import DiscordBot
from bot.channels.turns import Opening, Talks, Turns

_PORTAL = "https://discord.com/developers/applications"


def run_discord(source: Opening | Talks, settings: Settings) -> None:
    """Serves Discord until interrupted. Starts the opening of `source`.

    Raises SettingsError when the token is missing or refused or an intent is off, saying where to mend it.
    """
    asyncio.run(serve_discord(source, settings))


async def serve_discord(source: Opening | Talks, settings: Settings) -> None:
    """The asynchronous twin of `run_discord`; ends when it is cancelled."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(
            f"DISCORD_TOKEN is missing. Set it to the token that stands on {_PORTAL}, in your application, under Bot "
            "(Reset Token shows it once). docs/channels.md has the whole way."
        )
    turns = Turns(source)
    turns.opening.start()
    async with DiscordBot(turns) as bot:
        try:
            await bot.start(token)
        except discord.LoginFailure as error:
            raise SettingsError(
                f"Discord refuses DISCORD_TOKEN. Make a new one on {_PORTAL}, in your application, under Bot > "
                "Reset Token."
            ) from error
        except discord.PrivilegedIntentsRequired as error:
            raise SettingsError(
                f"Discord does not let the bot read messages. Switch on the Message Content Intent on {_PORTAL}, in "
                "your application, under Bot."
            ) from error
        except (aiohttp.ClientError, discord.GatewayNotFound, OSError) as error:
            raise TastemakerError(f"Discord cannot be reached ({error}). Check the network and start again.") from error
