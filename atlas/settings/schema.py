"""The JSON schema of config.yaml, for editors that complete and check as one types.

It is made from the models that read the file. What their docstrings say of a key (« kind: rate
and share are in percent ») becomes its description.
"""

from __future__ import annotations

import json
import re
from typing import Any

from atlas.settings.models import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS = "$defs"


def config_schema() -> dict[str, Any]:
    """The schema: what it refuses, the file may not hold. Names are checked when it is read."""
    made = Settings.model_json_schema()
    for model in (made, *made[_MODELS].values()):
        _describe(model)
    return {"$schema": DIALECT, **made, "title": "config.yaml"}


def schema_text() -> str:
    """The schema as it is printed and kept in config.schema.json."""
    return json.dumps(config_schema(), ensure_ascii=False, indent=1) + "\n"


def _describe(model: dict[str, Any]) -> None:
    """Move what a docstring says of each key to that key; leave out titles made of its name."""
    text, said = _by_key(model.get("description", ""), list(model["properties"]))
    model["description"] = text
    for key, entry in model["properties"].items():
        entry.pop("title", None)
        if key in said:
            entry["description"] = said[key]
        if "patternProperties" in entry:
            entry["additionalProperties"] = False


def _by_key(docstring: str, keys: list[str]) -> tuple[str, dict[str, str]]:
    """The docstring without its remarks on keys, and these: « a, b: text » is said of both."""
    text = " ".join(docstring.split())
    name = f"(?:{'|'.join(map(re.escape, keys))})"
    head, *parts = re.split(rf"(?<![^ ])({name}(?:, {name})*): ", text)
    said = {
        key: _sentence(remark)
        for names, remark in zip(parts[::2], parts[1::2], strict=True)
        for key in names.split(", ")
    }
    return head.strip(), said


def _sentence(text: str) -> str:
    return text.strip().rstrip(";,. ") + "."
