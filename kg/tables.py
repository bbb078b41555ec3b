"""The hand-written tables of the project, `kg/data/*.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from kg.errors import CatalogueError


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """Returns the table `kg/data/NAME.toml`. Raises CatalogueError when it is missing or cannot be parsed."""
    try:
        return tomllib.loads(files("kg").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueError(f"The table {name}.toml cannot be read ({error}): reinstall.") from error
