"""What the blocks of a dossier, and comparisons, ask for and that the data do not have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.selection import codes_of, selection_of
from atlas.figures.key_figures.key_figure import key_figure
from atlas.figures.registry import figure_of
from atlas.publications.dossier_blocks import block_request, block_table
from atlas.publications.finding_check.evidence import evidence_of
from atlas.settings import Dossier, FigureRef
from atlas.settings import dossiers as blocks
from atlas.territories import KIND_OF_LEVEL
from atlas.values import Value

#: Periods, or names, that are listed before the others are counted.
MAX_LISTED = 4


@dataclass(frozen=True)
class MissingData:
    """is_empty: nothing at all would be shown; is_asked: what is missing was asked for by name, and
    not found among others; text: a French sentence, empty where nothing is missing."""

    text: str = ""
    is_empty: bool = False
    is_asked: bool = False


def missing_of_block(context: FigureContext, dossier: Dossier, block: blocks.Block) -> str:
    """What a block of a dossier would lack: indicator, territory, period, and the periods that
    there are; empty where it shows all that it asks for."""
    return missing_data_of_block(context, dossier, block).text


def missing_data_of_block(
    context: FigureContext, dossier: Dossier, block: blocks.Block
) -> MissingData:
    """The same, with whether the block would be empty."""
    quoted = context.preferring(dossier.source)
    if isinstance(block, blocks.KeyFiguresBlock):
        return _of_key_figures(quoted, dossier, block)
    if isinstance(block, blocks.CorridorTableBlock | blocks.TerritoryTableBlock):
        return _of_table(quoted, dossier, block)
    if isinstance(block, blocks.TimelineBlock):
        if context.milestones:
            return MissingData()
        return MissingData("Aucune étape du service n’est écrite.", is_empty=True)
    if isinstance(block, blocks.TextBlock):
        return MissingData()
    return _of_figure(context, dossier, block)


def missing_of_comparison(context: FigureContext, key: str, indicator: str) -> MissingData:
    """What a comparison page would lack for one of its indicators."""
    page = context.settings.comparisons[key]
    request = ComparisonRequest(indicator=indicator, comparison=key)
    codes = codes_of(context, selection_of(page))
    return _of_request(
        context, request, codes, page.period or "", corridor=_by_corridor(page.layout)
    )


def figure_of_block(context: FigureContext, dossier: Dossier, block: blocks.Block) -> Figure | None:
    """The chart or the map of a block; None where it has none, or would be empty."""
    if not isinstance(
        block, blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock
    ):
        return None
    figure, _ = _figure_or_reason(context, block_request(context, dossier, block))
    return figure if figure and not _is_empty(context, figure) else None


def _figure_or_reason(context: FigureContext, request: FigureRequest) -> tuple[Figure | None, str]:
    """The figure of a request, made once for a context, or why there cannot be one."""

    def make() -> tuple[Figure | None, str]:
        try:
            return figure_of(context, request), ""
        except RequestError as reason:
            return None, str(reason)

    made: tuple[Figure | None, str] = context.once(("figure of a block", request), make)
    return made


def _is_empty(context: FigureContext, figure: Figure) -> bool:
    evidence = evidence_of(context, [figure])
    known = evidence.known(evidence.shown)
    # a map prints France in its legend, and shows no place of it
    asked = {fact.territory for fact in known} - (set() if "FR" in evidence.scope else {"FR"})
    return not known or (bool(evidence.compared - {"FR"}) and not asked)


def _of_figure(
    context: FigureContext,
    dossier: Dossier,
    block: blocks.MapBlock | blocks.CorridorsBlock | blocks.CurveBlock | blocks.ComparisonBlock,
) -> MissingData:
    codes = [dossier.territory]
    by_corridor = isinstance(block, blocks.CorridorsBlock)
    period = "" if isinstance(block, blocks.CurveBlock) else block.period or dossier.period
    if isinstance(block, blocks.MapBlock):
        region = context.territories.region_of(dossier.territory)
        codes = context.territories.of_kind(KIND_OF_LEVEL[block.level], region)
    elif isinstance(block, blocks.CurveBlock):
        codes = list(block.territories) or codes
    elif isinstance(block, blocks.ComparisonBlock):
        codes = codes_of(context, selection_of(block))
        by_corridor = _by_corridor(block.layout)
        period = block.period or ""
    request = block_request(context, dossier, block)
    return _of_request(context, request, codes, period, corridor=by_corridor)


def _by_corridor(layout: str) -> bool:
    return layout in ("corridors", "multiples")


def _of_request(
    context: FigureContext,
    request: FigureRequest,
    codes: Sequence[str],
    period: str,
    *,
    corridor: bool,
) -> MissingData:
    figure, reason = _figure_or_reason(context, request)
    if reason:
        return MissingData(_sentence(reason), is_empty=True, is_asked=True)
    if figure is None or _is_empty(context, figure):
        what = _label(context, request.indicator)
        when = f" pour {_date(context, request.indicator, period)}" if period else ""
        known = _known_periods(context, request.indicator, codes, corridor=corridor)
        by = " par couloir" if corridor else ""
        return MissingData(
            _sentence(f"aucune valeur{by} de « {what} » {_places(context, codes)}{when} ; {known}"),
            is_empty=True,
            is_asked=True,
        )
    evidence = evidence_of(context, [figure])
    absent = [code for code in codes if code in evidence.silent(evidence.shown)]
    if not absent:
        return MissingData()
    names = _listed([context.territories[code].name for code in absent])
    return MissingData(
        _sentence(f"sans valeur de « {_label(context, request.indicator)} » : {names}")
    )


def _of_key_figures(
    context: FigureContext, dossier: Dossier, block: blocks.KeyFiguresBlock
) -> MissingData:
    absent = [
        ref
        for ref in block.figures
        if key_figure(context, ref, territory=dossier.territory, period=dossier.period) is None
    ]
    if not absent:
        return MissingData()
    told = [_missing_figure(context, dossier, ref) for ref in absent[:MAX_LISTED]]
    if len(absent) > MAX_LISTED:
        told.append(f"et {len(absent) - MAX_LISTED} autre{'s' if len(absent) > 5 else ''}")
    count, total = len(absent), len(block.figures)
    start = (
        "aucun des chiffres demandés n’est publié"
        if count == total
        else f"{count} chiffre{'s' if count > 1 else ''} sur {total} "
        f"{'ne sont pas publiés' if count > 1 else 'n’est pas publié'}"
    )
    return MissingData(
        _sentence(f"{start} : {' ; '.join(told)}"), is_empty=count == total, is_asked=True
    )


def _missing_figure(context: FigureContext, dossier: Dossier, ref: FigureRef) -> str:
    """« Taux d’activation, en Bretagne, fin 2025 (publié pour mai 2025) »."""
    code = ref.territory or dossier.territory
    corridor = f", {context.settings.corridors[ref.corridor].short}" if ref.corridor else ""
    when = _date(context, ref.indicator, ref.period or dossier.period)
    page = f", page « {ref.page} »" if ref.page else ""
    known = _known_periods(context, ref.indicator, [code], only=ref.corridor)
    place = context.territories[code].locative
    return f"{_label(context, ref.indicator)}{corridor}, {place}, {when}{page} ({known})"


def _of_table(
    context: FigureContext,
    dossier: Dossier,
    block: blocks.CorridorTableBlock | blocks.TerritoryTableBlock,
) -> MissingData:
    table = block_table(context, dossier, block)
    has_value = any(
        isinstance(cell, Value) and cell.is_known
        for column in table.columns
        for cell in column.cells
    )
    is_by_corridor = isinstance(block, blocks.CorridorTableBlock)
    keys = block.indicators if isinstance(block, blocks.CorridorTableBlock) else [block.indicator]
    codes = [dossier.territory]
    if isinstance(block, blocks.TerritoryTableBlock):
        codes = context.territories.of_kind(KIND_OF_LEVEL[block.level], dossier.territory)
    period = block.period or dossier.period
    absent = keys if not has_value else _absent_columns(context, block, keys, codes, period)
    if not absent:
        return MissingData()
    told = [
        f"« {_label(context, key)} » {_places(context, codes)} pour {_date(context, key, period)} "
        f"({_known_periods(context, key, codes, corridor=is_by_corridor)})"
        for key in absent
    ]
    return MissingData(
        _sentence(f"aucune valeur : {' ; '.join(told)}"), is_empty=not has_value, is_asked=True
    )


def _absent_columns(
    context: FigureContext,
    block: blocks.CorridorTableBlock | blocks.TerritoryTableBlock,
    keys: Sequence[str],
    codes: Collection[str],
    period: str,
) -> list[str]:
    """The indicators of a table that has values of others alone."""
    if isinstance(block, blocks.TerritoryTableBlock):
        return []
    rows = context.dataset.observations
    found = []
    for key in keys:
        asked = periods.reference_period(period, context.settings.indicators[key].accumulation)
        own = rows[
            (rows["indicator"] == key)
            & rows["territory"].isin(list(codes))
            & (rows["reference_period"] == asked)
        ]
        if own.empty:
            found.append(key)
    return found


def _known_periods(
    context: FigureContext,
    indicator: str,
    codes: Sequence[str],
    *,
    corridor: bool = False,
    only: str = "",
) -> str:
    """« publié pour 2023 et 2024 », « rien n’en est publié »."""
    rows = context.dataset.observations
    rows = rows[(rows["indicator"] == indicator) & rows["territory"].isin(list(codes))]
    rows = rows[rows["corridor"] != "" if corridor else rows["corridor"] == only]
    found = sorted(set(rows["reference_period"]), key=periods.last_day)
    if not found:
        return "rien n’en est publié"
    labels = [_date(context, indicator, period) for period in found]
    return f"publié pour {_listed(labels)}"


def _listed(texts: Sequence[str]) -> str:
    unique = list(dict.fromkeys(texts))
    if len(unique) <= MAX_LISTED + 1:
        return french.join_with_et(unique)
    others = len(unique) - MAX_LISTED
    return f"{', '.join(unique[:MAX_LISTED])} et {others} autres"


def _places(context: FigureContext, codes: Sequence[str]) -> str:
    """« en Bretagne », « des départements de Bretagne », « pour la France et la Corse »."""
    places = [context.territories[code] for code in codes]
    if len(places) == 1:
        return places[0].locative
    holders = {place.parent for place in places}
    if len(holders) == 1 and len(places) > MAX_LISTED and (holder := holders.pop()):
        return f"pour les territoires {context.territories[holder].genitive}"
    return f"pour {_listed([place.with_article for place in places])}"


def _date(context: FigureContext, indicator: str, period: str) -> str:
    accumulation = context.settings.indicators[indicator].accumulation
    return periods.label(periods.reference_period(period, accumulation), accumulation)


def _label(context: FigureContext, indicator: str) -> str:
    return context.settings.indicators[indicator].label


def _sentence(text: str) -> str:
    return french.keep_with_punctuation(f"{french.capitalize_first(text.rstrip('.'))}.")
