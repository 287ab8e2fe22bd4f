"""The map in relief: light outlines, true heights, the colours of the flat map, its page."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browsing import QUIET, launched, open_page, wait_for_page, wait_for_rest
from patience import BACKSTOP_S, PATIENCE_MS
from PIL import Image
from playwright.sync_api import Locator, Page, Playwright, expect
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.figures.map.request import MapRequest
from atlas.figures.map_3d.chart import PILLAR, PITCH, Deck, Scene, map_3d
from atlas.figures.map_3d.figure import map_3d_indicators, map_3d_of, map_3d_periods, overseas
from atlas.figures.registry import figure_of, request_from_texts
from atlas.geometry import Outlines3D
from atlas.geometry.insets import OVERSEAS

ROOT = Path(__file__).parents[3]
RATES = MapRequest(indicator="activation_rate", level="departements", period="2025-12")
COUNTS = MapRequest(indicator="activated_profiles", level="departements", period="2025-12")
SIZE = (900, 560)
# A drawing that is on the screen may not answer its first clicks: each has ten seconds, looked at
# twice in a second.
CLICKS, LOOKS_PER_CLICK = 60, 20
# It draws a quarter of the dots of a screen.
SOFTWARE_GL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def outlines(context: FigureContext) -> Outlines3D:
    assert context.shapes
    return context.shapes.outlines_3d()


def described(deck: Deck | None) -> dict[str, Any]:
    """What the browser is sent."""
    assert deck is not None
    return json.loads(deck.to_json())  # type: ignore[no-any-return]


def layer(deck: Deck | None, name: str) -> dict[str, Any]:
    [found] = [one for one in described(deck)["layers"] if one["id"] == name]
    return found


def three(
    context: FigureContext, outlines: Outlines3D, *, columns: bool = False, **options: Any
) -> Deck:
    """Nord and Corse-du-Sud with the same value, Landes without one."""
    rows = pd.DataFrame(
        {
            "code": ["DEP-59", "DEP-2A", "DEP-40"],
            "name": ["Nord", "Corse-du-Sud", "Landes"],
            "text": ["30 %", "30 %", "non publié"],
            "value": [30.0, 30.0, math.nan],
            "colour": ["#2f47b0", "#2f47b0", "#eef0f5"],
        }
    )
    before = rows.copy()
    made = map_3d(
        rows,
        Scene(outlines.parts, outlines.points, outlines.boxes["FR"], SIZE),
        columns=columns,
        style=context.style,
        **options,
    )
    pd.testing.assert_frame_equal(rows, before)
    return made


# --- outlines ------------------------------------------------------------------------------------


def test_every_departement_and_region_has_a_light_outline_a_point_and_a_box(context, outlines):
    codes = {*context.territories.of_kind("DEP"), *context.territories.of_kind("REG")}
    assert set(outlines.parts) == set(outlines.points) == codes
    assert set(outlines.boxes) == {*codes, "FR"}
    assert all(
        len(ring) > 3 for parts in outlines.parts.values() for part in parts for ring in part
    )


@pytest.mark.parametrize("number", OVERSEAS)
def test_an_overseas_departement_stands_at_its_true_place(outlines, number):
    west, south, east, north = OVERSEAS[number].extent
    for x, y in (
        outlines.points[f"DEP-{number}"],
        *(p for part in outlines.parts[f"DEP-{number}"] for p in part[0]),
    ):
        assert west <= x <= east and south <= y <= north


def test_the_view_of_the_mainland_holds_corsica_and_nothing_overseas(context, outlines):
    assert set(overseas(context, "departements")) == {f"DEP-{number}" for number in OVERSEAS}
    assert len(overseas(context, "regions")) == 5
    x, y = outlines.points["DEP-2A"]
    west, south, east, north = outlines.boxes["FR"]
    assert west < x < east and south < y < north


# --- the drawing ---------------------------------------------------------------------------------


def test_equal_values_look_equally_high_in_lille_and_in_ajaccio(context, outlines):
    heights = {row["c"]: row["h"] for row in layer(three(context, outlines), "pillars")["data"]}
    # What the browser makes of a height at a latitude, on a Mercator world.
    seen = {
        code: h / math.cos(math.radians(outlines.points[code][1])) for code, h in heights.items()
    }
    assert seen["DEP-59"] == pytest.approx(seen["DEP-2A"], rel=1e-3)


def test_a_name_is_a_text_in_the_tooltip(context, outlines):
    rows = pd.DataFrame(
        [
            {
                "code": "DEP-32",
                "name": "<b>Gers",
                "value": 1.0,
                "text": "1 %",
                "colour": "#000000",
            }
        ]
    )
    scene = Scene(outlines.parts, outlines.points, outlines.boxes["FR"], SIZE)
    deck = map_3d(rows, scene, columns=False, style=context.style, selected="")
    assert {row["n"] for row in layer(deck, "pillars")["data"]} == {"&lt;b&gt;Gers"}


def test_heights_start_at_zero_and_are_in_proportion(fictitious, outlines):
    made = map_3d_of(fictitious, RATES, 900)
    rows = {row["n"]: row for row in layer(made.deck, "pillars")["data"]}
    values = made.figure.table["level"].numbers
    names = list(made.figure.table["territory"].cells)
    near = [names.index(name) for name in ("Gard", "Vaucluse")]  # of one latitude
    ratio = values[near[0]] / values[near[1]]
    assert rows["Gard"]["h"] / rows["Vaucluse"]["h"] == pytest.approx(ratio, rel=0.005)


def test_what_has_no_figure_lies_flat_in_the_colour_of_nothing(context, outlines):
    made = three(context, outlines)
    assert {row["c"] for row in layer(made, "pillars")["data"]} == {"DEP-59", "DEP-2A"}
    ground = layer(made, "ground")
    assert {row["c"] for row in ground["data"]} == {"DEP-40"} and "extruded" not in ground
    assert [row["t"] for row in ground["data"]] == ["non publié"]


def test_a_count_stands_on_the_ground_of_every_territory(context, outlines):
    made = three(context, outlines, columns=True)
    assert {row["c"] for row in layer(made, "ground")["data"]} == {"DEP-59", "DEP-2A", "DEP-40"}
    for row in layer(made, "pillars")["data"]:
        x, y = outlines.points[row["c"]]
        assert all(
            math.hypot((px - x) * math.cos(math.radians(y)), py - y) < 0.15
            for px, py in row["p"][0]
        )


@pytest.mark.parametrize("values", [[0.0, 0.0, 0.0], [math.nan] * 3])
def test_nothing_but_zeros_or_nothing_at_all_is_drawn_flat(context, outlines, values):
    rows = pd.DataFrame(
        {
            "code": ["DEP-01", "DEP-02", "DEP-03"],
            "name": "x",
            "text": "x",
            "value": values,
            "colour": "#2f47b0",
        }
    )
    made = map_3d(
        rows,
        Scene(outlines.parts, outlines.points, outlines.boxes["FR"], SIZE),
        columns=False,
        style=context.style,
    )
    assert not any(row["h"] for row in layer(made, "pillars")["data"])


def test_a_picked_territory_is_outlined_on_the_ground_and_at_its_top(context, outlines):
    lines = layer(three(context, outlines, selected="DEP-59"), "rim")["data"]
    heights = {point[2] for line in lines for point in line["geometry"]["coordinates"]}
    assert len(heights) == 2 and min(heights) == 0
    assert all(one["id"] != "rim" for one in described(three(context, outlines))["layers"])


def test_no_map_of_another_house_is_asked_for_under_the_drawing(context, outlines):
    deck = described(three(context, outlines))
    # Streamlit fetches a map for any style but the one that pydeck has when none is given.
    assert deck["mapStyle"] == "__MAP_STYLE__" and "mapProvider" not in deck
    assert "http" not in json.dumps(deck)


def test_colours_are_given_where_a_selection_does_not_pale_them(context, outlines):
    for name in ("pillars", "ground"):
        drawn_layer = layer(three(context, outlines), name)
        assert "getFillColor" not in drawn_layer
        assert drawn_layer["_subLayerProps"]["fill"]["getFillColor"] == "@@=f"


@pytest.mark.parametrize("choice", [RATES, COUNTS], ids=["rates", "counts"])
def test_what_travels_is_small(fictitious, choice):
    made = map_3d_of(fictitious, choice, 900)
    assert made.deck is not None
    text = made.deck.to_json()
    assert "\n" not in text and len(text.encode()) < 200_000


@pytest.mark.parametrize("place", ["FR", "REG-75", "REG-04", "REG-03", "DEP-976"])
@pytest.mark.parametrize("width", [300, 900])
def test_the_view_holds_the_whole_of_a_territory(context, outlines, place, width):
    scene = Scene(outlines.parts, outlines.points, outlines.boxes[place], (width, 560))
    made = map_3d(
        pd.DataFrame(columns=["code", "name", "text", "value", "colour"]),
        scene,
        columns=False,
        style=context.style,
    )
    state = described(made)["initialViewState"]
    world = 512 * 2 ** state["zoom"]
    wide, high = scene.sides
    assert world * wide <= width
    tall = high * math.cos(PITCH) + PILLAR * max(wide, high) * math.sin(PITCH)
    assert world * tall <= 560
    assert max(world * wide / width, world * tall / 560) > 0.85
    west, south, east, north = scene.box
    assert west < state["longitude"] < east and south < state["latitude"] < north


# --- the view ------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [Style.light, Style.dark])
def test_colours_are_those_of_the_flat_map(fictitious, style):
    context = replace(fictitious, style=style(fictitious.settings.brand))
    flat = figure_of(context, MapRequest(indicator="activation_rate", period="2025-12"))
    made = map_3d_of(context, RATES, 900)
    assert flat is not None
    assert [one.colour for one in made.figure.legend] == [one.colour for one in flat.legend]
    shown = {tuple(row["f"]) for row in layer(made.deck, "pillars")["data"]}
    used = {one.colour for one in flat.legend if one.count}
    assert shown == {tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in used}


def test_a_rate_says_the_words_of_the_flat_map_and_can_be_made_into_it(context):
    flat = figure_of(context, MapRequest(indicator="activation_rate", period="2025-12"))
    words = map_3d_of(context, RATES, 900).figure
    assert flat is not None
    assert (words.title, words.lecture, words.champ, words.note, words.source) == (
        flat.title,
        flat.lecture,
        flat.champ,
        flat.note,
        flat.source,
    )
    assert words.table == flat.table
    assert figure_of(context, request_from_texts(words.request.as_texts())) is not None


def test_the_highest_value_is_named_as_the_scale_of_the_heights(context):
    said = map_3d_of(context, RATES, 900).figure.subtitle
    assert "depuis zéro" in said and "Landes, 41,7" in said


def test_a_count_has_columns_a_table_and_no_flat_map(fictitious):
    made = map_3d_of(fictitious, COUNTS, 900)
    assert made.figure.request is None and "gap" not in made.figure.table
    assert len(made.figure.table) == 101
    assert "profils" in layer(made.deck, "pillars")["data"][0]["t"]


def test_only_what_several_territories_publish_is_offered(context, fictitious):
    assert map_3d_indicators(context, "departements") == ["activation_rate"]
    assert "activated_profiles" not in map_3d_indicators(context, "regions")
    assert "activated_profiles" in map_3d_indicators(fictitious, "regions")
    for level in ("departements", "regions"):
        for key in map_3d_indicators(context, level):
            assert map_3d_periods(context, key, level)


@pytest.mark.parametrize(
    ("selected", "level", "box"),
    [
        ("", "departements", "FR"),
        ("DEP-40", "departements", "REG-75"),
        ("REG-75", "regions", "FR"),
        ("DEP-974", "departements", "REG-04"),
        ("REG-04", "regions", "REG-04"),
    ],
)
def test_the_view_flies_to_the_neighbourhood_of_what_is_picked(
    fictitious, outlines, selected, level, box
):
    made = map_3d_of(
        fictitious,
        MapRequest(
            indicator="activation_rate", level=level, period="2025-12", highlighted=selected
        ),
        900,
    )
    west, _, east, _ = outlines.boxes[box]
    state = described(made.deck)["initialViewState"]
    assert state["longitude"] == pytest.approx((west + east) / 2, abs=1e-3)


# --- the page ------------------------------------------------------------------------------------


def opened(screen: str, **query: str) -> AppTest:
    """A visitor of the page, in a browser that has said what it can draw."""
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("relief")
    visit.query_params.update(query)
    if screen:
        visit.session_state["_screen"] = screen
    return visit.run()


def sentences(visit: AppTest) -> str:
    return " ".join(
        [
            *(e.proto.body for e in visit.get("html")),
            *(e.value for e in visit.info),
            *(e.value for e in visit.markdown),
        ]
    )


def test_the_page_shows_the_drawing_its_limits_and_its_table():
    visit = opened("1 900")
    assert not visit.exception and visit.title[0].value == "Carte en relief"
    assert len(visit.get("deck_gl_json_chart")) == 1
    assert "ne sert pas à comparer au plus juste" in sentences(visit) and len(visit.table) == 0
    visit.session_state["relief_table"] = True
    visit.run()
    assert len(visit.table[0].value) == 101 and "41,7" in str(visit.table[0].value.iloc[0, 1])


def test_without_webgl_the_page_says_so_and_shows_the_table():
    visit = opened("0 900")
    assert not visit.exception and not visit.get("deck_gl_json_chart")
    assert "WebGL" in sentences(visit) and len(visit.table[0].value) == 101


def test_before_the_browser_has_said_what_it_can_draw_there_is_nothing_to_see_yet():
    visit = opened("")
    assert not visit.exception and not visit.get("deck_gl_json_chart") and len(visit.table) == 0
    assert "WebGL" not in sentences(visit)


def test_a_picked_territory_has_a_link_to_its_portrait():
    links = [e.proto for e in opened("1 900", selection="DEP-40").get("page_link")]
    [portrait] = [link for link in links if link.label.startswith("Portrait : ")]
    assert "Landes" in portrait.label and portrait.query_string == "territoire=DEP-40"
    links = [e.proto for e in opened("1 900").get("page_link")]
    assert not [link for link in links if link.label.startswith("Portrait : ")]


def test_overseas_is_reached_by_its_name():
    visit = opened("1 900")
    [button] = [b for b in visit.button if b.label == "La Réunion"]
    visit = button.click().run()
    assert visit.selectbox(key="selection").value == "DEP-974"
    state = json.loads(visit.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
    assert state["longitude"] == pytest.approx(55.5, abs=0.2)


def test_fictitious_data_say_so_on_the_page():
    assert "Données fictives" in sentences(opened("1 900", demo="1"))
    visit = opened("1 900", demo="1", indicateur="activated_profiles")
    assert "Données fictives" in sentences(visit) and not visit.exception


# --- a real browser ------------------------------------------------------------------------------


def chromium(playwright: Playwright, *arguments: str) -> Iterator[Page]:
    quiet = [one for one in QUIET if one != "--disable-gpu"]
    browser = launched(playwright, *quiet, *arguments)
    yield open_page(
        browser,
        viewport={"width": 700, "height": 1100},
        device_scale_factor=0.5,
        locale="fr-FR",
    )
    browser.close()


@pytest.fixture
def with_webgl(playwright: Playwright) -> Iterator[Page]:
    yield from chromium(playwright, *SOFTWARE_GL)


@pytest.fixture
def without_webgl(playwright: Playwright) -> Iterator[Page]:
    yield from chromium(playwright, "--disable-gpu", "--disable-3d-apis")


def is_drawn(page: Page, x: float, y: float, paper: tuple[float, float]) -> bool:
    """Whether the dot that is on the screen there has another colour than the paper."""
    screen = Image.open(io.BytesIO(page.screenshot(scale="css"))).convert("RGB")
    return screen.getpixel((int(x), int(y))) != screen.getpixel((int(paper[0]), int(paper[1])))


def picked(page: Page) -> Locator:
    """Click in the middle of Nouvelle-Aquitaine, once it is drawn, until there is a link to a
    portrait; the page then rests.

    Each click is given its time: the view flies to what it picked, and the next one would pick
    something else.
    """
    chart, link = (
        page.get_by_test_id("stDeckGlJsonChart"),
        page.get_by_role("link", name="Portrait : "),
    )
    for look in range(CLICKS * LOOKS_PER_CLICK):
        if link.is_visible():
            break
        if look % LOOKS_PER_CLICK == 0:
            wait_for_rest(page)
            if link.is_visible():  # what the click before was slow to give
                break
            box = chart.bounding_box()  # anew: what stands above may have moved it
            assert box
            x, y = box["x"] + 0.36 * box["width"], box["y"] + 0.58 * box["height"]
            while not is_drawn(page, x, y, (box["x"] + 4, box["y"] + 4)):
                page.wait_for_timeout(500)
            page.mouse.click(x, y)
        page.wait_for_timeout(500)
    wait_for_rest(page)
    return link


def test_a_click_whose_page_has_gone_picks_nothing():
    from atlas.ui.map_3d import _picked_code

    assert _picked_code(None) == ""


@pytest.mark.browser
def test_a_visitor_plays_two_dates_then_picks_a_territory_in_relief_and_opens_its_portrait(
    site, with_webgl
):
    page, asked = with_webgl, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url("/deux-dates?demo=1&apres=2026-04"))
    wait_for_page(page)
    page.get_by_role("button", name="Lire", exact=True).click()
    playing = page.get_by_role("button", name="Arrêter")
    playing.wait_for()
    expect(playing).to_have_count(0)  # it stops by itself, at the last date
    expect(page).to_have_url(re.compile("demo=1(?!.*apres)"))
    page.goto(site.url("/relief?demo=1"))
    page.locator("[data-testid=stDeckGlJsonChart] canvas").first.wait_for()
    picked(page).click()
    expect(page.locator("h1")).to_contain_text("Portrait : ")
    assert "territoire=DEP-" in page.url
    assert not [url for url in asked if not url.startswith((site.url("/"), "data:", "blob:"))]


@pytest.mark.browser
def test_a_browser_without_webgl_gets_a_sentence_and_the_table(site, without_webgl):
    without_webgl.goto(site.url("/relief"))
    expect(without_webgl.get_by_text("il lui manque WebGL 2")).to_be_visible(timeout=PATIENCE_MS)
    expect(without_webgl.get_by_test_id("stDeckGlJsonChart")).to_have_count(0)
    expect(without_webgl.get_by_role("table")).to_contain_text("Landes")
