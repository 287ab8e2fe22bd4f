"""The figure frame: title, legend, chart, caption, table, downloads. The only place that shows
a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

import streamlit as st

from atlas.figures.common.composition import USUAL_WIDTH_PX
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.map_layers import SELECTION
from atlas.ui import figure_bar, html, page_state, presentation
from atlas.ui.arrow_datasets import arrow_datasets, datasets_of
from atlas.ui.bar_table import bar_table
from atlas.ui.figure_citation import show_citation
from atlas.ui.image_download import show_image_panel
from atlas.ui.markdown import escape_markdown
from atlas.ui.method import show_method_link
from atlas.ui.tables import show_table
from atlas.ui.view_links import show_links

# Of a title: under that of the page, or under one of its parts.
HeadingLevel = Literal[2, 3]
FICTITIOUS = "Données fictives"
# Beyond this height the second drawing of a pair scrolls beside the first.
MAX_PAIR_HEIGHT_PX = 580
# The height of a map among several of the same values.
SMALL_MAP_HEIGHT_PX = 340


def show(
    context: FigureContext,
    figure: Figure | None,
    key: str,
    *,
    level: HeadingLevel = 2,
    is_draft: bool = False,
) -> None:
    """Show a figure made from this context; nothing when there is none.

    level: of its heading, 3 under a heading of the page; is_draft: without links, images and pins,
    which would go without the mark of a draft.
    """
    if figure is None:
        return
    if not is_draft:
        page_state.record_figure(key, figure)
    if presentation.is_active():
        return
    with st.container(border=True):
        st.html(_head(context, figure, level=level))
        if figure.as_table:
            st.html(bar_table(figure, context.style.primary))
        else:
            _show_chart(figure, key)
        st.html(_caption(figure))
        if not is_draft:
            _show_table_and_downloads(context, [figure], key)


def show_as_html(
    context: FigureContext,
    figures: Sequence[Figure],
    key: str,
    body: str,
    *,
    is_draft: bool = False,
) -> None:
    """Figures that a page shows in HTML, which is read and reflows: cards, milestones. Behind
    them, their images and their table; in a presentation they are the drawings themselves.

    body: HTML, its texts escaped. is_draft: as for `show`.
    """
    for place, figure in enumerate(figures if not is_draft else ()):
        page_state.record_figure(f"{key}{place}", figure)
    if presentation.is_active():
        return
    st.html(body)
    if figures and not is_draft:
        _show_table_and_downloads(context, list(figures), key)


@contextmanager
def frame(context: FigureContext, figure: Figure) -> Iterator[None]:
    """The words of a figure, above and below what is drawn inside."""
    with st.container(border=True):
        st.html(_head(context, figure))
        yield
        st.html(_caption(figure))
        show_method_link()


def show_pair(
    context: FigureContext,
    figures: Sequence[Figure | None],
    key: str,
    *,
    on_pick: Callable[[str], None],
    description: str = "",
) -> None:
    """Two drawings of the same values in one frame: they share words, table and selection.

    on_pick: called with the code of the territory that is clicked, or an empty text. description:
    what the values cover. When the first cannot be drawn, the second stands alone.
    """
    made = [(place, figure) for place, figure in enumerate(figures) if figure is not None]
    for place, figure in made:
        page_state.record_figure(f"{key}{place}", figure)
    if presentation.is_active():
        return
    with st.container(border=True):
        described = {f"{key}{place}_chart": figure.alt for place, figure in made}
        st.html(_head(context, made[0][1], description, described=described))
        columns = st.columns([3, 2]) if len(made) == 2 else [st.container()]
        for column, (place, figure) in zip(columns, made, strict=True):
            with (
                column.container(height=MAX_PAIR_HEIGHT_PX)
                if figure.height > MAX_PAIR_HEIGHT_PX
                else column
            ):
                _show_chart(figure, f"{key}{place}", on_pick)
        st.html(_caption(made[0][1]))
        _show_table_and_downloads(context, [figure for _, figure in made], key)


def show_small(
    context: FigureContext,
    figure: Figure | None,
    key: str,
    *,
    title: str,
    description: str,
    notes: Sequence[tuple[str, str]],
    on_pick: Callable[[str], None],
) -> None:
    """One of several maps of the same values, which tells only what is its own.

    description: under its title; notes: under the map, as (name, text), and alone where there is
    no map.
    """
    if figure is None:
        with st.container(border=True):
            st.html(
                html.render(
                    "figure_head.html",
                    fictitious=context.dataset.fictitious,
                    title=title,
                    subtitle="",
                    description=description,
                    legend=(),
                    legend_title="",
                    level=2,
                    subject="",
                    descriptions=(),
                )
                + _notes(notes)
            )
        return
    page_state.record_figure(key, figure)
    if presentation.is_active():
        return
    with st.container(border=True):
        head = replace(
            figure,
            title=title,
            subtitle="",
            legend_title="",
            plain_titles=figure.plain_titles or (figure.title, figure.subtitle, figure.alt),
        )
        st.html(_head(context, head, description, described={f"{key}_chart": figure.alt}))
        _show_chart(figure, key, on_pick, SMALL_MAP_HEIGHT_PX)
        st.html(_notes(notes))
        _show_table_and_downloads(context, [figure], key)


def _show_chart(
    figure: Figure,
    key: str,
    on_pick: Callable[[str], None] | None = None,
    height: int | None = None,
) -> None:
    """height: in pixels, that of the figure when it is left out."""

    def pick() -> None:
        assert on_pick is not None
        told = st.session_state.get(f"{key}_chart")  # gone when the page changes under the click
        if told is not None:
            found = told.selection.get(SELECTION, [])
            on_pick(str(found[0]["code"]) if found else "")

    height = height or figure.height
    if figure.sized:
        spec = figure.sized.spec(USUAL_WIDTH_PX, height)
        datasets = arrow_datasets(spec)
    else:
        spec, datasets = figure.spec, datasets_of(figure)
    st.vega_lite_chart(
        spec={**spec, "datasets": datasets},
        theme=None,
        width="stretch",
        height=height,
        key=f"{key}_chart",
        alt=figure.steady_alt if on_pick else figure.alt,
        on_select=pick if on_pick else "ignore",
    )


def _head(
    context: FigureContext,
    figure: Figure,
    description: str = "",
    *,
    level: HeadingLevel = 2,
    described: Mapping[str, str] | None = None,
) -> str:
    """``description``: what the values cover, under the title; ``described``: key of each chart
    that keeps its view → what it shows now."""
    return html.render(
        "figure_head.html",
        fictitious=figure.fictitious,
        title=figure.title,
        subtitle=figure.subtitle,
        description=description,
        legend=figure.legend_runs,
        legend_title=figure.legend_title,
        level=level,
        subject=_subject(context, figure),
        descriptions=tuple((described or {}).items()),
    )


def _subject(context: FigureContext, figure: Figure) -> str:
    """What is drawn, as it stands inside a title: its small letter is no territory's."""
    title = figure.plain_titles[0] if figure.plain_titles else figure.title
    names = tuple(territory.name for territory in context.territories.by_code.values())
    return title if title.startswith(names) else f"{title[:1].lower()}{title[1:]}"


def _caption(figure: Figure) -> str:
    """The lines under a figure, as on its images, and the rest of them folded."""
    printed = [line for paragraph in figure.printed_caption for line in paragraph]
    return _notes(printed, figure.caption_behind)


def _notes(lines: Sequence[tuple[str, str]], behind: Sequence[tuple[str, str]] = ()) -> str:
    return html.render("notes.html", notes=lines, behind=behind)


def _show_table_and_downloads(context: FigureContext, figures: list[Figure], key: str) -> None:
    """The bar under a figure, in sight: what it opens is sent only once it is asked for."""
    opened = figure_bar.show_bar(key)
    if opened == "image":
        show_image_panel(context, figures, key)
    elif opened == "donnees":
        show_table(figures[0].table, alt=figures[0].alt)
        show_citation(context, figures[0])
        show_method_link()
    elif opened == "lien":
        show_links(context.dataset.version, key)


def show_on_demand(
    label: str, key: str, draw: Callable[[], object], *, opened: bool = False
) -> None:
    """What is long: drawn, and sent, only once it is opened. opened: it is from the start."""
    behind = st.expander(
        escape_markdown(label),
        opened,
        key=f"{key}_ouvert" if opened else key,
        on_change="rerun",
    )
    if behind.open:
        with behind:
            draw()
