"""The blocks of a dossier being composed: their list, and the fields of the open one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.options import (
    date_options,
    drawn_codes,
    earlier_options,
    indicator_options,
    layout_options,
)
from atlas.figures.comparison.selection import (
    as_settings,
    codes_of,
    selection_name,
    words_of_fields,
)
from atlas.figures.map.request import MapRequest
from atlas.figures.options import corridor_indicators, corridor_periods, map_periods
from atlas.publications.drafts import Draft, draft_problems
from atlas.settings import USES
from atlas.ui.comparison_controls import LAYOUTS, SCALES
from atlas.ui.composer_fields import (
    NONE_CHOSEN,
    choice_field,
    choices_field,
    switch_field,
    text_field,
)
from atlas.ui.composer_findings import show_title_check
from atlas.ui.composer_key_figures import show_key_figures
from atlas.ui.composer_state import history, open_block, opened_block, record
from atlas.ui.map_controls import LEVELS
from atlas.ui.markdown import escape_markdown

KINDS: dict[str, str] = {
    "key_figures": "Chiffres clés",
    "map": "Carte",
    "corridors": "Couloirs",
    "corridor_table": "Tableau par couloir",
    "territory_table": "Tableau des territoires",
    "curve": "Courbe",
    "comparison": "Comparaison",
    "timeline": "Chronologie",
    "text": "Texte",
}
_MEASURES = {"value": "le niveau", "change": "l’évolution", "gap": "l’écart à la France"}
_COMPARED_MEASURES = {"value": "le niveau", "change": "l’évolution"}
_VIEWS = {
    "niveau": "Niveaux",
    "croissance": "Croissances",
    "evolution": "Dans le temps",
    "contribution": "Contributions",
    "parts": "Parts",
}
# Those that start from an earlier period.
_VIEWS_OF_CHANGES = ("niveau", "croissance", "contribution")
# Letters of a title in the list of blocks.
_MAX_TITLE_LETTERS = 60

Block = Mapping[str, Any]
Change = Callable[..., None]


def show_blocks(context: FigureContext, draft: Draft) -> None:
    """The blocks in order; the open one with what can be done with it, and its fields."""
    for place, identity in enumerate(draft.blocks, start=1):
        block = draft.block(identity)
        is_open = identity == opened_block()
        st.button(
            escape_markdown(f"{place}. {block_name(block)}"),
            key=f"composer_open_{identity}",
            type="primary" if is_open else "secondary",
            width="stretch",
            on_click=open_block,
            args=(None if is_open else identity,),
        )
        if is_open:
            with st.container(border=True):
                _show_actions(draft, identity, place)
                _show_fields(context, draft, identity)


def block_name(block: Block) -> str:
    """« Carte : La Haute-Corse devance… », « Couloirs, croissances »."""
    kind, title = KINDS.get(block["kind"], str(block["kind"])), str(block.get("title") or "")
    view, layout = block.get("view") or "", block.get("layout")
    how = _VIEWS.get(view) or (LAYOUTS[layout] if layout else "")
    if how and not title:
        return f"{kind}, {how[0].lower()}{how[1:]}"
    if len(title) > _MAX_TITLE_LETTERS:
        title = f"{title[:_MAX_TITLE_LETTERS].rstrip()}…"
    return f"{kind} : {title}" if title else kind


def _show_actions(draft: Draft, identity: int, place: int) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Monter",
            key=f"composer_up_{identity}",
            icon=":material/arrow_upward:",
            disabled=place == 1,
            on_click=_take,
            args=(lambda present: present.move_block(identity, -1),),
        )
        st.button(
            "Descendre",
            key=f"composer_down_{identity}",
            icon=":material/arrow_downward:",
            disabled=place == len(draft.blocks),
            on_click=_take,
            args=(lambda present: present.move_block(identity, 1),),
        )
        st.button(
            "Dupliquer",
            key=f"composer_copy_{identity}",
            icon=":material/content_copy:",
            on_click=_take,
            args=(lambda present: present.duplicate_block(identity),),
        )
        st.button(
            "Retirer",
            key=f"composer_remove_{identity}",
            icon=":material/delete:",
            disabled=len(draft.blocks) == 1,
            on_click=_remove,
            args=(identity,),
        )


def _take(operation: Callable[[Draft], Draft]) -> None:
    present = history()
    if present is not None:
        record(operation(present.present))


def _remove(identity: int) -> None:
    """The block that takes its place is opened."""
    present = history()
    if present is None or identity not in present.present.blocks:
        return
    place = present.present.blocks.index(identity)
    left = present.present.remove_block(identity)
    record(left)
    open_block(left.blocks[min(place, len(left.blocks) - 1)] if left.blocks else None)


def _show_fields(context: FigureContext, draft: Draft, identity: int) -> None:
    block = draft.block(identity)

    def change(**fields: Any) -> None:
        present = history()
        if present is not None and identity in present.present.blocks:
            record(present.present.with_block(identity, **fields))

    key = f"composer_{identity}"
    text_field(
        "Titre",
        block.get("title") or "",
        f"{key}_title",
        lambda text: change(title=text),
        placeholder="Sans titre, la figure dit elle-même ce qu’elle montre",
    )
    if not draft_problems(draft):
        show_title_check(context, draft, identity)
    shown = _FIELDS.get(block["kind"])
    if shown:
        shown(context, draft, block, key, change)
    text_field(
        "Texte" if block["kind"] == "text" else "Texte au-dessus (facultatif)",
        block.get("text") or "",
        f"{key}_text",
        lambda text: change(text=text),
        kind="text",
    )


def _period_field(
    draft: Draft, block: Block, dates: list[str], key: str, change: Change, name: str = "period"
) -> None:
    """One of the dates that have figures, or that of the dossier."""
    labels = {date: periods.label(date) for date in dates}
    own = "celle du dossier" if name == "period" else "un an avant"

    def label(date: str) -> str:
        if not date:
            return f"{own} ({periods.label(draft.fields['period'])})" if name == "period" else own
        return escape_markdown(labels.get(date, f"{periods.label(date)} (aucun chiffre)"))

    choice_field(
        "Période" if name == "period" else "Depuis",
        [NONE_CHOSEN, *dates],
        block.get(name) or NONE_CHOSEN,
        f"{key}_{name}",
        lambda date: change(**{name: date or None}),
        label,
    )


def _indicator_field(
    context: FigureContext, block: Block, options: list[str], key: str, change: Change, usual: str
) -> None:
    indicators = context.settings.indicators
    choice_field(
        "Indicateur",
        options,
        block.get("indicator") or usual,
        f"{key}_indicator",
        lambda picked: change(indicator=picked),
        lambda picked: escape_markdown(indicators[picked].label),
    )


def _show_map(context: FigureContext, draft: Draft, block: Block, key: str, change: Change) -> None:
    usual = "activation_rate"
    _indicator_field(context, block, context.settings.map_indicators, key, change, usual)
    choice_field(
        "Découpage",
        list(LEVELS),
        block.get("level") or "departements",
        f"{key}_level",
        lambda level: change(level=level),
        lambda level: LEVELS[level],  # type: ignore[index]
    )
    choice_field(
        "Ce que les couleurs disent",
        list(_MEASURES),
        block.get("measure") or "value",
        f"{key}_measure",
        lambda measure: change(measure=measure),
        _MEASURES.__getitem__,
    )
    request = MapRequest(
        indicator=block.get("indicator") or usual,
        territory=context.territories.region_of(draft.fields["territory"]),
        level=block.get("level") or "departements",
    )
    _period_field(draft, block, map_periods(context, request), key, change)


def _known_by_corridor(context: FigureContext, code: str) -> list[str]:
    """Indicators of which a territory has several corridors at one period."""
    found = {
        indicator
        for date in corridor_periods(context, code)
        for indicator in corridor_indicators(context, code, date)
    }
    return [indicator for indicator in context.settings.indicators if indicator in found]


def _show_corridors(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    code = draft.fields["territory"]
    dates = corridor_periods(context, code)
    known = _known_by_corridor(context, code)
    _indicator_field(context, block, known, key, change, "documents_deposited")
    choice_field(
        "Vue",
        list(_VIEWS),
        block.get("view") or "niveau",
        f"{key}_view",
        lambda view: change(view=view),
        _VIEWS.__getitem__,
    )
    _period_field(draft, block, dates, key, change)
    if (block.get("view") or "niveau") in _VIEWS_OF_CHANGES:
        shown = block.get("period") or draft.fields["period"]
        before = [date for date in dates if periods.end_month(date) < periods.end_month(shown)]
        _period_field(draft, block, before, key, change, "compared_to")


def _show_corridor_table(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    code = draft.fields["territory"]
    dates = corridor_periods(context, code)
    known = _known_by_corridor(context, code)
    _indicators_field(context, known, block, key, change, "Colonnes")
    _period_field(draft, block, dates, key, change)


def _indicators_field(
    context: FigureContext,
    known: list[str],
    block: Block,
    key: str,
    change: Change,
    label: str,
    name: str = "indicators",
) -> None:
    choices_field(
        label,
        known,
        block.get(name) or [],
        f"{key}_{name}",
        lambda picked: change(**{name: picked}),
        lambda picked: escape_markdown(context.settings.indicators[picked].label),
    )


def _show_territory_table(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    usual = "activation_rate"
    _indicator_field(context, block, context.settings.map_indicators, key, change, usual)
    level = block.get("level") or "caisses"
    choice_field(
        "Découpage",
        list(LEVELS),
        level,
        f"{key}_level",
        lambda picked: change(level=picked),
        lambda picked: LEVELS[picked],  # type: ignore[index]
    )
    request = MapRequest(
        indicator=block.get("indicator") or usual,
        territory=draft.fields["territory"],
        level=level,  # type: ignore[arg-type]
    )
    _period_field(draft, block, map_periods(context, request), key, change)


def _show_curve(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    codes = block.get("territories") or [draft.fields["territory"]]
    known = indicator_options(context, codes)
    _indicator_field(context, block, known, key, change, known[0] if known else "")
    show_territories_field(context, block, key, change, only_codes=True)
    switch_field(
        "Étapes du service sur la courbe",
        bool(block.get("milestones")),
        f"{key}_milestones",
        lambda shown: change(milestones=shown or None),
    )


def show_territories_field(
    context: FigureContext, block: Block, key: str, change: Change, *, only_codes: bool = False
) -> None:
    """Territories, and words that stand for several where a comparison takes them."""
    rows = context.dataset.select()
    present = set(rows["territory"])
    codes = [code for code in context.territories.by_code if code in present]
    chosen = list(block.get("territories") or ()) if only_codes else words_of_fields(block)
    if not only_codes:
        around = [
            code
            for code in context.territories.of_kind("REG")
            if context.shapes and context.shapes.neighbours(code)
        ]
        groups = [f"groupe-{group}" for group in context.settings.groups]
        codes = [
            "regions",
            "departements",
            *groups,
            *codes,
            *(f"voisins-{code}" for code in around),
        ]

    def take(words: list[str]) -> None:
        if only_codes:
            change(territories=words)
        elif words:
            cleared = {"territories": None, "all": None, "neighbours": None, "group": None}
            change(**{**cleared, **as_settings(context, words)})

    choices_field(
        "Territoires",
        codes,
        chosen,
        f"{key}_territories",
        take,
        lambda word: escape_markdown(selection_name(context, word)),
    )


def _show_comparison(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    show_territories_field(context, block, key, change)
    codes = codes_of(context, words_of_fields(block))
    _indicator_field(context, block, indicator_options(context, codes), key, change, "")
    show_layout_fields(context, draft, block, codes, block["indicator"], key, change)


def show_layout_fields(
    context: FigureContext,
    draft: Draft,
    block: Block,
    codes: list[str],
    indicator: str,
    key: str,
    change: Change,
) -> None:
    """How a comparison is drawn: layout, dates, measure, scale; what a layout has no use for is
    taken out when it is chosen."""
    layout = block["layout"]

    def choose_layout(picked: str) -> None:
        useless = {
            name: None
            for names in USES.values()
            for name in names
            if name not in USES[picked]  # type: ignore[index]
        }
        change(layout=picked, **useless, **_dates_of_layout(context, codes, indicator, picked))

    choice_field(
        "Présentation",
        list(layout_options(context, codes, indicator)),
        layout,
        f"{key}_layout",
        choose_layout,
        lambda picked: LAYOUTS[picked],  # type: ignore[index]
    )
    uses = USES[layout]
    if "measure" in uses:
        choice_field(
            "Ce que les barres disent",
            list(_COMPARED_MEASURES),
            block.get("measure") or "value",
            f"{key}_measure",
            lambda measure: change(measure=measure),
            _COMPARED_MEASURES.__getitem__,
        )
    if "period" in uses:
        shown = drawn_codes(context, codes, layout)
        dates = date_options(context, shown, indicator, layout)
        is_of_dossier = draft.section == "dossiers"
        labels = {"": "celle du dossier" if is_of_dossier else "la dernière publiée"}
        choice_field(
            "Période",
            dates if "compared_to" in uses and layout in ("slope", "maps") else ["", *dates],
            block.get("period") or "",
            f"{key}_period",
            lambda date: (
                change(period=date or None, compared_to=None) if not date else change(period=date)
            ),
            lambda date: labels.get(date) or periods.label(date),
        )
        if "compared_to" in uses and block.get("period"):
            before = earlier_options(context, shown, indicator, block["period"])
            choice_field(
                "Depuis",
                before if layout in ("slope", "maps") else ["", *before],
                block.get("compared_to") or "",
                f"{key}_compared_to",
                lambda date: change(compared_to=date or None),
                lambda date: periods.label(date) if date else "aucune",
            )
    if "scales" in uses:
        choice_field(
            "Échelle",
            list(SCALES),
            block.get("scales") or "shared",
            f"{key}_scales",
            lambda scales: change(scales=scales),
            lambda scales: SCALES[scales],  # type: ignore[index]
        )


def _dates_of_layout(
    context: FigureContext, codes: list[str], indicator: str, layout: str
) -> dict[str, str]:
    """The two dates that a layout is nothing without."""
    if layout not in ("slope", "maps"):
        return {}
    shown = drawn_codes(context, codes, layout)  # type: ignore[arg-type]
    for date in date_options(context, shown, indicator, layout):  # type: ignore[arg-type]
        before = earlier_options(context, shown, indicator, date)
        if before:
            return {"period": date, "compared_to": before[0]}
    return {}


def _show_key_figures(
    context: FigureContext, draft: Draft, block: Block, key: str, change: Change
) -> None:
    show_key_figures(context, draft, block, key, change)
    known = _known_by_corridor(context, draft.fields["territory"])
    if known:
        _indicators_field(
            context, known, block, key, change, "Tableau par couloir dessous", "corridor_table"
        )


_FIELDS: dict[str, Callable[[FigureContext, Draft, Block, str, Change], None]] = {
    "key_figures": _show_key_figures,
    "map": _show_map,
    "corridors": _show_corridors,
    "corridor_table": _show_corridor_table,
    "territory_table": _show_territory_table,
    "curve": _show_curve,
    "comparison": _show_comparison,
}
