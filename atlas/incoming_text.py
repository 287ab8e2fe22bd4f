"""The gate of every text that comes in: what no text of ours may hold, however it came.

- Control characters: XML, and with it XLSX, DOCX, PPTX and SVG, has no way to write most of them.
  PowerPoint writes U+000B for a line break inside a title, and texts that were decoded wrongly hold
  U+0092 for an apostrophe.
- Marks of direction: U+202E has what follows it read from right to left, so that a name of file or
  an address looks like another.
- Invisible characters: two names that look alike would not be the same, and a text could hide
  another. French needs none of them; its no-break spaces (U+00A0, U+202F) stay.
- Characters for private use, and the codes that are no characters: no two fonts draw the same.
- Marks stacked on one letter: they run over the lines around.

Files that people keep (yearly files, territories, configuration) are refused with their place; what
is typed, pasted, imported or comes in a link or an image loses them; what is exported is cleaned
once more. Lengths are limited by kind: a page, a slide and a table have room for so much.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Literal, TypeVar

from pydantic import BaseModel

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Soft hyphen, joiners, fillers, zero-width spaces, invisible operators, byte order mark, notes
# between lines, variants of ideographs, tags.
_INVISIBLES = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
# Planes 4 to 13 hold nothing. Codes that a later Unicode may fill are let through elsewhere: what
# is accepted must not change with the version of Python.
_WITHOUT_MEANING = (
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U00040000-\U000dffff\U000f0000-\U0010ffff"
)
_CLASSES = {
    "un caractère de contrôle": _CONTROLS,
    "une marque de sens d’écriture": _DIRECTIONS,
    "un caractère invisible": _INVISIBLES,
    "un caractère sans signification commune": _WITHOUT_MEANING,
}
_FORBIDDEN_PATTERN = re.compile(f"[{''.join(_CLASSES.values())}]")
#: Those of them that part words, as a line break does.
_SEPARATOR_PATTERN = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# « ⚠️ » is a sign and U+FE0F, which asks for its coloured form; elsewhere it is seen by nobody.
_STRAY_VARIANT = "(?<![\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]"
_MARK = (
    "[\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
#: Letters of Vietnamese and of transcriptions have two.
MAX_MARKS_PER_LETTER = 2
_STACKED_PATTERN = re.compile(f"(?<={_MARK * MAX_MARKS_PER_LETTER}){_MARK}+")
_STRAY_PATTERN = re.compile(_STRAY_VARIANT)
FORBIDDEN_CHARACTER_CURE = (
    "Effacez ce caractère, souvent invisible, ou retapez le texte à cet endroit."
)
TOO_LONG_CURE = "Raccourcissez le texte."

TextKind = Literal["name", "title", "sentence", "address", "note", "text"]
#: Letters that a text may have, by kind: a name or label, a title, a sentence that is typed, an
#: address, a note of a figure, a text of several paragraphs.
MAX_LETTERS: dict[TextKind, int] = {
    "name": 200,
    "title": 300,
    "sentence": 300,
    "address": 2_000,
    "note": 2_000,
    "text": 10_000,
}

Tree = TypeVar("Tree")


def find_forbidden_character(text: str) -> str:
    """The first of them in a text, as Unicode calls it (« U+000B »); empty without any."""
    if text.isascii():
        found = _FORBIDDEN_PATTERN.search(text)
    else:
        patterns = (_FORBIDDEN_PATTERN, _STRAY_PATTERN, _STACKED_PATTERN)
        matches = [match for pattern in patterns if (match := pattern.search(text))]
        found = min(matches, key=lambda match: match.start(), default=None)
    return f"U+{ord(found[0][0]):04X}" if found else ""


def forbidden_character_message(text: str) -> str:
    """The French sentence, without its point, that refuses a text that holds one."""
    code = find_forbidden_character(text)
    character = chr(int(code.removeprefix("U+"), 16))
    kind = next(
        (kind for kind, members in _CLASSES.items() if re.match(f"[{members}]", character)),
        "un caractère invisible" if character in "\ufe0e\ufe0f" else "un accent empilé",
    )
    article = "acceptée" if kind.startswith("une ") else "accepté"
    return f"{kind} ({code}) n’est pas {article}"


def remove_forbidden_characters(text: str) -> str:
    """The text without them; one that parts two words leaves a space."""
    if not find_forbidden_character(text):
        return text
    text = _FORBIDDEN_PATTERN.sub("", _SEPARATOR_PATTERN.sub(" ", text))
    text = _STRAY_PATTERN.sub("", text)
    return _STACKED_PATTERN.sub("", text)  # once what parted the marks is gone


def clean_typed_text(text: str, kind: TextKind = "sentence") -> str:
    """What somebody typed, pasted or put in a link or an image: without forbidden characters, and
    cut at the greatest length of its kind."""
    return remove_forbidden_characters(text[: 2 * MAX_LETTERS[kind]])[: MAX_LETTERS[kind]]


def too_long_message(text: str, kind: TextKind) -> str:
    """The French sentence, without its point, that refuses a text longer than its kind may be;
    empty for a text that is not."""
    if len(text) <= MAX_LETTERS[kind]:
        return ""
    return f"ce texte a {len(text)} caractères, {MAX_LETTERS[kind]} au plus sont acceptés"


def without_forbidden_characters(tree: Tree) -> Tree:
    """The same texts, lists, dictionaries, dataclasses and models, each text without them.

    What holds none is given back as it is, not copied.
    """
    cleaned = _cleaned(tree)
    return cleaned if isinstance(cleaned, type(tree)) else tree


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return remove_forbidden_characters(value)
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
