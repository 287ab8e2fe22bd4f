"""YAML files → models, every problem said in French with its line and the nearest known key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from atlas.problems import Problem
from atlas.settings.checks import Review
from atlas.settings.comparison_checks import check_comparisons
from atlas.settings.data_revisions import DataRevision
from atlas.settings.entry_files import (
    ENTRY_MODELS,
    ENTRY_SECTIONS,
    Section,
    entry_of_file,
    list_entry_files,
)
from atlas.settings.former_keys import stands_under_former_name
from atlas.settings.lint import lint
from atlas.settings.models import (
    CONFIG_FILES,
    FILE_OF_SECTION,
    SOURCE_GRADES,
    Indicator,
    Milestone,
    Settings,
    Source,
)
from atlas.settings.references import check_names, check_references
from atlas.settings.strict_yaml import Lines, read_yaml, read_yaml_bytes
from atlas.settings.validation_messages import problem_of
from atlas.settings.yaml_tree import YamlTree

Model = TypeVar("Model", bound=BaseModel)


class _Sources(RootModel[dict[str, Source]]):
    pass


class _Milestones(RootModel[list[Milestone]]):
    pass


class _Reviews(RootModel[dict[str, Review]]):
    pass


class _DataRevisions(RootModel[list[DataRevision]]):
    pass


def read_settings(
    base: Path,
    *,
    territories: Collection[str] | None = None,
    sources: Mapping[str, Source] | None = None,
    instead: Mapping[str, Path] | None = None,
) -> tuple[Settings | None, list[Problem]]:
    """The files of the configuration of a project folder → settings, or None with every problem
    found in any of them. Entries that have a file of their own follow those of config.yaml.

    territories, sources: the codes and keys that they may name, the sources in the order in which
    they are preferred; None leaves them unchecked. instead: files to be read in the place of some,
    or beside them, by the name of these in the project.
    """
    parts: dict[str, Any] = {}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    lines: Lines = {}
    for file, model in CONFIG_FILES.items():
        part, found, tree = _read((instead or {}).get(file, base / file), file, model)
        problems += found
        if part is not None:
            parts |= dict(part)
        if isinstance(tree.values, dict):
            own = {key: entry for key, entry in tree.values.items() if key in model.model_fields}
            values |= own
            lines |= {path: line for path, line in tree.lines.items() if path and path[0] in own}
    names, refused_names = list_entry_files(base, instead or {})
    problems += refused_names
    files: dict[tuple[str, ...], str] = {(key,): file for key, file in FILE_OF_SECTION.items()}
    entries: dict[Section, dict[str, BaseModel]] = {section: {} for section in ENTRY_SECTIONS}
    for name in names:
        section, key = entry_of_file(name) or ("dossiers", "")
        read = read_yaml((instead or {}).get(name, base / name), name)
        entry, found, tree = _build_entry(*read, name, section)
        problems += found
        if (section, key) in lines:
            problems.append(_given_twice(name, section, key, lines[(section, key)]))
            continue
        if entry is not None:
            entries[section][key] = entry
        if isinstance(tree.values, dict):
            before = values.get(section)
            values[section] = {**(before if isinstance(before, dict) else {}), key: tree.values}
            lines |= {(section, key, *path): line for path, line in tree.lines.items()}
            files[(section, key)] = name
    whole = YamlTree(values, lines, next(iter(CONFIG_FILES)), files)
    problems += check_references(whole, {"territoire": territories, "source": sources})
    problems += check_comparisons(whole)
    problems += lint(whole)
    if problems:
        return None, _in_order(problems)
    for section in ENTRY_SECTIONS:
        parts[section] = parts[section] | entries[section]
    indicators = {
        key: Indicator.model_construct(theme=theme, **dict(entry))  # it is checked already
        for theme, group in parts["themes"].items()
        for key, entry in group.indicators.items()
    }
    grades = {key: source.grade for key, source in (sources or {}).items()}
    order = sorted(grades, key=lambda key: SOURCE_GRADES.index(grades[key]))
    return Settings(**parts, indicators=indicators, source_order=order, source_grades=grades), []


def lines_of_settings(base: Path) -> YamlTree:
    """Where each value of the configuration stands, of files that are known to be right."""
    lines: Lines = {}
    files: dict[tuple[str, ...], str] = {(key,): file for key, file in FILE_OF_SECTION.items()}
    for file in CONFIG_FILES:
        lines |= read_yaml(base / file, file)[1]
    for name in list_entry_files(base)[0]:
        place = entry_of_file(name)
        if place:
            files[place] = name
            lines |= {
                (*place, *path): line for path, line in read_yaml(base / name, name)[1].items()
            }
    return YamlTree(None, lines, next(iter(CONFIG_FILES)), files)


def read_sources(path: Path, name: str) -> tuple[dict[str, Source] | None, list[Problem]]:
    """data/sources.yaml → sources by key."""
    sources, problems, _ = _read(path, name, _Sources)
    return (sources.root if sources else None), problems


def read_milestones(
    path: Path, name: str, *, sources: Collection[str] | None = None
) -> tuple[list[Milestone] | None, list[Problem]]:
    """data/milestones.yaml → milestones in order of year.

    sources: the keys that it may name; None leaves them unchecked.
    """
    milestones, problems, tree = _read(path, name, _Milestones)
    unknown = check_names(tree, {"source": sources})
    if unknown:
        return None, _in_order([*problems, *unknown])
    return (sorted(milestones.root, key=lambda m: m.year) if milestones else None), problems


def read_reviews(path: Path, name: str) -> tuple[dict[str, Review] | None, list[Problem]]:
    """data/reviewed_findings.yaml → verdicts by key of finding; none yet without the file."""
    if _is_absent(path):
        return {}, []
    reviews, problems, _ = _read(path, name, _Reviews)
    return (reviews.root if reviews else None), problems


def read_data_revisions(path: Path, name: str) -> tuple[list[DataRevision] | None, list[Problem]]:
    """data/revisions.yaml → what changed in the data, the newest day first; none without the file.

    A day stands there once.
    """
    if _is_absent(path):
        return [], []
    revisions, problems, tree = _read(path, name, _DataRevisions)
    if revisions is None:
        return None, problems
    days = [revision.date for revision in revisions.root]
    twice = [
        tree.problem(
            (place, "date"),
            day,
            "cette date a déjà une entrée",
            "Réunissez les deux entrées : une date n’en a qu’une.",
        )
        for place, day in enumerate(days)
        if day in days[:place]
    ]
    if twice:
        return None, _in_order(twice)
    return sorted(revisions.root, key=lambda revision: revision.date, reverse=True), problems


def read_entry_bytes(
    content: bytes, name: str, section: Section
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The file of one dossier or comparison → its fields as they are written, or None with its
    problems. Names are not checked: they are those of a configuration.

    name: the file as its owner knows it.
    """
    entry, problems, tree = _build_entry(*read_yaml_bytes(content, name), name, section)
    return (tree.values if entry is not None else None), problems


def _build_entry(
    values: Any, lines: Lines, problems: list[Problem], name: str, section: Section
) -> tuple[BaseModel | None, list[Problem], YamlTree]:
    above = [key for key in ENTRY_SECTIONS if isinstance(values, dict) and key in values]
    if not above:
        return _build(values, lines, problems, name, ENTRY_MODELS[section])
    wrong = Problem(
        name,
        f"ce fichier est une entrée de « {section} » : la ligne « {above[0]} » n’y a pas sa place",
        "Retirez cette ligne et la clé qui la suit, et ramenez les autres à la marge.",
        line=lines.get((above[0],)),
        where=above[0],
    )
    return None, [*problems, wrong], YamlTree(None, {}, name)


def _given_twice(name: str, section: Section, key: str, line: int) -> Problem:
    file = FILE_OF_SECTION[section]
    return Problem(
        name,
        f"« {key} » figure aussi dans {file}, ligne {line}",
        f"Gardez une seule des deux entrées : retirez ce fichier, ou l’entrée de {file}.",
        line=1,
    )


def _is_absent(path: Path) -> bool:
    """True where the folder is read and does not hold the file; in one that is gone or closed it is
    a file that cannot be read: what it said stays."""
    try:
        return path not in path.parent.iterdir()
    except OSError:
        return False


def _read(
    path: Path, name: str, model: type[Model]
) -> tuple[Model | None, list[Problem], YamlTree]:
    return _build(*read_yaml(path, name), name, model)


def _build(
    values: Any, lines: Lines, problems: list[Problem], name: str, model: type[Model]
) -> tuple[Model | None, list[Problem], YamlTree]:
    tree = YamlTree(values, lines, name)
    if values is None and problems:
        return None, problems, tree
    try:
        built = model.model_validate(values)
    except ValidationError as error:
        problems += refusals(error, model, name, lines)
        return None, _in_order(problems), tree
    return (None if problems else built), problems, tree


def refusals(
    error: ValidationError, model: type[BaseModel], name: str, lines: Lines | None = None
) -> list[Problem]:
    """What pydantic finds wrong in a model, in French. lines: where each key stands in its file."""
    return [
        problem_of(item, model, name, lines or {})
        for item in error.errors()
        if not _is_said_elsewhere(item, lines or {})
    ]


def _is_said_elsewhere(item: ErrorDetails, lines: Lines) -> bool:
    """True for a key that is there under its former name, and for a default of a theme, which is
    wrong once and not at each of its indicators."""
    path = item["loc"]
    if item["type"] == "missing":
        return stands_under_former_name(str(path[-1]), item["input"])
    return len(path) == 5 and path[::2] == ("themes", "indicators", path[4]) and path not in lines


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By file, as they are read, then by line."""
    files = list(CONFIG_FILES)
    return sorted(
        set(problems),
        key=lambda p: (
            files.index(p.file) if p.file in files else len(files),
            p.file,
            p.line or 0,
            p.where,
        ),
    )
