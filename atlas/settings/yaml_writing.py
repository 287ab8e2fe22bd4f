"""YAML written for people: an entry added to a file whose texts, comments and order stay.

Reading is strict_yaml's: ruamel.yaml takes 0.8 s for what libyaml reads in 0.03 s, at each edit of
a file that is followed. Texts are quoted here wherever one reader or the other would take them for
something else than a text (« no », « 2025 »).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

_INDENT = 2
#: Texts never go on the next line: characters.
_MAX_LINE_LENGTH = 100_000
#: A set of keys in a list, beyond which it has a line for each key: characters.
_MAX_ITEM_LENGTH = 150
_PLAIN_TEXT = re.compile(r"[A-Za-z][\w-]*")


def entry_text(key: str, fields: Mapping[str, Any]) -> str:
    """The lines of an entry, as they stand under its section: a line for each field, or for each
    set of keys of a list of them."""
    text = _dump(CommentedMap({key: _entry(fields)}))
    return "".join(f"{' ' * _INDENT}{line}\n" for line in text.splitlines())


def fields_text(fields: Mapping[str, Any]) -> str:
    """The lines of the fields of a dossier or a comparison, from the margin: as in `entry_text`,
    but for lists of sets of keys that hold lists of them, or are long: a line for each key."""
    return _dump(CommentedMap({key: _in_lines(value) for key, value in fields.items()}))


def one_line_text(value: Any) -> str:
    """A value on one line, without its end."""
    return _dump(CommentedMap({"x": _on_one_line(value)})).removeprefix("x:").strip(" \n")


def with_entry(text: str, section: str, key: str, fields: Mapping[str, Any]) -> str:
    """The text of a file with an entry of a section, in the place of that of the same key or
    first; the section is added when there is none. Raises YAMLError when the text is no YAML."""
    file = _yaml().load(text)
    if not isinstance(file, CommentedMap):
        return f"{text.rstrip()}\n\n{section}:\n{entry_text(key, fields)}".lstrip()
    entries = file.get(section)
    if not isinstance(entries, CommentedMap) or not entries:  # « import_profiles: {} »
        file[section] = CommentedMap({key: _entry(fields)})
        return _dump(file)
    file.fa.set_block_style()
    entries.fa.set_block_style()
    entry = _entry(fields)
    if key in entries:
        _keep_comments(_comments_after(entries[key]), entry)
        entries[key] = entry
    else:
        entries.insert(0, key, entry)
    return _dump(file)


def with_root_entries(text: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a file with entries after those of its root, whatever its style: flow, JSON,
    indented, ended by « ... ». Raises YAMLError when the text is no YAML."""
    file = _yaml().load(text)
    if not isinstance(file, CommentedMap):
        file = CommentedMap()
    file.fa.set_block_style()
    for key, fields in entries.items():
        file[key] = _entry(fields)
    return _dump(file)


def _yaml() -> YAML:
    writer = YAML()
    writer.preserve_quotes = True
    writer.width = _MAX_LINE_LENGTH
    writer.indent(mapping=_INDENT, sequence=2 * _INDENT, offset=_INDENT)
    return writer


def _dump(tree: CommentedMap) -> str:
    written = io.StringIO()
    _yaml().dump(tree, written)
    return written.getvalue()


def _entry(fields: Mapping[str, Any]) -> CommentedMap:
    return CommentedMap({key: _value(value) for key, value in fields.items()})


def _value(value: Any) -> Any:
    """Flow style on one line, but for a list of sets of keys: a line for each."""
    if _is_list_of_sets(value):
        return CommentedSeq([_on_one_line(item) for item in value])
    return _on_one_line(value)


def _in_lines(value: Any) -> Any:
    if not _is_list_of_sets(value):
        return _on_one_line(value)
    items = [_on_one_line(item) for item in value]
    is_short = all(
        len(_dump(CommentedMap({"": item}))) <= _MAX_ITEM_LENGTH
        and not any(map(_is_list_of_sets, item.values()))
        and "kind" not in item  # blocks of a dossier, which are read one under the other
        for item in items
    )
    if is_short:
        return CommentedSeq(items)
    return CommentedSeq(
        [CommentedMap({key: _in_lines(one) for key, one in item.items()}) for item in value]
    )


def _is_list_of_sets(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _on_one_line(value: Any) -> Any:
    if isinstance(value, dict):
        made: Any = CommentedMap({key: _on_one_line(item) for key, item in value.items()})
    elif isinstance(value, list):
        made = CommentedSeq([_on_one_line(item) for item in value])
    elif isinstance(value, str):
        plain = _PLAIN_TEXT.fullmatch(value) and yaml.safe_load(value) == value
        return value if plain else DoubleQuotedScalarString(value)
    else:
        return value
    made.fa.set_flow_style()
    return made


def _comments_after(entry: Any) -> str:
    """The lines of comment between an entry and the next one, which are about that one.

    ruamel.yaml keeps them with the last value before them.
    """
    text, node = "", entry
    while isinstance(node, CommentedMap | CommentedSeq) and node:
        text += "".join(f"{' ' * t.start_mark.column}{t.value}" for t in node.ca.end or ())
        last = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        place = 2 if isinstance(node, CommentedMap) else 0
        token = (node.ca.items.get(last) or [None] * 4)[place]
        text += token.value.partition("\n")[2] if token else ""  # its first line ends the value's
        node = node[last]
    return text


def _keep_comments(text: str, entry: CommentedMap) -> None:
    if not text:
        return
    node, last = entry, list(entry)[-1]
    while isinstance(node[last], CommentedSeq) and not node[last].fa.flow_style():
        node = node[last]
        last = len(node) - 1
    token = CommentToken("\n" + text, CommentMark(0), None)
    place = 2 if isinstance(node, CommentedMap) else 0
    node.ca.items[last] = [token if i == place else None for i in range(4)]
