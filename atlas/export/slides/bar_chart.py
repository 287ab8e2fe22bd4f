"""Bars as a native chart: horizontal, the first category on top, a text on each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from atlas.export.number_formats import chart_number_format
from atlas.export.slides import chart_parts
from atlas.export.slides.box import Box
from atlas.export.slides.chart_parts import TEXT_POINTS
from atlas.export.slides.slide import SlideBuilder
from atlas.export.slides.typesetting import MUTED, measure, paint
from atlas.figures.common.figure import NativeChart, Series
from atlas.figures.common.style import readable_on

MAX_BARS_PER_SLIDE = 26
# Points: the least height of a category of one bar, of each bar of a category of several, the
# greatest height of a category and of a bar.
MIN_SINGLE_BAND, MIN_BAR_BAND, MAX_BAND, MAX_BAR_HEIGHT = 18.5, 19.0, 150.0, 56.0
# The greatest share of the width for the names of categories.
MAX_NAMES_SHARE = 0.42


@dataclass(frozen=True)
class Axis:
    """What every part of a plot shares: the width of the names, the ends of the values."""

    names: float
    low: float
    high: float


def count_slides(plot: NativeChart, box: Box) -> int:
    """On how many slides the bars are read, given the place of their chart."""
    band = MIN_SINGLE_BAND if _bars_in_a_band(plot) == 1 else MIN_BAR_BAND * len(plot.series)
    most = min(MAX_BARS_PER_SLIDE, math.floor((box.height - _legend(plot, box.width)) / band))
    return math.ceil(len(plot.categories) / most)


def _bars_in_a_band(plot: NativeChart) -> int:
    """How many bars stand under each other in a category: one where they follow each other."""
    return 1 if plot.kind == "stacked" else len(plot.series)


def part_of(plot: NativeChart, start: int, end: int) -> NativeChart:
    """Some of the categories."""
    series = tuple(
        replace(
            s, values=s.values[start:end], labels=s.labels[start:end], colours=s.colours[start:end]
        )
        for s in plot.series
    )
    return NativeChart(plot.kind, plot.categories[start:end], series)


def axis_of(plot: NativeChart, width: float) -> Axis:
    """Ends that leave room for the texts beyond the longest bars, on both sides of zero."""
    names = min(MAX_NAMES_SHARE * width, max(measure(c, TEXT_POINTS) for c in plot.categories) + 10)
    room = width - names - 4
    known = (
        _stack_ends(plot)
        if plot.kind == "stacked"
        else [
            (value, measure(text, TEXT_POINTS) + 10)
            for s in plot.series
            for value, text in zip(s.amounts, s.labels, strict=True)
            if value is not None
        ]
    )
    beyond = [
        max((length for value, length in known if (value < 0) is left), default=0) / room
        for left in (True, False)
    ]
    least = min([0, *(value for value, _ in known)])
    most = max([0, *(value for value, _ in known)])
    span = (most - least) / max(0.2, 1 - sum(beyond)) or 1.0
    return Axis(names, least - beyond[0] * span if least else 0.0, most + beyond[1] * span)


def _stack_ends(plot: NativeChart) -> list[tuple[float, float]]:
    """Where the bars of each category end, and the width of the text beyond."""
    beyond = plot.series[-1].labels if _has_texts_beyond(plot) else ("",) * len(plot.categories)
    return [
        (
            sum(s.amounts[row] or 0 for s in plot.series),
            measure(text, TEXT_POINTS) + 10 if text else 0,
        )
        for row, text in enumerate(beyond)
    ]


def _has_texts_beyond(plot: NativeChart) -> bool:
    """True for the steps of a waterfall, whose bars may be shorter than their texts."""
    return any(series.is_hidden for series in plot.series)


def add_bars(builder: SlideBuilder, plot: NativeChart, box: Box, axis: Axis, font: str) -> Any:
    """Draw a plot, or a part of one on the axis of the whole; gives the frame of the chart.

    font: of the texts that stand in the place of a bar.
    """
    count, legend = len(plot.categories), _legend(plot, box.width)
    inner = Box(
        axis.names, 2, box.width - axis.names - 4, min(box.height - legend - 4, MAX_BAND * count)
    )
    outer = Box(box.x, box.y, box.width, inner.height + legend + 4)
    stacked = plot.kind == "stacked"
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = builder.slide.shapes.add_chart(kind, *outer.emu, _data(plot))
    chart = frame.chart
    chart_parts.format_chart(chart, legend=legend > 0)
    chart_parts.set_plot_area(chart, inner, outer)
    _set_axes(chart, axis)
    band, thick = _thickness(plot, inner)
    bars = chart.plots[0]
    bars.gap_width = round(min(500, (band - thick * _bars_in_a_band(plot)) / thick * 100))
    bars.overlap, bars.vary_by_categories = 100 if stacked else 0, False
    for drawn, series in zip(bars.series, plot.series, strict=True):
        drawn.invert_if_negative = False
        if series.is_hidden:
            drawn.format.fill.background()
            continue
        drawn.format.fill.solid()
        paint(drawn.format.fill.fore_color, series.colour)
        _paint_apart(drawn, series)
        if not stacked:
            _write_labels(drawn, series, chart_number_format(plot))
        elif not _has_texts_beyond(plot):
            _write_labels_inside(drawn, series, (axis.high - axis.low) / inner.width)
    beyond = _texts_beyond if stacked else _gap_texts
    chart_parts.add_chart_texts(chart, beyond(plot, inner, axis), outer, font)
    chart_parts.finish_chart(chart)
    return frame


def _legend(plot: NativeChart, width: float) -> float:
    shown = [series.name for series in plot.series if not series.is_hidden]
    return chart_parts.legend_height(shown, width)


def _thickness(plot: NativeChart, inner: Box) -> tuple[float, float]:
    """Height of a category and of one bar."""
    band = inner.height / len(plot.categories)
    return band, min(MAX_BAR_HEIGHT, 0.74 * band / _bars_in_a_band(plot))


def _data(plot: NativeChart) -> CategoryChartData:
    data = CategoryChartData(number_format=chart_number_format(plot))
    data.categories = plot.categories
    for series in plot.series:
        data.add_series(series.name, series.amounts)
    return data


def _set_axes(chart: Any, axis: Axis) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = values.visible = False
    values.minimum_scale, values.maximum_scale = axis.low, axis.high
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(TEXT_POINTS)
    paint(names.format.line.color, MUTED)
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(
        parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    )


def _paint_apart(drawn: Any, series: Series) -> None:
    """The bars that have another colour than their series."""
    for number, colour in enumerate(series.colours):
        if colour != series.colour:
            fill = drawn.points[number].format.fill
            fill.solid()
            paint(fill.fore_color, colour)


def _write_labels(drawn: Any, series: Series, number_format: str) -> None:
    """The texts of the figure; where it has none, the value in its format."""
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(TEXT_POINTS)
    for number, (value, text) in enumerate(zip(series.amounts, series.labels, strict=True)):
        if text and value is not None:
            chart_parts.add_data_label(drawn.points[number], text, XL_LABEL_POSITION.OUTSIDE_END)


def _write_labels_inside(drawn: Any, series: Series, unit: float) -> None:
    """The texts of bars that hold them, in their middle. unit: of the axis, in a point."""
    for number, (value, text) in enumerate(zip(series.amounts, series.labels, strict=True)):
        if text and value is not None and value / unit > measure(text, TEXT_POINTS) + 4:
            shade = series.colours[number] if series.colours else series.colour
            chart_parts.add_data_label(
                drawn.points[number], text, XL_LABEL_POSITION.CENTER, colour=readable_on(shade)
            )


def _texts_beyond(plot: NativeChart, inner: Box, axis: Axis) -> Iterator[tuple[str, Box]]:
    """The texts of the steps of a waterfall, after the end of each."""
    if not _has_texts_beyond(plot):
        return
    band, _ = _thickness(plot, inner)
    scale = inner.width / (axis.high - axis.low)
    for row, (end, _) in enumerate(_stack_ends(plot)):
        left = inner.x + (end - axis.low) * scale + 6
        yield (
            plot.series[-1].labels[row],
            Box(left, inner.y + (row + 0.5) * band - 9, inner.x + inner.width - left, 18),
        )


def _gap_texts(plot: NativeChart, inner: Box, axis: Axis) -> Iterator[tuple[str, Box]]:
    """The texts of the bars that have no value (« niveau non publié »), where they would be."""
    band, thick = _thickness(plot, inner)
    zero = inner.x - axis.low / (axis.high - axis.low) * inner.width
    for row in range(len(plot.categories)):
        alone = all(s.amounts[row] is None for s in plot.series)
        for rank, series in enumerate(plot.series):
            if series.amounts[row] is None and series.labels[row]:
                off = 0 if alone else (rank - (len(plot.series) - 1) / 2) * thick
                yield (
                    series.labels[row],
                    Box(
                        zero + 6,
                        inner.y + (row + 0.5) * band + off - 9,
                        inner.x + inner.width - zero - 6,
                        18,
                    ),
                )
