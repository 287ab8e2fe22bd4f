"""Two dates: what lies between them, both maps on one scale, and the page that plays."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from made_once import cached_figure
from patience import BACKSTOP_S
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.export.image import image
from atlas.export.provenance import provenance_in
from atlas.export.value_comparison import compare_values
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.map_layers import SELECTION
from atlas.figures.common.request import RequestError
from atlas.figures.common.style import palette
from atlas.figures.registry import figure_of, request_from_texts
from atlas.figures.two_dates.figure import two_dates_text
from atlas.figures.two_dates.request import TwoMapsRequest
from atlas.figures.two_dates.rows import change_bounds, shades, two_dates_rows
from atlas.french import table_texts
from atlas.indicators.two_dates import between
from atlas.observations.reading import NOTHING_SAID, empty

ROOT = Path(__file__).parents[3]
NAN, RATE, NBSP = float("nan"), "activation_rate", "\u00a0"
BEFORE, AFTER = "2024-12", "2025-12"
DRAWINGS = ("deux-dates", "evolution")
FORMATS = ["170mm", "82mm", "a4-paysage", "diapositive", "carre-1080", "lien-1200x630"]
FRANCE = TwoMapsRequest(indicator=RATE, level="departements", compared_to=BEFORE, period=AFTER)
REGIONS = TwoMapsRequest(indicator=RATE, level="regions", compared_to="2023-12", period="2024-12")
every_drawing = pytest.mark.parametrize("drawing", DRAWINGS)


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def figure(context: FigureContext, request: TwoMapsRequest, drawing: str) -> Figure | None:
    return cached_figure(context, request_from_texts({**request.as_texts(), "drawing": drawing}))


# --- what lies between ---------------------------------------------------------------------------


def figures_of(*rows: dict) -> pd.DataFrame:
    """Figures of Ain as data files give them; when and value are those of each row."""
    usual = {
        **NOTHING_SAID,
        "territory": "DEP-01",
        "indicator": RATE,
        "corridor": "",
        "qualifier": "",
        "value": NAN,
        "change": NAN,
        "compared_to": "",
        "source": "one",
        "page": "",
        "note": "",
        "uncertain": False,
        "derived": "",
        "decimals": 1.0,
        "secret": False,
    }
    made = [{**usual, "period": row["reference_period"], **row} for row in rows]
    return pd.concat([empty(), pd.DataFrame(made)]).reset_index(drop=True)


def change_of(context: FigureContext, *rows: dict) -> pd.Series:
    return between(
        figures_of(*rows), context.settings, ["DEP-01"], indicator=RATE, before=BEFORE, after=AFTER
    ).iloc[0]


def levels(before: float, after: float, **more: object) -> list[dict]:
    return [
        {"reference_period": BEFORE, "value": before},
        {"reference_period": AFTER, "value": after, **more},
    ]


def test_a_change_that_nobody_published_is_the_difference_of_the_two_levels(context):
    row = change_of(context, *levels(36.2, 37.4))
    assert (row["change"], row["change_derived"]) == (1.2, "différence des deux niveaux")


@pytest.mark.parametrize("base", ["2024-12", "2024", "2024-12-31"])
def test_the_change_published_for_that_very_pair_is_shown_and_not_computed(context, base):
    row = change_of(context, *levels(36.2, 37.4, change=1.3, compared_to=base))
    assert (row["change"], row["change_derived"], row["change_source"]) == (1.3, "", "one")


@pytest.mark.parametrize("base", ["2023-12", ""])
def test_a_change_published_since_another_date_or_none_is_not_that_of_the_pair(context, base):
    row = change_of(context, *levels(36.2, 37.4, change=9.9, compared_to=base))
    assert (row["change"], row["change_derived"]) == (1.2, "différence des deux niveaux")


def test_a_change_published_without_levels_is_known_and_the_levels_are_not(context):
    row = change_of(context, {"reference_period": AFTER, "change": 2.0, "compared_to": BEFORE})
    assert row["change"] == 2.0 and pd.isna(row["before_value"]) and pd.isna(row["after_value"])


@pytest.mark.parametrize("rows", [[], levels(36.2, NAN), levels(NAN, 37.4)])
def test_with_a_date_missing_there_is_no_change_and_never_zero(context, rows):
    row = change_of(context, *rows)
    assert pd.isna(row["change"]) and row["change_derived"] == "" and not row["still"]


def test_an_uncertain_level_is_not_compared(context):
    assert pd.isna(change_of(context, *levels(36.2, 37.4, uncertain=True))["change"])


@pytest.mark.parametrize(
    ("before", "after", "more", "still"),
    [
        (33.0, 33.0, {}, True),
        (33.0, 33.1, {}, False),
        (33.1, 33.0, {}, False),
        (33.0, 33.4, {"decimals": 0.0}, True),
        (33.0, 33.6, {"decimals": 0.0}, False),
        (33.0, 33.1, {"derived": "moyenne de deux"}, True),
        (33.0, 33.2, {"derived": "moyenne de deux"}, False),
        (33.0, 33.0, {"change": 0.1, "compared_to": BEFORE}, False),
        (33.0, 33.1, {"change": 0.0, "compared_to": BEFORE}, True),
    ],
)
def test_a_change_smaller_than_the_rounding_of_its_levels_is_still(
    context, before, after, more, still
):
    assert bool(change_of(context, *levels(before, after, **more))["still"]) is still


# --- words and classes ---------------------------------------------------------------------------


def test_the_growth_that_paca_published_is_shown_as_published_beside_a_base_that_is_computed(
    context,
):
    rows = two_dates_rows(context, REGIONS).set_index("code")
    assert plain(rows.at["REG-93", "change_text"]) == "+11,1 points"
    assert plain(rows.at["REG-93", "before_text"]) == "environ 11 % †"
    assert "Évolution calculée" not in figure(context, REGIONS, "evolution").note


def test_a_computed_change_carries_the_dagger_and_its_note(context):
    made = figure(context, FRANCE, "evolution")
    row = table_texts(made.table).set_index("Département").loc["La Réunion"]
    assert plain(row["Évolution"]) == "+7,8 points †"
    assert "† Évolution calculée : différence des deux niveaux." in plain(made.note)


def test_the_line_under_the_title_counts_the_dates_and_follows_the_selection(context):
    said = plain(two_dates_text(context, FRANCE.with_fields(highlighted="DEP-974")))
    assert said.startswith(
        "1 département sur 101 a un taux aux deux dates, 12 n’en ont qu’un, 88 aucun."
    )
    assert said.endswith(
        "La Réunion : 19,7 % en décembre 2024, 27,5 % en décembre 2025, +7,8 points †."
    )


def test_the_standing_of_a_territory_that_lacks_a_date_says_so(context):
    said = plain(two_dates_text(context, FRANCE.with_fields(highlighted="DEP-40")))
    assert said.endswith("Landes : non publié en décembre 2024, 41,7 % en décembre 2025.")


@pytest.mark.parametrize(
    "changes",
    [[0.3, 0.4, NAN], [-0.2, 5.5], [2.4, 3.2, 2.5], [4.9, 12.8], [26.1] * 5, [-60.0, 80.0], [0.0]],
)
def test_the_bounds_of_changes_are_round_and_as_far_on_both_sides_of_zero(changes):
    bounds = change_bounds(pd.Series(changes))
    assert bounds == sorted(bounds) and [-bound for bound in reversed(bounds)] == bounds
    assert bounds[len(bounds) // 2] == 0 and all(round(b, 1) == b for b in bounds)


def test_a_change_at_a_bound_is_in_the_class_that_it_opens_and_a_still_one_in_none():
    rows = pd.DataFrame(
        {"change": [-3.0, -0.1, 3.0, 0.0, NAN], "still": [False, False, False, True, False]}
    )
    assert shades(rows, [-3.0, 0.0, 3.0]).tolist()[:4] == [1, 1, 3, 4]
    assert shades(rows, [-3.0, 0.0, 3.0]).isna().tolist() == [False] * 4 + [True]


def with_level(
    context: FigureContext, code: str, reference_period: str, value: float
) -> FigureContext:
    """The same desk where one level is another."""
    rows = context.dataset.observations
    here = (
        (rows["territory"] == code)
        & (rows["indicator"] == RATE)
        & (rows["reference_period"] == reference_period)
    )
    changed = rows.assign(value=rows["value"].mask(here, value))
    return replace(context, dataset=replace(context.dataset, observations=changed))


def test_a_territory_that_did_not_move_is_named_apart_and_takes_no_colour_of_the_scale(fictitious):
    before = two_dates_rows(fictitious, FRANCE).set_index("code").at["DEP-40", "before"]
    made = figure(with_level(fictitious, "DEP-40", AFTER, before), FRANCE, "evolution")
    (still,) = [s for s in made.legend if s.label == "stable : non distinguable de zéro"]
    assert still.count == 1 and still.colour not in palette(fictitious.style.diverging, 8)
    assert "1 département : écart plus petit que l’arrondi des taux" in plain(made.note)
    assert "0 point † (non distinguable de zéro)" in plain(
        table_texts(made.table)["Évolution"].str.cat()
    )


def test_the_legend_of_the_evolution_writes_negative_classes_and_counts_what_is_missing(context):
    legend = {plain(s.label): s.count for s in figure(context, FRANCE, "evolution").legend}
    assert all(count for count in legend.values()) and legend["une des deux dates manque"] == 100
    assert sum(legend.values()) == 101


def test_one_legend_counts_each_class_at_both_dates(context):
    entries = figure(context, FRANCE, "deux-dates").legend
    texts = [plain(entry.text) for entry in entries]
    assert "38 et plus (0 puis 3)" in texts and "non publié (100 puis 88)" in texts
    assert [sum(counts) for counts in zip(*(one.counts for one in entries), strict=True)] == [
        101,
        101,
    ]


def test_the_evolution_speaks_of_no_territory_that_lacks_a_date(context):
    made = figure(context, FRANCE, "evolution")
    assert table_texts(made.table)["Département"].tolist() == ["La Réunion"]
    assert "Pyrénées" not in made.note and "Nouvelle-Aquitaine" not in made.source
    assert "Pyrénées" in figure(context, FRANCE, "deux-dates").note


@every_drawing
def test_both_figures_say_what_they_show_and_where_it_comes_from(context, fictitious, drawing):
    for some, choice in ((context, FRANCE), (context, REGIONS), (fictitious, FRANCE)):
        made = figure(some, choice, drawing)
        assert all(text.endswith(".") for text in (made.lecture, made.champ, made.source, made.alt))
        assert re.fullmatch(r"[a-z0-9_-]+", made.key) and made.fictitious == some.dataset.fictitious
        assert {"before", "after", "change"} <= set(made.table.keys) and len(made.table) > 0


def test_without_shapes_or_any_change_there_is_no_map(context):
    bare = replace(context, shapes=None)
    assert [figure(bare, FRANCE, drawing) for drawing in DRAWINGS] == [None, None]
    assert (
        figure(context, FRANCE.with_fields(compared_to="2025-12", period="2026-03"), "evolution")
        is None
    )
    assert figure(
        context, FRANCE.with_fields(compared_to="2025-12", period="2026-03"), "deux-dates"
    )


# --- specifications ------------------------------------------------------------------------------


@every_drawing
@pytest.mark.parametrize("within", ["FR", "REG-75"])
def test_another_pair_of_dates_changes_the_values_alone(fictitious, drawing, within):
    """Else the browser makes its view anew at each step of the player."""
    choice = FRANCE.with_fields(territory=within)
    specs = [
        figure(fictitious, choice.with_fields(compared_to=first, period=second), drawing).spec
        for first, second in (
            ("2024-12", "2025-12"),
            ("2022-01", "2022-02"),
            ("2023-06", "2026-06"),
        )
    ]
    texts = {json.dumps({**spec, "datasets": None}) for spec in specs}
    assert len(texts) == 1 and specs[0]["datasets"] != specs[1]["datasets"]


def test_the_description_of_a_chart_that_is_played_is_steady(fictitious):
    made = [
        figure(fictitious, FRANCE.with_fields(period=after), drawing).steady_alt
        for drawing in DRAWINGS
        for after in ("2025-01", "2025-12")
    ]
    assert len(set(made)) == 1 and not re.search(r"20\d\d", made[0])


def test_both_maps_have_the_same_colours_at_the_same_bounds(fictitious):
    spec = json.dumps(figure(fictitious, FRANCE, "deux-dates").spec)
    scales = re.findall(r'"scale": (\{"domain": \[1, 2, .*?\})', spec)
    assert len(scales) == 2 and len(set(scales)) == 1


def test_one_selection_hears_both_maps(fictitious):
    params = figure(fictitious, FRANCE, "deux-dates").spec["params"]
    assert len([p for p in params if p["name"] == SELECTION]) == 1


# --- images --------------------------------------------------------------------------------------


@every_drawing
@pytest.mark.parametrize("size", FORMATS)
def test_both_figures_hold_in_every_format(fictitious, drawing, size):
    made = figure(fictitious, FRANCE.with_fields(highlighted="DEP-40"), drawing)
    drawn = image(made, "svg", fictitious.shapes, fictitious.settings.formats[size])
    assert drawn.decode().count('aria-label="Landes') == (2 if drawing == "deux-dates" else 1)


def test_the_maps_are_side_by_side_where_it_is_wide_and_stacked_where_it_is_narrow(fictitious):
    places = {}
    for size in ("170mm", "82mm"):
        drawn = image(
            figure(fictitious, FRANCE, "deux-dates"),
            "svg",
            fictitious.shapes,
            fictitious.settings.formats[size],
        ).decode()
        places[size] = [
            re.search(rf'transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>{date}', drawn)
            for date in (f"décembre{NBSP}2024", f"décembre{NBSP}2025")
        ]
    (left, right), (above, below) = places["170mm"], places["82mm"]
    assert left[2] == right[2] and float(left[1]) < float(right[1])
    assert above[1] == below[1] and float(above[2]) < float(below[2])


@every_drawing
def test_an_image_is_known_again_and_told_from_other_data(context, drawing):
    drawn = image(
        figure(context, FRANCE, drawing), "svg", context.shapes, context.settings.formats["82mm"]
    )
    known = provenance_in(drawn)
    assert (
        known.request["compared_to"] == BEFORE and compare_values(context, known).state == "current"
    )
    assert compare_values(with_level(context, "DEP-974", AFTER, 28.0), known).state == "changed"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"against": ""}, "il manque la première des deux dates"),
        ({"against": "2026-03"}, "doit précéder la seconde"),
        ({"against": "2025"}, "doit précéder la seconde"),
        ({"against": "hier"}, "la période « hier » ne s’écrit pas"),
        ({"territory": "DEP-40"}, "une carte montre la France ou une région"),
        ({"indicator": "documents_deposited"}, "ne se dessine pas en carte"),
    ],
)
def test_a_pair_that_makes_no_sense_is_refused_in_french(context, texts, said):
    usual = {"drawing": "evolution", "indicator": RATE, "period": AFTER, "against": BEFORE}
    with pytest.raises(RequestError) as refused:
        figure_of(context, request_from_texts({**usual, **texts}))
    assert said in str(refused.value)


# --- the page ------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    """A visitor who opens a link."""
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("deux-dates")
    visit.query_params.update(query)
    return visit.run()


def page_text(visit: AppTest) -> str:
    html = [
        re.sub(r"<style>.*?</style>", "", e.proto.body, flags=re.DOTALL)
        for e in visit.main
        if e.type == "html"
    ]
    said = [e.value for e in (*visit.info, *visit.warning, *visit.title)]
    return plain(re.sub(r"<[^>]+>", "\n", "\n".join([*html, *said])))


def pressed(visit: AppTest, label: str) -> AppTest:
    (button,) = [button for button in visit.button if button.label == label]
    return button.click().run()


def test_the_page_opens_on_the_pair_that_most_territories_share():
    visit = opened()
    assert not visit.exception and visit.query_params == {}
    assert [s.value for s in visit.selectbox][-1] == "2023-12"
    assert visit.select_slider[0].value == "2024-12"
    assert "Provence-Alpes-Côte d’Azur" in page_text(visit) and "Grand Est" in page_text(visit)
    assert len(visit.get("vega_lite_chart")) == 2


def test_a_link_holds_both_dates_and_the_territory_outlined():
    query = {"demo": "1", "avant": "2023-06", "apres": "2024-03", "selection": "DEP-33"}
    visit = opened(**query)
    assert not visit.exception and visit.query_params == query
    assert "Gironde : " in page_text(visit) and "entre juin 2023 et mars 2024" in page_text(visit)
    assert visit.select_slider[0].options[0] == f"juillet{NBSP}2023"


@pytest.mark.parametrize("query", [{"apres": "1999"}, {"avant": "<b>"}, {"apres": BEFORE}])
def test_a_link_with_an_impossible_date_falls_back(query):
    visit = opened(**query)
    assert not visit.exception and visit.query_params == {}


def test_with_one_date_the_page_says_that_nothing_can_be_compared():
    visit = opened(region="REG-75")
    assert "Une seule date est connue" in page_text(visit)
    assert "décembre 2025" in page_text(visit) and not visit.get("vega_lite_chart")


def test_without_any_figure_the_page_says_so():
    visit = opened(region="REG-11")
    assert "Aucun taux n’est publié pour ce territoire" in page_text(visit)
    assert not visit.exception and not visit.get("vega_lite_chart")


def test_two_dates_that_share_no_territory_show_their_maps_and_no_evolution():
    visit = opened(territoire="FR", decoupage="departements", avant="2025-12", apres="2026-03")
    assert not visit.exception and len(visit.get("vega_lite_chart")) == 1
    assert "Aucun territoire n’a de chiffre aux deux dates" in page_text(visit)


def test_an_invented_figure_is_said_to_be_in_both_frames():
    assert page_text(opened(demo="1")).count("Données fictives") >= 2


def test_playing_goes_to_the_end_one_period_after_the_other_and_stops():
    visit = pressed(opened(demo="1", apres="2026-03"), "Lire")
    seen = [visit.select_slider[0].value]
    while any(button.label.startswith("Arrêter") for button in visit.button):
        seen.append(visit.run().select_slider[0].value)
    assert seen[:3] == ["2026-04", "2026-05", "2026-06"] and set(seen[3:]) <= {"2026-06"}
    assert any(button.label == "Lire" for button in visit.button) and not visit.exception


def test_playing_again_from_the_end_starts_over():
    visit = pressed(opened(demo="1", avant="2026-02"), "Lire")
    assert visit.select_slider[0].value == "2026-04"


def test_stopping_stays_at_the_period_shown_and_writes_it_in_the_address():
    visit = pressed(opened(demo="1", apres="2025-09"), "Lire")
    assert visit.query_params["apres"] == "2025-09"  # a step of the Back button for each otherwise
    pressed(visit, "Arrêter (Échap)")
    assert visit.query_params["apres"] == visit.select_slider[0].value == "2025-10"


def test_moving_the_slider_by_hand_stops_the_playing():
    visit = pressed(opened(demo="1", apres="2025-09"), "Lire")
    visit.select_slider[0].set_value("2026-01").run()
    assert visit.select_slider[0].value == "2026-01"
    assert not any(button.label.startswith("Arrêter") for button in visit.button)


def test_nothing_plays_on_a_page_that_one_comes_back_to():
    visit = pressed(opened(demo="1", apres="2025-09"), "Lire")
    for address in ("carte", "deux-dates"):
        visit._page_hash = calc_hash(address)
        visit.run()
    assert any(button.label == "Lire" for button in visit.button)
