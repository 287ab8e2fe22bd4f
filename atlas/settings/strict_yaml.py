"""YAML read strictly: no duplicate key, no alias, and every value remembers its line.

PyYAML alone keeps the last of two equal keys in silence and expands aliases without a limit
(the "billion laughs" bomb); both are refused here before any value is built. So are the
characters of atlas.incoming_text, which YAML takes between double quotes (« \\v ») and, for some,
refuses elsewhere without a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from atlas.incoming_text import (
    FORBIDDEN_CHARACTER_CURE,
    find_forbidden_character,
    forbidden_character_message,
    remove_forbidden_characters,
)
from atlas.problems import Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 50
MAX_QUOTED_LETTERS = 80  # of a line, in a problem
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it is built
Lines = dict[tuple[str | int, ...], int]


class _Refused(Exception):
    """The tree cannot be built; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(path: Path, name: str) -> tuple[Any, Lines, list[Problem]]:
    """Read one YAML file.

    name is the file as its owner knows it. Returns the plain tree (None when unreadable), the
    line of each value by its path of keys, and the problems found.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        return (
            None,
            {},
            [
                _problem(
                    name,
                    None,
                    "le fichier est introuvable ou illisible",
                    "Remettez le fichier à sa place et vérifiez ses droits.",
                )
            ],
        )
    return read_yaml_bytes(raw, name)


def read_yaml_bytes(raw: bytes, name: str) -> tuple[Any, Lines, list[Problem]]:
    """Read the bytes of a YAML file, as `read_yaml` does."""
    if len(raw) > MAX_BYTES:
        return (
            None,
            {},
            [
                _problem(
                    name,
                    None,
                    "le fichier dépasse 2 Mo",
                    "Vérifiez qu’il s’agit bien du bon fichier.",
                )
            ],
        )
    try:
        text = raw.decode("utf-8-sig")
        node = _compose(remove_forbidden_characters(text), name)
        lines: Lines = {}
        problems: list[Problem] = []
        tree = _build(node, (), lines, problems, name)
        written = _written_forbidden_characters(text, lines, name)
        return (None if written else tree), lines, problems + written
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return (
            None,
            {},
            [
                _problem(
                    name, line, "le fichier n’est pas encodé en UTF-8", "Enregistrez-le en UTF-8."
                )
            ],
        )
    except _Refused as refused:
        return None, {}, [refused.problem]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = mark.line + 1 if mark else None
        return (
            None,
            {},
            [
                _problem(
                    name,
                    where,
                    "la syntaxe YAML est incorrecte à cette ligne",
                    "Vérifiez l’indentation, les deux-points et les guillemets.",
                )
            ],
        )


def compose_nodes(text: str) -> yaml.Node | None:
    """The nodes of a text that `read_yaml_bytes` reads, with the places where they stand."""
    node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    return node


def _problem(name: str, line: int | None, message: str, cure: str) -> Problem:
    return Problem(file=name, line=line, message=message, cure=cure)


def _written_forbidden_characters(text: str, lines: Lines, name: str) -> list[Problem]:
    """Those that stand in the file as they are, wherever they do; each with the key above it."""
    return [
        _forbidden_character_problem(
            name, number, "" if line.lstrip().startswith("#") else _key_at(number, lines), line
        )
        for number, line in enumerate(text.split("\n"), 1)
        if find_forbidden_character(line)
    ]


def _key_at(line: int, lines: Lines) -> str:
    """The key whose value a line belongs to, the innermost one, as `where` of a problem says it."""
    above = [(start, len(path), path) for path, start in lines.items() if start <= line]
    return ".".join(map(str, max(above, default=(0, 0, ()), key=lambda entry: entry[:2])[2]))


def _forbidden_character_problem(name: str, line: int, where: str, text: str) -> Problem:
    return Problem(
        file=name,
        line=line,
        where=where,
        value=remove_forbidden_characters(text).strip()[:MAX_QUOTED_LETTERS],
        message=forbidden_character_message(text),
        cure=FORBIDDEN_CHARACTER_CURE,
    )


def _compose(text: str, name: str) -> yaml.Node | None:
    """The node tree, refused at its first anchor or alias: that is where a bomb starts."""
    loader, depth = _LOADER(text), 0
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise _Refused(
                    _problem(
                        name,
                        event.start_mark.line + 1,
                        "le fichier emboîte trop de niveaux",
                        "Vérifiez les crochets et les accolades.",
                    )
                )
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _Refused(
                    _problem(
                        name,
                        event.start_mark.line + 1,
                        f"l’ancre ou l’alias « {event.anchor} » n’est pas accepté",
                        "Recopiez la valeur à la place de l’ancre (&) et de l’alias (*).",
                    )
                )
    finally:
        loader.dispose()
    return yaml.compose(text, Loader=_LOADER)


def _build(
    node: yaml.Node | None,
    path: tuple[str | int, ...],
    lines: Lines,
    problems: list[Problem],
    name: str,
) -> Any:
    if node is None:
        return None
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, lines, problems, name)
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*path, i), lines, problems, name) for i, item in enumerate(node.value)
        ]
    value = _scalar(node, name)
    if isinstance(value, str) and find_forbidden_character(value):  # « "\v" » between double quotes
        where = ".".join(map(str, path))
        problems.append(_forbidden_character_problem(name, lines[path], where, value))
    return value


def _build_mapping(
    node: yaml.MappingNode,
    path: tuple[str | int, ...],
    lines: Lines,
    problems: list[Problem],
    name: str,
) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if find_forbidden_character(key):
            where = remove_forbidden_characters(".".join(map(str, (*path, key))))
            problems.append(_forbidden_character_problem(name, line, where, key))
            continue
        if key in tree:
            problems.append(
                Problem(
                    file=name,
                    line=line,
                    where=".".join(map(str, (*path, key))),
                    message=f"la clé « {key} » figure deux fois au même endroit",
                    cure="Gardez une seule des deux.",
                )
            )
            continue
        tree[key] = _build(value_node, (*path, key), lines, problems, name)
        lines[(*path, key)] = line
    return tree


def _scalar(node: yaml.Node, name: str) -> Any:
    """The value as YAML's own rules type it; dates stay texts, they are compared as such."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    constructor = yaml.SafeLoader("")
    try:
        return constructor.construct_object(node, deep=True)
    except (ValueError, KeyError):  # « !!int abc », or a number of thousands of digits
        raise _Refused(
            _problem(
                name,
                node.start_mark.line + 1,
                "un nombre est illisible à cette ligne",
                "Corrigez la valeur, ou écrivez-la entre guillemets.",
            )
        ) from None
    finally:
        constructor.dispose()
