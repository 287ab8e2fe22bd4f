"""Comparisons: which territories, their arithmetic, each layout complete, and pages to be saved."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from publications import cached_figure
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.export.image import ExportError, image
from atlas.export.provenance import provenance_in
from atlas.export.verification import verify
from atlas.figures import registry
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.label_placement import axis_window, spread_apart
from atlas.figures.comparison.layouts import LAYOUTS
from atlas.figures.comparison.levels import levels
from atlas.figures.comparison.maps import mapped
from atlas.figures.comparison.saving import page_entry
from atlas.figures.comparison.selection import codes_of
from atlas.figures.comparison.spec import Overrides, resolve
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest, RequestError
from atlas.observations.checks import COLUMNS
from atlas.project import Project
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings import PAIRED, Annotation, Comparison, Target, read_settings
from atlas.settings.dossiers import ComparisonBlock
from atlas.ui import bar_table

ROOT = Path(__file__).parents[1]
RATE, COUNT, DOCUMENTS = "activation_rate", "activated_profiles", "documents_deposited"
PAGE, CORRIDORS, AIM = "taux-activation-fin-2025", "croissance-par-couloir", "objectif-2027"


def request(page: str = PAGE, indicator: str = RATE, **changes: str) -> FigureRequest:
    return FigureRequest("comparaison", indicator, page=page, **changes)


def plain(text: object) -> str:
    return re.sub("[\u00a0\u202f]", " ", str(text))


def row(territory: str, value: float, period: str, **more: Any) -> dict[str, Any]:
    """A published figure of the rate of activation, in the columns of the data."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "territory": territory,
        "indicator": RATE,
        "period": period,
        "value": value,
        "change": math.nan,
        "reference_period": period,
        "source": "la-reunion-2026",
        "uncertain": False,
        "derived": "",
        "decimals": 1.0,
        "secret": False,
        **more,
    }


def with_rows(context: FigureContext, *rows: dict[str, Any]) -> FigureContext:
    """The same desk over a data set of these rows alone."""
    return replace(context, dataset=replace(context.dataset, observations=pd.DataFrame(rows)))


def compared(context: FigureContext, *rows: dict[str, Any], indicator: str = RATE) -> pd.DataFrame:
    """What levels() says of these rows between 2024-12 and 2025-12, by territory."""
    codes = list(dict.fromkeys(each["territory"] for each in rows))
    page = Comparison(
        title="t",
        nav="n",
        introduction="i",
        territories=codes,
        indicators=[indicator],
        layout="dots",
        period="2025-12",
        compared_to="2024-12",
    )
    asked = resolve(context, page, "essai", indicator, Overrides())
    return levels(with_rows(context, *rows), asked).set_index("code")


# --- arithmetic ----------------------------------------------------------------------------------


def test_a_rate_changes_in_points_and_a_count_in_percent(context):
    rates = compared(context, row("REG-04", 19.7, "2024-12"), row("REG-04", 27.5, "2025-12"))
    counts = compared(
        context,
        row("REG-04", 200.0, "2024-12", indicator=COUNT),
        row("REG-04", 250.0, "2025-12", indicator=COUNT),
        indicator=COUNT,
    )
    assert plain(rates.at["REG-04", "change_text"]) == "+7,8 points †"
    assert plain(counts.at["REG-04", "change_text"]) == "+25 % †"


def test_a_change_that_a_source_prints_for_these_dates_is_quoted_without_a_mark(context):
    found = compared(
        context,
        row("REG-93", 20.0, "2024-12"),
        row("REG-93", 31.2, "2025-12", change=11.1, compared_to="2024"),
    )
    assert plain(found.at["REG-93", "change_text"]) == "+11,1 points"
    since_june = compared(
        context,
        row("REG-93", 20.0, "2024-12"),
        row("REG-93", 31.2, "2025-12", change=5.0, compared_to="2025-06"),
    )
    assert plain(since_june.at["REG-93", "change_text"]) == "+11,2 points †"


def test_a_territory_without_one_of_the_dates_has_no_change_and_is_never_zero(context):
    found = compared(context, row("REG-04", 27.5, "2025-12"), row("REG-93", 22.1, "2024-12"))
    assert found["change"].isna().all() and set(found["change_text"]) == {""}
    assert found.at["REG-04", "before_text"] == found.at["REG-93", "text"] == "non publié"
    assert list(found.index) == ["REG-04", "REG-93"]  # those without a value come last


def test_values_are_ordered_as_they_are_printed_and_ties_share_their_rank(context):
    found = compared(
        context,
        row("REG-93", 33.64, "2025-12"),
        row("REG-04", 30.0, "2025-12"),
        row("REG-94", 33.55, "2025-12"),
        row("REG-75", 33.6, "2025-12"),
    )
    assert list(found.index) == ["REG-94", "REG-75", "REG-93", "REG-04"]  # equal: by their names
    assert list(found["rank_text"]) == ["1er ex æquo sur 4"] * 3 + ["4e sur 4"]


def test_the_nation_has_no_rank_among_its_regions_nor_has_a_departement(context):
    rows = [row("FR", 33.6, "2025-12"), row("REG-75", 37.2, "2025-12")]
    assert dict(compared(context, *rows)["rank_text"]) == {"REG-75": "1er sur 1", "FR": ""}
    mixed = compared(context, *rows, row("DEP-40", 41.7, "2025-12"))
    assert set(mixed["rank_text"]) == {""}


def test_a_change_between_values_that_are_not_exact_is_about(context):
    found = compared(
        context, row("FR", 25.0, "2024-12", qualifier="nearly"), row("FR", 33.6, "2025-12")
    )
    assert plain(found.at["FR", "change_text"]) == "environ +8,6 points †"


def test_nothing_grows_from_zero(context):
    found = compared(
        context,
        row("FR", 0.0, "2024-12", indicator=COUNT),
        row("FR", 5.0, "2025-12", indicator=COUNT),
        indicator=COUNT,
    )
    assert math.isnan(found.at["FR", "change"]) and found.at["FR", "change_text"] == ""


def test_a_level_that_was_computed_carries_its_mark_at_both_dates(context):
    figure = cached_figure(
        context, request(layout="slope", territories="REG-93", period="2024-12", against="2023-12")
    )
    before, now = (plain(figure.table.iloc[0][f"Décembre\u00a0{y}"]) for y in (2023, 2024))
    assert (before, now) == ("environ 11 % †", "22,1 %")
    assert "† Valeur calculée. Provence-Alpes-Côte d’Azur" in figure.note


# --- places of labels ----------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [[1, 1, 1], [5, 1, 1.2, 9], [0], [3, 2, 1], [1, 1.4, 5, 5.2]])
def test_labels_stand_apart_in_the_order_of_their_values(wanted):
    places = spread_apart(wanted, 1.0)
    ordered = sorted(places)
    assert all(b - a >= 1 - 1e-9 for a, b in zip(ordered, ordered[1:], strict=False))
    assert [places.index(p) for p in ordered] == sorted(
        range(len(wanted)), key=lambda i: (wanted[i], -i)
    )
    assert sum(places) == pytest.approx(sum(wanted))


def test_labels_that_are_far_enough_do_not_move_and_others_stay_between_bounds():
    assert spread_apart([1, 5, 9], 2) == [1, 5, 9]
    assert spread_apart([0, 0, 0], 1, low=0, high=10) == [2, 1, 0]
    assert spread_apart([10, 10], 1, low=0, high=10) == [10, 9]


def test_an_axis_starts_from_zero_when_zero_is_near():
    assert axis_window([2.0, 40.0])[0] == 0
    low, high = axis_window([30.0, 40.0])
    assert 25 < low < 30 and 40 < high < 45
    low, high = axis_window([7.0])
    assert low < 7 < high


# --- territories ---------------------------------------------------------------------------------


def test_a_selection_stands_for_its_codes_each_once(context):
    words = ["FR", "groupe-quatre-ans", "voisins-REG-75", "REG-04"]
    codes = codes_of(context, words)
    assert codes[:4] == ["FR", "REG-75", "REG-94", "REG-04"] and len(codes) == len(set(codes))
    assert set(context.shapes.neighbours("REG-75")) == set(codes[4:]) and "REG-76" in codes
    assert len(codes_of(context, ["departements"])) == 101


def test_a_territory_without_neighbours_stands_alone(context):
    assert codes_of(context, ["voisins-REG-94"]) == ["REG-94"]
    assert codes_of(replace(context, shapes=None), ["voisins-REG-75"]) == ["REG-75"]


def test_two_territories_of_one_name_are_told_apart(fictitious):
    figure = cached_figure(fictitious, request(layout="dots", territories="REG-04+DEP-974"))
    assert sorted(figure.table["Territoire"]) == ["La Réunion (974)", "La Réunion (région)"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"territories": "REG-99"}, "le territoire « REG-99 » n’existe pas"),
        ({"territories": "groupe-rien"}, "le territoire « groupe-rien » n’existe pas"),
        ({"territories": "voisins-FR"}, "le territoire « voisins-FR » n’existe pas"),
        ({"layout": "slope", "against": "aucune"}, "slope relie deux dates"),
        ({"layout": "maps", "against": "aucune"}, "maps compare deux dates"),
        ({"layout": "maps", "territories": "REG-75+DEP-40"}, "territoires d’une même nature"),
        ({"layout": "maps", "indicator": COUNT}, "« Profils activés » ne se dessine pas en carte"),
        ({"period": "2025-13"}, "la période « 2025-13 » ne s’écrit pas"),
        ({"against": "2026-12"}, "compared_to doit précéder period"),
        ({"axis": "free"}, "« scales » ne sert pas à la présentation dots"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_french(context, changes, said):
    with pytest.raises(RequestError, match=re.escape(said)):
        cached_figure(context, request(**changes))


def test_too_many_territories_for_a_layout_are_refused_with_another_way(fictitious):
    for layout, more in (("curve", {}), ("slope", {"against": "2024-12"})):
        with pytest.raises(RequestError, match="choisissez-en moins, ou la présentation"):
            cached_figure(fictitious, request(layout=layout, territories="departements", **more))
    with pytest.raises(RequestError, match="ou les petits multiples"):
        cached_figure(
            fictitious, request(CORRIDORS, DOCUMENTS, layout="corridors", territories="regions")
        )


# --- each layout ---------------------------------------------------------------------------------

REQUESTS = {
    "bars": request(layout="bars"),
    "dots": request(),
    "dots at one date": request(against="aucune"),
    "slope": request(
        layout="slope", territories="REG-44+REG-93+REG-04", period="2024-12", against="2023-12"
    ),
    "curve": request(layout="curve"),
    "table": request(layout="table"),
    "corridors": request(CORRIDORS, DOCUMENTS, layout="corridors"),
    "multiples": request(CORRIDORS, DOCUMENTS),
    "multiples, free": request(CORRIDORS, DOCUMENTS, axis="free"),
    "maps": request(layout="maps", territories="regions", period="2024-12", against="2023-12"),
    "maps of some": request(layout="maps", against="2024-12"),
    "maps of a région": request(
        layout="maps", territories="REG-94", period="2026-03", against="2025-12"
    ),
    "target on a curve": request(AIM, COUNT),
    "target on bars": request(AIM, COUNT, layout="bars"),
    "target on dots": request(AIM, COUNT, layout="dots"),
}
every_layout = pytest.mark.parametrize("name", REQUESTS)


@every_layout
def test_the_figure_of_a_layout_is_complete(context, name):
    figure = cached_figure(context, REQUESTS[name])
    assert all([figure.title, figure.lecture, figure.champ, figure.source, figure.sources])
    assert figure.alt.endswith(".") and len(figure.table)
    assert figure.plot is None if name.startswith("maps") else figure.plot.series
    assert figure.key == figure.key.lower() and not re.search("[^a-z0-9_-]", figure.key)
    for column, numbers in figure.numbers.items():
        assert len(numbers.values) == len(numbers.formats) == len(figure.table[column])


@every_layout
def test_the_figure_of_a_layout_can_be_made_again_from_what_it_carries(context, name):
    figure = cached_figure(context, REQUESTS[name])
    again = figure_of(context, FigureRequest.from_texts(figure.recipe))
    assert (again.digest, again.spec) == (figure.digest, figure.spec)


@every_layout
@pytest.mark.parametrize(
    "size", ["170mm", "82mm", "a4-paysage", "diapositive", "carre-1080", "lien-1200x630"]
)
def test_a_layout_is_drawn_in_each_format(context, name, size):
    figure = cached_figure(context, REQUESTS[name])
    drawn = image(figure, "svg", context.shapes, context.settings.formats[size])
    assert drawn.count(b"graphics-symbol") >= len(figure.table)


@pytest.mark.parametrize("layout", ["bars", "dots", "slope", "table"])
@pytest.mark.parametrize("size", ["170mm", "82mm", "a4-paysage"])
def test_eighteen_regions_and_france_are_drawn_without_overlap(fictitious, layout, size):
    figure = cached_figure(
        fictitious,
        request(
            layout=layout,
            territories="FR+regions",
            **({} if layout == "bars" else {"against": "2024-12"}),
        ),
    )
    assert len(figure.table) == 19
    assert image(figure, "svg", None, fictitious.settings.formats[size])


def test_a_figure_that_is_too_tall_for_a_format_is_refused_in_french(fictitious):
    figure = cached_figure(fictitious, request(territories="FR+departements"))
    with pytest.raises(ExportError, match="ne tient pas dans le format « Diapositive"):
        image(figure, "png", None, fictitious.settings.formats["diapositive"])


def test_an_image_of_a_changed_view_can_be_checked(context):
    figure = cached_figure(context, REQUESTS["slope"])
    drawn = image(figure, "png", None, context.settings.formats["170mm"])
    verdict = verify(context, provenance_in(drawn))
    assert verdict.state == "current" and verdict.figure.recipe == figure.recipe


# --- what each layout says -----------------------------------------------------------------------


def test_dots_name_who_lacks_a_date_and_draw_one_dot_for_it(context):
    figure = cached_figure(context, request())
    (rows,) = figure.spec["datasets"].values()
    before = {each["name"]: each["before"] for each in rows}
    assert before["La Réunion"] == 19.7 and before["France"] is None
    assert "Non publié pour décembre 2024 : Corse, France et Nouvelle-Aquitaine." in plain(
        figure.note
    )


def test_a_slope_draws_those_with_both_dates_and_names_the_others(context):
    figure = cached_figure(context, REQUESTS["slope"])
    assert list(figure.table["Territoire"]) == ["Grand Est", "Provence-Alpes-Côte d’Azur"]
    assert "Non publié pour décembre 2023 : La Réunion." in plain(figure.note)
    svg = image(figure, "svg", None, context.settings.formats["82mm"]).decode()
    assert ">Grand Est</text>" in svg and ">22,8\u00a0%</text>" in svg


def test_the_lines_of_a_slope_start_and_end_at_their_values(fictitious):
    figure = cached_figure(fictitious, request(layout="slope", territories="FR+regions"))
    (rows,) = figure.spec["datasets"].values()
    table = figure.table.set_index("Territoire")
    assert all(
        plain(f"{each['value']:g}".replace(".", ",")) + " %"
        == plain(table.at[each["name"], "Décembre\u00a02025"])
        for each in rows
    )
    gaps = sorted(each["at"] for each in rows)
    assert min(b - a for a, b in zip(gaps, gaps[1:], strict=False)) > 0


def test_small_multiples_say_on_the_figure_whether_lengths_compare(context):
    shared = cached_figure(context, request(CORRIDORS, DOCUMENTS))
    free = cached_figure(context, request(CORRIDORS, DOCUMENTS, axis="free"))
    assert shared.subtitle == "Échelle commune"
    assert free.subtitle == ("Une échelle par territoire : comparez les formes, non les longueurs")
    longest = {
        figure: [each["share"] for each in next(iter(figure.spec["datasets"].values()))]
        for figure in (shared, free)
    }
    assert longest[shared].count(1.0) == 1 and longest[free].count(1.0) == 2


def test_the_growths_compared_are_those_that_each_region_published(context):
    figure = cached_figure(context, request(CORRIDORS, DOCUMENTS))
    growth = {
        tuple(map(plain, line[:2])): plain(line[2]) for line in figure.table.itertuples(index=False)
    }
    assert growth["Corse, 2025", "ESMS"] == "+264 %"
    assert growth["Provence-Alpes-Côte d’Azur, 2024", "Médecine de ville"] == "+150 %"
    assert len(growth) == 12 and "†" not in figure.note


def test_growths_that_nobody_published_are_computed_and_marked(fictitious):
    figure = cached_figure(fictitious, request(CORRIDORS, DOCUMENTS))
    (rows,) = figure.spec["datasets"].values()
    assert all("†" in each["label"] for each in rows if each["label"] != "secret statistique")
    assert any("†" in each["label"] for each in rows)
    assert "† Évolution calculée : rapport des deux niveaux." in figure.note


def test_bars_of_changes_mark_those_that_were_computed(context):
    page = context.settings.comparisons[PAGE].model_copy(
        update={"layout": "bars", "measure": "change", "compared_to": None}
    )
    figure = LAYOUTS["bars"](context, resolve(context, page, "essai", RATE, Overrides()))
    assert list(figure.plot.categories) == ["La Réunion"]
    assert plain(figure.plot.series[0].labels[0]) == "+7,8 points †"
    assert figure.title.startswith("Évolution") or figure.subtitle.startswith("Évolution")


def test_a_count_is_never_written_more_exact_than_it_was_published(context):
    figure = cached_figure(
        context, request(indicator=DOCUMENTS, layout="bars", period="2025", territories="FR+REG-04")
    )
    (rows,) = figure.spec["datasets"].values()
    assert [plain(each["label"]) for each in rows] == [
        "plus de 420 millions",
        "près de 5,8 millions",
    ]


def test_a_comparison_of_what_nobody_published_shows_none(context):
    for layout in LAYOUTS:
        dates = {} if layout == "curve" else {"period": "2019-12"}
        dates |= {"against": "2018-12"} if layout in PAIRED else {}
        assert cached_figure(context, request(layout=layout, territories="REG-24", **dates)) is None


def colours(figure: Figure) -> dict[int, tuple[float, float]]:
    """The values of both maps, by the place of their territory among those of its level."""
    rows = next(rows for rows in figure.spec["datasets"].values() if "after" in rows[0])
    return {each["i"]: (each["before"], each["after"]) for each in rows}


def test_two_maps_share_their_classes_and_hold_the_levels_of_both_dates(context):
    figure = cached_figure(context, REQUESTS["maps"])
    regions = context.territories.of_kind("REG")
    values = colours(figure)
    assert len(values) == 18 and values[regions.index("REG-93")] == (11.0, 22.1)
    assert values[regions.index("REG-75")] == (None, None)
    assert "non publié (16 puis 15)" in [swatch.label for swatch in figure.legend]


def test_on_two_maps_what_is_not_compared_is_told_from_what_is_not_published(context):
    figure = cached_figure(context, REQUESTS["maps of some"])
    assert len(colours(figure)) == len(figure.table) == 3
    assert [(each.label, each.hatched) for each in figure.legend[-2:]] == [
        ("non publié (2 puis 0)", True),
        ("hors de la comparaison", False),
    ]
    assert "La France entière n’est pas dessinée." in figure.note
    drawn = image(figure, "svg", context.shapes, context.settings.formats["170mm"]).decode()
    assert drawn.count("décembre 2024 (") == 0 and "(avant) : 19,7" in plain(drawn)


@pytest.mark.parametrize(
    ("territories", "level", "within", "count"),
    [
        ("FR", "departements", "FR", 101),
        ("REG-94", "departements", "REG-94", 2),
        ("FR+regions", "regions", "FR", 18),
        ("DEP-40+DEP-33", "departements", "REG-75", 2),
        ("DEP-40+DEP-13", "departements", "FR", 2),
        ("CPAM-641+FR", "caisses", "REG-75", 1),
    ],
)
def test_two_maps_show_the_smallest_place_that_holds_their_territories(
    context, territories, level, within, count
):
    found = mapped(context, codes_of(context, territories.split("+")))
    assert (found[0], found[1], len(found[2])) == (level, within, count)


def test_bars_in_the_cells_of_a_drawn_table_are_as_long_as_their_values(context):
    figure = cached_figure(context, request(layout="table", territories="FR+REG-04+REG-11"))
    rows = {
        each["name"]: each["share"]
        for table in figure.spec["datasets"].values()
        for each in table
        if "share" in each
    }
    assert rows == {"France": 1.0, "La Réunion": pytest.approx(27.5 / 33.6), "Île-de-France": None}


# --- remarks and targets -------------------------------------------------------------------------


def shown(context: FigureContext, **update: Any) -> Figure:
    """The figure of the first page with some of its keys changed."""
    page = context.settings.comparisons[PAGE].model_copy(update=update)
    asked = resolve(context, page, "essai", RATE, Overrides())
    return LAYOUTS[asked.page.layout](context, asked)


REMARKS = [
    Annotation(territory="REG-04", text="Campagne d’été"),
    Annotation(territory="FR", text="Chiffre repris deux fois.", period="2025-12"),
    Annotation(territory="FR", text="Hors de la figure", period="2019-12"),
    Annotation(territory="REG-11", text="Hors de la figure"),
]


@pytest.mark.parametrize("layout", ["bars", "dots", "table"])
def test_remarks_are_numbered_beside_the_name_and_written_in_the_note(context, layout):
    figure = shown(context, annotations=REMARKS, layout=layout)
    (rows,) = figure.spec["datasets"].values()
    assert {"La Réunion (1)", "France (2)"} <= {each["name"] for each in rows}
    assert "(1) La Réunion : Campagne d’été. (2) France, décembre 2025 : Chiffre repris" in plain(
        figure.note
    )
    assert "Hors de la figure" not in figure.note


def test_a_remark_on_a_date_of_a_curve_stands_at_that_date(context):
    remark = Annotation(territory="FR", text="Deux articles en disent plus", period="2024-02")
    figure = shown(context, annotations=[remark], layout="curve", period=None, compared_to=None)
    rows = next(iter(figure.spec["datasets"].values()))
    assert [each["date"] for each in rows if "(1)" in each["label"]] == ["2024-02-01"]
    assert image(figure, "png", None, context.settings.formats["82mm"])


def test_a_target_is_read_in_the_data_and_quoted_with_its_source(context):
    figure = cached_figure(context, request(AIM, COUNT))
    assert plain(figure.table.iloc[-1]["Territoire"]) == "Objectif fin 2027"
    assert plain(figure.table.iloc[-1]["Profils activés"]) == "40 millions"
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
    assert "objectif" not in figure.source and list(figure.table["Territoire"]) == ["La Réunion"]


def test_a_target_written_in_config_yaml_is_a_rate_for_any_territory(context):
    aim = Target(indicator=RATE, value=40.0, label="Cap", source="la-reunion-2026")
    figure = shown(context, targets=[aim])
    labels = [
        plain(each.get("label", "")) for rows in figure.spec["datasets"].values() for each in rows
    ]
    assert "Cap France : 40 %" in labels
    assert image(figure, "svg", None, context.settings.formats["82mm"])


def test_what_was_written_of_published_figures_is_not_said_of_invented_ones(fictitious):
    figure = shown(
        fictitious,
        annotations=REMARKS,
        targets=[Target(indicator=RATE, value=40.0, label="Cap", source="la-reunion-2026")],
    )
    assert figure.title.startswith("Taux d’activation") and "Cap" not in str(figure.spec)
    assert "Campagne" not in figure.note


def test_the_finding_of_a_page_goes_when_something_else_is_shown(context):
    finding = context.settings.comparisons[PAGE].finding
    assert cached_figure(context, request()).title == finding
    for changes in ({"territories": "FR"}, {"period": "2026-03"}, {"layout": "bars"}):
        assert cached_figure(context, request(**changes)).title != finding


# --- in a dossier --------------------------------------------------------------------------------


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
    assert section.figure.recipe["period"] == "2026-03"
    assert list(section.figure.table["Territoire"]) == ["Corse"]


def test_a_target_of_a_block_is_read_in_the_data(context):
    request = FigureRequest(
        "comparaison",
        COUNT,
        territories="FR",
        layout="curve",
        targets=f"{COUNT}_target",
        title="Vers 2027",
    )
    figure = cached_figure(context, request)
    again = cached_figure(context, FigureRequest("comparaison", COUNT, page=AIM))
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


def test_the_shipped_dossiers_use_these_layouts_and_slides_have_their_native_charts(context):
    plots = {}
    for key, dossier in context.settings.dossiers.items():
        made = dossier_publication(context, key)
        plots |= {
            block.layout: section.figure.plot
            for block, section in zip(dossier.blocks, made.sections, strict=True)
            if block.kind == "comparison"
        }
    assert {name: plot.kind for name, plot in plots.items()} == {
        "multiples": "bars",
        "bars": "bars",
        "slope": "curve",
        "dots": "bars",
        "curve": "curve",
    }
    assert [series.values for series in plots["slope"].series] == [(12.8, 22.8), (11.0, 22.1)]
    assert len(plots["bars"].categories) == 14


# --- the table on the screen ---------------------------------------------------------------------


def test_the_table_has_a_bar_for_each_value_and_none_for_a_missing_one(context):
    figure = cached_figure(context, request(layout="table", territories="FR+REG-04+REG-11"))
    html = bar_table.table(figure, "#2f47b0")
    parts = [float(part) for part in re.findall(r"--part:([\d.]+)", html)]
    assert parts == [1.0, pytest.approx(27.5 / 33.6, abs=1e-3)]
    assert html.count("<th scope=row>") == 3 and html.count("non publié") == 3


# --- pages to be saved ---------------------------------------------------------------------------


def reread(context: FigureContext, entry: str, folder: Path) -> tuple[FigureContext, str]:
    """The desk whose config.yaml has the entry pasted into it, and the key of the entry."""
    text = (ROOT / "config.yaml").read_text("utf-8")
    path = folder / "config.yaml"
    path.write_text(text.replace("\ncomparisons:\n", f"\ncomparisons:\n{entry}", 1), "utf-8")
    settings, problems = read_settings(
        path, territories=context.territories.by_code, sources=context.dataset.sources
    )
    assert problems == []
    return replace(context, settings=settings), next(iter(settings.comparisons))


VIEWS = {
    **REQUESTS,
    "neighbours": request(layout="bars", territories="FR+voisins-REG-75"),
    "two words": request(layout="bars", territories="regions+departements"),
    "a group": request(layout="table", territories="groupe-outre-mer+FR", against="aucune"),
}


def test_a_slide_shows_the_target_of_a_curve(context):
    figure = cached_figure(
        context, FigureRequest("comparaison", "activated_profiles", page="objectif-2027")
    )
    line = figure.plot.series[-1]
    assert "Objectif" in line.name and set(line.values) == {40e6}
    assert plain(line.labels[-1]) == "40 millions" and not any(line.labels[:-1])


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_that_is_saved_shows_the_same_figure_as_a_page(context, tmp_path, name):
    asked = VIEWS[name]
    entry = page_entry(context, asked.page, [asked.indicator], registry.changes_of(asked))
    again, key = reread(context, entry, tmp_path)
    assert key not in context.settings.comparisons
    before = cached_figure(context, asked)
    after = cached_figure(again, request(key, asked.indicator))
    assert (after.spec, after.digest, after.caption) == (before.spec, before.digest, before.caption)


def test_texts_that_yaml_would_take_for_something_else_are_quoted(context, tmp_path):
    odd = {
        "nav": "no",
        "title": 'Un « titre »: "2025" # vraiment',
        "finding": "123",
        "annotations": [Annotation(territory="FR", text="a: b, {c} [d] - e\\f")],
    }
    page = context.settings.comparisons[PAGE].model_copy(update=odd)
    pages = {**context.settings.comparisons, PAGE: page}
    spoilt = replace(context, settings=context.settings.model_copy(update={"comparisons": pages}))
    again, key = reread(context, page_entry(spoilt, PAGE, [RATE], Overrides()), tmp_path)
    saved = again.settings.comparisons[key]
    assert {name: getattr(saved, name) for name in odd} == odd


def test_the_page_of_the_readme_is_one(context, tmp_path):
    entry = (ROOT / "README.md").read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    again, key = reread(context, entry, tmp_path)
    assert list(figure_of(again, request(key)).table["Territoire"]) == [
        "Nouvelle-Aquitaine",
        "France",
        "Corse",
    ]


def test_a_page_that_is_saved_unchanged_keeps_its_texts_under_another_key(context, tmp_path):
    again, key = reread(context, page_entry(context, PAGE, [RATE], Overrides()), tmp_path)
    assert again.settings.comparisons[key] == context.settings.comparisons[PAGE]


# --- the page ------------------------------------------------------------------------------------


def opened(key: str = PAGE, **query: str) -> AppTest:
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    visit._page_hash = calc_hash(f"comparaison-{key}")
    visit.query_params.update(query)
    return visit.run()


def control(visit: AppTest, label: str) -> Any:
    (found,) = [
        each for each in (*visit.selectbox, *visit.multiselect, *visit.radio) if each.label == label
    ]
    return found


def address(visit: AppTest) -> dict[str, str]:
    return {name: "".join(text) for name, text in visit.query_params.items()}


def frames(visit: AppTest) -> Iterator[str]:
    return (
        each.proto.body
        for each in visit.main
        if each.type == "html" and "class=titre" in each.proto.body
    )


def test_a_page_as_it_is_written_has_a_clean_address_and_its_conclusion(context):
    visit = opened()
    assert not visit.exception and address(visit) == {}
    assert control(visit, "Territoires").value == ["FR", "groupe-quatre-ans"]
    assert control(visit, "Présentation").value == "dots"
    assert any(
        each.value == context.settings.comparisons[PAGE].conclusion for each in visit.markdown
    )
    assert [button.label for button in visit.button if "Revenir" in button.label] == []


def test_a_link_to_a_changed_view_opens_it():
    visit = opened(territoires="REG-44+REG-93", presentation="slope", periode="2024-12")
    assert not visit.exception
    assert control(visit, "Depuis").value == "2023-12"  # the pair of most territories
    (head,) = frames(visit)
    assert "de décembre\u00a02023 à décembre\u00a02024" in head
    assert any("Revenir" in button.label for button in visit.button)


def test_what_a_visitor_changes_goes_into_the_address_in_short_codes():
    visit = opened()
    control(visit, "Présentation").select("table").run()
    control(visit, "Territoires").set_value(["FR", "REG-04"]).run()
    control(visit, "Depuis").select("aucune").run()
    assert address(visit) == {
        "territoires": "FR+REG-04",
        "presentation": "table",
        "depuis": "aucune",
    }
    assert not visit.get("vega_lite_chart") and "<table class=barres" in "".join(
        each.proto.body for each in visit.main if each.type == "html"
    )


def test_going_back_to_the_page_cleans_the_address():
    visit = opened(presentation="table", territoires="FR")
    (back,) = [button for button in visit.button if "Revenir" in button.label]
    back.click().run()
    assert address(visit) == {} and control(visit, "Présentation").value == "dots"
    assert control(visit, "Territoires").value == ["FR", "groupe-quatre-ans"]


def test_a_view_does_not_follow_the_visitor_to_another_comparison():
    visit = opened(presentation="table", periode="2024-12")
    visit._page_hash = calc_hash("comparaison-trajectoires")
    visit.query_params.clear()
    visit.run()
    assert control(visit, "Présentation").value == "curve" and address(visit) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"presentation": "camembert"},
        {"territoires": "REG-99"},
        {"periode": "1999-12"},
        {"axe": "log"},
        {"indicateur": "rien"},
        {"territoires": ""},
    ],
)
def test_a_damaged_address_never_breaks_the_page(query):
    visit = opened(**query)
    assert not visit.exception and not visit.error


def test_the_entry_of_the_view_is_offered_with_where_to_paste_it():
    visit = opened(presentation="table")
    (entry,) = [each.value for each in visit.code]
    assert entry.startswith("  taux-activation:\n    title:") and "layout: table" in entry
    assert any("sous la ligne « comparisons: »" in each.value for each in visit.markdown)


def test_a_view_that_cannot_be_drawn_says_why_and_keeps_its_controls():
    visit = opened(territoires="departements", presentation="curve", demo="1")
    assert not visit.exception and control(visit, "Présentation").value == "curve"
    assert any("101 territoires ont des valeurs" in each.value for each in visit.info)


# --- config.yaml while the page is open ----------------------------------------------------------


@pytest.fixture
def edited(copy_of_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy that the application shows, in place of the repository."""
    monkeypatch.setattr("atlas.ui.session.PROJECT", copy_of_project)
    return copy_of_project


def test_an_edit_that_is_refused_leaves_the_page_standing(edited, edit):
    visit = opened()
    edit("config.yaml", '    layout: dots\n    period: "2025-12"\n', "    layout: slope\n")
    visit.run()
    assert not visit.exception and control(visit, "Présentation").value == "dots"
    assert any("problème" in each.value for each in (*visit.warning, *visit.error))


def test_an_edit_of_the_page_at_hand_is_followed_and_the_view_of_the_visitor_stays(edited, edit):
    visit = opened(presentation="table")
    edit("config.yaml", "Où en est chaque région fin 2025 ?", "Qui avance ?")
    visit.run()
    assert not visit.exception and control(visit, "Présentation").value == "table"
    assert [title.value for title in visit.title] == ["Qui avance ?"]


def test_a_group_that_goes_while_a_link_names_it_leaves_the_page_standing(edited, edit):
    visit = opened(territoires="groupe-outre-mer+FR", presentation="table")
    edit("config.yaml", "  outre-mer:\n", "  autres-mers:\n")
    visit.run()
    assert not visit.exception and not visit.error
