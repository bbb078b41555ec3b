"""compose.yaml against the program: there is no container engine in the tests, so what can be read is compared."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from bot.settings import Settings
from tests.neo4j.server import VERSION

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("image") == "tastemaker"}
LIBPQ = {"PGPASSWORD"}  # read by PostgreSQL's own client, so that the password is in no URL
KNOWN = {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_every_variable_of_the_bot_is_one_that_it_reads() -> None:
    assert set(OURS) == {"bot", "web", "index"}
    for service in OURS.values():
        assert set(service["environment"]) - LIBPQ <= KNOWN


def test_everything_shared_is_set() -> None:
    shared = {"DATABASE_URL", "CHROMA_URL", "NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "TASTEMAKER_HOME"}
    assert shared <= set(SERVICES["bot"]["environment"])
    assert SERVICES["bot"]["deploy"]["replicas"] >= 2


@pytest.mark.parametrize("variable", ["DATABASE_URL", "CHROMA_URL", "NEO4J_URI"])
def test_every_address_is_a_services(variable: str) -> None:
    address = urlsplit(SERVICES["bot"]["environment"][variable])
    assert address.hostname in SERVICES
    assert address.password is None


def test_the_bots_settings_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"POSTGRES_PASSWORD": "secret", "NEO4J_PASSWORD": "secret"}
    for name, text in SERVICES["bot"]["environment"].items():
        monkeypatch.setenv(name, filled(str(text), values))
    settings = Settings()
    assert settings.llm == "bundled"
    assert settings.database == "postgresql://tastemaker@postgres:5432/tastemaker"
    assert settings.neo4j_password is not None and settings.neo4j_password.get_secret_value() == "secret"


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|AUTH|KEY|TOKEN", name):
                assert "${" in str(value), name
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert not re.search(r"(PASSWORD|KEY|TOKEN)=.", example)


def test_what_compose_asks_for_is_in_the_example_and_nothing_else() -> None:
    asked = set(re.findall(r"\$\{(\w+)", TEXT))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_every_service_that_stays_up_is_looked_at() -> None:
    for name, service in SERVICES.items():
        assert "healthcheck" in service or service.get("restart") == "no", name


def test_every_volume_is_declared() -> None:
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_servers_are_those_of_the_tests() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert f"chromadb=={SERVICES['chroma']['image'].rpartition(':')[2]}\n" in lock
    assert SERVICES["neo4j"]["image"] == f"neo4j:{VERSION}-community"


def test_the_images_arguments_are_the_programs() -> None:
    from app import app

    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert {service["command"][0] for service in OURS.values()} <= commands


def test_every_start_builds_what_is_in_use() -> None:
    assert SERVICES["index"]["command"] == ["ingest"]  # `default` would put the films in the place of a shop's own


def filled(text: str, values: dict[str, str]) -> str:
    """The text as compose fills it in: `${NAME:-default}` and `${NAME:?word}`."""
    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", lambda m: values.get(m[1]) or (m[3] if m[2] == "-" else ""), text)
