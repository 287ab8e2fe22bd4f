"""The key figures of a block being composed: found by search, ordered, each with its label, its
size and its icon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.key_figure import (
    key_figure,
    key_figures_of_theme,
    plain_period,
)
from atlas.figures.options import periods_of
from atlas.publications.drafts import Draft
from atlas.settings import FigureRef
from atlas.settings.icons import icon_paths
from atlas.ui.composer_fields import choice_field, text_field
from atlas.ui.composer_state import history
from atlas.ui.markdown import escape_markdown

SIZES = {"normal": "normale", "hero": "en grand"}
_OWN_ICON = "celle de l’indicateur"

Change = Callable[..., None]


def show_key_figures(
    context: FigureContext, draft: Draft, block: Mapping[str, Any], key: str, change: Change
) -> None:
    """The figures in order, each with its fields folded, then the search that adds one."""
    figures = list(block["figures"])

    def put(changed: list[dict[str, Any]]) -> None:
        change(figures=changed)

    for place, figure in enumerate(figures):
        with st.expander(escape_markdown(_name(context, draft, figure))):
            _show_figure(figures, place, f"{key}_figure_{place}", put)
    _show_search(context, draft, f"{key}_search", figures, put)


def _show_figure(
    figures: list[dict[str, Any]],
    place: int,
    key: str,
    put: Callable[[list[dict[str, Any]]], None],
) -> None:
    figure = figures[place]

    def set_key(name: str, value: str, usual: str = "") -> None:
        kept = {k: v for k, v in figure.items() if k != name}
        changed = {**kept, name: value} if value and value != usual else kept
        put([*figures[:place], changed, *figures[place + 1 :]])

    text_field(
        "Ce qui est compté, en toutes lettres",
        figure.get("label") or "",
        f"{key}_label",
        lambda text: set_key("label", text),
        kind="name",
        placeholder="comme l’indicateur le dit",
    )
    text_field(
        "De qui il parle (facultatif)",
        figure.get("heading") or "",
        f"{key}_heading",
        lambda text: set_key("heading", text),
        kind="name",
    )
    choice_field(
        "Taille",
        list(SIZES),
        figure.get("size") or "normal",
        f"{key}_size",
        lambda size: set_key("size", size, "normal"),
        SIZES.__getitem__,
    )
    choice_field(
        "Pictogramme",
        ["", *icon_paths()],
        figure.get("icon") or "",
        f"{key}_icon",
        lambda icon: set_key("icon", icon),
        lambda icon: icon or _OWN_ICON,
    )
    moved = [*figures[:place], *figures[place + 1 :]]
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Monter",
            key=f"{key}_up",
            icon=":material/arrow_upward:",
            disabled=place == 0,
            on_click=put,
            args=([*moved[: max(place - 1, 0)], figure, *moved[max(place - 1, 0) :]],),
        )
        st.button(
            "Descendre",
            key=f"{key}_down",
            icon=":material/arrow_downward:",
            disabled=place == len(figures) - 1,
            on_click=put,
            args=([*moved[: place + 1], figure, *moved[place + 1 :]],),
        )
        st.button(
            "Retirer",
            key=f"{key}_remove",
            icon=":material/delete:",
            disabled=len(figures) == 1,
            on_click=put,
            args=(moved,),
        )


def _show_search(
    context: FigureContext,
    draft: Draft,
    key: str,
    figures: list[dict[str, Any]],
    put: Callable[[list[dict[str, Any]]], None],
) -> None:
    """A box in which one types; what is picked is added last."""
    known = _figures_to_add(context, draft)

    def add() -> None:
        picked = st.session_state[key]
        st.session_state[key] = None
        if picked and history() is not None:
            put([*figures, dict(known[picked])])

    st.selectbox(
        "Ajouter un chiffre",
        list(known),
        index=None,
        key=key,
        placeholder="Chercher parmi les chiffres connus : profils, hôpital, Landes…",
        on_change=add,
    )


def _figures_to_add(context: FigureContext, draft: Draft) -> dict[str, dict[str, Any]]:
    """By what one reads and types: each figure known of the territory, of what it holds and of
    France."""
    own = draft.fields["territory"]
    inside = [code for kind in ("DEP", "CPAM") for code in context.territories.of_kind(kind, own)]
    made: dict[str, dict[str, Any]] = context.once(
        ("figures to add", own), lambda: _find_figures(context, [own, *inside, "FR"], own)
    )
    return made


def _find_figures(context: FigureContext, codes: list[str], own: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for code in dict.fromkeys(codes):
        dates = periods_of(context, code)
        for theme in context.settings.themes if dates else ():
            for card in key_figures_of_theme(context, theme, territory=code, period=dates[0]):
                if not card.large_value.is_known:
                    continue
                reference: dict[str, Any] = {"indicator": card.indicator}
                if card.corridor:
                    reference["corridor"] = card.corridor
                if code != own:
                    reference["territory"] = code
                reference["period"] = card.large_value.period
                name = f"{card.place} : {card.value}, {card.label} ({plain_period(card)})"
                found.setdefault(french.keep_with_punctuation(name), reference)
    return found


def _name(context: FigureContext, draft: Draft, figure: Mapping[str, Any]) -> str:
    """« 34 %, d’activations sur le territoire corse (mars 2026) », or what is missing."""
    reference = FigureRef.model_validate(dict(figure))
    card = key_figure(
        context,
        reference,
        territory=draft.fields["territory"],
        period=draft.fields["period"],
    )
    if card is None:
        indicator = context.settings.indicators[reference.indicator]
        date = periods.label(reference.period or draft.fields["period"])
        return f"{indicator.label}, {date} : absent des données"
    return f"{card.value}, {card.label} ({plain_period(card)})"
