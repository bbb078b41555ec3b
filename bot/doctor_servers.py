"""Each server that may be set, asked in its own way whether it is there. Looks, and changes nothing."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from kg.errors import IndexNotReadyError, ModelError
from kg.loading import Neo4jSettings, open_graph

_ANSWER_WITHIN = 5  # seconds


def chroma(url: str) -> str:
    """Returns which Chroma answers. Raises IndexNotReadyError when none does."""
    try:
        version = _got(f"{url.rstrip('/')}/api/v2/version")
    except (OSError, ValueError) as error:
        raise IndexNotReadyError(f"the Chroma server at {url} does not answer ({error})") from error
    return f"Chroma {version} answers at {url}"


def neo4j(where: Neo4jSettings) -> str:
    """Returns that the server answers and takes the password. Raises GraphError when it does not."""
    try:
        open_graph(where).close()
    except IndexNotReadyError:
        return f"Neo4j answers at {where.uri}; no graph was built there yet"
    return f"Neo4j answers at {where.uri}, with a graph"


def model_server(base_url: str, api_key: str, model: str) -> str:
    """Returns that the server has the model. Raises ModelError when it does not answer, or has others."""
    try:
        listed = _got(f"{base_url.rstrip('/')}/models", {"Authorization": f"Bearer {api_key}"})
        names = [str(entry["id"]) for entry in listed["data"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        refused = isinstance(error, HTTPError) and error.code in (401, 403)
        reason = "it refuses OPENAI_API_KEY" if refused else str(error)
        raise ModelError(
            f"the model server at {base_url} does not answer ({reason}); the tagger answers alone"
        ) from error
    if model not in names:
        raise ModelError(f"the model server at {base_url} has no {model!r}, but {', '.join(names[:5]) or 'nothing'}")
    return f"{model} at {base_url}"


def _got(url: str, headers: dict[str, str] | None = None) -> Any:
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url} begins with neither http:// nor https://")
    with urlopen(Request(url, headers=headers or {}), timeout=_ANSWER_WITHIN) as answer:
        return json.load(answer)
