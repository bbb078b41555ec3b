"""The environment is the configuration."""

import os
from pathlib import Path

import pytest

from bot import Settings
from bot.settings import default_home
from kg.errors import SettingsError


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TASTEMAKER_HOME", str(tmp_path))
    monkeypatch.setenv("TASTEMAKER_LLM", "openai:some-model")
    monkeypatch.setenv("NEO4J_PASSWORD", "hush")
    settings = Settings()
    assert settings.home == tmp_path and settings.llm == "openai:some-model"
    assert settings.database == f"sqlite:///{tmp_path / 'tastemaker.sqlite3'}"


def test_the_users_home_folder_is_not_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TASTEMAKER_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings().home == default_home() != tmp_path
    assert Settings().home.name == "tastemaker"


def test_secrets_do_not_show() -> None:
    settings = Settings(neo4j_password="hush", slack_bot_token="hush", discord_token="hush", openai_api_key="hush")
    assert "hush" not in repr(settings) and "hush" not in str(settings.model_dump())


def test_arguments_go_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TASTEMAKER_HOME", "/elsewhere")
    assert Settings(home=tmp_path).home == tmp_path


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASTEMAKER_LLM", "")
    assert Settings().llm == "bundled"


@pytest.mark.parametrize("value", ["many", "-7"])
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TASTEMAKER_GPU_LAYERS", value)
    with pytest.raises(SettingsError, match="TASTEMAKER_GPU_LAYERS"):
        Settings()


def test_a_value_for_no_setting_names_those_that_there_are() -> None:
    with pytest.raises(SettingsError, match=r"no setting foo, bar\. There are home, llm, "):
        Settings(foo=1, bar=2)


def test_a_tilde_is_the_users_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # on Windows
    monkeypatch.setenv("TASTEMAKER_HOME", "~/films")
    assert Settings().home == Settings(home=Path("~/films")).home == tmp_path / "films"
    monkeypatch.setenv("TASTEMAKER_HOME", "~nobody-of-this-name/films")
    if os.name != "nt":  # where any name gives a folder
        with pytest.raises(SettingsError, match=r"TASTEMAKER_HOME .*names no user"):
            Settings()
