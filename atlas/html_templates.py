"""Jinja2 as both the dashboard and the web version of a publication use it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from atlas.french import NBSP, keep_with_punctuation


def template_environment(folder: Path) -> Environment:
    """The templates of a folder.

    Every text is escaped, and a value that a template names and is not given is an error. Filters:
    ``french`` keeps punctuation with its word, ``breakable`` lets a date break over two lines.
    """
    return _environment(FileSystemLoader(folder))


def package_templates(package: str) -> Environment:
    """The templates beside the modules of a package, as `template_environment` reads those of a
    folder: for what opens no file by itself."""
    return _environment(PackageLoader(package, ""))


def template_source(environment: Environment, name: str) -> str:
    """A file of templates as it stands: a style sheet."""
    assert environment.loader is not None  # every environment of this module has one
    return environment.loader.get_source(environment, name)[0]


def _environment(loader: BaseLoader) -> Environment:
    environment = Environment(
        loader=loader,
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
