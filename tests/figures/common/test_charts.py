"""Specifications: pure functions of a frame, in French, light enough to travel at each rerun."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert as vlc
from altair.utils import schemapi
from jsonschema import ValidationError

from atlas.figures.common.choropleth import choropleth
from atlas.figures.common.class_scale import class_labels
from atlas.figures.common.map_labels import PlacedName
from atlas.figures.common.ranked_bars import ranked_bars
from atlas.figures.common.series_colours import COLOURS
from atlas.figures.common.specification import to_spec
from atlas.figures.common.style import (
    Style,
    as_printed,
    class_of,
    luminance,
    palette,
    readable_on,
)
from atlas.figures.common.value_expressions import Classes, ValueExpressions
from atlas.figures.comparison.bar_chart import bar_chart
from atlas.figures.comparison.dot_chart import dot_chart
from atlas.figures.comparison.slope_chart import slope_chart
from atlas.figures.comparison.small_multiples_chart import small_multiples
from atlas.figures.comparison.table_chart import table_chart
from atlas.figures.corridors.chart import change_bars, corridor_bars, corridor_groups
from atlas.figures.curve.chart import curve
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.registry import figure_of
from atlas.rendering.text_metrics import text_width
from atlas.settings import read_settings

SETTINGS, _ = read_settings(Path(__file__).parents[3])
RATE = SETTINGS.indicators["activation_rate"]
STYLE = Style.light(SETTINGS.brand)
STYLES = {"light": STYLE, "dark": Style.dark(SETTINGS.brand)}
EXPRESSIONS = ValueExpressions(".1f", "\u00a0%")
CLASSES = Classes(RATE.bounds, palette(STYLE.sequential, len(RATE.bounds) + 1))
SHAPES = alt.UrlData(url="app/static/geo/0/FR.json")
NAMES = (
    PlacedName("DEP-40", "Landes", 400_000, 6_330_000, 35_000, 40_000, zoom=False, symbol=False),
)
NAN = float("nan")
VEGA_LITE = alt.load_schema()

AREAS = pd.DataFrame(
    {
        "i": [0, 1, 2],
        "value": [30.0, 33.9, NAN],
        "mark": [None, "\u202f†", None],
        "detail": [None, "calculé", None],
    },
).astype({"mark": object, "detail": object})
BARS = pd.DataFrame(
    {
        "code": ["DEP-40", "DEP-33"],
        "name": ["Landes", "Gironde"],
        "value": [41.7, 40.0],
        "mark": ["", ""],
        "detail": ["publié", "publié"],
    }
)
CORRIDORS = pd.DataFrame(
    {
        "corridor": ["Hôpital", "Biologie", "Biologie"],
        "place": [1, 0, 0],
        "moment": ["now", "now", "base"],
        "value": [NAN, 957118.0, 314841.0],
        "label": ["niveau non publié", "957 118", "315 000 †"],
        "short": ["niveau non publié", "957 118", "315 000 †"],
        "growth": ["+34 %", "+204 %", ""],
        "colour": ["#1F4E9E", "#D55E00", "#f4d0b8"],
        "edge": ["#1F4E9E", "#D55E00", "#D55E00"],
        "text": ["niveau non publié, +34 %", "957 118, +204 %", "2024 : 314 841"],
        "detail": ["publié", "publié", "publié"],
    }
)
CHANGES = pd.DataFrame(
    {
        "corridor": ["Biologie", "Radiologie", "Hôpital"],
        "place": [0, 1, 2],
        "value": [204.0, -12.0, NAN],
        "label": ["+204 %", "−12 %", "secret statistique"],
        "colour": ["#D55E00", "#882255", "#1F4E9E"],
        "text": ["+204 %", "−12 %", "secret statistique"],
        "detail": ["publié", "publié", ""],
    }
)
GROUPS = pd.DataFrame(
    {
        "panel": ["Corse", "Corse", "La Réunion"],
        "corridor": ["Hôpital", "Biologie", "Hôpital"],
        "value": [34.0, 204.0, NAN],
        "label": ["+34 %", "+204 %", "non publié"],
        "text": ["+34 %", "+204 %", "non publié"],
    }
)
POINTS = pd.DataFrame(
    {
        "series": ["France", "France", "Corse"],
        "date": ["2024-12-01", "2025-12-01", "2025-12-01"],
        "value": [25.0, 33.6, 30.6],
        "label": ["", "33,6 %", "30,6 %"],
        "label_value": [25.0, 33.6, 30.6],
        "text": ["25 %", "33,6 %", "30,6 %"],
        "detail": ["Cnam", "Cnam", "ARS"],
        "chosen": [True, True, False],
        "assumed": [False, False, False],
    }
)

TWO_DATES = pd.DataFrame(
    {
        "code": ["REG-04", "FR"],
        "name": ["La Réunion", "France"],
        "value": [27.5, 33.6],
        "before": [19.7, 25.0],
        "label": ["27,5 %", "33,6 %"],
        "before_label": ["19,7 %", "25 %"],
        "change": ["+7,8 points", "+8,6 points"],
        "text": ["27,5 %", "33,6 %"],
        "stands_out": [False, True],
        "colour": ["#2f47b0", "#c2570c"],
    }
)
ONE_DATE = TWO_DATES.assign(before=NAN, change="")
CELLS = TWO_DATES.assign(value=[27.5, NAN], c0=["27,5 %", "non publié"])
AIMS = pd.DataFrame({"label": ["Objectif : 40 %"], "value": [40.0]})


def country(values: pd.DataFrame, level: str = "departements", **more: Any) -> alt.TopLevelMixin:
    return choropleth(
        values,
        shapes=SHAPES,
        bounds=(0, 0, 1_000_000, 900_000),
        level=level,
        classes=CLASSES,
        expressions=EXPRESSIONS,
        style=STYLE,
        names=NAMES,
        **more,
    )


Draw = Callable[[pd.DataFrame], alt.TopLevelMixin]
CHARTS: dict[str, tuple[pd.DataFrame, Draw]] = {
    "departements": (AREAS, country),
    "caisses": (AREAS, lambda rows: country(rows, "caisses")),
    "regions": (AREAS, lambda rows: country(rows, "regions", selected="REG-75")),
    "ranking": (BARS, lambda rows: ranked_bars(rows, expressions=EXPRESSIONS, style=STYLE)),
    "ranking by place": (
        AREAS,
        lambda rows: ranked_bars(rows, expressions=EXPRESSIONS, style=STYLE, names=SHAPES),
    ),
    "corridors": (CORRIDORS, lambda rows: corridor_bars(rows, style=STYLE)),
    "changes": (CHANGES, lambda rows: change_bars(rows, style=STYLE)),
    "groups": (
        GROUPS,
        lambda rows: corridor_groups(rows, style=STYLE, colours=["#2f47b0", "#c2570c"]),
    ),
    "curve": (
        POINTS,
        lambda rows: curve(
            rows,
            style=STYLE,
            colours=["#2f47b0", "#c2570c"],
            axis_title="Taux (en %)",
            span=("2022-01-01", "2026-06-30"),
        ),
    ),
    "curve with a target": (
        POINTS,
        lambda rows: curve(
            rows,
            style=STYLE,
            colours=["#2f47b0", "#c2570c"],
            axis_title="Taux (en %)",
            span=("2022-01-01", "2026-06-30"),
            targets=AIMS,
        ),
    ),
    "dots": (
        TWO_DATES,
        lambda rows: dot_chart(
            rows, style=STYLE, domain=(15, 45), tick="datum.value", targets=AIMS
        ),
    ),
    "dots at one date": (
        ONE_DATE,
        lambda rows: dot_chart(rows, style=STYLE, domain=(15, 45), tick="datum.value"),
    ),
    "slope": (TWO_DATES, lambda rows: slope_chart(rows, style=STYLE, dates=("2024", "2025"))),
    "bars": (TWO_DATES, lambda rows: bar_chart(rows, style=STYLE, targets=AIMS)),
    "table": (CELLS, lambda rows: table_chart(rows, columns=["fin 2025"], strong=0, style=STYLE)),
    "multiples": (
        GROUPS,
        lambda rows: small_multiples(
            rows.assign(colour="#1F4E9E"), shared=False, corridors=["Hôpital", "Biologie"]
        ),
    ),
}


def spec_of(values: pd.DataFrame, draw: Draw) -> dict[str, Any]:
    """The specification of a chart, from a frame of its own."""
    return to_spec(draw(values.copy(deep=True)), STYLE)


@cache
def spec_of_chart(name: str) -> dict[str, Any]:
    """That of one of CHARTS, made once for the tests that only read it."""
    return spec_of(*CHARTS[name])


every_chart = pytest.mark.parametrize("name", CHARTS)


def every_part(spec: Any) -> Iterator[dict[str, Any]]:
    """Each object of a specification, nested ones included."""
    if isinstance(spec, dict):
        yield spec
    for part in spec.values() if isinstance(spec, dict) else spec:
        if isinstance(part, dict | list):
            yield from every_part(part)


def without_values(spec: dict[str, Any]) -> str:
    return json.dumps({**spec, "datasets": None}, ensure_ascii=False)


def svg_of(spec: dict[str, Any]) -> str:
    """At a size, as screens and sheets give it."""
    return vlc.vegalite_to_svg({"width": 600, "height": 300, **spec}, allowed_base_urls=[])


# --- every chart ---------------------------------------------------------------------------------


@every_chart
def test_a_chart_is_strict_json_that_comes_back_as_it_was(name):
    spec = spec_of_chart(name)
    text = json.dumps(spec, allow_nan=False)
    assert json.loads(text) == spec
    assert "layer" in spec and "config" in spec


@every_chart
def test_a_chart_does_not_change_the_frame_it_was_given(name):
    values, draw = CHARTS[name]
    given = values.copy(deep=True)
    to_spec(draw(given), STYLE)
    pd.testing.assert_frame_equal(given, values)


@every_chart
def test_a_chart_leaves_altair_as_it_is_when_nobody_has_touched_it(name):
    values, draw = CHARTS[name]
    spec_of(values, draw)
    assert (alt.theme.active, alt.data_transformers.active) == ("default", "default")


@every_chart
def test_a_missing_value_is_null_and_never_zero(name):
    tables = spec_of_chart(name)["datasets"].values()
    expected = [None if value != value else value for value in CHARTS[name][0]["value"]]
    assert expected in [[row["value"] for row in rows][: len(expected)] for rows in tables]


def test_a_missing_value_among_objects_is_null_too():
    """The ranking adds the nation to its rows, which makes objects of numbers."""
    values, draw = CHARTS["ranking by place"]
    (rows,) = spec_of(values.astype(object), draw)["datasets"].values()
    assert [row["value"] for row in rows] == [30.0, 33.9, None]


def dear_channels(source: str) -> Iterator[int]:
    """The lines of `encode(x="a:Q")`, `alt.value(0)` and `alt.condition(…)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            texts = [k for k in node.keywords if isinstance(k.value, ast.Constant | ast.JoinedStr)]
            if ast.unparse(node.func) in ("alt.value", "alt.condition") or (
                node.func.attr == "encode" and texts
            ):
                yield node.lineno


def test_a_channel_is_named_by_its_class():
    """`alt.X("a:Q")`, `alt.XValue(0)`: for any other, Altair makes a table of all its classes anew,
    which takes longer than the rest of a layer."""
    assert list(dear_channels('b.encode(x="a:Q")\nalt.value(0)\nb.encode(x=alt.X("a:Q"))')) == [
        1,
        2,
    ]
    files = (Path(__file__).parents[3] / "atlas/figures").rglob("*.py")
    assert [(f.name, n) for f in files for n in dear_channels(f.read_text("utf-8"))] == []


@every_chart
def test_a_chart_is_one_of_the_schema_of_vega_lite(name):
    """Altair does not look while it is made. The locale of our configuration lacks what no figure
    writes, a currency, and has what the schema does not know."""
    spec = {part: value for part, value in spec_of_chart(name).items() if part != "config"}
    schemapi.validate_jsonschema(spec, VEGA_LITE)
    spec["transform"] = [{"calculate": 1}]
    with pytest.raises(ValidationError):
        schemapi.validate_jsonschema(spec, VEGA_LITE)


@every_chart
def test_a_chart_writes_numbers_in_french_in_the_browser_and_in_files(name):
    locale = spec_of_chart(name)["config"]["locale"]
    assert locale["number"] == {"decimal": ",", "thousands": "\u202f", "grouping": [3]}


def test_a_chart_with_dates_names_months_in_french():
    values, draw = CHARTS["curve"]
    time = spec_of(values, draw)["config"]["locale"]["time"]
    assert (time["months"][1], time["shortMonths"][7], time["days"][0]) == (
        "février",
        "août",
        "dimanche",
    )


@every_chart
def test_titles_of_axes_and_tooltips_are_french(name):
    parts = every_part(spec_of_chart(name))
    titles = {part["title"] for part in parts if part.get("title")}
    assert titles <= {"Territoire", "Valeur", "Origine", "Couloir", "Source", "Taux (en %)"}


@every_chart
def test_no_field_is_shown_under_its_technical_name(name):
    """Vega-Lite writes it on an axis, a legend or a tooltip that has no title."""
    spec = spec_of_chart(name)
    encodings = [part["encoding"] for part in every_part(spec) if "encoding" in part]
    assert all(tip["title"] for each in encodings for tip in each.get("tooltip", []))
    assert all(
        each[channel]["legend"] is None
        for each in encodings
        for channel in ("color", "shape")
        if "field" in each.get(channel, {})
    )
    if "url" not in without_values(spec):
        texts = set(re.findall(r">([^<>]+)</text>", svg_of(spec)))
        assert texts and not texts & {*CHARTS[name][0].columns, "end"}


@every_chart
def test_the_background_is_left_to_the_page_or_to_the_sheet(name):
    assert spec_of_chart(name)["background"] == "transparent"


# --- the map -------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["departements", "caisses", "regions"])
def test_the_map_is_the_same_text_whatever_its_values(level):
    """So that the browser keeps its drawing, and a change of period sends numbers alone."""
    one = to_spec(country(AREAS, level), STYLE)
    other = to_spec(country(AREAS.assign(value=[NAN, 12.5, 44.0]), level), STYLE)
    assert without_values(one) == without_values(other)
    assert one["datasets"] != other["datasets"]


@pytest.mark.parametrize("drawing", [MapRequest, RankingRequest])
@pytest.mark.parametrize("place", ["FR", "REG-75"])
def test_two_periods_of_a_shipped_map_differ_only_by_their_values(
    context, fictitious, place, drawing
):
    """Those of its bars too, where the nation has another date at one of them."""
    # One département alone has a published rate at the earlier one: its bars are refused.
    some = fictitious if drawing is RankingRequest else context
    choice = drawing(
        indicator="activation_rate", level="departements", period="2025-12", territory=place
    )
    now, before = (
        figure_of(some, choice.with_fields(period=period)) for period in ("2025-12", "2024-12")
    )
    assert without_values(now.spec) == without_values(before.spec)
    assert now.steady_alt == before.steady_alt != ""
    assert now.spec["datasets"] != before.spec["datasets"]


@pytest.mark.parametrize("level", ["departements", "caisses", "regions"])
def test_the_map_carries_no_shape_and_its_values_no_name(context, level):
    choice = MapRequest(indicator="activation_rate", level=level, period="2025-12")
    spec = figure_of(context, choice).spec
    assert not re.search(r"coordinates\"|arcs|Polygon|Landes|Bordeaux", without_values(spec))
    fields = {field for rows in spec["datasets"].values() for row in rows for field in row}
    computed = level == "departements"  # Pyrénées-Atlantiques has two caisses
    assert fields == {"i", "value", "shade"} | ({"mark", "detail", "range"} if computed else set())
    assert len(json.dumps(spec["datasets"])) < 9_500


@pytest.mark.parametrize("level", ["departements", "caisses", "regions"])
def test_areas_without_a_figure_are_hatched_and_take_no_colour_of_the_scale(level):
    layers = to_spec(country(AREAS, level), STYLE)["layer"]
    (hatch,) = [part for part in layers if part["data"]["format"]["feature"] == f"hatch_{level}"]
    assert {"filter": "datum.value===null"} in hatch["transform"]
    assert not hatch["mark"]["filled"] and hatch["mark"]["stroke"] == STYLE.muted
    coloured = [part for part in layers if "scale" in part.get("encoding", {}).get("color", {})]
    assert coloured and all(part["mark"]["invalid"] is None for part in coloured)
    assert {part["encoding"]["color"]["condition"]["value"] for part in coloured} == {STYLE.neutral}


def test_caisses_that_share_a_departement_are_squares_over_it():
    text = without_values(to_spec(country(AREAS, "caisses"), STYLE))
    assert '"caisse_points"' in text and '"square"' in text
    assert '"caisse_points"' not in without_values(to_spec(country(AREAS), STYLE))


def test_the_colours_are_those_of_the_bounds_of_config_yaml():
    parts = list(every_part(to_spec(country(AREAS), STYLE)))
    (scale,) = [part["scale"] for part in parts if part.get("scale", {}).get("type") == "threshold"]
    assert scale["domain"] == RATE.bounds == [10, 20, 25, 30, 34, 38]
    assert len(scale["range"]) == len(RATE.bounds) + 1 == len(set(scale["range"]))
    assert (scale["range"][0], scale["range"][-1]) == (
        SETTINGS.brand.sequential[0],
        SETTINGS.brand.sequential[-1],
    )


@pytest.mark.parametrize("value", [9.9, 10.0, 29.9, 30.0, 33.9, 34.0, 38.0])
def test_a_class_holds_its_lower_bound_and_not_its_upper_one_as_the_legend_prints(value):
    """The colour that is drawn, the class that is counted and the label agree."""
    chart = (
        alt.Chart(pd.DataFrame({"value": [value]}))
        .mark_rect()
        .encode(color=alt.Color("value:Q", scale=CLASSES.scale(), legend=None))
    )
    place = class_of(value, RATE.bounds)
    assert f'fill="{CLASSES.colours[place]}"' in svg_of(chart.to_dict())
    low, high = ([-1, *RATE.bounds][place], [*RATE.bounds, 101][place])
    assert low <= value < high
    label = class_labels(RATE.bounds, form="intervals")[place].replace("\u00a0", " ")
    assert label in (f"[{low:g} ; {high:g}[", f"moins de {high:g}", f"{low:g} et plus")


def test_a_value_is_coloured_as_it_is_printed():
    assert as_printed(33.96) == 34.0 and as_printed(33.94) == 33.9
    assert as_printed(37.25) == 37.3
    assert class_of(as_printed(33.96), RATE.bounds) == 5
    assert class_of(NAN, RATE.bounds) is None


def test_a_selected_territory_is_outlined():
    spec = without_values(to_spec(country(AREAS, selected="DEP-40"), STYLE))
    assert "datum.properties.code==='DEP-40'" in spec and STYLE.accent in spec
    assert STYLE.accent not in without_values(to_spec(country(AREAS), STYLE))


# --- bars and curves, drawn ----------------------------------------------------------------------


def test_a_corridor_without_a_level_has_no_bar_and_says_that_it_is_not_published():
    values, draw = CHARTS["corridors"]
    picture = svg_of(spec_of(values, draw))
    assert picture.count('aria-roledescription="bar"') == 2  # the two years of the other one
    assert picture.count(">niveau non publié</text>") == 1
    assert {">Hôpital</text>", ">+34 %</text>", ">+204 %</text>"} <= set(
        re.findall(r">[^<>]+</text>", picture)
    )


def test_corridors_without_any_level_still_show_their_growths():
    values, draw = CHARTS["corridors"]
    picture = svg_of(to_spec(draw(values.assign(value=NAN, base=NAN)), STYLE))
    assert 'aria-roledescription="bar"' not in picture and ">+34 %</text>" in picture


def test_a_territory_without_a_growth_has_a_label_and_no_bar():
    values, draw = CHARTS["groups"]
    picture = svg_of(spec_of(values, draw))
    assert picture.count('aria-roledescription="bar"') == 2
    assert ">non publié</text>" in picture


def test_ranked_bars_go_from_the_highest_to_the_lowest_and_write_french():
    values, draw = CHARTS["ranking"]
    texts = re.findall(r">([^<>]+)</text>", svg_of(to_spec(draw(values[::-1]), STYLE)))
    assert texts.index("Landes") < texts.index("Gironde")
    assert any(text.startswith("41,7") for text in texts)


def test_other_published_values_are_hollow_and_outside_the_line():
    values, draw = CHARTS["curve"]
    marks = re.findall(r'<path aria-label="([^"]*)"([^>]*)>', svg_of(spec_of(values, draw)))
    hollow = {name for name, rest in marks if "fill=" not in rest}
    assert (len(marks), hollow) == (3, {"Corse : 30,6 %"})


def test_the_numbers_that_end_lines_have_room_in_the_width_of_a_phone():
    values, draw = CHARTS["curve"]
    drawn = svg_of({**spec_of(values, draw), "width": 260})
    ends = re.findall(r'<text [^>]*translate\(([0-9.]+),[^>]*font-weight="600"[^>]*>([^<]+)', drawn)
    assert len(ends) == 4  # each on its halo
    assert all(float(x) + text_width(unescape(text), 13, 600) <= 260 for x, text in ends)


@every_chart
def test_what_is_read_aloud_is_french(name):
    """Vega describes axes and bare marks in English: « Y-axis for a discrete scale »."""
    spec = spec_of_chart(name)
    if "url" in without_values(spec):
        encodings = [part["encoding"] for part in every_part(spec) if "encoding" in part]
        assert all("description" in each for each in encodings if "tooltip" in each)
    else:
        said = re.findall(r'aria-label="([^"]*)"', svg_of(spec))
        assert said and all(" : " in text for text in said)
        assert not [text for text in said if re.search(r"axis|scale|\w: |datum", text)]


# --- colours -------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    """CIE Lab of a colour of the screen, D65."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (r, g, b))
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.mark.parametrize("theme", STYLES)
@pytest.mark.parametrize("scale", ["sequential", "diverging"])
@pytest.mark.parametrize("size", [3, 5, 6, 7, 9])
def test_a_number_is_readable_on_every_class_of_every_palette(theme, scale, size):
    for colour in palette(getattr(STYLES[theme], scale), size):
        assert contrast(readable_on(colour), colour) >= 4.5, colour


def test_the_ink_of_each_class_is_the_readable_one():
    written = CLASSES.ink().to_dict()
    starts = {
        float(c["test"].removeprefix("datum.value>=")): c["value"] for c in written["condition"]
    }
    for low, colour in zip([0, *RATE.bounds], CLASSES.colours, strict=True):
        reached = [bound for bound in starts if bound <= low]
        assert (starts[max(reached)] if reached else written["value"]) == readable_on(colour)


def test_the_sequential_palette_darkens_from_class_to_class():
    lights = [lab(colour)[0] for colour in CLASSES.colours]
    assert all(a - b > 5 for a, b in itertools.pairwise(lights))


@pytest.mark.parametrize(
    "colour",
    [c.colour for c in SETTINGS.corridors.values()]
    + COLOURS
    + [SETTINGS.brand.primary, SETTINGS.brand.accent, SETTINGS.brand.muted],
)
def test_every_mark_stands_out_from_white_paper(colour):
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize(
    "colour", [SETTINGS.brand.ink, SETTINGS.brand.muted, SETTINGS.brand.primary]
)
def test_every_text_is_readable_on_white_paper(colour):
    assert contrast(colour, "#ffffff") >= 4.5


@pytest.mark.parametrize(
    "colours",
    [[c.colour for c in SETTINGS.corridors.values()], COLOURS],
    ids=["corridors", "series"],
)
def test_the_colours_of_one_figure_are_told_apart(colours):
    for one, other in itertools.combinations(colours, 2):
        assert distance(one, other) >= 17, (one, other)


def test_hatching_stands_out_from_what_it_covers():
    for style in STYLES.values():
        assert contrast(style.muted, style.neutral) >= 3
        assert contrast(style.ink, style.paper) >= 4.5


def test_a_palette_keeps_its_ends_and_has_the_size_that_is_asked_for():
    assert palette(["#000000", "#ffffff"], 3) == ["#000000", "#808080", "#ffffff"]
    assert palette(STYLE.sequential, 1) == [STYLE.sequential[-1]]
    assert palette(STYLE.sequential, 6) == [c.lower() for c in STYLE.sequential]


def test_the_dark_screen_reads_the_scale_from_dark_to_light(context):
    dark = figure_of(
        replace(context, style=STYLES["dark"]),
        MapRequest(indicator="activation_rate", level="departements", period="2025-12"),
    )
    colours = [swatch.colour for swatch in dark.legend if not swatch.hatched]
    assert luminance(colours[0]) < luminance(colours[-1])
