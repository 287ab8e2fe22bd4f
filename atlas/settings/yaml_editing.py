"""An entry of a YAML file changed where it differs, and nowhere else.

What is the same keeps its bytes, its style and its comments: fields, and the items of lists (the
blocks of a dossier, the figures of a block) wherever they are moved. A comment goes with the field
or the item under it. What is new is written as `atlas.settings.yaml_writing` does.

Where the file is in block style, it is cut in lines by the places that the parser gives; whatever
else (flow style, a key alone on its line) is written again whole. What comes out is read again, and
is what was wanted or is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import yaml
from ruamel.yaml.error import YAMLError

from atlas.problems import Problem
from atlas.settings.strict_yaml import compose_nodes, read_yaml_bytes
from atlas.settings.yaml_writing import fields_text, one_line_text, with_entry

Path = tuple[str, ...]
#: An end of line for YAML alone: the lines of such a file are not counted alike.
_OTHER_LINE_END = re.compile(r"\r(?!\n)")
_COMMENT_AFTER = re.compile(r"\s+#.*")


class CannotEdit(ValueError):
    """The form of the file does not take the change without a risk for the rest of it."""


class UnreadableText(ValueError):
    """A text that is no YAML, or not as the strict reader takes it; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def find_entry(text: str, path: Path, name: str = "") -> dict[str, Any] | None:
    """The fields of the entry at a path of keys of a YAML text, as they are written; None when
    there is none.

    path: a section and a key, or nothing for a file that is one entry. name: of the file, for
    problems. Raises UnreadableText.
    """
    values = _read(text, name)
    for key in path:
        values = values.get(key) if isinstance(values, dict) else None
    return values if isinstance(values, dict) else None


def with_changed_entry(text: str, path: Path, fields: Mapping[str, Any]) -> str:
    """The text of a file whose entry at a path has these fields, in the place of those it has.

    The same text when they are equal. path: as in `find_entry`. Raises UnreadableText for a text
    that is no YAML, CannotEdit when there is no such entry, or none that can be changed.
    """
    present = find_entry(text, path)
    if present is None:
        raise CannotEdit("no entry at this path")
    if is_same(present, fields):
        return text
    wanted = _with_value(_read(text), path, fields)
    for made in _attempts(text, path, present, fields):
        try:
            if is_same(_read(made), wanted):
                return made
        except UnreadableText:
            continue
    raise CannotEdit("what would be written does not say what is wanted")


def is_same(one: Any, other: Any) -> bool:
    """Whether two values would be written alike: True is not 1, nor 1 the number 1.0."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _read(text: str, name: str = "") -> Any:
    values, _, problems = read_yaml_bytes(text.encode(errors="surrogatepass"), name)
    if problems:
        raise UnreadableText(problems)
    return values


def _attempts(
    text: str, path: Path, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterable[str]:
    with suppress(_OddForm):
        yield _edited(text, path, old, new)
    if path:
        with suppress(YAMLError):
            yield with_entry(text, path[0], path[1], new)
    else:
        yield _header(text) + fields_text(new)


def _with_value(values: Any, path: Path, fields: Mapping[str, Any]) -> Any:
    if not path:
        return fields
    return {**values, path[0]: _with_value(values[path[0]], path[1:], fields)}


def _header(text: str) -> str:
    """The comments at the top of a file."""
    lines = text.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if line.strip()[:1] not in ("", "#")), 0)
    return "".join(lines[:count])


# --- in lines ------------------------------------------------------------------------------------


class _OddForm(Exception):
    """This part is not in block style, or not in lines that can be told apart."""


@dataclass(frozen=True)
class _Field:
    """A key of a block mapping, or an item of a block sequence (an empty key).

    above: the comments over it; lines: its own, from that of its key or of its dash.
    """

    key: str
    node: yaml.Node
    first: int
    above: tuple[str, ...]
    lines: tuple[str, ...]


def _edited(text: str, path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if _OTHER_LINE_END.search(text):
        raise _OddForm
    file = _File(text)
    node, first = file.root, None
    for key in path:
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise _OddForm
        name, node = next(pair for pair in node.value if pair[0].value == key)
        first = name.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _OddForm
    start = node.start_mark.line if first is None else first
    made = file.mapping(node, start, old, new)
    end = file.last_line(node) + 1
    return "".join([*file.lines[:start], *made, *file.lines[end:]])


class _File:
    """The lines of a text and the tree of its nodes."""

    def __init__(self, text: str) -> None:
        root = compose_nodes(text)
        if root is None:
            raise _OddForm
        self.root = root
        self.lines = text.splitlines(keepends=True)
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        if self.lines and not self.lines[-1].endswith("\n"):
            self.lines[-1] += self.line_end

    def last_line(self, node: yaml.Node) -> int:
        """Of the content of a node: comments after it are not of it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.last_line(last[1] if isinstance(node, yaml.MappingNode) else last)
        mark = node.end_mark
        return mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line

    def mapping(
        self,
        node: yaml.MappingNode,
        start: int,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        *,
        dash: int | None = None,
    ) -> list[str]:
        """The lines of a block mapping, from a line, once it has its new fields.

        dash: the column of that of the item that it is, None for the value of a key.
        """
        if not new:
            raise _OddForm
        column = node.start_mark.column
        fields = self._fields(node, start, dash)
        kept = {field.key: field for field in fields if field.key in new}
        made: list[str] = []
        for key in _merged_order([field.key for field in fields if field.key in kept], list(new)):
            field = kept.get(key)
            if field is None:
                made += self._written({key: new[key]}, column)
            elif is_same(old[key], new[key]):
                made += [*field.above, *field.lines]
            else:
                made += [*field.above, *self._changed_field(field, old[key], new[key], column)]
        return made

    def _fields(self, node: yaml.MappingNode, start: int, dash: int | None) -> list[_Field]:
        column = node.start_mark.column
        places: list[tuple[str, yaml.Node, int]] = []
        for key, value in node.value:
            line, is_first = key.start_mark.line, not places
            before = self.lines[line][: key.start_mark.column]
            if dash is not None and is_first:
                before = _without_dash(before, dash)
            if node.flow_style or key.start_mark.column != column or before.strip(" "):
                raise _OddForm
            places.append((str(key.value), value, line))
        fields = self._cut(places, start)
        if dash is None:
            return fields
        first, *others = fields
        own = (_without_dash(first.lines[0], dash), *first.lines[1:])
        return [replace(first, lines=own), *others]

    def _cut(self, places: Sequence[tuple[str, yaml.Node, int]], start: int) -> list[_Field]:
        """Fields or items from the line of each, and comments above each; start: where the first
        one's may begin."""
        fields, before = [], start
        for key, node, line in places:
            end = self.last_line(node) + 1
            if line < before or end <= line:
                raise _OddForm
            fields.append(
                _Field(key, node, line, tuple(self.lines[before:line]), tuple(self.lines[line:end]))
            )
            before = end
        return fields

    def _changed_field(self, field: _Field, old: Any, new: Any, column: int) -> list[str]:
        try:
            head = field.first + 1
            if field.node.start_mark.line < head:
                raise _OddForm
            if isinstance(field.node, yaml.MappingNode) and isinstance(new, Mapping):
                return [field.lines[0], *self.mapping(field.node, head, old, new)]
            if isinstance(field.node, yaml.SequenceNode) and isinstance(new, list):
                return [field.lines[0], *self._sequence(field.node, head, old, new)]
        except _OddForm:
            pass
        return self._with_comment(field, self._written({field.key: new}, column), column)

    def _sequence(
        self, node: yaml.SequenceNode, start: int, old: list[Any], new: list[Any]
    ) -> list[str]:
        """The lines of a block sequence once it has its new items: those that it had keep theirs
        wherever they are now."""
        if node.flow_style or not new:
            raise _OddForm
        dash = node.start_mark.column
        places: list[tuple[str, yaml.Node, int]] = []
        for item in node.value:
            line = item.start_mark.line
            if _without_dash(self.lines[line][: item.start_mark.column], dash).strip(" "):
                raise _OddForm
            places.append(("", item, line))
        items = self._cut(places, start)
        made: list[str] = []
        used: set[int] = set()
        for place, value in zip(_paired(old, new), new, strict=True):
            if place is None:
                made += self._written_item(value, dash)
                continue
            above = () if place in used else items[place].above
            used.add(place)
            changed = self._changed_item(items[place], old[place], value, dash)
            made += [*above, *changed]
        return made

    def _changed_item(self, item: _Field, old: Any, new: Any, dash: int) -> Sequence[str]:
        if is_same(old, new):
            return item.lines
        try:
            if isinstance(item.node, yaml.MappingNode) and isinstance(new, Mapping):
                made = self.mapping(item.node, item.first, old, new, dash=dash)
                return _with_dash(made, dash, item.node.start_mark.column)
        except _OddForm:
            pass
        written = self._written_item(new, dash)
        if isinstance(item.node, yaml.CollectionNode) and item.node.flow_style:
            written = [self._item_line(new, dash)]
        return self._with_comment(item, written, dash)

    def _with_comment(self, field: _Field, made: list[str], column: int) -> list[str]:
        """What is written again keeps the comment at the end of its line, or over it."""
        mark = field.node.end_mark
        if mark.line != self.last_line(field.node):  # of a block, which ends with lines
            return made
        rest = self.lines[mark.line][mark.column :].rstrip("\r\n")
        if not _COMMENT_AFTER.fullmatch(rest):
            return made
        if len(made) == 1:
            return [made[0].rstrip("\r\n") + rest + self.line_end]
        return [" " * column + rest.strip() + self.line_end, *made]

    def _written(self, fields: Mapping[str, Any], column: int) -> list[str]:
        lines = fields_text(fields).splitlines()
        return [" " * column * bool(line) + line + self.line_end for line in lines]

    def _written_item(self, value: Any, dash: int) -> list[str]:
        if not isinstance(value, Mapping):
            return [self._item_line(value, dash)]
        lines = fields_text({"x": [value]}).splitlines()[1:]
        return [f"{' ' * dash}{line[2:]}{self.line_end}" for line in lines]

    def _item_line(self, value: Any, dash: int) -> str:
        return f"{' ' * dash}- {one_line_text(value)}{self.line_end}"


def _without_dash(before: str, dash: int) -> str:
    """What stands before an item on its line, but for its dash."""
    if before[dash : dash + 1] != "-":
        raise _OddForm
    return before[:dash] + " " + before[dash + 1 :]


def _with_dash(made: list[str], dash: int, column: int) -> list[str]:
    """The lines of a mapping as an item: a dash before its first key."""
    number = next(n for n, line in enumerate(made) if line.strip()[:1] not in ("", "#"))
    key = f"{' ' * dash}-{' ' * (column - dash - 1)}{made[number][column:]}"
    return [*made[:number], key, *made[number + 1 :]]


def _merged_order(kept: list[str], wanted: list[str]) -> list[str]:
    """The kept keys in their order, each new one after the one that it is wanted after."""
    order = list(kept)
    for place, key in enumerate(wanted):
        if key not in order:
            before = [order.index(one) for one in wanted[:place] if one in order]
            order.insert(before[-1] + 1 if before else 0, key)
    return order


def _paired(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new item, the place of the old one that it is, or comes from; None for none.

    One that stands several times among the new ones, as when a block is copied, is each time the
    same old one.
    """
    free = set(range(len(old)))
    found: list[int | None] = []
    for place, value in enumerate(new):
        same = [one for one in range(len(old)) if is_same(old[one], value)]
        best = min(same, key=lambda one: (one not in free, one != place, one), default=None)
        found.append(best)
        free.discard(-1 if best is None else best)
    for place, value in enumerate(new):
        if found[place] is None and isinstance(value, Mapping):
            like = max(
                free, key=lambda one: (_likeness(old[one], value), one == place, -one), default=None
            )
            if like is not None and _likeness(old[like], value):
                found[place] = like
                free.discard(like)
    return found


def _likeness(old: Any, new: Mapping[str, Any]) -> int:
    """How many fields of an old item a new one has; zero for a block of another kind."""
    if (
        not isinstance(old, Mapping)
        or len({one["kind"] for one in (old, new) if "kind" in one}) > 1
    ):
        return 0
    return sum(key in old and is_same(old[key], new[key]) for key in new)
