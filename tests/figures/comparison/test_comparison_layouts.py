"""Each layout of a comparison: complete, drawn in each format, and what it says."""

from __future__ import annotations

import re

import pytest
from comparison_cases import (
    CORRIDORS,
    DOCUMENTS,
    REQUESTS,
    figure_of_changed_page,
    plain,
    request,
    texts_of,
)
from made_once import cached_figure

from atlas.export.image import ExportError, image
from atlas.export.provenance import provenance_in
from atlas.export.value_comparison import compare_values
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.layouts import LAYOUTS
from atlas.figures.comparison.maps import map_extent
from atlas.figures.comparison.selection import codes_of
from atlas.figures.registry import figure_of, request_from_texts
from atlas.settings import PAIRED
from atlas.ui.bar_table import bar_table

FORMATS = ["170mm", "82mm", "a4-paysage", "diapositive", "carre-1080", "lien-1200x630"]
every_layout = pytest.mark.parametrize("name", REQUESTS)


@every_layout
def test_the_figure_of_a_layout_is_complete(context, name):
    figure = cached_figure(context, REQUESTS[name])
    assert all([figure.title, figure.lecture, figure.champ, figure.source, figure.sources])
    assert figure.alt.endswith(".") and len(figure.table)
    assert figure.native is None if name.startswith("maps") else figure.native.series
    assert figure.key == figure.key.lower() and not re.search("[^a-z0-9_-]", figure.key)
    assert any(column.is_numeric for column in figure.table.columns)


@every_layout
def test_the_figure_of_a_layout_can_be_made_again_from_what_it_carries(context, name):
    figure = cached_figure(context, REQUESTS[name])
    again = figure_of(context, request_from_texts(figure.request.as_texts()))
    assert (again.digest, again.spec) == (figure.digest, figure.spec)


# Every other format for each layout, in turn: each format draws half of the layouts here, and the
# comparisons that are shipped in tests/export/test_images.py.
@pytest.mark.parametrize(
    "name, size",
    [(name, size) for place, name in enumerate(REQUESTS) for size in FORMATS[place % 2 :: 2]],
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
            **({} if layout == "bars" else {"compared_to": "2024-12"}),
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
    verdict = compare_values(context, provenance_in(drawn))
    assert verdict.state == "current" and verdict.figure.request == figure.request


def test_dots_name_who_lacks_a_date_and_draw_one_dot_for_it(context):
    figure = cached_figure(context, request())
    (rows,) = figure.spec["datasets"].values()
    before = {each["name"]: each["before"] for each in rows}
    assert before["La Réunion"] == 19.7 and before["France"] is None
    assert "Corse, France et Nouvelle-Aquitaine : valeurs de décembre 2024 non publiées." in plain(
        figure.note
    )


def test_a_slope_draws_those_with_both_dates_and_names_the_others(context):
    figure = cached_figure(context, REQUESTS["slope"])
    assert list(texts_of(figure)["Territoire"]) == ["Grand Est", "Provence-Alpes-Côte d’Azur"]
    assert "La Réunion : valeur de décembre 2023 non publiée." in plain(figure.note)
    svg = image(figure, "svg", None, context.settings.formats["82mm"]).decode()
    assert ">Grand Est</text>" in svg and ">22,8\u00a0%</text>" in svg


def test_the_lines_of_a_slope_start_and_end_at_their_values(fictitious):
    figure = cached_figure(fictitious, request(layout="slope", territories="FR+regions"))
    (rows,) = figure.spec["datasets"].values()
    table = texts_of(figure).set_index("Territoire")
    assert all(
        plain(f"{each['value']:.1f}".replace(".", ",")) + " %"
        == plain(table.at[each["name"], "Décembre\u00a02025"])
        for each in rows
    )
    gaps = sorted(each["at"] for each in rows)
    assert min(b - a for a, b in zip(gaps, gaps[1:], strict=False)) > 0


def test_small_multiples_say_on_the_figure_whether_lengths_compare(context):
    shared = cached_figure(context, request(CORRIDORS, DOCUMENTS))
    free = cached_figure(context, request(CORRIDORS, DOCUMENTS, scales="free"))
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
        tuple(map(plain, line[:2])): plain(line[2])
        for line in texts_of(figure).itertuples(index=False)
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
    figure = figure_of_changed_page(context, layout="bars", measure="change", compared_to=None)
    assert list(figure.native.categories) == ["La Réunion"]
    assert plain(figure.native.series[0].labels[0]) == "+7,8 points †"
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
        dates |= {"compared_to": "2018-12"} if layout in PAIRED else {}
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
    assert "non publié (16 puis 15)" in [entry.text for entry in figure.legend]


def test_on_two_maps_what_is_not_compared_is_told_from_what_is_not_published(context):
    figure = cached_figure(context, REQUESTS["maps of some"])
    assert len(colours(figure)) == len(figure.table) == 3
    assert [(each.text, each.hatched) for each in figure.legend[-2:]] == [
        ("non publié (2 puis 0)", True),
        ("hors de la comparaison", False),
    ]
    assert "La France entière n’est pas dessinée." in figure.note
    drawn = image(figure, "svg", context.shapes, context.settings.formats["170mm"]).decode()
    assert drawn.count("décembre 2024 (") == 0 and "(avant) : 19,7" in plain(drawn)


@pytest.mark.parametrize(
    ("territories", "level", "territory", "count"),
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
    context, territories, level, territory, count
):
    found = map_extent(context, codes_of(context, territories.split("+")))
    assert (found.level, found.territory, len(found.codes)) == (level, territory, count)


def test_bars_in_the_cells_of_a_drawn_table_are_as_long_as_their_values(context):
    figure = cached_figure(context, request(layout="table", territories="FR+REG-04+REG-11"))
    rows = {
        each["name"]: each["share"]
        for table in figure.spec["datasets"].values()
        for each in table
        if "share" in each
    }
    assert rows == {"France": 1.0, "La Réunion": pytest.approx(27.5 / 33.6), "Île-de-France": None}


def test_the_table_has_a_bar_for_each_value_and_none_for_a_missing_one(context):
    figure = cached_figure(context, request(layout="table", territories="FR+REG-04+REG-11"))
    html = bar_table(figure, "#2f47b0")
    parts = [float(part) for part in re.findall(r"--part:([\d.]+)", html)]
    assert parts == [1.0, pytest.approx(27.5 / 33.6, abs=1e-3)]
    assert html.count('<th scope="row">') == 3 and html.count("non publié") == 3
