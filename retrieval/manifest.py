"""What an index folder must hold: written last when it is built, compared when it is opened."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import IndexNotReadyError

FILE = "manifest.json"
MEND = "Run `tastemaker ingest` to build it anew."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made the index (fingerprint, encoder, source), how many items it has, and its files' sizes in bytes."""

    fingerprint: str
    encoder: str
    source: str
    items: int
    sizes: dict[str, int]

    def write(self, folder: Path) -> None:
        """Writes the manifest into the folder."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")


def sizes_of(folder: Path, names: Iterable[str]) -> dict[str, int]:
    """Returns the sizes in bytes of the named files of the folder."""
    return {name: (folder / name).stat().st_size for name in names}


def read_manifest(folder: Path) -> Manifest:
    """Returns the folder's manifest after comparing the files' sizes with it.

    Raises IndexNotReadyError, with the command that mends it, when anything is missing or of another size.
    """
    try:
        manifest = Manifest(**json.loads((folder / FILE).read_text(encoding="utf-8")))
        found = sizes_of(folder, manifest.sizes)
    except (OSError, ValueError, TypeError) as error:
        raise IndexNotReadyError(f"The index {folder} is damaged ({error}). {MEND}") from error
    for name, size in manifest.sizes.items():
        if found[name] != size:
            raise IndexNotReadyError(
                f"The index {folder} is damaged: {name} has {found[name]:,} bytes, not {size:,}. {MEND}"
            )
    return manifest
