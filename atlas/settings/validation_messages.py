"""What pydantic found, said in French: the key, its line, what is wrong, what to write instead."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from atlas.problems import Problem
from atlas.settings.former_keys import explain_former_key
from atlas.settings.strict_yaml import Lines

_TYPES = {
    "string_type": ("doit être un texte", "Écrivez la valeur entre guillemets."),
    "int_type": ("doit être un nombre entier", "Écrivez un nombre sans guillemets."),
    "float_type": ("doit être un nombre", "Écrivez un nombre sans guillemets (point décimal)."),
    "finite_number": ("doit être un nombre fini", "Écrivez un nombre, sans .inf ni .nan."),
    "bool_type": ("doit être true ou false", "Écrivez true ou false, sans guillemets."),
    "list_type": ("doit être une liste", "Écrivez une ligne par valeur, précédée d’un tiret."),
    "dict_type": ("doit être un ensemble de clés", "Écrivez une ligne « clé: valeur » par clé."),
    "model_type": ("doit être un ensemble de clés", "Écrivez une ligne « clé: valeur » par clé."),
    "union_tag_not_found": ("n’a pas de clé « kind »", "Ajoutez kind: map, corridors, table…"),
}
_LIMITS = {
    "ge": "au moins {:g}",
    "le": "au plus {:g}",
    "min_length": "longueur : au moins {}",
    "max_length": "longueur : au plus {}",
}
_PATTERNS = {
    "#[0-9a-fA-F]": (
        "n’est pas une couleur",
        'Écrivez la couleur entre guillemets, sous la forme "#2f47b0".',
    ),
    "^[a-z0-9]+": (
        "n’est pas un identifiant",
        "Employez des minuscules sans accent, des chiffres, le tiret ou le tiret bas.",
    ),
    r"\d{4}": (
        "n’est pas une période",
        'Écrivez "2025", "2025-12" ou "2025-12-31", entre guillemets.',
    ),
}


def problem_of(error: ErrorDetails, model: type[BaseModel], name: str, lines: Lines) -> Problem:
    """One pydantic error → one problem of the file `name`."""
    loc = tuple(part for part in error["loc"] if part != "[key]")
    value = error["input"]
    if error["type"] == "union_tag_invalid":  # it is the block's kind that is wrong, not the block
        loc, value = (*loc, "kind"), error["ctx"]["tag"]
    path = _in_file(loc, lines)
    message, cure = _explain(error, model, loc)
    return Problem(
        file=name,
        line=_line(path, lines),
        where=".".join(map(str, path)),
        value=str(value)[:80] if isinstance(value, (str, int, float)) else "",
        message=message,
        cure=cure,
    )


def _in_file(loc: tuple[str | int, ...], lines: Lines) -> tuple[str | int, ...]:
    """The location without the names of union members, which stand in no file."""
    path: tuple[str | int, ...] = ()
    for i, part in enumerate(loc):
        if (*path, part) in lines or i == len(loc) - 1:
            path = (*path, part)
    return path


def _line(path: tuple[str | int, ...], lines: Lines) -> int | None:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _explain(
    error: ErrorDetails, model: type[BaseModel], loc: tuple[str | int, ...]
) -> tuple[str, str]:
    kind, key, context = error["type"], loc[-1] if loc else "", error.get("ctx", {})
    if kind == "missing":
        return f"la clé « {key} » manque", f"Ajoutez « {key}: … » à cet endroit."
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        return explain_former_key(loc, known) or (
            f"la clé « {key} » est inconnue",
            _nearest(str(key), known),
        )
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = str(context.get("expected") or context.get("expected_tags", ""))
        return (
            f"« {key} » a une valeur non prévue",
            _among(str(context.get("tag", error["input"])), allowed.replace("' or '", "', '")),
        )
    if kind == "string_pattern_mismatch":
        return next(
            (said for mark, said in _PATTERNS.items() if mark in context["pattern"]),
            ("a une forme non prévue", "Corrigez la valeur."),
        )
    if kind == "value_error":
        return str(context["error"]), "Corrigez la valeur."
    if kind in _TYPES:
        subject = f"« {key} »" if loc else "le fichier"
        return f"{subject} {_TYPES[kind][0]}", _TYPES[kind][1]
    limits = ", ".join(said.format(context[k]) for k, said in _LIMITS.items() if k in context)
    return f"« {key} » est hors des limites ({limits})", "Corrigez la valeur."


def _nearest(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    if close:
        return f"Vouliez-vous dire « {close[0]} » ? Sinon retirez cette clé."
    return f"Clés connues ici : {', '.join(sorted(known))}."


def _among(given: str, allowed: str) -> str:
    """allowed: words between quotes."""
    close = difflib.get_close_matches(given, re.findall("'(.+?)'", allowed), n=1)
    near = f"Vouliez-vous dire « {close[0]} » ? " if close else ""
    return f"{near}Valeurs possibles : {allowed}."


def _keys_at(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """Field names of the model that validates what stands at loc."""
    for part in loc:
        model = _step(model, part)
    return list(model.model_fields) if _is_model(model) else []


def _step(annotation: Any, part: str | int) -> Any:
    """The type of one part of a value of type `annotation`."""
    if _is_model(annotation):
        field = annotation.model_fields.get(part)
        root = annotation.model_fields.get("root")
        if field is None and root is not None:
            return _step(root.annotation, part)
        return field.annotation if field is not None else None
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _step(arguments[0], part)
    if get_origin(annotation) in (dict, list):
        return arguments[-1]
    for member in arguments:
        if _is_model(member) and part in get_args(member.model_fields["kind"].annotation):
            return member
    return None


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
