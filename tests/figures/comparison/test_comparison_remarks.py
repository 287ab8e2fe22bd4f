"""Remarks on territories, levels to reach, and the finding of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from comparison_cases import (
    AIM,
    COUNT,
    PAGE,
    RATE,
    figure_of_changed_page,
    plain,
    request,
    texts_of,
)
from made_once import cached_figure

from atlas.export.image import image
from atlas.figures.registry import figure_of
from atlas.settings import Annotation, Target

REMARKS = [
    Annotation(territory="REG-04", text="Campagne d’été"),
    Annotation(territory="FR", text="Chiffre repris deux fois.", period="2025-12"),
    Annotation(territory="FR", text="Hors de la figure", period="2019-12"),
    Annotation(territory="REG-11", text="Hors de la figure"),
]


@pytest.mark.parametrize("layout", ["bars", "dots", "table"])
def test_remarks_are_numbered_beside_the_name_and_written_in_the_note(context, layout):
    figure = figure_of_changed_page(context, annotations=REMARKS, layout=layout)
    (rows,) = figure.spec["datasets"].values()
    assert {"La Réunion (1)", "France (2)"} <= {each["name"] for each in rows}
    assert "(1) La Réunion : Campagne d’été. (2) France, décembre 2025 : Chiffre repris" in plain(
        figure.note
    )
    assert "Hors de la figure" not in figure.note


def test_a_remark_on_a_date_of_a_curve_stands_at_that_date(context):
    remark = Annotation(territory="FR", text="Deux articles en disent plus", period="2024-02")
    figure = figure_of_changed_page(
        context, annotations=[remark], layout="curve", period=None, compared_to=None
    )
    rows = next(iter(figure.spec["datasets"].values()))
    assert [each["date"] for each in rows if "(1)" in each["label"]] == ["2024-02-01"]
    assert image(figure, "png", None, context.settings.formats["82mm"])


def test_a_target_is_read_in_the_data_and_quoted_with_its_source(context):
    figure = cached_figure(context, request(AIM, COUNT))
    assert plain(texts_of(figure).iloc[-1]["Territoire"]) == "Objectif fin 2027"
    assert plain(texts_of(figure).iloc[-1]["Profils activés"]) == "40 millions"
    assert "la-reunion-2026" in figure.sources and "objectif : CGSS Réunion" in figure.source
    assert "Objectif fin 2027 : 40 millions." in plain(figure.alt)


def test_a_target_that_the_data_do_not_have_is_named(context):
    rows = context.dataset.observations
    kept = rows[rows["indicator"] != f"{COUNT}_target"]
    silent = replace(context, dataset=replace(context.dataset, observations=kept))
    figure = figure_of(silent, request(AIM, COUNT))
    assert "Absent des données : Objectif de profils activés." in figure.note
    assert "objectif" not in figure.source and "40 millions" not in figure.alt


def test_a_national_count_is_no_target_of_a_region(context):
    figure = cached_figure(context, request(AIM, COUNT, layout="dots", territories="REG-04"))
    assert "objectif" not in figure.source and list(texts_of(figure)["Territoire"]) == [
        "La Réunion"
    ]


def test_a_target_written_in_config_yaml_is_a_rate_for_any_territory(context):
    aim = Target(indicator=RATE, value=40.0, label="Cap", source="la-reunion-2026")
    figure = figure_of_changed_page(context, targets=[aim])
    labels = [
        plain(each.get("label", "")) for rows in figure.spec["datasets"].values() for each in rows
    ]
    assert "Cap France : 40 %" in labels
    assert image(figure, "svg", None, context.settings.formats["82mm"])


def test_what_was_written_of_published_figures_is_not_said_of_invented_ones(fictitious):
    figure = figure_of_changed_page(
        fictitious,
        annotations=REMARKS,
        targets=[Target(indicator=RATE, value=40.0, label="Cap", source="la-reunion-2026")],
    )
    assert figure.title.startswith("Taux d’activation") and "Cap" not in str(figure.spec)
    assert "Campagne" not in figure.note


def test_the_finding_of_a_page_goes_when_something_else_is_figure_of_changed_page(context):
    finding = context.settings.comparisons[PAGE].finding
    assert cached_figure(context, request()).title == finding
    for changes in ({"territories": "FR"}, {"period": "2026-03"}, {"layout": "bars"}):
        assert cached_figure(context, request(**changes)).title != finding


def test_a_slide_shows_the_target_of_a_curve(context):
    figure = cached_figure(context, request(AIM, COUNT))
    line = figure.native.series[-1]
    assert "Objectif" in line.name and set(line.amounts) == {40e6}
    assert plain(line.labels[-1]) == "40 millions" and not any(line.labels[:-1])
