"""The controls of a comparison page: territories, indicator, layout, dates, scale, all in the
address; and the page to come, as the lines of YAML that make it."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.options import (
    date_options,
    drawn_codes,
    earlier_options,
    indicator_options,
    layout_options,
    widest_pair,
)
from atlas.figures.comparison.request import NO_PERIOD, ComparisonRequest
from atlas.figures.comparison.saving import page_entry
from atlas.figures.comparison.selection import (
    codes_of,
    selection_name,
    selection_of,
    selection_options,
)
from atlas.settings import PAIRED, USES, Comparison, Layout, Scales
from atlas.territories import CODE_SEPARATOR
from atlas.ui.markdown import escape_markdown
from atlas.ui.url_parameters import has_parameter
from atlas.ui.url_widgets import reset_controls, url_multiselect, url_segments, url_selectbox

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
SCALES: dict[Scales, str] = {"shared": "commune", "free": "une par territoire"}
# Their names in the address, and the controls that « Revenir à la page » takes back.
URL_KEYS = ("territoires", "indicateur", "presentation", "periode", "depuis", "axe")
PASTE_INSTRUCTIONS = (
    "Collez ces lignes dans config.yaml, juste sous la ligne « comparisons: » : la page "
    "s’ajoute au menu au prochain chargement. Changez d’abord nav, title et introduction."
)


def requests_of(context: FigureContext, key: str) -> list[ComparisonRequest]:
    """Draw the controls; the figures asked for, none when no territory is chosen."""
    page = context.settings.comparisons[key]
    own = selection_of(page)
    where, what = st.columns([3, 2])
    with where:
        selection = url_multiselect(
            "Territoires",
            selection_options(context, page),
            URL_KEYS[0],
            default=own,
            page_only=True,
            option_label=lambda entry: selection_name(context, entry),
        )
    codes = codes_of(context, selection)
    with what:
        shown = _choose_indicators(context, page, codes)
    if not codes or not shown:
        return []
    changes = {
        "territories": CODE_SEPARATOR.join(selection) if selection != own else "",
        **_choose_layout(context, page, codes, shown[0]),
    }
    return [
        ComparisonRequest.model_validate({"indicator": indicator, "comparison": key, **changes})
        for indicator in shown
    ]


def _choose_indicators(context: FigureContext, page: Comparison, codes: list[str]) -> list[str]:
    """The indicator chosen, or all those of the page."""
    known = indicator_options(context, codes)
    together = len(page.indicators) > 1
    first = "" if together else page.indicators[0]
    options = list(dict.fromkeys([first, *page.indicators, *known]))
    picked = url_selectbox(
        "Indicateur",
        options,
        URL_KEYS[1],
        default=first,
        page_only=True,
        option_label=lambda k: context.settings.indicators[k].label if k else "ceux de la page",
    )
    return [picked] if picked else list(page.indicators)


def _choose_layout(
    context: FigureContext, page: Comparison, codes: list[str], indicator: str
) -> dict[str, str]:
    """What differs from the page in the way it is drawn."""
    layouts = layout_options(context, codes, indicator) or [page.layout]
    how, when, since = st.columns(3)
    with how:
        layout = url_selectbox(
            "Présentation",
            layouts,
            URL_KEYS[2],
            default=page.layout,
            page_only=True,
            option_label=LAYOUTS.__getitem__,
        )
    found: dict[str, str] = {"layout": layout if layout != page.layout else ""}
    if "period" in USES[layout]:
        found |= _choose_dates(context, page, codes, indicator, layout, (when, since))
    if "scales" in USES[layout]:
        with since:
            options = sorted(SCALES, key=lambda scales: scales != page.scales)
            scales = url_segments(
                "Échelle", options, URL_KEYS[5], option_label=SCALES.__getitem__, page_only=True
            )
        found["scales"] = scales if scales != page.scales else ""
    return found


def _choose_dates(
    context: FigureContext,
    page: Comparison,
    codes: list[str],
    indicator: str,
    layout: Layout,
    places: tuple[st.delta_generator.DeltaGenerator, ...],
) -> dict[str, str]:
    """The date and the earlier one, where they are not those of the page."""
    accumulation = context.settings.indicators[indicator].accumulation
    own, own_before = (
        periods.reference_period(date, accumulation) if date else ""
        for date in (page.period, page.compared_to)
    )
    codes = drawn_codes(context, codes, layout)
    dates = date_options(context, codes, indicator, layout)
    latest = [] if own or layout in PAIRED else [""]
    if not dates:
        return {}
    named = (
        "la dernière publiée de chacun"
        if layout in ("corridors", "multiples")
        else ("la dernière publiée")
    )
    with places[0]:
        date = url_selectbox(
            "Période",
            [*latest, *dates],
            URL_KEYS[3],
            default=own,
            page_only=True,
            option_label=lambda when: periods.label(when) if when else named,
        )
    found = {"period": date if date != own else ""}
    if "compared_to" not in USES[layout]:
        return found
    with places[1]:
        before = _choose_earlier_date(
            context, codes, indicator, layout, date or dates[0], own_before
        )
    if before != NO_PERIOD and not date:
        found["period"] = dates[0]
    return found | {"compared_to": before if before != (own_before or NO_PERIOD) else ""}


def _choose_earlier_date(
    context: FigureContext, codes: list[str], indicator: str, layout: Layout, date: str, own: str
) -> str:
    """The earlier date; that of most territories at first where a layout is nothing without."""
    earlier = earlier_options(context, codes, indicator, date)
    options = earlier if layout in PAIRED and earlier else [NO_PERIOD, *earlier]
    start = (
        own
        if own in earlier
        else (widest_pair(context, codes, indicator, date) if layout in PAIRED else NO_PERIOD)
    )
    return url_selectbox(
        "Depuis",
        options,
        URL_KEYS[4],
        default=start,
        page_only=True,
        option_label=lambda when: "sans comparaison" if when == NO_PERIOD else periods.label(when),
    )


def show_reset(requests: list[ComparisonRequest]) -> bool:
    """A way back when the view is no longer that of the page; True when it is not."""
    unchanged = [
        ComparisonRequest(indicator=request.indicator, comparison=request.comparison)
        for request in requests
    ]
    if requests == unchanged and not has_parameter(URL_KEYS):
        return False
    st.button(
        "Revenir à la page d’origine",
        icon=":material/undo:",
        type="tertiary",
        on_click=reset_controls,
        args=(URL_KEYS,),
    )
    return True


def show_saving(context: FigureContext, requests: list[ComparisonRequest]) -> None:
    """The view at hand as a page of config.yaml."""
    if not requests:
        return
    with st.expander("Enregistrer comme page"):
        try:
            entry = page_entry(context, requests[0], [request.indicator for request in requests])
        except RequestError as reason:
            st.info(escape_markdown(f"Cette vue ne peut pas devenir une page : {reason}."))
            return
        st.markdown(PASTE_INSTRUCTIONS)
        st.code(entry, language="yaml")
