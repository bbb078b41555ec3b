"""Slack: direct messages, mentions and threads, over Socket Mode or signed HTTP. What to set, and where it goes."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import Settings, SettingsError, TastemakerError
from bot.channels.addresses import in_address, listening_on
from bot.channels.slack_bot import slack_app
from bot.channels.turns import Opening, Talks, Turns

API = "https://slack.com/api/"
PATH = "/slack/events"


def run_slack(
    source: Opening | Talks, settings: Settings, host: str = "127.0.0.1", port: int = 3000, api: str = API
) -> None:
    """Serves Slack until interrupted: Socket Mode where `SLACK_APP_TOKEN` is set, else HTTP on `host:port`.

    Starts the opening of `source`. Raises SettingsError when a token is missing or refused, naming it, and when the
    address or the port cannot be had.
    """
    asyncio.run(serve_slack(source, settings, host, port, api))


async def serve_slack(source: Opening | Talks, settings: Settings, host: str, port: int, api: str = API) -> None:
    """The asynchronous twin of `run_slack`; ends when it is cancelled."""
    token = _secret(settings.slack_bot_token)
    app_token, signing_secret = _secret(settings.slack_app_token), _secret(settings.slack_signing_secret)
    _check(token, app_token, signing_secret)
    turns = Turns(source)
    client = AsyncWebClient(token, base_url=api)
    name = await _signed_in(client)
    app = slack_app(turns, client, signing_secret)
    turns.opening.start()
    if app_token:
        await _listen(app, app_token, name)
    else:
        await _serve(app, host, port, name)


async def _listen(app: AsyncApp, app_token: str, name: str) -> None:
    socket = AsyncSocketModeHandler(app, app_token).client
    connect: Callable[[], Awaitable[None]] = socket.connect
    close: Callable[[], Awaitable[None]] = socket.close
    try:
        # Asked for here because `connect` tries a refused token again for ever.
        socket.wss_uri = await socket.issue_new_wss_url()
        await connect()
        print(f"Tastemaker is on Slack as @{name} (Socket Mode).", flush=True)
        await asyncio.Event().wait()
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({error.response['error']}). Make one with the scope connections:write on "
            "https://api.slack.com/apps under Basic Information > App-Level Tokens, and turn on Socket Mode."
        ) from error
    finally:
        await close()


async def _serve(app: AsyncApp, host: str, port: int, name: str) -> None:
    runner = web.AppRunner(AsyncSlackAppServer(port, PATH, app, host).web_app)
    with listening_on(host, port) as listening:
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            address = f"{in_address(host)}:{listening.getsockname()[1]}"
            print(f"Tastemaker is on Slack as @{name}; Slack's requests go to http://{address}{PATH}", flush=True)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


async def _signed_in(client: AsyncWebClient) -> str:
    """Returns the bot's name."""
    try:
        return str((await client.auth_test())["user"])
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}). Copy the Bot User OAuth Token again from "
            "https://api.slack.com/apps under OAuth & Permissions."
        ) from error
    except (TimeoutError, OSError) as error:
        raise TastemakerError(f"Slack cannot be reached ({error}). Check the network and start again.") from error


def _check(token: str, app_token: str, signing_secret: str) -> None:
    where = "on https://api.slack.com/apps, in your app,"
    if not token.startswith("xoxb-"):
        raise SettingsError(
            "SLACK_BOT_TOKEN is missing or not a bot token. Set it to the Bot User OAuth Token (xoxb-…) that stands "
            f"{where} under OAuth & Permissions. docs/channels.md has the whole way."
        )
    if app_token and not app_token.startswith("xapp-"):
        raise SettingsError(
            f"SLACK_APP_TOKEN is not an app-level token. Set it to the one (xapp-…) that stands {where} under "
            "Basic Information > App-Level Tokens, with the scope connections:write."
        )
    if not app_token and not signing_secret:
        raise SettingsError(
            "Set SLACK_APP_TOKEN (xapp-…: Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (requests "
            f"over HTTP). Both stand {where} under Basic Information. docs/channels.md has the whole way."
        )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value().strip() if value else ""
