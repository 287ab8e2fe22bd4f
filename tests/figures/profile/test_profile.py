"""The portrait of a territory: what it says, its drawings in every format, its page."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from contexts import unlike_territories
from pptx import Presentation

from atlas.export.image import image
from atlas.export.provenance import provenance_in
from atlas.export.slides import slides
from atlas.export.value_comparison import compare_values
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.common.series_colours import pale
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.options import territories_with_figures
from atlas.figures.profile.options import portrait_start, portrait_territories
from atlas.figures.profile.peer_group import peer_group
from atlas.figures.profile.profile import Profile, profile_of
from atlas.figures.profile.request import PeerBarsRequest, ProfileRequest, StripRequest
from atlas.figures.profile.strip_chart import LETTER_PX, WIDTHS_PX, strip
from atlas.figures.profile.strip_layout import DOT_SPACING_PX, lanes_of, rows_of
from atlas.figures.registry import figure_of, request_from_texts
from atlas.french import table_texts
from atlas.publications.publication import dossier_publication
from atlas.territories import CODE_SEPARATOR

RATE, NBSP, END = "activation_rate", "\u00a0", "2025-12"
LANDES = StripRequest(indicator=RATE, territory="DEP-40", period=END, peers="voisins")
LANDES_BARS = PeerBarsRequest(indicator=RATE, territory="DEP-40", period=END, peers="voisins")
FORMATS = ["170mm", "82mm", "a4-paysage", "diapositive", "carre-1080", "lien-1200x630"]
#: Those that are hard to lay out: many neighbours, few dots, long names, two dots.
DRAWN = {
    "landes": (LANDES, False),
    "seine-et-marne": (LANDES.with_fields(territory="DEP-77"), True),
    "paca": (LANDES.with_fields(territory="REG-93"), True),
    "haute-corse": (LANDES.with_fields(territory="DEP-2B", period="2026-03"), False),
    "barres": (LANDES_BARS.with_fields(peers="population"), False),
    "barres de 12": (LANDES_BARS.with_fields(territory="DEP-77"), True),
    "couloirs": (
        CorridorsRequest(indicator="documents_deposited", territory="REG-93+FR", period="2024"),
        False,
    ),
    "couloirs de Paris": (
        CorridorsRequest(indicator="documents_deposited", territory="DEP-75+FR", period="2025"),
        True,
    ),
}
every_drawing = pytest.mark.parametrize("name", DRAWN)


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def profile_figure(
    context: FigureContext, request: ProfileRequest = LANDES, **changes: str
) -> Figure:
    figure = figure_of(context, request.with_fields(**changes))
    assert figure is not None
    return figure


def profile_of_territory(
    context: FigureContext,
    code: str,
    reference_period: str = "",
    indicator: str = RATE,
    chosen: tuple[str, ...] = (),
    **more: str,
) -> Profile:
    request = StripRequest(
        indicator=indicator,
        territory=CODE_SEPARATOR.join([code, *chosen]),
        period=reference_period or portrait_start(context, code, indicator),
        **more,
    )
    return profile_of(context, request)


def facts(shown: Profile) -> dict[str, str]:
    return {fact.label: plain(fact.value) for fact in shown.facts}


def lacking(shown: Profile) -> dict[str, str]:
    """Why there is none of each figure that the territory should have."""
    return {fact.label: plain(fact.note) for fact in shown.facts if fact.absent}


# --- the figures in large ------------------------------------------------------------------------


def test_thirteen_departements_of_101_bear_no_rank(context):
    shown = profile_of_territory(context, "DEP-40")
    assert facts(shown) == {
        "Taux d’activation": "41,7 %",
        "Rang parmi les départements": "sans rang",
        "Écart à la France": "+8,1 points",
        "Évolution": "+3 points",
    }
    assert lacking(shown)["Rang parmi les départements"] == (
        "12 départements sur 101 ont publié ce taux, 1 est calculé."
    )
    assert shown.strip.title.startswith("Taux d’activation, Landes parmi 13 départements sur 101")
    assert "13 départements sur 101" in shown.strip.champ and "rank" not in shown.strip.table


def test_the_rank_that_a_source_prints_is_the_one_that_is_given_on_the_image_too(context):
    shown = profile_of_territory(context, "REG-75")
    (rank,) = [fact for fact in shown.facts if fact.label.startswith("Rang")]
    assert (rank.value, rank.lines) == ("2ᵉ", ("rang publié",))
    assert rank.note.startswith("Rang publié : 2ᵉ (régions françaises), d’après l’ARS Nouvelle-A")
    said = "3 régions sur 18 ont publié ce taux ; 2ᵉ région, selon l’ARS Nouvelle-Aquitaine"
    assert plain(shown.strip.subtitle).endswith(said) and said in plain(shown.strip.alt)


def test_the_nation_beside_the_end_of_2024_is_that_of_february_2025(context):
    shown = profile_of_territory(context, "REG-93", "2024-12")
    (gap,) = [fact for fact in shown.facts if fact.label.startswith("Écart")]
    assert plain(gap.value) == "−2,6 points"
    assert plain(gap.lines[0]) == "France : 24,7 %, février 2025"
    assert f"France (février{NBSP}2025)" in shown.strip.table["territory"].cells
    assert "24,7 % en février 2025" in plain(shown.strip.lecture)


def test_equal_rates_are_ex_aequo(fictitious):
    said = profile_figure(fictitious, territory="DEP-77").subtitle
    assert plain(said).endswith(
        "82ᵉ ex æquo sur les 101 départements ; entre le 82ᵉ et le 83ᵉ rang, "
        "compte tenu des arrondis"
    )


def test_a_computed_value_says_how_it_was_computed(context):
    shown = profile_of_territory(context, "DEP-64")
    assert plain(facts(shown)["Taux d’activation"]) == "entre 35,5 et 39,0 % †"
    assert plain(shown.facts[0].state) == (
        "Calculé : entre 35,5 % (CPAM de Pau) et 39,0 % (CPAM de Bayonne), sans poids publié"
    )
    assert plain(facts(shown)["Écart à la France"]) == "entre +1,9 et +5,4 points"


def test_no_gap_is_made_of_values_that_are_not_exact(context):
    """« plus de 20 % » and « plus de 20 % » are not 0 point apart."""
    shown = profile_of_territory(context, "REG-44", indicator="connected_share")
    assert facts(shown) == {
        "Part des usagers s’étant déjà connectés": "plus d’1 usager sur 5",
        "Rang parmi les régions": "sans rang",
        "Écart à la France": "sans écart",
        "Évolution": "non publiée",
    }
    assert lacking(shown)["Écart à la France"] == (
        "France : plus d’1 usager sur 5. Des chiffres approximatifs ne se soustraient pas."
    )


def test_a_rank_among_rough_values_is_said_to_be_rough(fictitious):
    rows = fictitious.dataset.observations.copy()
    rows.loc[(rows["territory"] == "REG-94") & (rows["indicator"] == RATE), "qualifier"] = "about"
    rough = replace(fictitious, dataset=replace(fictitious.dataset, observations=rows))
    (rank,) = [
        fact
        for fact in profile_of_territory(rough, "REG-75").facts
        if fact.label.startswith("Rang")
    ]
    assert rank.state == "Rang indicatif : des valeurs sont approximatives"


# --- what is missing is said ---------------------------------------------------------------------


def test_the_vosges_have_no_rate_and_their_region_has_one(context):
    shown = profile_of_territory(context, "DEP-88")
    assert facts(shown) == {"Taux d’activation": "non publié"}
    assert plain(shown.remarks[0]) == (
        "Aucun taux publié dans les Vosges pour décembre 2025 (taux d’activation) ; la région "
        "Grand Est en publie un : 22,8 %, décembre 2024 ; la France en publie un : 33,6 %, "
        "décembre 2025."
    )
    assert shown.strip is not None and shown.bars is None and shown.curve is not None


def test_corse_alone_in_march_has_no_rank_and_is_beside_the_nation_of_december(context):
    shown = profile_of_territory(context, "REG-94")
    assert shown.remarks == () and lacking(shown) == {
        "Rang parmi les régions": "1 région sur 18 a publié ce taux.",
        "Évolution": "Ni évolution publiée, ni chiffre un an plus tôt.",
    }
    (gap,) = [fact for fact in shown.facts if fact.label.startswith("Écart")]
    assert plain(gap.lines[0]) == "France : 33,6 %, décembre 2025"


def test_without_a_near_value_the_nation_is_said_not_to_be_comparable(context):
    rows = context.dataset.observations
    old = context.dataset.observations[~((rows["territory"] == "FR") & (rows["indicator"] == RATE))]
    alone = replace(context, dataset=replace(context.dataset, observations=old))
    assert lacking(profile_of_territory(alone, "REG-94"))["Écart à la France"] == (
        "Pas de valeur nationale comparable."
    )


def test_a_territory_and_the_nation_have_one_colour_each_on_the_whole_page(fictitious):
    both = (fictitious.style.accent, fictitious.style.ink)
    for code, name in (("DEP-40", "Landes"), ("REG-75", "Nouvelle-Aquitaine")):
        shown = profile_of_territory(fictitious, code, END, peers="voisins")
        for figure in (shown.curve, shown.corridors):
            swatches = {one.label.partition(",")[0]: one.colour for one in figure.legend}
            assert (swatches[name], swatches["France"]) == both
        (bars,) = shown.bars.spec["datasets"].values()
        colours = {row["name"]: row["colour"] for row in bars}
        assert (colours[name], colours["France"]) == both
        assert (shown.strip.legend[0].label, shown.strip.legend[0].colour) == (name, both[0])
        for plot in (shown.strip.native, shown.bars.native):
            slide = dict(zip(plot.categories, plot.series[0].colours, strict=True))
            assert (slide[name], slide["France"]) == both


def test_corridors_of_a_territory_alone_keep_their_colours_and_the_base_year_is_paler(context):
    figure = profile_of_territory(context, "REG-94").corridors
    own = [
        context.settings.corridors[key].colour.lower() for key in figure.table["corridor"].cell_keys
    ]
    now, before = (series.colours for series in figure.native.series)
    assert list(now) == own and list(before) == [pale(context, colour) for colour in own]
    assert [entry.label for entry in figure.legend] == ["2025", "2024"]


def test_a_territory_that_lacks_a_rate_says_which_others_it_has(context):
    assert (
        "Autres indicateurs de ce territoire : Part des dossiers alimentés."
        in profile_of_territory(context, "DEP-54").remarks
    )


def test_every_sort_of_territory_has_a_portrait_at_its_start(context):
    known = set(territories_with_figures(context))
    without = {"REG-24", "REG-01", "DEP-75", "DEP-59", "DEP-976"}  # as the others that lack all
    offered = portrait_territories(context)
    assert without <= set(offered) - known
    for code in unlike_territories(context, [code for code in offered if code in known | without]):
        shown = profile_of_territory(context, code)
        assert shown.facts and (shown.strip or shown.curve)
        assert not shown.facts[0].value.startswith("non") or shown.remarks


def test_the_fictitious_set_fills_every_portrait(fictitious):
    for code in ("FR", "REG-11", "DEP-976", "REG-04", "DEP-2A"):
        shown = profile_of_territory(fictitious, code, peers="" if code == "FR" else "population")
        figures = (shown.strip, shown.bars, shown.curve, shown.corridors)
        assert all(figure and figure.fictitious for figure in figures)
        assert shown.remarks == () and shown.corridor_remark == "" and lacking(shown) == {}
        assert "publié" not in " ".join([shown.context, *(f.subtitle for f in figures)])


def test_a_region_of_one_departement_is_named_once(context, fictitious):
    for some in (context, fictitious):
        for request in (
            LANDES_BARS.with_fields(territory="DEP-974", peers=""),
            LANDES_BARS.with_fields(territory="REG-04", peers=""),
        ):
            table = figure_of(some, request).table
            assert list(table["territory"].cells) == ["France", "La Réunion"]
    assert profile_of_territory(context, "DEP-974").curve.subtitle.endswith("La Réunion et France")


def test_a_portrait_opens_on_the_latest_figure_of_its_territory(context):
    starts = {
        code: portrait_start(context, code, RATE)
        for code in ("DEP-40", "REG-94", "REG-93", "DEP-88", "FR")
    }
    assert starts == {
        "DEP-40": END,
        "REG-94": "2026-03",
        "REG-93": "2024-12",
        "DEP-88": END,
        "FR": END,
    }


# --- corridors against the nation ----------------------------------------------------------------


def test_corridors_stand_beside_the_nation_where_both_publish_them(context):
    figure = profile_of_territory(context, "REG-93").corridors
    assert (figure.request.territory, figure.request.period) == ("REG-93+FR", "2024")
    table = table_texts(figure.table)
    rows = table.set_index(["Territoire", "Couloir"])["Part du total"].map(plain)
    assert rows["Provence-Alpes-Côte d’Azur", "Biologie"] == "33 % †"
    assert rows["France", "Biologie"] == "39 % †" and rows["France", "ESMS"] == "non publié"
    assert "25 052 377 documents" in plain(figure.note)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "REG-94",
            "Aucun chiffre national comparable n’est publié par couloir pour 2025 : le "
            "territoire est montré seul.",
        ),
        (
            "DEP-40",
            "Aucun chiffre par couloir n’est publié dans les Landes ; la région "
            "Nouvelle-Aquitaine en publie.",
        ),
        ("DEP-88", "Aucun chiffre par couloir n’est publié dans les Vosges."),
        ("REG-93", ""),
        ("FR", ""),
    ],
)
def test_what_corridors_lack_is_said(context, code, said):
    assert plain(profile_of_territory(context, code).corridor_remark) == said


def test_a_departement_that_is_a_region_has_its_corridors(context):
    figure = profile_of_territory(context, "DEP-974").corridors
    assert figure.title.startswith("Répartition des documents par couloir, La Réunion")


def test_shares_that_are_published_come_before_those_that_are_computed(fictitious):
    assert (
        profile_of_territory(fictitious, "REG-11").corridors.request.indicator == "documents_share"
    )
    computed = profile_of_territory(fictitious, "DEP-75").corridors
    assert computed.request.indicator == "documents_deposited"
    assert computed.note.startswith("† Valeur calculée")


def test_computed_shares_of_a_territory_add_up_to_one_hundred(fictitious):
    numbers = profile_of_territory(fictitious, "DEP-75").corridors.table["level"].numbers
    assert [sum(numbers[:6]), sum(numbers[6:])] == pytest.approx([100, 100], abs=0.3)


# --- who it is compared with ---------------------------------------------------------------------


def test_company_is_the_neighbours_the_nearest_or_the_chosen(context):
    assert peer_group(context, "DEP-40", "voisins").codes == (
        "DEP-32",
        "DEP-33",
        "DEP-47",
        "DEP-64",
    )
    assert peer_group(context, "DEP-40", "population").codes[0] == "DEP-28"
    assert peer_group(context, "DEP-40", "", ("DEP-01",)).codes == ("DEP-01",)
    assert peer_group(context, "REG-93", "voisins").title == "régions voisines"


def test_an_island_has_no_neighbour_and_is_compared_with_the_nation(context):
    assert peer_group(context, "REG-04", "voisins").codes == ()
    figure = figure_of(context, LANDES_BARS.with_fields(territory="REG-04"))
    assert figure.subtitle == f"Taux d’activation, La Réunion et France, décembre{NBSP}2025"


def test_near_populations_are_told_with_their_year_and_source(context):
    figure = profile_figure(context, LANDES_BARS, peers="population")
    assert "Population (Insee, 1ᵉʳ janvier 2024) : Landes, 434 933 ; Eure-et-Loir, 430 422" in (
        plain(figure.note)
    )
    assert "Population (Insee, 1ᵉʳ janvier 2024)" in [
        plain(column.heading) for column in figure.table.columns
    ]


def test_those_who_publish_nothing_are_named(context):
    figure = profile_figure(context)
    assert figure.note.startswith("Sans chiffre publié pour cette période : Gers.")
    row = table_texts(figure.table).set_index("Territoire").loc["Gers"]
    assert (row["Taux d’activation"], row["Origine"]) == ("non publié", "non publié")


@pytest.mark.parametrize(
    ("code", "peers", "chosen", "said"),
    [
        (
            "REG-94",
            "voisins",
            (),
            "Sans voisin terrestre en France : la comparaison est avec la France seule.",
        ),
        (
            "DEP-88",
            "voisins",
            (),
            "Aucun de ces territoires n’a de taux publié pour décembre 2025 : pas de comparaison.",
        ),
        (
            "DEP-88",
            "",
            ("DEP-01",),
            "Ce territoire n’a pas de taux publié pour décembre 2025 : pas de comparaison.",
        ),
        ("DEP-40", "voisins", (), ""),
        ("DEP-88", "", (), ""),
        ("FR", "", (), ""),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(context, code, peers, chosen, said):
    assert (
        plain(profile_of_territory(context, code, END, peers=peers, chosen=chosen).bars_remark)
        == said
    )


def test_without_outlines_nobody_is_said_to_have_no_neighbour(context):
    shown = profile_of_territory(replace(context, shapes=None), "DEP-40", END, peers="voisins")
    assert shown.bars_remark == (
        "Les contours ne sont pas disponibles : les voisins ne sont pas connus."
    )


# --- the strip -----------------------------------------------------------------------------------


def strip_rows(context: FigureContext, **changes: str) -> pd.DataFrame:
    (rows,) = profile_figure(context, **changes).spec["datasets"].values()
    return pd.DataFrame(rows)


def test_every_territory_with_a_value_is_a_dot_and_the_nation_a_line(context, fictitious):
    for some, count in ((context, 13), (fictitious, 101)):
        roles = strip_rows(some)["role"].value_counts()
        assert (roles["own"], roles["nation"]) == (1, 1)
        assert roles["other"] + roles["peer"] == count - 1


def placed(context: FigureContext, place: int, **changes: str) -> pd.DataFrame:
    """Each dot with its pixels at one of the widths that it is set for."""
    rows, width = strip_rows(context, **changes), WIDTHS_PX[place]
    low, high = rows["value"].min(), rows["value"].max()
    margin = 0.04 * (high - low)
    x = (rows["value"] - low + margin) / (high - low + 2 * margin) * width
    return rows.assign(
        x=x, row=rows[f"row{place}"], lane=rows[f"lane{place}"], side=rows[f"side{place}"]
    )


@pytest.mark.parametrize("place", range(len(WIDTHS_PX)))
@pytest.mark.parametrize("code", ["DEP-77", "REG-93", "DEP-976"])
def test_no_dot_hides_another(fictitious, code, place):
    rows = placed(fictitious, place, territory=code)
    for _, row in rows[rows["role"] != "nation"].groupby("row"):
        assert (row["x"].sort_values().diff().dropna() >= DOT_SPACING_PX - 1e-6).all()


@pytest.mark.parametrize("place", range(len(WIDTHS_PX)))
@pytest.mark.parametrize("code", ["DEP-77", "REG-93", "DEP-49", "REG-27"])
def test_no_name_covers_another_and_none_leaves_the_drawing(fictitious, code, place):
    rows = placed(fictitious, place, territory=code)
    spans = [_span(row, WIDTHS_PX[place]) for row in rows[rows["role"] != "other"].itertuples()]
    assert all(left >= 0 and right <= WIDTHS_PX[place] for _, left, right in spans)
    for (lane, left, right), (other, start, end) in itertools.combinations(spans, 2):
        assert lane != other or right < start or end < left


def _span(row, width: float) -> tuple[int, float, float]:
    """Lane, left and right of a name, as the browser places it."""
    long = len(row.label) * LETTER_PX
    if row.side > 0:
        left = min(row.x + 4, width - long)
        return row.lane, left, left + long
    right = max(row.x - 4, long)
    return row.lane, right - long, right


def test_dots_far_apart_share_a_row_and_equal_ones_do_not():
    assert rows_of([10, 100, 10, 10.0], pd.Series(["own", "other", "peer", "nation"])) == [
        0,
        0,
        1,
        0,
    ]


def test_a_name_alone_is_on_the_first_lane_on_the_side_that_has_room():
    roles, long = pd.Series(["own", "other"]), pd.Series([100.0, 50.0])
    assert lanes_of([20, 40], long, roles, 265) == [(0, 1), (0, 1)]
    assert lanes_of([250, 40], long, roles, 265) == [(0, -1), (0, 1)]


def test_the_strip_is_strict_json_and_leaves_its_frame_alone(context):
    rows = pd.DataFrame(
        {
            "name": ["Landes", "France"],
            "value": [41.7, 33.6],
            "text": ["41,7 %", "33,6 %"],
            "detail": ["publié", "publié"],
            "role": ["own", "nation"],
        }
    )
    given = rows.copy(deep=True)
    colours = (context.style.primary, context.style.accent, context.style.ink)
    spec = to_spec(
        strip(given, style=context.style, axis=f"{NBSP}%", colours=colours), context.style
    )
    pd.testing.assert_frame_equal(given, rows)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_without_two_values_there_is_no_drawing(context):
    rows = context.dataset.observations
    without_nation = replace(context.dataset, observations=rows[rows["territory"] != "FR"])
    for request in (LANDES, LANDES_BARS):
        alone = request.with_fields(territory="REG-94", period="2026-03")
        assert figure_of(replace(context, dataset=without_nation), alone) is None


def test_a_territory_alone_of_its_kind_is_drawn_beside_the_nation_without_a_crowd(context):
    alone = figure_of(context, LANDES.with_fields(territory="REG-94", period="2026-03"))
    assert plain(alone.subtitle).startswith("Taux d’activation, Corse (1 région sur 18), mars 2026")


# --- asked for, exported, verified ---------------------------------------------------------------


@every_drawing
def test_a_drawing_says_all_that_goes_under_a_public_figure(context, fictitious, name):
    request, demo = DRAWN[name]
    figure = figure_of(fictitious if demo else context, request)
    assert re.fullmatch(r"[a-z0-9_-]+", figure.key)
    for text in (figure.alt, figure.lecture, figure.champ, figure.source):
        assert text.endswith(".")
    assert figure.native and any(column.is_numeric for column in figure.table.columns)


@every_drawing
@pytest.mark.parametrize("size", FORMATS)
def test_a_drawing_is_laid_out_in_every_format(context, fictitious, name, size):
    """The export looks for texts that are small, cut, missing or one over the other."""
    request, demo = DRAWN[name]
    some = fictitious if demo else context
    content = image(figure_of(some, request), "svg", some.shapes, some.settings.formats[size])
    assert content.startswith(b"<?xml")


@pytest.mark.parametrize("name", ["landes", "barres", "couloirs"])
def test_an_image_tells_how_to_make_it_again_and_whether_it_is_current(context, name):
    figure = figure_of(context, DRAWN[name][0])
    content = image(figure, "png", context.shapes, context.settings.formats["82mm"])
    known = provenance_in(content)
    assert request_from_texts(known.request) == DRAWN[name][0]
    assert compare_values(context, known).state == "current"


def test_a_slide_paints_the_bar_of_the_territory_apart(context):
    start = dossier_publication(context, "corse-2026")
    section = replace(
        start.sections[0],
        title="",
        text="",
        cards=(),
        milestones=(),
        table=None,
        figure=profile_figure(context),
        absent=(),
    )
    made = slides(
        replace(start, sections=(section,)),
        context.settings.brand,
        template=context.templates.slides,
        drawing=lambda figure, size: b"",
        logo=None,
        embargo="",
        date=dt.date(2027, 1, 30),
    )
    (chart,) = [
        shape.chart
        for slide in Presentation(io.BytesIO(made)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    bars, names = chart.plots[0].series[0], list(chart.plots[0].categories)
    painted = {
        name: str(bars.points[place].format.fill.fore_color.rgb)
        for place, name in enumerate(names)
        if bars.points[place].format.fill.type is not None
    }
    accent, ink = (colour[1:].upper() for colour in (context.style.accent, context.style.ink))
    assert painted["Landes"] == accent and painted["France"] == ink
    assert accent not in {shade for name, shade in painted.items() if name != "Landes"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"territory": "CPAM-401"}, "un portrait montre la France, une région ou un département"),
        ({"territory": "DEP-40+REG-75"}, "un territoire se compare à d’autres de même nature"),
        ({"indicator": "activated_profiles"}, "n’est pas un taux"),
        ({"period": "décembre"}, "la période « décembre » ne s’écrit pas"),
        ({"territory": "DEP-99"}, "le territoire « DEP-99 » n’existe pas"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_french(context, changes, said):
    with pytest.raises(RequestError, match=said):
        figure_of(context, LANDES.with_fields(**changes))


def test_an_unknown_company_is_refused_with_those_that_are_known():
    with pytest.raises(RequestError, match="« amis » est inconnu ; au choix : voisins, population"):
        request_from_texts({**LANDES.as_texts(), "peers": "amis"})


def test_corridors_of_territories_that_share_a_name_are_told_apart(fictitious):
    figure = figure_of(
        fictitious,
        CorridorsRequest(
            indicator="documents_deposited", territory="REG-04+DEP-974", period="2025"
        ),
    )
    names = ["La Réunion (région)", "La Réunion (974)"]
    assert [series.name for series in figure.native.series] == names
    assert list(dict.fromkeys(figure.table["territory"].cells)) == names
