"""Comparisons as blocks of a dossier."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from comparison_cases import AIM, COUNT, RATE, plain, request, texts_of
from made_once import cached_figure, publication_of

from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.request import ComparisonRequest
from atlas.project import Project
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings.dossiers import ComparisonBlock


def with_block(context: FigureContext, **keys: Any) -> Publication:
    """The dossier of Corse with one comparison as its only block."""
    block = ComparisonBlock(kind="comparison", indicator=RATE, **keys)
    dossier = context.settings.dossiers["corse-2026"].model_copy(update={"blocks": [block]})
    settings = context.settings.model_copy(update={"dossiers": {"corse-2026": dossier}})
    return dossier_publication(replace(context, settings=settings), "corse-2026")


def test_a_block_shows_what_a_page_with_the_same_keys_shows(context):
    keys = {
        "territories": ["FR", "REG-94", "REG-04"],
        "layout": "dots",
        "period": "2025-12",
        "compared_to": "2024-12",
    }
    (section,) = with_block(context, title="Un constat", **keys).sections
    page = request(territories="FR+REG-94+REG-04")
    assert section.figure.digest == cached_figure(context, page).digest
    assert section.figure.title == "Un constat" and not section.title and not section.absent
    assert section.figure.key == "france-corse-la-reunion_2024-12_2025-12_taux-activation_points"
    assert section.sources == section.figure.sources


def test_a_block_without_a_period_shows_that_of_its_dossier(context):
    (section,) = with_block(context, territories=["REG-94", "REG-75"], layout="bars").sections
    assert section.figure.request.period == "2026-03"
    assert list(texts_of(section.figure)["Territoire"]) == ["Corse"]


def test_a_target_of_a_block_is_read_in_the_data(context):
    in_full = ComparisonRequest(
        indicator=COUNT,
        territories="FR",
        layout="curve",
        targets=f"{COUNT}_target",
        title="Vers 2027",
    )
    figure = cached_figure(context, in_full)
    again = cached_figure(context, request(AIM, COUNT))
    assert figure.digest == again.digest
    assert figure.title == "Vers 2027" and "Objectif fin 2027 : 40 millions." in plain(figure.alt)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"territories": ["REG-24"], "layout": "bars"}, "Un constat"),
        (
            {
                "territories": ["REG-75", "DEP-40"],
                "layout": "maps",
                "period": "2025-12",
                "compared_to": "2024-12",
            },
            "Un constat (deux cartes montrent des territoires d’une même",
        ),
    ],
)
def test_a_block_that_shows_nothing_is_named_with_its_reason(context, keys, said):
    (section,) = with_block(context, title="Un constat", **keys).sections
    assert section.figure is None and section.absent[0].startswith(said)


BLOCK_START = '- kind: comparison\n        title: "Provence'
BLOCK = '        layout: slope\n        period: "2024"\n        compared_to: "2023"\n'


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "said"),
    [
        (
            "[REG-93, REG-44]",
            "[REG-93, REG-49]",
            "[REG-93, REG-49]",
            "territories.1",
            "territoire inconnu : « REG-49 »",
        ),
        (
            "[REG-93, REG-44]",
            "[REG-93]\n        group: quatre",
            "group: quatre\n",
            "group",
            "groupe inconnu : « quatre »",
        ),
        (
            "[REG-93, REG-44]",
            "[REG-93]\n        neighbours: FR",
            "neighbours: FR",
            "neighbours",
            "« FR » n’a pas de voisins",
        ),
        (BLOCK, "        layout: slope\n", BLOCK_START, "comparison", "slope relie deux dates"),
        (
            BLOCK,
            "        layout: curve\n        targets: [activated_profiles_target]\n",
            "targets: [activated_profiles_target]\n  la-reunion",
            "targets.0",
            "n’est l’objectif d’aucun indicateur",
        ),
        (
            BLOCK,
            "        layout: bars\n        targets: [cible]\n",
            "targets: [cible]",
            "targets.0",
            "indicateur inconnu : « cible »",
        ),
        (
            BLOCK,
            "        layout: bars\n        scales: free\n",
            BLOCK_START,
            "comparison",
            "« scales » ne sert pas à la présentation bars",
        ),
    ],
)
def test_a_block_that_makes_no_sense_is_refused_with_its_line(
    copy_of_project, edit, old, new, line, where, said
):
    edit("config.yaml", old, new)
    path = copy_of_project / "config.yaml"
    text, place = path.read_text("utf-8"), Project(copy_of_project)
    found = [problem for problem in place.problems() if said in problem.message]
    assert [problem.line for problem in found] == [text[: text.index(line)].count("\n") + 1]
    assert where in found[0].where or where == "comparison"


def test_the_shipped_dossiers_use_these_layouts_and_slides_have_their_native_charts(project):
    native = {}
    for key, dossier in project.settings.dossiers.items():
        made = publication_of(project, key)
        native |= {
            block.layout: section.figure.native
            for block, section in zip(dossier.blocks, made.sections, strict=True)
            if block.kind == "comparison"
        }
    assert {name: chart.kind for name, chart in native.items()} == {
        "multiples": "bars",
        "bars": "bars",
        "slope": "lines",
        "dots": "bars",
        "curve": "curve",
    }
    assert [series.amounts for series in native["slope"].series] == [(13.0, 22.8), (11.0, 22.1)]
    assert len(native["bars"].categories) == 14
