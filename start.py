#!/usr/bin/env python3
"""Sets Tastemaker up in `.venv` and starts it. Needs Python 3.11+ and a C/C++ compiler, nothing else.

    python3 start.py                 set up (once), then open the web chat on http://127.0.0.1:7860
    python3 start.py COMMAND …       set up (once), then run `tastemaker COMMAND …`
    python3 start.py test [ARGS …]   set up (once), then lint, type-check and run all tests; ARGS go to pytest

A set-up that is up to date is not touched again and needs no network.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "tastemaker.stamp"


def main() -> int:
    if sys.version_info < (3, 11):
        return fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Start me with a newer one.")
    try:
        set_up()
        if sys.argv[1:2] == ["test"]:
            return test(sys.argv[2:])
    except subprocess.CalledProcessError as error:
        return fail(
            f"This step failed: {' '.join(map(str, error.cmd))}. Its own words are above; mend that, start again."
        )
    return subprocess.call([PYTHON, ROOT / "app.py", *sys.argv[1:]])


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def say(sentence: str) -> None:
    print(f"[set-up] {sentence}", file=sys.stderr, flush=True)


def set_up() -> None:
    """Makes `.venv` what the lock says, unless the stamp shows that it is already."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned("uv"))
    if not (shutil.which("c++") or shutil.which("g++") or shutil.which("clang++") or os.name == "nt"):
        raise SystemExit(fail("A C++ compiler is needed to build llama.cpp: install g++ (or clang), then start again."))
    environment = build_environment()
    install_cpu_torch(environment)
    install_llama(environment)
    say("installing the pinned packages")
    run(*uv("install"), "--requirement", LOCK, environment=environment)
    run(*uv("install"), "--no-deps", "--editable", ROOT, environment=environment)
    STAMP.write_text(wanted)
    say("done")


def pinned(name: str) -> str:
    """The lock's line for a package, without its marker."""
    return next(line.split(";")[0].strip() for line in LOCK.read_text().splitlines() if line.startswith(f"{name}=="))


def uv(*words: str) -> list[str]:
    return [str(PYTHON), "-m", "uv", "pip", *words, "--python", str(PYTHON)]


def build_environment() -> dict[str, str]:
    """The environment of the installer: local wheels, and how llama.cpp is compiled."""
    environment = dict(os.environ)
    if "PIP_FIND_LINKS" in environment:
        environment.setdefault("UV_FIND_LINKS", environment["PIP_FIND_LINKS"])
    gpu = " -DGGML_CUDA=on" if has_nvidia() and shutil.which("nvcc") else ""
    environment.setdefault("CMAKE_ARGS", f"-DLLAVA_BUILD=OFF{gpu}")
    environment.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", str(os.cpu_count() or 2))
    return environment


def has_nvidia() -> bool:
    return Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None


def install_cpu_torch(environment: dict[str, str]) -> None:
    """On Linux without an NVIDIA GPU, installs a CPU build of torch where one can be had: gigabytes less to fetch.

    Local wheels come first, then PyTorch's own CPU index. Where neither answers, the lock's build is taken.
    """
    if not sys.platform.startswith("linux") or has_nvidia():
        return
    torch = pinned("torch")
    say(f"looking for a CPU build of {torch}")
    quick = {**environment, "UV_HTTP_TIMEOUT": "15", "UV_HTTP_RETRIES": "0"}
    links = environment.get("UV_FIND_LINKS")
    tries = [["--no-index", "--no-deps"]] if links else []
    tries.append(["--torch-backend", "cpu", "--no-deps"])
    for options in tries:
        if subprocess.call([*uv("install"), "--quiet", *options, torch], env=quick, stderr=subprocess.DEVNULL) == 0:
            return
    say("none can be had here; taking the build with CUDA, a download of some 2.5 GB")


def install_llama(environment: dict[str, str]) -> None:
    """Compiles llama.cpp, which has no wheel to fetch, once for this machine; the wheel is kept for all clones."""
    wanted = pinned("llama-cpp-python")
    key = hashlib.sha256(f"{environment['CMAKE_ARGS']} {platform.platform()} {sys.version}".encode()).hexdigest()[:12]
    kept = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tastemaker" / f"wheels-{key}"
    pattern = f"llama_cpp_python-{wanted.partition('==')[2]}-*.whl"
    if not list(kept.glob(pattern)):
        say("compiling llama.cpp once for this machine, which takes from 3 to 15 minutes")
        kept.mkdir(parents=True, exist_ok=True)
        wheel = [PYTHON, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
        run(*wheel, "--wheel-dir", kept, wanted, environment=environment)
    run(*uv("install"), "--quiet", "--no-deps", next(kept.glob(pattern)), environment=environment)


def test(arguments: list[str]) -> int:
    """Lint, types, then all tests; the first failing step's exit code."""
    ensure_browser()
    ensure_java()
    for step in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["pytest", *arguments]):
        say(" ".join(step))
        if code := subprocess.call([PYTHON, "-m", *step], cwd=ROOT):
            return code
    return 0


def ensure_browser() -> None:
    """The browser tests need Chromium: the system's, or Playwright's own. Without one they are skipped, with a word."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    say("installing Chromium for the browser tests")
    if not apt_install("chromium"):
        subprocess.call([PYTHON, "-m", "playwright", "install", "chromium"])


def ensure_java() -> None:
    """The graph's tests start a real Neo4j, which needs Java and Maven. Without them they are skipped, with a word."""
    if not (shutil.which("mvn") and shutil.which("javac")):
        say("installing Java and Maven for the tests on Neo4j")
        apt_install("default-jdk-headless", "maven")


def apt_install(*packages: str) -> bool:
    """Whether Debian's packages were installed; not where there is no apt or no right to use it."""
    if not (sys.platform.startswith("linux") and shutil.which("apt-get") and os.geteuid() == 0):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update"], ["install", "-y", "--no-install-recommends", *packages])
    return all(subprocess.call(["apt-get", "-qq", *step], env=quiet) == 0 for step in steps)


def run(*command: str | Path, environment: dict[str, str] | None = None) -> None:
    subprocess.run([str(word) for word in command], check=True, env=environment)


if __name__ == "__main__":
    raise SystemExit(main())
