"""The figure frame: title, legend, chart, caption, table, downloads. The only place that shows
a chart."""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape

import pyarrow as pa
import streamlit as st

from atlas.charts import Figure, Swatch
from atlas.charts.choropleth import SELECTION
from atlas.export import ExportError, failure_image, image
from atlas.export.image import Kind
from atlas.ui.markup import no_break
from atlas.views import Desk

FICTITIOUS = "Données fictives"
# Beyond this height, in pixels, the second drawing of a pair scrolls beside the first.
SCROLL = 580
_NARROW = {pa.float64(): pa.float32(), pa.int64(): pa.int16()}
Build = Callable[[Desk], Figure | None]


def show(desk: Desk, build: Build, key: str) -> None:
    """Show the figure that `build` makes from a desk; nothing when it makes none.

    build is called again with a desk for print when a download is asked for.
    """
    figure = build(desk)
    if figure is None:
        return
    with st.container(border=True):
        st.html(_head(figure))
        _chart(figure, key)
        st.html(_caption(figure))
        _table(figure, key)
        with st.container(horizontal=True):
            _downloads(desk, build, figure, key)


def show_pair(desk: Desk, builds: tuple[Build, Build], key: str, *,
              on_pick: Callable[[str], None], said: str = "") -> None:
    """Two drawings of the same values in one frame: they share words, table and selection.

    on_pick: called with the code of the territory that is clicked, or an empty text. said: what
    the values cover. When the first cannot be drawn, the second stands alone.
    """
    made = [(place, build, figure) for place, build in enumerate(builds)
            if (figure := build(desk)) is not None]
    with st.container(border=True):
        st.html(_head(made[0][2], said))
        columns = st.columns([3, 2]) if len(made) == 2 else [st.container()]
        for column, (place, _, figure) in zip(columns, made, strict=True):
            with column.container(height=SCROLL) if figure.height > SCROLL else column:
                _chart(figure, f"{key}{place}", on_pick)
        st.html(_caption(made[0][2]))
        behind = st.expander("Tableau des valeurs et téléchargements", key=f"{key}_table",
                             on_change="rerun")
        if behind.open:
            with behind, st.container(horizontal=True):
                for place, build, figure in made:
                    _downloads(desk, build, figure, f"{key}{place}")
            behind.table(made[0][2].table, hide_index=True, alt=made[0][2].alt)


def _chart(figure: Figure, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    def picked() -> None:
        assert on_pick is not None
        found = st.session_state[f"{key}_chart"].selection.get(SELECTION, [])
        on_pick(str(found[0]["code"]) if found else "")

    tables = {name: _light(rows) for name, rows in figure.spec.get("datasets", {}).items()}
    st.vega_lite_chart(
        spec={**figure.spec, "datasets": tables}, theme=None, width="stretch",
        height=figure.height, key=f"{key}_chart", alt=figure.steady_alt if on_pick else figure.alt,
        on_select=picked if on_pick else "ignore")


def _light(rows: list[dict[str, object]]) -> pa.Table:
    """Rows as Arrow in narrow types, without the metadata of pandas: a third of the bytes."""
    table = pa.Table.from_pylist(rows)
    return table.cast(pa.schema([pa.field(f.name, _NARROW.get(f.type, f.type))
                                 for f in table.schema]))


def _head(figure: Figure, said: str = "") -> str:
    badge = f"<p class='fictif'>{FICTITIOUS}</p>" if figure.fictitious else ""
    subtitle = f"<p class='sous-titre'>{_text(figure.subtitle)}</p>" if figure.subtitle else ""
    legend = "".join(_swatch(swatch) for swatch in figure.legend)
    if legend:
        title = f"<b>{_text(figure.legend_title)}</b>" if figure.legend_title else ""
        legend = f"<ul class=legende>{title}{legend}</ul>"
    said = f"<p class='sous-titre'>{_text(said)}</p>" if said else ""
    return f"{badge}<h3 class='titre'>{_text(figure.title)}</h3>{subtitle}{said}{legend}"


def _swatch(swatch: Swatch) -> str:
    count = "" if swatch.count is None else f" ({swatch.count})"
    mark = (f"class=hachures style=background-color:{swatch.colour}" if swatch.hatched
            else f"style=background:{swatch.colour}")
    return (f"<li><i {mark}></i>"
            f"{_text(swatch.label)}{count}")


def _caption(figure: Figure) -> str:
    lines = "".join(f"<p><b>{name} :</b> {_text(text)}</p>" for name, text in figure.caption)
    return f"<div class='notes'>{lines}</div>"


def _text(text: str) -> str:
    return no_break(escape(text))


def _table(figure: Figure, key: str) -> None:
    """Behind the figure: the rows are sent only once the table is opened."""
    behind = st.expander("Tableau des valeurs", key=f"{key}_table", on_change="rerun")
    if behind.open:
        with behind:
            st.table(figure.table, hide_index=True, alt=figure.alt)


def _downloads(desk: Desk, build: Build, figure: Figure, key: str) -> None:
    for kind, label in (("png", "PNG 300 dpi"), ("svg", "SVG")):
        st.download_button(
            f"{figure.name} {label}".strip(),
            data=_maker(desk, build, kind),  # type: ignore[arg-type]
            file_name=f"{'fictif_' if figure.fictitious else ''}{figure.key}.{kind}",
            mime={"png": "image/png", "svg": "image/svg+xml"}[kind],
            key=f"{key}_{kind}", on_click="ignore", icon=":material/download:", type="tertiary")


def _maker(desk: Desk, build: Build, kind: Kind) -> Callable[[], bytes]:
    """Draws when clicked, outside the session: what it needs is in the closure.

    Streamlit answers a failure in English; the file itself says it in French instead.
    """
    def make() -> bytes:
        figure = build(desk.for_print())
        assert figure is not None
        try:
            return image(figure, kind, desk.shapes)
        except ExportError as error:
            logging.getLogger(__name__).exception("export of %s failed", figure.key)
            return failure_image(str(error), kind)

    return make
