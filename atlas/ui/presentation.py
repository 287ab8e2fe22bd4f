"""Presentation mode: one figure on the whole screen, led by the keyboard or a remote.

The figure is laid out anew as an image of 1920 × 1080 whose smallest letter has 24 pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from atlas.export.image import ExportError, image
from atlas.export.page_layout import Options
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest
from atlas.settings import Format
from atlas.ui import page_state
from atlas.ui.session import context_of

PARAMETER, PLACE = "projection", "vue"
PERIOD, TERRITORIES = "periode", ("territoire", "region")
# Two pixels are a point here: 24 pixels are 12 points, for the smallest letter of a drawing too.
SCREEN = Format(label="projection", width_px=1920, height_px=1080, dpi=144, text=12.75)
_DONE, _KEYS = "_keys_done", "touches"
_HELP = """<button type=button data-touche=p>Projeter (P)</button>
<button type=button data-touche="?">Touches (?)</button>
<dialog aria-label="Touches"><h2>Touches</h2><dl>
<dt>P</dt><dd>projeter la figure, ou revenir</dd>
<dt>← →</dt><dd>période d’avant, d’après ; figure, sur une page sans période</dd>
<dt>Page préc., Page suiv.</dt><dd>figure d’avant, d’après (télécommande)</dd>
<dt>↑ ↓</dt><dd>territoire d’avant, d’après</dd>
<dt>E</dt><dd>épingler la vue dans le carnet</dd>
<dt>?</dt><dd>cette liste</dd><dt>Échap</dt><dd>quitter</dd></dl>
<button type=button data-touche=fermer>Fermer</button></dialog>"""
_CONTROL = st.components.v2.component(
    "touches",
    html=_HELP,
    css=Path(__file__).with_name("keys.css").read_text("utf-8"),
    js=Path(__file__).with_name("keys.js").read_text("utf-8"),
)
# st.html would clean the drawing away: a component is trusted with it.
_SCREEN = st.components.v2.component(
    "projection",
    html="<main class=projection></main>",
    css=Path(__file__).with_name("projection.css").read_text("utf-8"),
    js="export default ({ data, parentElement }) => {"
    "parentElement.querySelector('main').innerHTML = data.body }",
)
_AROUND = """<style>[data-testid=stHeader],[data-testid=stSidebar]{opacity:0;pointer-events:none}
[data-stale=true]{opacity:1!important}</style>"""


def active() -> bool:
    """True when the page is projected: its figures are then not drawn in their frames."""
    return st.query_params.get(PARAMETER) == "1"


def show_keys() -> None:
    """The buttons of the menu, and the listener of the keyboard."""
    _CONTROL(
        key=_KEYS,
        data={"active": active(), "done": st.session_state.get(_DONE, 0)},
        on_pressed_change=lambda: None,
    )


def obey(page: str, pin: Callable[[page_state.PageState], None]) -> None:
    """Do what the keys ask for, before the page of this address is drawn.

    A key is known by its number, so that none is obeyed twice and none is lost when several are
    pressed while a page is drawn. pin: keeps the view that was on the screen at the key.
    """
    done: int = st.session_state.get(_DONE, 0)
    pressed = (st.session_state.get(_KEYS) or {}).get("pressed") or []
    fresh = [(number, word) for number, word in pressed if number > done]
    shown = page_state.whole(page)
    for number, word in fresh:
        st.session_state[_DONE] = number
        if word == "epingler":
            pin(shown)
        else:
            _obey(word, shown)


def _obey(command: str, shown: page_state.PageState) -> None:
    if command == "projeter":
        st.query_params[PARAMETER] = "1"
    elif command == "quitter":
        st.query_params.pop(PARAMETER, None)
        st.query_params.pop(PLACE, None)
    elif command in ("haut", "bas"):
        territory = next((key for key in TERRITORIES if key in shown.axes), "")
        _move(shown, territory, 1 if command == "bas" else -1)
    elif command in ("gauche", "droite", "precedent", "suivant"):
        _along(
            shown,
            1 if command in ("droite", "suivant") else -1,
            by_period=command in ("gauche", "droite"),
        )


def _along(shown: page_state.PageState, step: int, *, by_period: bool) -> None:
    """Arrows go along the periods, a remote along the figures, where the page has both."""
    count = len(shown.figures)
    if PERIOD in shown.axes and (by_period or count < 2):
        _move(shown, PERIOD, -step)  # the newest comes first in the list
    elif count > 1:
        st.query_params[PLACE] = str(min(max(_place() + step, 0), count - 1))


def _move(shown: page_state.PageState, key: str, step: int) -> None:
    """Choose the neighbour of the present option; the ends of a list are ends."""
    axis = shown.axes.get(key)
    if axis is not None and axis.picked in axis.options:
        place = min(max(axis.options.index(axis.picked) + step, 0), len(axis.options) - 1)
        axis.picked = st.session_state[key] = axis.options[place]


def _place() -> int:
    text = st.query_params.get(PLACE, "0")
    return int(text) if text.isdecimal() else 0


def projected(figures: list[Figure]) -> Figure | None:
    """The one of the page's figures that covers the screen."""
    return figures[min(_place(), len(figures) - 1)] if figures else None


def show_projection() -> None:
    """Cover the screen with the figure; with a sentence when the page has none."""
    figure = projected(page_state.figures())
    picked = escape(", ".join(page_state.labels()))
    body = f"<p>{picked} : aucune figure à projeter. Échap pour revenir.</p>"
    if figure is not None:
        body = _drawn(context_of(demo=figure.fictitious, shapes=True), figure)
    st.html(_AROUND)
    _SCREEN(key="projection", data={"body": body})


def _drawn(context: FigureContext, figure: Figure) -> str:
    try:
        return _picture(
            context,
            tuple(sorted(figure.recipe.items())),
            figure.fictitious,
            context.dataset.version,
        )
    except ExportError as reason:
        return f"<p>{escape(str(reason))} Échap pour revenir.</p>"


@st.cache_data(max_entries=200, show_spinner=False)
def _picture(
    _desk: FigureContext, recipe: tuple[tuple[str, str], ...], fictitious: bool, version: str
) -> str:
    """The figure as SVG, with as much of its caption as the screen has room for.

    fictitious and version tell one data set from another: the desk itself is not compared.
    """
    figure = figure_of(_desk.for_print(), FigureRequest.from_texts(dict(recipe)))
    assert figure is not None
    try:
        drawn = image(figure, "svg", _desk.shapes, SCREEN)
    except ExportError:
        drawn = image(figure, "svg", _desk.shapes, SCREEN, options=Options(caption=False))
    text = drawn.decode()
    return text[text.index("<svg") :]
