"""The newest figure of an indicator, for what opens on the present: the first page, a dossier."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.key_figure import KeyFigure, key_figure
from atlas.settings import Dossier, FigureRef
from atlas.settings.dossiers import KeyFiguresBlock


def latest_key_figure(
    context: FigureContext, ref: FigureRef, *, territory: str = "FR"
) -> KeyFigure | None:
    """The card of the period that `ref` names, else of the newest period with a certain level;
    None when no level is known. territory: of a `ref` that names none."""
    code = ref.territory or territory
    if ref.period:
        named = key_figure(context, ref, territory=code, period=ref.period)
        if named is not None and named.large_value.is_known:
            return named
    rows = context.dataset.select(indicator=ref.indicator, territories=[code])
    rows = rows[(rows["corridor"] == ref.corridor) & rows["value"].notna()]
    newest = max(rows["reference_period"].unique(), key=periods.end_month, default="")
    if not newest:
        return None
    dated = ref.model_copy(update={"period": newest, "page": None})
    return key_figure(context, dated, territory=code, period=newest)


def main_key_figure(context: FigureContext, dossier: Dossier) -> KeyFigure | None:
    """What stands for a dossier: its first figure in large of its own territory, else the first of
    them; None when the data have none."""
    own = [
        ref
        for block in dossier.blocks
        if isinstance(block, KeyFiguresBlock)
        for ref in block.figures
        if (ref.territory or dossier.territory) == dossier.territory
    ]
    quoted = context.preferring(dossier.source)
    for ref in sorted(own, key=lambda ref: ref.size != "hero"):
        found = key_figure(quoted, ref, territory=dossier.territory, period=dossier.period)
        if found is not None and found.large_value.is_known:
            return found
    return None
