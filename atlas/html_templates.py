"""Jinja2 as both the dashboard and the web version of a publication use it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from atlas.french import NBSP, keep_with_punctuation


def template_environment(folder: Path) -> Environment:
    """The templates of a folder.

    Every text is escaped, and a value that a template names and is not given is an error. Filters:
    ``french`` keeps punctuation with its word, ``breakable`` lets a date break over two lines.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["french"] = _french
    environment.filters["breakable"] = _breakable
    return environment


def _french(text: object) -> str:
    return keep_with_punctuation(str(text))


def _breakable(text: object) -> str:
    return str(text).replace(NBSP, " ")
