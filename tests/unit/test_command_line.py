"""What the commands hand to the channels that they start."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app import app
from bot.channels import slack
from bot.channels.web import WebChat


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TASTEMAKER_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("options", "one_user"), [([], True), (["--each-browser"], False), (["--host", "0.0.0.0"], False)]
)
def test_the_web_page_of_this_machine_alone_has_one_user(
    options: list[str], one_user: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    users: list[str] = []
    monkeypatch.setattr(WebChat, "launch", lambda page, host, port: users.append(page.arrive(None)[0]))
    port = ["--port", "17860"]
    assert CliRunner().invoke(app, ["web", *port, *options], catch_exceptions=False).exit_code == 0
    assert [user == "you" for user in users] == [one_user]


def test_slack_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[Any, ...]] = []
    monkeypatch.setattr(slack, "run_slack", lambda opening, settings, *address: started.append(address))
    for options in ([], ["--host", "::1", "--port", "3001"]):
        assert CliRunner().invoke(app, ["slack", *options], catch_exceptions=False).exit_code == 0
    assert started == [("127.0.0.1", 3000), ("::1", 3001)]
