"""The figure frame: title, legend, chart, caption, table, downloads. The only place that shows
a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape

import pyarrow as pa
import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.map_layers import SELECTION
from atlas.french import keep_with_punctuation
from atlas.ui import bar_table, page_state, presentation
from atlas.ui.downloads import image_panel

FICTITIOUS = "Données fictives"
BADGE = f"<p class=fictif>{FICTITIOUS}</p>"
# Beyond this height, in pixels, the second drawing of a pair scrolls beside the first.
SCROLL = 580
# The height of a map among several of the same values.
SMALL = 340
_NARROW = {pa.float64(): pa.float32(), pa.int64(): pa.int16()}


def show(context: FigureContext, figure: Figure | None, key: str) -> None:
    """Show a figure made with this desk; nothing when there is none."""
    if figure is None:
        return
    page_state.figure(key, figure)
    if presentation.active():
        return
    with st.container(border=True):
        st.html(_head(figure))
        if figure.as_table:
            st.html(bar_table.table(figure, context.style.primary))
        else:
            _chart(figure, key)
        st.html(_caption(figure))
        _behind(context, [figure], key)


@contextmanager
def around(figure: Figure) -> Iterator[None]:
    """The words of a figure, above and below what is drawn inside."""
    with st.container(border=True):
        st.html(_head(figure))
        yield
        st.html(_caption(figure))


def show_pair(
    context: FigureContext,
    figures: Sequence[Figure | None],
    key: str,
    *,
    on_pick: Callable[[str], None],
    said: str = "",
) -> None:
    """Two drawings of the same values in one frame: they share words, table and selection.

    on_pick: called with the code of the territory that is clicked, or an empty text. said: what
    the values cover. When the first cannot be drawn, the second stands alone.
    """
    made = [(place, figure) for place, figure in enumerate(figures) if figure is not None]
    for place, figure in made:
        page_state.figure(f"{key}{place}", figure)
    if presentation.active():
        return
    with st.container(border=True):
        st.html(_head(made[0][1], said))
        columns = st.columns([3, 2]) if len(made) == 2 else [st.container()]
        for column, (place, figure) in zip(columns, made, strict=True):
            with column.container(height=SCROLL) if figure.height > SCROLL else column:
                _chart(figure, f"{key}{place}", on_pick)
        st.html(_caption(made[0][1]))
        _behind(context, [figure for _, figure in made], key)


def show_small(
    context: FigureContext,
    figure: Figure | None,
    key: str,
    *,
    title: str,
    said: str,
    notes: Sequence[tuple[str, str]],
    on_pick: Callable[[str], None],
) -> None:
    """One of several maps of the same values, which tells only what is its own.

    said: under its title; notes: under the map, as (name, text), and alone where there is no map.
    """
    if figure is None:
        with st.container(border=True):
            badge = BADGE if context.dataset.fictitious else ""
            st.html(
                f"{badge}<h3 class=titre>{_text(title)}</h3>"
                f"<p class=sous-titre>{_text(said)}</p>{_notes(notes)}"
            )
        return
    page_state.figure(key, figure)
    if presentation.active():
        return
    with st.container(border=True):
        st.html(_head(replace(figure, title=title, subtitle="", legend_title=""), said))
        _chart(replace(figure, height=SMALL), key, on_pick)
        st.html(_notes(notes))
        _behind(context, [figure], key)


def _chart(figure: Figure, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    def picked() -> None:
        assert on_pick is not None
        told = st.session_state.get(f"{key}_chart")  # gone when the page changes under the click
        if told is not None:
            found = told.selection.get(SELECTION, [])
            on_pick(str(found[0]["code"]) if found else "")

    tables = {name: _light(rows) for name, rows in figure.spec.get("datasets", {}).items()}
    st.vega_lite_chart(
        spec={**figure.spec, "datasets": tables},
        theme=None,
        width="stretch",
        height=figure.height,
        key=f"{key}_chart",
        alt=figure.steady_alt if on_pick else figure.alt,
        on_select=picked if on_pick else "ignore",
    )


def _light(rows: list[dict[str, object]]) -> pa.Table:
    """Rows as Arrow in narrow types, without the metadata of pandas: a third of the bytes."""
    table = pa.Table.from_pylist(rows)
    return table.cast(
        pa.schema([pa.field(f.name, _NARROW.get(f.type, f.type)) for f in table.schema])
    )


def _head(figure: Figure, said: str = "") -> str:
    badge = BADGE if figure.fictitious else ""
    subtitle = f"<p class=sous-titre>{_text(figure.subtitle)}</p>" if figure.subtitle else ""
    legend = "".join(_swatch(swatch) for swatch in figure.legend)
    if legend:
        title = f"<b>{_text(figure.legend_title)}</b>" if figure.legend_title else ""
        legend = f"<ul class=legende>{title}{legend}</ul>"
    said = f"<p class=sous-titre>{_text(said)}</p>" if said else ""
    return f"{badge}<h3 class=titre>{_text(figure.title)}</h3>{subtitle}{said}{legend}"


def _swatch(swatch: LegendEntry) -> str:
    count = "" if swatch.count is None else f" ({swatch.count})"
    mark = (
        f"class=hachures style=background-color:{swatch.colour}"
        if swatch.hatched
        else f"style=background:{swatch.colour}"
    )
    return f"<li><i {mark}></i>{_text(swatch.label)}{count}"


def _caption(figure: Figure) -> str:
    return _notes(figure.caption)


def _notes(lines: Sequence[tuple[str, str]]) -> str:
    said = "".join(f"<p><b>{name} :</b> {_text(text)}</p>" for name, text in lines)
    return f"<div class=notes>{said}</div>"


def _text(text: str) -> str:
    return keep_with_punctuation(escape(text))


def _behind(context: FigureContext, figures: list[Figure], key: str) -> None:
    """Behind the figure: the table and the downloads are sent only once they are opened."""

    def draw() -> None:
        image_panel(context, figures, key)
        st.table(figures[0].table, hide_index=True, alt=figures[0].alt)

    on_demand("Tableau des valeurs et téléchargements", f"{key}_table", draw)


def on_demand(label: str, key: str, draw: Callable[[], object], *, opened: bool = False) -> None:
    """What is long: drawn, and sent, only once it is opened. opened: it is from the start."""
    behind = st.expander(label, opened, key=f"{key}_ouvert" if opened else key, on_change="rerun")
    if behind.open:
        with behind:
            draw()
