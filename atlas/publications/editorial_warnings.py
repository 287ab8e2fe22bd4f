"""What is valid in the configuration and would be wrong in print: titles that the figures
contradict, blocks without data, texts of another territory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.registry import figure_of
from atlas.problems import Problem
from atlas.publications.dossier_blocks import block_request, key_figures_requests
from atlas.publications.finding_check import FindingCheck, finding_check, makes_claims
from atlas.publications.foreign_names import (
    ForeignName,
    foreign_names,
    territories_spoken_of,
)
from atlas.publications.missing_data import (
    MissingData,
    figure_of_block,
    missing_data_of_block,
    missing_of_comparison,
)
from atlas.publications.proposed_titles import proposed_title
from atlas.sentences.headings import lower_first
from atlas.settings import Dossier
from atlas.settings import dossiers as blocks
from atlas.settings.yaml_tree import YamlTree

#: Where a value of the configuration stands: « dossiers », its key, « blocks », 4, « title ».
SettingsPath = tuple[str | int, ...]
_DRAWN = blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock


@dataclass(frozen=True)
class EditorialWarning:
    """path: of the value in the configuration; message: what is wrong, in French, without capital
    nor full stop; cure: what to do."""

    path: SettingsPath
    message: str
    cure: str


def editorial_warnings(context: FigureContext) -> list[EditorialWarning]:
    """What would be wrong in print of every comparison and every dossier, in their order.

    Figures are made for it: a second for each dossier.
    """
    found: list[EditorialWarning] = []
    for key in context.settings.comparisons:
        found += comparison_warnings(context, key)
    for key, dossier in context.settings.dossiers.items():
        found += dossier_warnings(context, key, dossier)
    return found


def as_problems(warnings: list[EditorialWarning], where: YamlTree) -> list[Problem]:
    """Warnings by file and line. where: `lines_of_settings` of the project."""
    found = [
        replace(where.problem(one.path, "", one.message, one.cure), is_warning=True)
        for one in warnings
    ]
    return sorted(found, key=lambda problem: (problem.file, problem.line or 0))


def comparison_warnings(context: FigureContext, key: str) -> Iterator[EditorialWarning]:
    """Of one comparison of the configuration."""
    page = context.settings.comparisons[key]
    for place, indicator in enumerate(page.indicators):
        missing = missing_of_comparison(context, key, indicator)
        if missing.is_empty:
            yield EditorialWarning(
                ("comparisons", key, "indicators", place),
                _inside(missing.text),
                "Choisissez un autre indicateur, une autre période ou d’autres territoires.",
            )
    if not page.finding:
        return
    request = ComparisonRequest(indicator=page.indicators[0], comparison=key)
    try:
        figure = figure_of(context, request)
    except RequestError:
        return
    if figure is not None and figure.title == page.finding:
        made = finding_check(context, page.finding, figure)
        proposal = proposed_title(context, request, figure)
        yield from _contradicted(("comparisons", key, "finding"), page.finding, made, proposal)


def dossier_warnings(
    context: FigureContext, key: str, dossier: Dossier
) -> Iterator[EditorialWarning]:
    """Of one dossier, which the settings of the context hold under its key."""
    path: SettingsPath = ("dossiers", key)
    foreign = foreign_names(context, dossier)
    yield from _foreign(context, path, dossier, foreign)
    elsewhere = {name.place for name in foreign if name.is_figure}
    for place, block in enumerate(dossier.blocks):
        here = (*path, "blocks", place)
        missing = missing_data_of_block(context, dossier, block)
        if missing.is_asked:
            yield EditorialWarning(here, _inside(missing.text), _cure_of_missing(missing))
        made = check_block_title(context, key, dossier, block)
        proposal = ""
        is_own = ("blocks", place, "territories") not in elsewhere
        if made.outcome == "contradicted" and is_own and isinstance(block, _DRAWN):
            figure = figure_of_block(context, dossier, block)
            request = block_request(context, dossier, block)
            proposal = proposed_title(context, request, figure)
        yield from _contradicted((*here, "title"), block.title or "", made, proposal)


def check_block_title(
    context: FigureContext, key: str, dossier: Dossier, block: blocks.Block
) -> FindingCheck:
    """What the figures of a block of a dossier say of its title."""
    figures = _figures(context, key, dossier, block)
    if not block.title or figures is None:
        return FindingCheck("no_claim")
    return finding_check(
        context,
        block.title,
        figures,
        allowed=territories_spoken_of(context, dossier),
        territory=dossier.territory,
    )


def _figures(
    context: FigureContext, key: str, dossier: Dossier, block: blocks.Block
) -> list[Figure] | None:
    """The figures whose values the title of a block may state; None for a block that has none."""
    if isinstance(block, _DRAWN):
        figure = figure_of_block(context, dossier, block)
        return [figure] if figure else []
    if isinstance(block, blocks.KeyFiguresBlock):
        if not makes_claims(context, block.title or ""):
            return None
        requests = key_figures_requests(dossier, key, block, len(block.figures))
        made = [figure_of(context, request) for request in requests]
        return [figure for figure in made if figure]
    return None


def _contradicted(
    path: SettingsPath, title: str, made: FindingCheck, proposal: str
) -> Iterator[EditorialWarning]:
    if made.outcome != "contradicted":
        return
    cure = (
        f"Corrigez le titre ; d’après la figure : « {proposal} »."
        if proposal
        else "Corrigez le titre, ou retirez-le."
    )
    message = f"« {title} » est contredit par les chiffres : {_inside(made.reason)}"
    yield EditorialWarning(path, french.keep_with_punctuation(message), cure)


def _foreign(
    context: FigureContext, path: SettingsPath, dossier: Dossier, foreign: list[ForeignName]
) -> Iterator[EditorialWarning]:
    """One warning a text."""
    own = f"ce dossier porte sur {context.territories[dossier.territory].with_article}"
    by_text: dict[SettingsPath, list[ForeignName]] = {}
    for found in foreign:
        by_text.setdefault(found.place, []).append(found)
    for place, names in by_text.items():
        named = french.join_with_et([f"« {one.name} »" for one in names])
        if names[0].is_figure:
            message = f"{own}, et ces chiffres sont d’ailleurs ({named})"
            cure = "Mettez le territoire du dossier, ou retirez-les s’ils viennent d’un autre."
        elif names[0].is_quotation:
            message = f"{own}, et une citation ou un contact nomme {named}"
            cure = "Vérifiez que ces mots sont bien pour ce dossier."
        else:
            message = f"{own}, et ce texte nomme {named}"
            cure = "Corrigez ce texte s’il vient d’un autre dossier."
        yield EditorialWarning((*path, *place), french.keep_with_punctuation(message), cure)


def _cure_of_missing(missing: MissingData) -> str:
    if missing.is_empty:
        return "Ajoutez ces chiffres, prenez une période publiée, ou retirez ce bloc."
    return "Corrigez leur territoire, leur période ou leur couloir, ou retirez-les."


def _inside(sentence: str) -> str:
    """A sentence within another."""
    return lower_first(sentence.rstrip().removesuffix("."))
