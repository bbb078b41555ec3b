"""The program as a user starts it, and a real browser in front of it."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 120) -> None:
    """Waits until something listens; fails at once when the process has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, f"the program ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"nothing listens on port {port} after {seconds} s")


@pytest.fixture(scope="session")
def e2e_home(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A data folder of its own, with the index and models of the other tests copied in where they are built already."""
    copy = tmp_path_factory.mktemp("home")
    if (home / "current").exists():
        shutil.copytree(
            home, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("tastemaker.sqlite3", "*.lock", "*.holder")
        )
    return copy


@pytest.fixture(scope="session")
def web(e2e_home: Path) -> Iterator[str]:
    """The address of a running web chat."""
    port = free_port()
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(e2e_home), "TASTEMAKER_HOME": str(e2e_home)}
    command = [sys.executable, str(ROOT / "app.py"), "web", "--each-browser", "--port", str(port)]
    with (e2e_home / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Closed after each module: while it is open, Playwright's event loop stops all others."""
    found = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        try:
            opened = playwright.chromium.launch(executable_path=found, args=arguments)
        except Error as error:
            pytest.skip(f"no Chromium here: {str(error).splitlines()[0]}")
        yield opened
        opened.close()
