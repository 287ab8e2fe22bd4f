"""Does what config.yaml names exist: indicators, corridors, territories, sources."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from atlas.problems import Problem
from atlas.settings.models import Block, Settings
from atlas.settings.strict_yaml import Lines

Path = tuple[str | int, ...]
Named = tuple[str, Path, str]
_WHERE = {"indicateur": "indicators", "couloir": "corridors",
          "territoire": "data/territories.csv", "source": "data/sources.yaml"}


def check_references(settings: Settings, name: str, lines: Lines,
                     known: Mapping[str, Collection[str] | None]) -> list[Problem]:
    """Every name that stands for nothing, and every count asked as a coloured map."""
    names = {**known, "indicateur": settings.indicators, "couloir": settings.corridors}
    problems = []
    for what, path, key in _named(settings):
        allowed = names[what]
        if allowed is not None and key not in allowed:
            close = difflib.get_close_matches(key, list(allowed), n=1, cutoff=0.5)
            cure = (f"Vouliez-vous dire « {close[0]} » ?" if close
                    else f"Écrivez un {what} de {_WHERE[what]}.")
            problems.append(_problem(name, lines, path, key, f"{what} inconnu : « {key} »", cure))
    for path, key in _mapped(settings):
        indicator = settings.indicators.get(key)
        if indicator and (not indicator.in_percent or not indicator.bounds):
            problems.append(_problem(
                name, lines, path, key, f"« {key} » ne peut pas colorier une carte",
                "Un effectif ne se colorie pas ; un taux a besoin de bounds (bornes de classes)."))
    return problems


def _problem(name: str, lines: Lines, path: Path, value: str, message: str, cure: str) -> Problem:
    return Problem(file=name, line=lines.get(path), where=".".join(map(str, path)), value=value,
                   message=message, cure=cure)


def _named(settings: Settings) -> Iterator[Named]:
    yield "indicateur", ("figures", "national_curve"), settings.figures.national_curve
    for i, key in enumerate(settings.source_order):
        yield "source", ("source_order", i), key
    for page, comparison in settings.comparisons.items():
        here: Path = ("comparisons", page)
        for i, key in enumerate(comparison.indicators):
            yield "indicateur", (*here, "indicators", i), key
        for i, key in enumerate(comparison.territories):
            yield "territoire", (*here, "territories", i), key
    for page, dossier in settings.dossiers.items():
        here = ("dossiers", page)
        yield "territoire", (*here, "territory"), dossier.territory
        yield "source", (*here, "source"), dossier.source
        for i, block in enumerate(dossier.blocks):
            yield from _named_by_block(block, (*here, "blocks", i))


def _named_by_block(block: Block, here: Path) -> Iterator[Named]:
    if hasattr(block, "indicator"):
        yield "indicateur", (*here, "indicator"), block.indicator
    for field, what in (("indicators", "indicateur"), ("territories", "territoire")):
        for i, key in enumerate(getattr(block, field, [])):
            yield what, (*here, field, i), key
    for i, figure in enumerate(getattr(block, "figures", [])):
        for field, what in (("indicator", "indicateur"), ("corridor", "couloir"),
                            ("territory", "territoire")):
            if getattr(figure, field):
                yield what, (*here, "figures", i, field), getattr(figure, field)


def _mapped(settings: Settings) -> Iterator[tuple[Path, str]]:
    for i, key in enumerate(settings.figures.map_indicators):
        yield ("figures", "map_indicators", i), key
    for page, dossier in settings.dossiers.items():
        for i, block in enumerate(dossier.blocks):
            if block.kind == "map":
                yield ("dossiers", page, "blocks", i, "indicator"), block.indicator
