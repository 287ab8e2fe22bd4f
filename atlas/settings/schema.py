"""The JSON schemas of config.yaml and config/, those of one dossier or comparison included, for
editors that complete and check as one types.

They are made from the models that read the files. What their docstrings say of a key (« kind: rate
and share are in percent ») becomes its description.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any

from atlas.settings.base import Strict
from atlas.settings.entry_files import ENTRY_MODELS, ENTRY_SCHEMAS, Section, entry_folder
from atlas.settings.models import CONFIG_FILES, IndicatorDefaults

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: The folder of the schemas in the project.
SCHEMAS = "config/schemas"
_MODELS = "$defs"
#: Keys that an indicator may leave to the defaults of its theme.
_BY_DEFAULT = set(IndicatorDefaults.model_fields)


def schema_of(file: str) -> dict[str, Any]:
    """The schema of one file of the configuration, by its path in the project: what it refuses,
    the file may not hold. Names are checked when it is read."""
    return _schema(CONFIG_FILES[file], file)


def schema_of_entry(section: Section) -> dict[str, Any]:
    """The schema of a file of one dossier or comparison."""
    return _schema(ENTRY_MODELS[section], f"{entry_folder(section)}/*.yaml")


def schema_line(section: Section) -> str:
    """The first line of a file of one dossier or comparison, which names its schema to editors."""
    return f"# yaml-language-server: $schema=../schemas/{ENTRY_SCHEMAS[section]}.schema.json\n"


def _schema(model: type[Strict], title: str) -> dict[str, Any]:
    made = model.model_json_schema()
    for part in (made, *made[_MODELS].values()):
        _describe(part)
    entry = made[_MODELS].get("IndicatorEntry")
    if entry:
        entry["required"] = [key for key in entry["required"] if key not in _BY_DEFAULT]
    return {"$schema": DIALECT, **made, "title": title}


def schema_texts() -> dict[str, str]:
    """Every schema as it is kept, by its path in the project."""
    return {
        f"{SCHEMAS}/{PurePosixPath(file).stem}.schema.json": _text(schema_of(file))
        for file in CONFIG_FILES
    } | {
        f"{SCHEMAS}/{name}.schema.json": _text(schema_of_entry(section))
        for section, name in ENTRY_SCHEMAS.items()
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


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
