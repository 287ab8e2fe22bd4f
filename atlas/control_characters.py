"""Characters that no text should hold: no spreadsheet, slide or drawing can be made of one.

XML, and with it XLSX, DOCX, PPTX and SVG, has no way to write most of them. PowerPoint writes
U+000B for a line break inside a title, and texts that were decoded wrongly hold U+0092 for an
apostrophe. Files that people keep (yearly files, configuration) are refused with their place; what
is typed or comes in a link loses them; what is exported is cleaned once more.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TypeVar

from pydantic import BaseModel

#: Unicode's controls but tab, line feed and carriage return; halves of surrogate pairs; the two
#: code points that are no characters.
CONTROL_CHARACTER_PATTERN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
#: Those of them that part words, as a line break does.
_SEPARATOR_PATTERN = re.compile("[\x0b\x0c\x1c-\x1f\x85]+")
CONTROL_CHARACTER_CURE = "Effacez ce caractère invisible, ou retapez le texte à cet endroit."

Tree = TypeVar("Tree")


def find_control_character(text: str) -> str:
    """The first of them in a text, as Unicode calls it (« U+000B »); empty without any."""
    found = CONTROL_CHARACTER_PATTERN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def control_character_message(text: str) -> str:
    """The French sentence, without its point, that refuses a text that holds one."""
    return f"un caractère de contrôle ({find_control_character(text)}) n’est pas accepté"


def remove_control_characters(text: str) -> str:
    """The text without them; one that parts two words leaves a space."""
    if not CONTROL_CHARACTER_PATTERN.search(text):
        return text
    return CONTROL_CHARACTER_PATTERN.sub("", _SEPARATOR_PATTERN.sub(" ", text))


def without_control_characters(tree: Tree) -> Tree:
    """The same texts, lists, dictionaries, dataclasses and models, each text without them.

    What holds none is given back as it is, not copied.
    """
    cleaned = _cleaned(tree)
    return cleaned if isinstance(cleaned, type(tree)) else tree


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return remove_control_characters(value)
    if isinstance(value, dict):
        pairs = {_cleaned(key): _cleaned(item) for key, item in value.items()}
        return value if _are_same(pairs, value) else pairs
    if isinstance(value, tuple | list):
        items = [_cleaned(item) for item in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else _sequence_like(value, items)
    if isinstance(value, BaseModel):
        changed = _changed_fields(value, list(type(value).model_fields))
        return value.model_copy(update=changed) if changed else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = _changed_fields(value, [f.name for f in dataclasses.fields(value) if f.init])
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _are_same(pairs: dict[object, object], before: dict[object, object]) -> bool:
    return len(pairs) == len(before) and all(
        key in before and item is before[key] for key, item in pairs.items()
    )


def _sequence_like(
    value: tuple[object, ...] | list[object], items: list[object]
) -> tuple[object, ...] | list[object]:
    if isinstance(value, list):
        return items
    make = getattr(type(value), "_make", tuple)  # a named tuple keeps its names
    made: tuple[object, ...] = make(items)
    return made


def _changed_fields(value: object, names: list[str]) -> dict[str, object]:
    """The fields of a dataclass or model that hold such characters, each without them."""
    fields = {name: getattr(value, name) for name in names}
    return {
        name: cleaned for name, item in fields.items() if (cleaned := _cleaned(item)) is not item
    }
