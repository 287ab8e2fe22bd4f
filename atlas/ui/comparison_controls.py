"""The controls of a comparison page: territories, indicator, layout, dates, scale, all in the
address; and the page to come, as the lines of YAML that make it."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.settings import PAIRED, USES, Axis, Comparison, Layout
from atlas.territories import AND
from atlas.ui.choices import choice, forget, segments, several
from atlas.views import Desk, FigureRequest, comparison
from atlas.views.comparison import NONE
from atlas.views.figures import changes_of

LAYOUTS: dict[Layout, str] = {
    "bars": "Barres classées",
    "dots": "Points",
    "slope": "Pentes entre deux dates",
    "curve": "Courbe",
    "table": "Tableau",
    "maps": "Deux cartes",
    "corridors": "Couloirs côte à côte",
    "multiples": "Petits multiples des couloirs",
}
AXES: dict[Axis, str] = {"shared": "commune", "free": "une par territoire"}
# Their names in the address, and the controls that « Revenir à la page » takes back.
KEYS = ("territoires", "indicateur", "presentation", "periode", "depuis", "axe")
PASTE = (
    "Collez ces lignes dans config.yaml, juste sous la ligne « comparisons: » : la page "
    "s’ajoute au menu au prochain chargement. Changez d’abord nav, title et introduction."
)


def requests_of(desk: Desk, key: str) -> list[FigureRequest]:
    """Draw the controls; the figures asked for, none when no territory is chosen."""
    page = desk.settings.comparisons[key]
    own = comparison.selection_of(page)
    where, what = st.columns([3, 2])
    with where:
        words = several(
            "Territoires",
            comparison.selection_options(desk, page),
            KEYS[0],
            default=own,
            own=True,
            named=lambda word: comparison.selection_name(desk, word),
        )
    codes = comparison.codes_of(desk, words)
    with what:
        shown = _indicators(desk, page, codes)
    if not codes or not shown:
        return []
    changes = {
        "territories": AND.join(words) if words != own else "",
        **_drawing(desk, page, codes, shown[0]),
    }
    return [
        FigureRequest("comparaison", indicator, page=key, **changes)  # type: ignore[arg-type]
        for indicator in shown
    ]


def _indicators(desk: Desk, page: Comparison, codes: list[str]) -> list[str]:
    """The indicator chosen, or all those of the page."""
    known = comparison.indicator_options(desk, codes)
    together = len(page.indicators) > 1
    first = "" if together else page.indicators[0]
    options = list(dict.fromkeys([first, *page.indicators, *known]))
    picked = choice(
        "Indicateur",
        options,
        KEYS[1],
        default=first,
        own=True,
        named=lambda k: desk.settings.indicators[k].label if k else "ceux de la page",
    )
    return [picked] if picked else list(page.indicators)


def _drawing(desk: Desk, page: Comparison, codes: list[str], indicator: str) -> dict[str, str]:
    """What differs from the page in the way it is drawn."""
    layouts = comparison.layout_options(desk, codes, indicator) or [page.layout]
    how, when, since = st.columns(3)
    with how:
        layout = choice(
            "Présentation",
            layouts,
            KEYS[2],
            default=page.layout,
            own=True,
            named=LAYOUTS.__getitem__,
        )
    found: dict[str, str] = {"layout": layout if layout != page.layout else ""}
    if "period" in USES[layout]:
        found |= _dates(desk, page, codes, indicator, layout, (when, since))
    if "axis" in USES[layout]:
        with since:
            options = sorted(AXES, key=lambda axis: axis != page.axis)
            axis = segments("Échelle", options, KEYS[5], named=AXES.__getitem__, own=True)
        found["axis"] = axis if axis != page.axis else ""
    return found


def _dates(
    desk: Desk,
    page: Comparison,
    codes: list[str],
    indicator: str,
    layout: Layout,
    places: tuple[st.delta_generator.DeltaGenerator, ...],
) -> dict[str, str]:
    """The date and the earlier one, where they are not those of the page."""
    measure = desk.settings.indicators[indicator].measure
    own, own_before = (
        periods.when(date, measure) if date else "" for date in (page.period, page.against)
    )
    codes = comparison.drawn_codes(desk, codes, layout)
    dates = comparison.date_options(desk, codes, indicator, layout)
    latest = [] if own or layout in PAIRED else [""]
    if not dates:
        return {}
    named = (
        "la dernière publiée de chacun"
        if layout in ("corridors", "multiples")
        else ("la dernière publiée")
    )
    with places[0]:
        date = choice(
            "Période",
            [*latest, *dates],
            KEYS[3],
            default=own,
            own=True,
            named=lambda when: periods.label(when) if when else named,
        )
    found = {"period": date if date != own else ""}
    if "against" not in USES[layout]:
        return found
    with places[1]:
        before = _before(desk, codes, indicator, layout, date or dates[0], own_before)
    if before != NONE and not date:
        found["period"] = dates[0]
    return found | {"against": before if before != (own_before or NONE) else ""}


def _before(
    desk: Desk, codes: list[str], indicator: str, layout: Layout, date: str, own: str
) -> str:
    """The earlier date; that of most territories at first where a layout is nothing without."""
    earlier = comparison.earlier_options(desk, codes, indicator, date)
    options = earlier if layout in PAIRED and earlier else [NONE, *earlier]
    start = (
        own
        if own in earlier
        else (comparison.widest_pair(desk, codes, indicator, date) if layout in PAIRED else NONE)
    )
    return choice(
        "Depuis",
        options,
        KEYS[4],
        default=start,
        own=True,
        named=lambda when: "sans comparaison" if when == NONE else periods.label(when),
    )


def show_reset(requests: list[FigureRequest]) -> bool:
    """A way back when the view is no longer that of the page; True when it is not."""
    plain = [FigureRequest("comparaison", asked.indicator, page=asked.page) for asked in requests]
    mine = st.query_params.keys() & set(KEYS)
    if requests == plain and not mine:
        return False
    st.button(
        "Revenir à la page d’origine",
        icon=":material/undo:",
        type="tertiary",
        on_click=forget,
        args=(KEYS,),
    )
    return True


def show_saving(desk: Desk, requests: list[FigureRequest]) -> None:
    """The view at hand as a page of config.yaml."""
    if not requests:
        return
    with st.expander("Enregistrer comme page"):
        try:
            entry = comparison.page_entry(
                desk,
                requests[0].page,
                [asked.indicator for asked in requests],
                changes_of(requests[0]),
            )
        except comparison.Unsuited as reason:
            st.info(f"Cette vue ne peut pas devenir une page : {reason}.")
            return
        st.markdown(PASTE)
        st.code(entry, language="yaml")
