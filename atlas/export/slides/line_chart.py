"""Lines as a native chart, on an axis of dates or of words, a text at the end of each."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from atlas.export.number_formats import chart_number_format
from atlas.export.slides import chart_parts
from atlas.export.slides.box import Box
from atlas.export.slides.chart_parts import TEXT_POINTS
from atlas.export.slides.slide import SlideBuilder
from atlas.export.slides.typesetting import MUTED, NEUTRAL, measure, paint
from atlas.figures.common.figure import NativeChart

# Points between two texts, and at most between the ends of lines that end together.
MIN_TEXT_GAP, MAX_COMMON_END_GAP = 15.0, 60.0
# Lines are told apart without their colours too.
MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.TRIANGLE,
)
AXIS_STEPS = (1, 2, 2.5, 5, 10)
MILLION = 1_000_000


def add_lines(builder: SlideBuilder, plot: NativeChart, box: Box) -> Any:
    """Draw a plot of lines; gives the frame of the chart."""
    low, high, step = _log_scale(plot) if plot.is_logarithmic else _scale(plot)
    names = [series.name for series in plot.series]
    legend = chart_parts.legend_height(list(dict.fromkeys(names)), box.width)
    left = max(measure(_tick_text(value, step), TEXT_POINTS) for value in (low, high)) + 34
    right = (
        max(measure(text, TEXT_POINTS, bold=True) for s in plot.series for text in s.labels) + 14
    )
    inner = Box(left, 8, box.width - left - right, box.height - 34 - legend)
    frame = builder.slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box.emu, _data(plot))
    chart = frame.chart
    chart_parts.format_chart(chart, legend=legend > 0)
    if legend:
        chart_parts.name_once(chart, names)
    chart_parts.set_plot_area(chart, inner, box)
    _set_values(chart.value_axis, low, high, step, _ticks(chart_number_format(plot), step))
    if plot.is_logarithmic:
        _set_log(chart.value_axis)
    if plot.kind == "curve":
        _set_dates(chart.category_axis, _days(plot))
    else:
        _set_words(chart.category_axis)
    tall = inner.height / (_height(plot, high) - _height(plot, low))
    _set_lines(chart.plots[0].series, plot, box, (inner.width / _length(plot), tall))
    chart_parts.finish_chart(chart)
    return frame


def _set_lines(lines: Any, plot: NativeChart, box: Box, scale: tuple[float, float]) -> None:
    """Colours, marks, and a text after the last value of each. scale: points a day, points a
    unit."""
    shifts, crowded = _shifts(plot, scale), len(plot.categories) > 24
    for place, (drawn, series) in enumerate(zip(lines, plot.series, strict=True)):
        if series.is_target:
            _set_target(drawn, series.colour)
        else:
            _set_line(drawn, series.colour, MARKERS[place % len(MARKERS)], crowded=crowded)
        last = _last(series.amounts)
        if series.labels[last]:
            across, down = shifts[place]
            chart_parts.add_data_label(
                drawn.points[last],
                series.labels[last],
                XL_LABEL_POSITION.RIGHT,
                colour=series.colour,
                bold=True,
                shift=(across / box.width, down / box.height),
            )


def _days(plot: NativeChart) -> list[dt.date]:
    return [dt.date.fromisoformat(day) for day in plot.categories]


def _length(plot: NativeChart) -> float:
    """The length of the axis of categories: in days, or in words."""
    if plot.kind == "curve":
        return _end(_days(plot)) - _start(_days(plot))
    return len(plot.categories)


def _height(plot: NativeChart, amount: float) -> float:
    """How high an amount stands on the axis of values: decades where it is logarithmic."""
    return math.log10(amount) if plot.is_logarithmic and amount > 0 else amount


def _position(plot: NativeChart, place: int) -> float:
    """Where a category stands on that length."""
    return _serial(_days(plot)[place]) if plot.kind == "curve" else float(place)


def _data(plot: NativeChart) -> CategoryChartData:
    data = CategoryChartData(number_format=chart_number_format(plot))
    if plot.kind == "curve":
        data.categories = _days(plot)
        data.categories.number_format = "mmmm yyyy"
    else:
        data.categories = plot.categories
    for series in plot.series:
        data.add_series(series.name, series.amounts)
    return data


def _scale(plot: NativeChart) -> tuple[float, float, float]:
    """Round ends of the axis of values, zero among them, and the step between its lines."""
    known = [0.0, *(amount for s in plot.series for amount in s.amounts if amount is not None)]
    span = (max(known) - min(known)) or 1.0
    scale = 10 ** math.floor(math.log10(span / 5))
    step = next(s * scale for s in AXIS_STEPS if s * scale >= span / 5)
    return (math.floor(min(known) / step) * step, math.ceil(max(known) / step) * step, step)


def _log_scale(plot: NativeChart) -> tuple[float, float, float]:
    """The powers of ten around the values, and the factor between the lines of the axis."""
    known = [amount for s in plot.series for amount in s.amounts if amount]
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    return 10.0**low, 10.0 ** max(high, low + 1), 10.0


def _set_log(axis: Any) -> None:
    """Equal steps for equal factors of ten."""
    scaling = axis._element.find(qn("c:scaling"))
    scaling.insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))


def _set_words(axis: Any) -> None:
    """Every period named in full under its points."""
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size = Pt(TEXT_POINTS)
    paint(axis.format.line.color, MUTED)
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(
        parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    )


def _set_target(drawn: Any, colour: str) -> None:
    """A level to reach: a dashed line, without the marks of what was measured."""
    drawn.smooth = False
    drawn.format.line.width = Pt(1.5)
    drawn.format.line.dash_style = MSO_LINE.DASH
    paint(drawn.format.line.color, colour)
    drawn.marker.style = XL_MARKER_STYLE.NONE


def _ticks(number_format: str, step: float) -> str:
    """The format of the axis: millions said in short, no decimals where its steps have none."""
    if step >= MILLION / 2:
        return f'#,##0{"" if step % MILLION == 0 else ".0"},,"\u00a0M"'
    return re.sub(r"0\.0+", "0", number_format) if step == int(step) else number_format


def _tick_text(value: float, step: float) -> str:
    return f"{value / MILLION:.1f} M" if step >= MILLION / 2 else f"{value:,.0f}"


def _set_values(axis: Any, low: float, high: float, step: float, number_format: str) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.width = Pt(0.75)
    paint(axis.major_gridlines.format.line.color, NEUTRAL)
    axis.tick_labels.number_format = number_format
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(TEXT_POINTS)


def _set_dates(axis: Any, days: list[dt.date]) -> None:
    """Whole years, each written once under its first day."""
    axis.minimum_scale, axis.maximum_scale = _start(days), _end(days)
    axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
    axis.tick_labels.number_format = "yyyy"
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(TEXT_POINTS)
    paint(axis.format.line.color, MUTED)
    for name, value in (("majorUnit", 1), ("majorTimeUnit", "years")):
        axis._element.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))


def _start(days: Sequence[dt.date]) -> int:
    return _serial(dt.date(days[0].year, 1, 1))


def _end(days: Sequence[dt.date]) -> int:
    return _serial(dt.date(days[-1].year, 12, 31))


def _serial(day: dt.date) -> int:
    """A date as spreadsheets count them."""
    return (day - dt.date(1899, 12, 30)).days


def _set_line(drawn: Any, colour: str, marker: Any, *, crowded: bool) -> None:
    drawn.smooth = False
    drawn.format.line.width = Pt(2.5)
    paint(drawn.format.line.color, colour)
    drawn.marker.style, drawn.marker.size = marker, 4 if crowded else 7
    for part in (drawn.marker.format.fill, drawn.marker.format.line.fill):
        part.solid()
        paint(part.fore_color, colour)


def _last(values: tuple[float | None, ...]) -> int:
    return max((i for i, value in enumerate(values) if value is not None), default=0)


def _shifts(plot: NativeChart, scale: tuple[float, float]) -> list[tuple[float, float]]:
    """How far each last text moves, to the right and down, in points: none covers its neighbour,
    and those of lines that end together stand in one column, past the last of them."""
    ends = [_last(series.amounts) for series in plot.series]
    days = [_position(plot, end) for end in ends]
    across = [scale[0] * (max(days) - day) for day in days]
    heights = [
        -_height(plot, series.amounts[end] or 0) * scale[1]
        for series, end in zip(plot.series, ends, strict=True)
    ]
    floor, down = -math.inf, [0.0] * len(heights)
    for place in sorted(range(len(heights)), key=heights.__getitem__):
        wanted = max(heights[place], floor)
        down[place], floor = wanted - heights[place], wanted + MIN_TEXT_GAP
    return [
        (right if right < MAX_COMMON_END_GAP else 0.0, below)
        for right, below in zip(across, down, strict=True)
    ]
