"""Presentation mode: one figure on the whole screen, led by the keyboard or a remote.

The figure is laid out anew as an image of 1920 × 1080 whose smallest letter has 24 pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.export.image import DrawingStopped, ExportError, image
from atlas.export.page_layout import signed_options
from atlas.figures.common.brief_caption import with_caption_lines
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.registry import figure_of
from atlas.settings import Format
from atlas.ui import html, page_state
from atlas.ui.prepared_drawings import PreparedDrawings
from atlas.ui.session import context_of
from atlas.ui.url_parameters import (
    number_parameter,
    parameter,
    remove_parameter,
    write_parameter,
)

# Of the address: whether the page is presented, and which of its figures.
PARAMETER, FIGURE_PARAMETER = "projection", "vue"
# Of the controls that arrows move.
PERIOD, TERRITORY = "periode", "territoire"
# Two pixels are a point here: 24 pixels are 12 points, for the smallest letter of a drawing too.
SCREEN_FORMAT = Format(label="projection", width_px=1920, height_px=1080, dpi=144, text=12.75)
# Of the width of the screen, what the lines of a caption take.
CAPTION_SHARE = 0.94
# Of the session: the number of the last key obeyed, and what the listener of keys says.
_LAST_KEY, _KEYS = "_keys_done", "touches"
# And whether a figure covers the screen.
_ON_SCREEN = "_figure_on_screen"
_KEYS_COMPONENT = st.components.v2.component(
    "touches",
    html=html.asset("templates/keys.html"),
    css=html.asset("buttons.css") + html.asset("keys.css"),
    js=html.asset("keys.js"),
)
# st.html would clean the drawing away: a component is trusted with it.
_SCREEN_COMPONENT = st.components.v2.component(
    "projection",
    html=html.asset("templates/presentation.html"),
    css=html.asset("presentation.css"),
    js=html.asset("presentation.js"),
)


def is_active() -> bool:
    """True when the page is projected: its figures are then not drawn in their frames."""
    return parameter(PARAMETER) == "1"


def show_key_controls() -> None:
    """The buttons of the menu, and the listener of the keyboard."""
    _KEYS_COMPONENT(
        key=_KEYS,
        data={"active": is_active(), "done": st.session_state.get(_LAST_KEY, 0)},
        on_pressed_change=lambda: None,
    )


def apply_key_presses(page: str, pin: Callable[[page_state.PageState], None]) -> None:
    """Do what the keys ask for, before the page of this address is drawn.

    A key is known by its number, so that none is obeyed twice and none is lost when several are
    pressed while a page is drawn. pin: keeps the view that was on the screen at the key.
    """
    done: int = st.session_state.get(_LAST_KEY, 0)
    pressed = (st.session_state.get(_KEYS) or {}).get("pressed") or []
    fresh = [(number, word) for number, word in pressed if number > done]
    shown = page_state.last_complete(page)
    for number, word in fresh:
        st.session_state[_LAST_KEY] = number
        if word == "epingler":
            pin(shown)
        else:
            _apply(word, shown)


def project_figure(page: str, key: str) -> None:
    """Project the page of this address, at the figure shown under this key."""
    names = list(page_state.last_complete(page).figures)
    write_parameter(PARAMETER, "1")
    if key in names:
        write_parameter(FIGURE_PARAMETER, str(names.index(key)))


def _apply(command: str, shown: page_state.PageState) -> None:
    if command == "projeter":
        write_parameter(PARAMETER, "1")
    elif command == "quitter":
        remove_parameter(PARAMETER)
        remove_parameter(FIGURE_PARAMETER)
    elif command in ("haut", "bas"):
        _choose_neighbour(shown, TERRITORY, 1 if command == "bas" else -1)
    elif command in ("gauche", "droite", "precedent", "suivant"):
        _step(
            shown,
            1 if command in ("droite", "suivant") else -1,
            by_period=command in ("gauche", "droite"),
        )


def _step(shown: page_state.PageState, step: int, *, by_period: bool) -> None:
    """Arrows go along the periods, a remote along the figures, where the page has both."""
    count = len(shown.figures)
    if PERIOD in shown.controls and (by_period or count < 2):
        _choose_neighbour(shown, PERIOD, -step)  # the newest comes first in the list
    elif count > 1:
        number = min(max(_figure_number(count) + step, 0), count - 1)
        write_parameter(FIGURE_PARAMETER, str(number))


def _choose_neighbour(shown: page_state.PageState, key: str, step: int) -> None:
    """Choose the neighbour of the present option; the ends of a list are ends."""
    control = shown.controls.get(key)
    if control is not None and control.picked in control.options:
        place = min(max(control.options.index(control.picked) + step, 0), len(control.options) - 1)
        control.picked = st.session_state[key] = control.options[place]


def _figure_number(count: int) -> int:
    """Which of so many figures the address names; the first without a name."""
    return number_parameter(FIGURE_PARAMETER, count - 1)


def figure_on_screen(figures: list[Figure]) -> Figure | None:
    """The one of the page's figures that covers the screen."""
    return figures[_figure_number(len(figures))] if figures else None


def begin_on_screen() -> DeltaGenerator:
    """Before the page is drawn: cover it at once when its presentation begins, until the figure is
    there. Returns the place of what covers it."""
    place = st.empty()
    if not is_active():
        st.session_state.pop(_ON_SCREEN, None)
    elif _ON_SCREEN not in st.session_state:
        with place:
            st.html(html.render("presentation_wait.html"))
    return place


def show_on_screen(cover: DeltaGenerator) -> None:
    """Cover the screen with the figure; with a sentence when the page has none. What an arrow or
    the remote may show next is drawn meanwhile. cover: of `begin_on_screen`."""
    figure = figure_on_screen(page_state.figures())
    if figure is None:
        chosen = ", ".join(page_state.labels())
        body = _message(
            f"{chosen} : aucune figure à projeter."
            if chosen
            else "Aucune figure à projeter sur cette page."
        )
    else:
        body = _figure_html(figure)
    description = figure.alt if figure else "Aucune figure à projeter"
    _SCREEN_COMPONENT(key="projection", data={"body": body, "description": description})
    st.session_state[_ON_SCREEN] = True
    cover.empty()
    for request, fictitious in _next_requests():
        key, draw = _drawing(request, fictitious)
        shared_drawings().prepare(key, draw)


def _next_requests() -> list[tuple[FigureRequest, bool]]:
    """Of the figures that one key away from the one on the screen; whether each is fictitious."""
    figures = page_state.figures()
    shown = figure_on_screen(figures)
    if shown is None or shown.request is None:
        return []
    after = figures[_figure_number(len(figures)) + 1 :][:1]
    found = [(one.request, one.fictitious) for one in after if one.request]
    control = page_state.controls().get(PERIOD)
    period = getattr(shown.request, "period", None)
    if control is not None and period == control.picked and period in control.options:
        place = control.options.index(period)
        found += [
            (shown.request.with_fields(period=option), shown.fictitious)
            for option in (control.options[place + 1 :][:1] + control.options[:place][-1:])
        ]
    return found


def _figure_html(figure: Figure) -> str:
    assert figure.request is not None  # a page shows figures of requests
    key, draw = _drawing(figure.request, figure.fictitious)
    try:
        return shared_drawings().get(key, draw)
    except (ExportError, RequestError) as reason:
        return _message(str(reason))


def _message(sentence: str) -> str:
    return html.render("presentation_message.html", sentence=sentence)


@st.cache_resource(show_spinner=False)
def shared_drawings() -> PreparedDrawings:
    """Of all visitors of this process."""
    return PreparedDrawings()


def _drawing(request: FigureRequest, fictitious: bool) -> tuple[Hashable, Callable[[], str]]:
    """What a drawing is made from, and how: from then on without the visitor's session."""
    context = context_of(demo=fictitious, shapes=True)
    return drawing_key(context, request), lambda: screen_svg(context, request)


def drawing_key(context: FigureContext, request: FigureRequest) -> tuple[Hashable, ...]:
    """What tells a drawing from the others of `shared_drawings`."""
    texts = tuple(sorted(request.as_texts().items()))
    return texts, context.dataset.fictitious, context.dataset.version


def screen_svg(context: FigureContext, request: FigureRequest) -> str:
    """The figure as SVG, with as much of it and of its caption as the screen has room for.

    White as paper, in the dark too: what a room sees is what is printed. Raises ExportError,
    RequestError.
    """
    text = screen_image(context, request, "svg", SCREEN_FORMAT).decode()
    return text[text.index("<svg") :]


def screen_image(context: FigureContext, request: FigureRequest, kind: str, size: Format) -> bytes:
    """As `screen_svg`, as an image of any kind. size: SCREEN_FORMAT in other pixels."""
    refused = ExportError("Il n’y a rien à projeter.")
    signed = signed_options(context.settings.brand, context.logo)
    for with_caption in (True, False):
        for shown in (request, *request.shorter_forms()):
            figure = figure_of(context.for_print(), shown)
            if figure is None:
                continue
            figure = with_caption_lines(figure, size.text, size.width * CAPTION_SHARE)
            for across in (True, False):
                options = replace(signed, across=across, caption=with_caption)
                try:
                    return image(figure, kind, context.shapes, size, options=options)
                except DrawingStopped:
                    raise  # not for want of room
                except ExportError as reason:
                    refused = reason
    raise refused
