"""Figures on slides: maps of shapes to be coloured anew, native charts that PowerPoint can edit."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pptx.enum.dml import MSO_FILL
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from slides_cases import (
    LONG,
    SVG,
    A,
    C,
    alt,
    charts,
    drawings,
    every_publication,
    font,
    in_order,
    labels,
    notes,
    plain,
    slide_text,
    values,
)

from atlas.export.image import DrawingStopped, ExportError
from atlas.export.slides.remarks import SEE_NOTES
from atlas.figures.comparison.texts import NOT_FROM_ZERO
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.map.request import RankingRequest
from atlas.figures.registry import figure_of
from atlas.publications.publication import Section

OVER_TIME = CorridorsRequest(indicator="documents_deposited", territory="REG-75", view="evolution")


@every_publication
def test_every_figure_has_its_slide_and_no_slide_has_two(printer, name):
    assert all(len(drawings(slide)) <= 1 for slide in printer.slides(name))
    for figure, found in in_order(printer, name):
        assert found and all(
            plain(slide.shapes.title.text_frame.text).startswith(plain(figure.title))
            for slide in found
        ), figure.key
        assert all((drawings(slide)[0].has_chart) == (figure.native is not None) for slide in found)


@every_publication
def test_every_figure_carries_its_caption_on_the_slide_and_in_the_notes(printer, name):
    for figure, found in in_order(printer, name):
        for slide in found:
            for line, text in figure.caption:
                said = text if figure.native is None else text.replace(f"{NOT_FROM_ZERO} ", "")
                assert plain(f"{line} : {said}") in notes(slide)
            assert plain(f"Texte de remplacement : {figure.alt}") in notes(slide)
            words = slide_text(slide)
            assert plain(figure.source) in words and plain(figure.subtitle) in words
            assert plain(figure.lecture) in words and plain(figure.champ) in words
            assert ("sans valeur statistique." in words) == figure.fictitious


@every_publication
def test_a_slide_says_of_the_note_what_its_images_say_and_no_more(printer, name):
    for figure, found in in_order(printer, name):
        brief = dict(line for paragraph in figure.brief_caption for line in paragraph)
        said = brief.get("Champ", "").removeprefix(figure.champ).replace(NOT_FROM_ZERO, "")
        for slide in found:
            (source,) = [shape for shape in slide.shapes if shape.name == "Source"]
            text = plain(source.text_frame.text)
            assert plain(" ".join(said.split(" "))).strip() in text or SEE_NOTES in text
            assert len(figure.note) < 200 or plain(figure.note) not in slide_text(slide)


def test_a_note_too_long_for_the_slide_sends_to_the_page_of_notes(printer):
    for figure, (slide, *_) in in_order(printer, "longueurs"):
        assert plain(figure.note) in notes(slide)
        assert plain(figure.note) not in slide_text(slide)
    bare = replace(figure, brief_caption=(), note=LONG * 12)
    (slide, *_) = printer.of(Section(figure=bare))
    assert "Note : voir les commentaires de la diapositive." in slide_text(slide)


@every_publication
def test_everything_that_is_not_text_is_described(printer, name):
    for slide in printer.slides(name):
        for shape in slide.shapes:
            if not shape.has_text_frame:
                assert re.search(r"[a-zéè]{3,} ", alt(shape)), shape.name
                assert shape.name in ("Carte", "Graphique", "Tableau", "Logo")


@every_publication
def test_a_drawing_is_described_by_the_words_of_its_figure(printer, name):
    for figure, found in in_order(printer, name):
        for slide in found:
            assert alt(drawings(slide)[0]).startswith(figure.alt)


def map_slide(printer):
    (slide,) = [
        slide
        for figure, (slide, *_) in in_order(printer, "nouvelle-aquitaine-2026")
        if figure.native is None
    ]
    return slide


def test_a_map_is_a_group_of_shapes_that_are_coloured_anew(printer):
    (drawn,) = drawings(map_slide(printer))
    landes, *others = [shape for shape in drawn.shapes if shape.shape_type.name == "FREEFORM"]
    assert landes.name == "Landes" and alt(landes) == "Landes : 41,7 %"
    assert str(landes.fill.fore_color.rgb) == "2F47B0" and str(landes.line.color.rgb) == "FFFFFF"
    assert [
        str(other.fill.fore_color.rgb) for other in others if other.fill.type == MSO_FILL.SOLID
    ] == ["AABBCC"]
    assert others[0]._element.xpath(".//a:solidFill/a:srgbClr/a:alpha/@val") == ["50000"]
    assert not drawn._element.xpath(".//p:pic")


def test_a_map_keeps_its_proportions_and_is_as_large_as_it_fits(printer):
    (drawn,) = drawings(map_slide(printer))
    landes = next(shape for shape in drawn.shapes if shape.name == "Landes")
    assert landes.width / landes.height == pytest.approx(200 / 190, rel=0.01)
    scale = landes.width.pt / 200
    assert scale == pytest.approx(min(608 / 500, 340 / 250), rel=0.02)


def test_the_texts_of_a_map_are_texts_as_large_as_those_of_the_slide(printer):
    (drawn,) = drawings(map_slide(printer))
    (text,) = [shape for shape in drawn.shapes if shape.has_text_frame and shape.text_frame.text]
    (run,) = text.text_frame.paragraphs[0].runs
    assert run.text == "41,7" and run.font.size.pt >= 14


def test_the_legend_of_a_map_is_beside_it_and_not_the_one_of_the_page(printer):
    figure = next(f for f in printer.publication("nouvelle-aquitaine-2026").figures if not f.native)
    slide = map_slide(printer)
    said = [plain(s.text_frame.text) for s in slide.shapes if s.name == "Légende de la carte"]
    assert said == [plain(entry.text) for entry in figure.legend]
    keys = [shape for shape in slide.shapes if shape.name == "Clé"]
    assert len(keys) == len(said) and "Légende de la page" not in slide_text(slide)
    hatched = [shape.fill.type.name == "PATTERNED" for shape in keys]
    assert hatched == [entry.hatched for entry in figure.legend]


def test_a_map_too_small_for_its_names_is_drawn_larger(printer):
    sizes = []

    def drawing(figure, size):
        sizes.append(size.width_mm)
        if len(sizes) < 2:
            raise ExportError("les textes se chevauchent")
        return SVG.encode()

    printer.make_slides(printer.publication("corse-2026"), drawing=drawing)
    assert len(sizes) == 2 and sizes[0] < sizes[1]


def test_a_drawing_that_stopped_is_not_asked_for_again(printer):
    def drawing(figure, size):
        raise DrawingStopped("le dessin a pris trop de temps")

    with pytest.raises(DrawingStopped):
        printer.make_slides(printer.publication("corse-2026"), drawing=drawing)


@every_publication
def test_bars_and_curves_are_native_charts_with_the_values_of_the_figure(printer, name):
    for figure, found in in_order(printer, name):
        if figure.native is None:
            continue
        made = charts(found)
        categories = [category for chart in made for category in chart.plots[0].categories]
        if figure.native.kind == "bars":
            assert tuple(categories) == figure.native.categories
        for place, series in enumerate(figure.native.series):
            drawn = [chart.plots[0].series[place] for chart in made]
            assert {one.name for one in drawn} == {series.name}
            assert [v for one in drawn for v in one.values] == [
                None if amount is None else pytest.approx(amount) for amount in series.amounts
            ]


@every_publication
def test_marks_have_the_colours_and_the_texts_of_the_figure(printer, name):
    for figure, found in in_order(printer, name):
        for place, series in enumerate(figure.native.series if figure.native else ()):
            drawn = [chart.plots[0].series[place] for chart in charts(found)]
            for one in drawn:
                form = (
                    one.format.fill.fore_color
                    if figure.native.kind == "bars"
                    else (one.format.line.color)
                )
                assert f"#{form.rgb}".lower() == series.colour.lower()
            assert [text for one in drawn for text in labels(one)] == [
                "" if amount is None else text
                for amount, text in zip(series.amounts, series.labels, strict=True)
            ]


@pytest.mark.parametrize("name", ["région", "fictif", "provence-alpes-cote-d-azur-2025"])
def test_bars_go_down_from_the_first_without_gridlines_nor_axis(printer, name):
    found = [
        chart for chart in charts(printer.slides(name)) if chart.chart_type.name == "BAR_CLUSTERED"
    ]
    assert found
    for chart in found:
        assert chart.category_axis.reverse_order and not chart.value_axis.visible
        assert not chart.value_axis.has_major_gridlines and not chart.has_title
        assert 30 <= chart.plots[0].gap_width <= 500
        assert chart.has_legend == (len(chart.plots[0].series) > 1)


def test_a_bar_without_a_text_of_its_own_has_its_value_in_the_format_of_the_figure(printer):
    (figure, _), *_ = [
        pair
        for pair in in_order(printer, "région")
        if pair[0].native and pair[0].native.kind == "bars"
    ]
    (series,) = figure.native.series
    silent = replace(series, labels=("",) * len(series.labels))
    slide = printer.of(
        Section(figure=replace(figure, native=replace(figure.native, series=(silent,))))
    )[0]
    drawn = charts([slide])[0].plots[0].series[0]
    assert drawn.data_labels.show_value and not drawn._element.findall(f".//{C}dLbl")
    assert drawn.data_labels.number_format == '#,##0.0"\u00a0%"'


def test_the_texts_of_marks_stay_on_one_line(printer):
    for chart in charts(printer.slides("corse-2026")):
        bodies = chart._chartSpace.xpath(".//c:dLbl/c:tx/c:rich/a:bodyPr/@wrap")
        assert bodies and set(bodies) == {"none"}


def test_a_ranking_of_101_goes_on_over_slides_that_share_one_axis(printer):
    whole = RankingRequest(indicator="activation_rate", period="2025-12", extent="all")
    figure = figure_of(printer.contexts[True], whole)
    found = printer.of(Section(figure=figure))
    made = charts(found)
    sizes = [len(chart.plots[0].categories) for chart in made]
    assert sum(sizes) == 101 and max(sizes) <= 26 and max(sizes) - min(sizes) <= 1
    assert len({(c.value_axis.minimum_scale, c.value_axis.maximum_scale) for c in made}) == 1
    assert made[0].value_axis.maximum_scale > max(figure.native.series[0].amounts)
    ends = [slide.shapes.title.text_frame.text[-5:] for slide in found]
    assert ends == [f"({place}/{len(found)})" for place in range(1, len(found) + 1)]
    for place, (slide, chart) in enumerate(zip(found, made, strict=True), start=1):
        first, *_, last = chart.plots[0].categories
        assert plain(alt(drawings(slide)[0])).endswith(
            f" Partie {place} sur {len(found)} : {first} à {last}."
        )


def test_the_longest_bar_leaves_room_for_its_text(printer):
    for chart in charts(printer.slides("provence-alpes-cote-d-azur-2025")):
        width = 608 * float(chart._chartSpace.xpath(".//c:manualLayout/c:w/@val")[0])
        for series in chart.plots[0].series:
            for value, text in zip(series.values, labels(series), strict=True):
                end = (value or 0) / chart.value_axis.maximum_scale * width
                assert end + font(False).getlength(text) * 0.14 <= width


def test_bars_below_zero_have_their_texts_inside_the_drawing_and_their_names_aside(printer):
    chart = charts(printer.slides("comparaisons"))[-1]
    (series,) = chart.plots[0].series
    assert min(series.values) < 0 and chart.value_axis.minimum_scale < min(series.values)
    assert chart.category_axis.tick_label_position.name == "LOW"
    assert series.invert_if_negative is False


def test_a_level_that_is_not_published_is_said_in_words_and_never_drawn_as_zero(printer):
    (chart, *_) = charts(printer.slides("corse-2026"))
    (series, _) = chart.plots[0].series
    assert series.values[:3] == (957_118, 72_786, 27_141) and series.values[3:] == (None,) * 3
    drawing = chart.part.part_related_by(RT.CHART_USER_SHAPES).blob.decode()
    said = [plain(text) for text in re.findall(r"<a:t>([^<]*)</a:t>", drawing)]
    assert said == [
        "niveau non publié (+153 %)",
        "niveau non publié (+34 %)",
        "niveau non publié (+13 %)",
    ]
    heights = [float(y) for y in re.findall(r"<cdr:from>.*?<cdr:y>([\d.]+)", drawing)]
    assert heights == sorted(heights) and 0.4 < heights[0] < 0.6 and 0.7 < heights[-1] < 0.9


def test_a_figure_without_any_level_is_its_table_and_not_an_empty_chart(printer):
    (figure, *_) = [f for f in printer.publication("corse-2026").figures if f.native]
    (series, *_) = figure.native.series
    empty = replace(series, values=tuple(replace(value, amount=None) for value in series.values))
    (slide,) = printer.of(
        Section(figure=replace(figure, native=replace(figure.native, series=(empty,))))
    )
    assert not drawings(slide) and plain(figure.source) in slide_text(slide)
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in frame.table.columns._tbl.tr_lst[0].tc_lst]
    assert "Médecine de ville" in slide_text(slide) and "+153 %" in slide_text(slide)


def test_a_curve_stands_on_an_axis_of_dates_that_writes_years(printer):
    figure, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    axis = chart.category_axis
    assert axis.category_type.name == "TIME_SCALE"
    stored = chart._chartSpace.xpath(".//c:ser[1]/c:cat/c:numRef/c:numCache/c:pt/c:v/text()")
    days = [
        (dt.date(1899, 12, 30) + dt.timedelta(days=int(float(day)))).isoformat() for day in stored
    ]
    assert tuple(days) == figure.native.categories
    assert axis.tick_labels.number_format == "yyyy"
    assert (axis.minimum_scale - dt.date(2022, 1, 1).toordinal() + 693594) == 0
    assert chart._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["span"]
    assert chart.has_legend and chart.legend.position.name == "BOTTOM"


def test_the_last_texts_of_a_curve_do_not_cover_each_other(printer):
    _, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    frame = drawings(slide)[0]
    inner = float(chart._chartSpace.xpath(".//c:plotArea/c:layout//c:h/@val")[0])
    points = inner * frame.height.pt / chart.value_axis.maximum_scale
    heights = []
    for series in chart.plots[0].series:
        (label,) = series._element.findall(f".//{C}dLbl")
        shift = label.find(f".//{C}y")
        last = [value for value in series.values if value is not None][-1]
        heights.append(
            last * points - (0 if shift is None else float(shift.get("val")) * frame.height.pt)
        )
    ordered = sorted(heights)
    assert len(ordered) == 4
    assert min(b - a for a, b in zip(ordered, ordered[1:], strict=False)) >= 14


def test_the_texts_of_lines_that_end_together_stand_in_one_column_in_their_colours(printer):
    """Corsica ends in March 2026, the others in December 2025: three texts move past its line."""
    figure, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    frame, axis = drawings(slide)[0], chart.category_axis
    inner = float(chart._chartSpace.xpath(".//c:plotArea/c:layout//c:w/@val")[0])
    day = inner * frame.width.pt / (axis.maximum_scale - axis.minimum_scale)
    moved = []
    for drawn, series in zip(chart.plots[0].series, figure.native.series, strict=True):
        (label,) = drawn._element.findall(f".//{C}dLbl")
        assert {f"#{c.get('val').lower()}" for c in label.iter(f"{A}srgbClr")} == {series.colour}
        shift = label.find(f".//{C}x")
        moved.append(0 if shift is None else float(shift.get("val")) * frame.width.pt)
    later = (dt.date(2026, 3, 31) - dt.date(2025, 12, 31)).days
    assert moved == pytest.approx([later * day, 0, later * day, later * day], abs=0.1)


def test_lines_are_told_apart_without_their_colours(printer):
    chart = charts(printer.slides("comparaisons"))[0]
    marks = [series.marker.style for series in chart.plots[0].series]
    assert len(set(marks)) == len(marks) == 4


def test_millions_are_short_on_an_axis(printer):
    chart = charts(printer.slides("comparaisons"))[1]
    assert chart.value_axis.tick_labels.number_format == '#,##0,,"\u00a0M"'


@pytest.mark.parametrize("name", ["région", "comparaisons", "corse-2026"])
def test_the_workbook_of_a_chart_has_its_values_for_editing(printer, name):
    for chart in charts(printer.slides(name)):
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert sheet.title == "Valeurs"
        for column, (series, numbers) in enumerate(values(chart), start=2):
            assert sheet.cell(1, column).value == series
            assert [sheet.cell(row, column).value for row in range(2, len(numbers) + 2)] == [
                None if number is None else pytest.approx(number) for number in numbers
            ]


def test_a_name_that_looks_like_a_formula_stays_a_name(printer):
    (figure, *_) = [f for f in printer.publication("région").figures if f.native]
    names = ("=1+1", *figure.native.categories[1:])
    (slide,) = printer.of(
        Section(figure=replace(figure, native=replace(figure.native, categories=names)))
    )
    (chart,) = charts([slide])
    cell = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_two_figures_of_one_title_are_told_apart_by_their_names(printer):
    titles = [plain(slide.shapes.title.text_frame.text) for slide in printer.slides("région")]
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025 : carte" in titles
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025 : classement" in titles


def slide_chart(printer, figure):
    (chart,) = charts(printer.of(Section(figure=figure)))
    return chart


def test_lines_of_years_stand_on_an_axis_of_their_words(printer):
    figure = figure_of(printer.contexts[True], OVER_TIME)
    chart = slide_chart(printer, figure)
    assert tuple(chart.plots[0].categories) == figure.native.categories
    assert not chart._chartSpace.findall(f".//{C}dateAx")
    logarithmic = figure_of(printer.contexts[True], OVER_TIME.with_fields(axis_scale="log"))
    assert slide_chart(printer, logarithmic)._chartSpace.findall(f".//{C}logBase")


def test_a_target_is_a_dashed_line_without_marks(printer):
    figure = figure_of(printer.contexts[True], OVER_TIME)
    first, *others = figure.native.series
    native = replace(figure.native, series=(*others, replace(first, is_target=True)))
    *measured, target = slide_chart(printer, replace(figure, native=native)).plots[0].series
    assert target.marker.style.name == "NONE" and target.format.line.dash_style is not None
    assert all(series.marker.style.name != "NONE" for series in measured)


def test_steps_of_a_contribution_are_stacked_on_bars_that_are_not_drawn(printer):
    request = OVER_TIME.with_fields(view="contribution", period="2025")
    chart = slide_chart(printer, figure_of(printer.contexts[True], request))
    assert chart.chart_type.name == "BAR_STACKED" and chart.plots[0].overlap == 100
    held, steps = chart.plots[0].series
    assert held.format.fill.type.name == "BACKGROUND" and steps.values[0] > 0
    drawing = chart.part.part_related_by(RT.CHART_USER_SHAPES).blob.decode()
    assert drawing.count("<a:t>") == 8 and "†" in drawing


def test_shares_are_stacked_with_their_numbers_inside(printer):
    request = OVER_TIME.with_fields(view="parts", period="2025")
    chart = slide_chart(printer, figure_of(printer.contexts[True], request))
    assert chart.chart_type.name == "BAR_STACKED" and len(chart.plots[0].series) == 6
    assert all(text.endswith("%\u202f†") for text in labels(chart.plots[0].series[0]))
