"""YAML files → models, every problem said in French with its line and the nearest known key."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from atlas.problems import Problem
from atlas.settings.checks import Review
from atlas.settings.comparison_checks import check_comparisons
from atlas.settings.former_keys import stands_under_former_name
from atlas.settings.lint import lint
from atlas.settings.models import Milestone, Settings, Source
from atlas.settings.references import check_names, check_references
from atlas.settings.strict_yaml import Lines, read_yaml
from atlas.settings.validation_messages import problem_of

Model = TypeVar("Model", bound=BaseModel)


class _Sources(RootModel[dict[str, Source]]):
    pass


class _Milestones(RootModel[list[Milestone]]):
    pass


class _Reviews(RootModel[dict[str, Review]]):
    pass


def read_settings(
    path: Path,
    name: str = "config.yaml",
    *,
    territories: Collection[str] | None = None,
    sources: Collection[str] | None = None,
) -> tuple[Settings | None, list[Problem]]:
    """config.yaml → settings, or None with every problem found in it.

    territories, sources: the codes and keys that it may name; None leaves them unchecked.
    """
    settings, problems, tree, lines = _read(path, name, Settings)
    known = {"territoire": territories, "source": sources}
    problems += check_references(tree, name, lines, known)
    problems += check_comparisons(tree, name, lines)
    problems += lint(tree, name, lines)
    return (None if problems else settings), _in_order(problems)


def read_sources(path: Path, name: str) -> tuple[dict[str, Source] | None, list[Problem]]:
    """data/sources.yaml → sources by key."""
    sources, problems, _, _ = _read(path, name, _Sources)
    return (sources.root if sources else None), problems


def read_milestones(
    path: Path, name: str, *, sources: Collection[str] | None = None
) -> tuple[list[Milestone] | None, list[Problem]]:
    """data/milestones.yaml → milestones in order of year.

    sources: the keys that it may name; None leaves them unchecked.
    """
    milestones, problems, tree, lines = _read(path, name, _Milestones)
    unknown = check_names(tree, name, lines, {"source": sources})
    if unknown:
        return None, _in_order([*problems, *unknown])
    return (sorted(milestones.root, key=lambda m: m.year) if milestones else None), problems


def read_reviews(path: Path, name: str) -> tuple[dict[str, Review] | None, list[Problem]]:
    """data/reviewed_findings.yaml → verdicts by key of finding; none yet without the file."""
    if not path.exists():
        return {}, []
    reviews, problems, _, _ = _read(path, name, _Reviews)
    return (reviews.root if reviews else None), problems


def _read(
    path: Path, name: str, model: type[Model]
) -> tuple[Model | None, list[Problem], Any, Lines]:
    tree, lines, problems = read_yaml(path, name)
    if tree is None and problems:
        return None, problems, tree, lines
    try:
        built = model.model_validate(tree)
    except ValidationError as error:
        problems += refusals(error, model, name, lines)
        return None, _in_order(problems), tree, lines
    return (None if problems else built), problems, tree, lines


def refusals(
    error: ValidationError, model: type[BaseModel], name: str, lines: Lines | None = None
) -> list[Problem]:
    """What pydantic finds wrong in a model, in French. lines: where each key stands in its file."""
    return [
        problem_of(item, model, name, lines or {})
        for item in error.errors()
        if item["type"] != "missing"
        or not stands_under_former_name(str(item["loc"][-1]), item["input"])
    ]


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda p: (p.line or 0, p.where))
