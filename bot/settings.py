"""All configuration, one class, read from the environment."""

import os
import sys
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.errors import SettingsError


def default_home() -> Path:
    """Returns the folder for this user's data where `TASTEMAKER_HOME` is not set."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "tastemaker"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tastemaker"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tastemaker"


class Settings(BaseSettings):
    """Where things are and who may be asked. Every field has the environment variable named beside it."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    home: Path = Field(default_factory=default_home, validation_alias="TASTEMAKER_HOME")
    llm: str = Field("bundled", validation_alias="TASTEMAKER_LLM")
    explore: float = Field(0.0, validation_alias="TASTEMAKER_EXPLORE", ge=0, le=0.5)
    gpu_layers: int = Field(-1, validation_alias="TASTEMAKER_GPU_LAYERS", ge=-1)
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    neo4j_uri: str | None = Field(None, validation_alias="NEO4J_URI")
    neo4j_user: str = Field("neo4j", validation_alias="NEO4J_USER")
    neo4j_password: SecretStr | None = Field(None, validation_alias="NEO4J_PASSWORD")
    chroma_url: str | None = Field(None, validation_alias="CHROMA_URL")
    database_url: str | None = Field(None, validation_alias="DATABASE_URL")
    slack_bot_token: SecretStr | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")

    def __init__(self, **values: Any) -> None:
        """Reads the environment; `values` go before it, by the names of the fields.

        Raises SettingsError, naming the variable that is wrong, or the fields where a value is for none of them.
        """
        known = type(self).model_fields
        if unknown := [name for name in values if name not in known]:
            raise SettingsError(f"There is no setting {', '.join(unknown)}. There are {', '.join(known)}.")
        # By its alias alone: were names read from the environment too, HOME would be taken for the data folder.
        named = {str(known[name].validation_alias): value for name, value in values.items()}
        try:
            super().__init__(**named)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise SettingsError(f"{name} cannot be used: {first['msg']}. Correct or unset it.") from error

    @field_validator("home")
    @classmethod
    def _in_full(cls, home: Path) -> Path:
        """`~` as a shell would read it: a file of variables (`.env`) is read by no shell."""
        try:
            return home.expanduser()
        except RuntimeError as error:
            raise ValueError(f"{home} names no user of this machine") from error

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the conversations: `DATABASE_URL`, else an SQLite file in the home folder."""
        return self.database_url or f"sqlite:///{self.home / 'tastemaker.sqlite3'}"
