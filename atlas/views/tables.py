"""Tables that stand on their own, in French, ready to print."""

from __future__ import annotations

import math

import pandas as pd

from atlas import periods, wording
from atlas.indicators import snapshot
from atlas.settings.models import Level
from atlas.territories import KINDS
from atlas.views import captions
from atlas.views.desk import Desk
from atlas.views.maps import LEVELS


def territory_table(desk: Desk, *, indicator: str, level: Level, within: str, when: str
                    ) -> pd.DataFrame:
    """Territories of one level with a figure: number, name, value, published change."""
    kind = desk.settings.indicators[indicator]
    codes = desk.territories.of_kind(KINDS[level], within)
    rows = snapshot(desk.book.figures, desk.settings, codes, indicator=indicator,
                    when=periods.when(when, kind.measure))
    rows = rows[~rows["missing"]]
    digits = [wording.number(v, kind.digits) + (f"{wording.NBSP}%" if kind.in_percent else "")
              for v in rows["value"]]
    return pd.DataFrame({
        "Numéro": [desk.territories[c].number for c in rows["code"]],
        wording.capital(LEVELS[level][0]): [desk.territories[c].name for c in rows["code"]],
        kind.label: [captions.marked(d, how) for d, how in zip(
            digits, rows["derived"], strict=True)],
        "Progression": ["" if math.isnan(c) else wording.change(c, kind) for c in rows["change"]],
    }).reset_index(drop=True)


def figures_table(desk: Desk, figures: pd.DataFrame) -> pd.DataFrame:
    """Every figure with its words: territory, indicator, corridor, period, value, source, note."""
    settings = desk.settings
    kinds = [settings.indicators[key] for key in figures["indicator"]]
    return pd.DataFrame({
        "Territoire": [desk.territories[c].label for c in figures["territory"]],
        "Indicateur": [kind.label for kind in kinds],
        "Couloir": [settings.corridors[c].short if c else "" for c in figures["corridor"]],
        "Période": [periods.label(p, k.measure) for p, k in zip(
            figures["period"], kinds, strict=True)],
        "Valeur": ["" if math.isnan(v) else wording.with_unit(v, k, q) for v, q, k in zip(
            figures["value"], figures["qualifier"], kinds, strict=True)],
        "Évolution": ["" if math.isnan(c) else wording.change(c, k) for c, k in zip(
            figures["change"], kinds, strict=True)],
        "Par rapport à": [periods.label(p) if p else "" for p in figures["compared_to"]],
        "Source": [captions.source_text(desk.book.sources[s], p) for s, p in zip(
            figures["source"], figures["page"], strict=True)],
        "Origine": ["incertain" if u else "calculé" if d else "publié" for u, d in zip(
            figures["uncertain"], figures["derived"], strict=True)],
        "Note": [d or n for d, n in zip(figures["derived"], figures["note"], strict=True)],
    })
