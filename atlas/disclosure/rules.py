"""Primary suppression: cells that config/secrecy.yaml makes secret by themselves."""

from __future__ import annotations

import pandas as pd

from atlas.disclosure.cells import Cell, cells_of
from atlas.settings import SecrecyRule, Settings

# Of a value that is secret for who contributes to it: nobody may know it nearer than this share.
PROTECTED_SHARE = 0.2


def primary_suppression(cells: pd.DataFrame, settings: Settings) -> dict[Cell, float]:
    """Each secret cell → how wide the interval that can be computed for it must stay.

    Under a minimum, as wide as the rule itself says: minimum − 1. For the other rules a fifth of
    the value, ±10 %. cells: those of `known_cells`.
    """
    needs: dict[Cell, float] = {}
    for key, rule in sorted(settings.secrecy.items()):
        rows = cells[cells["indicator"] == key]
        if rows.empty:
            continue
        own = (
            _is_below_minimum(rows["value"], rule)
            if not rule.units
            else pd.Series(False, rows.index)
        )
        told = pd.Series(False, rows.index)
        if rule.units:
            told = _is_below_minimum(_value_of_indicator(rows, cells, rule.units), rule)
        if rule.largest and rule.dominance is not None:
            largest = _value_of_indicator(rows, cells, rule.largest)
            told |= (rows["value"] > 0) & (largest > rows["value"] * rule.dominance / 100)
        secret = rows[own | told]
        widths = _protection_widths(secret, rule, settings.indicators[key].in_percent)
        for cell, width in zip(cells_of(secret), widths, strict=True):
            needs[cell] = max(width, needs.get(cell, 0.0))
    return needs


def _is_below_minimum(counts: pd.Series, rule: SecrecyRule) -> pd.Series:
    """Above 0, or from 0, and under the minimum; a count that a growth gives is not whole."""
    if rule.minimum is None:
        return pd.Series(False, counts.index)
    return (counts.round() < rule.minimum) & ((counts > 0) | ((counts == 0) & rule.zero))


def _value_of_indicator(rows: pd.DataFrame, cells: pd.DataFrame, indicator: str) -> pd.Series:
    """The value of another indicator for the cell of each row, NaN where there is none.

    The smallest where sources differ; for a month that has none, that of its year: nobody
    contributes to a month without contributing to its year.
    """
    others = cells[(cells["indicator"] == indicator) & cells["value"].notna()]
    found = others.groupby(["place", "corridor", "reference_period"])["value"].min()
    keys = [rows["place"], rows["corridor"]]
    own, year = (
        found.reindex(pd.MultiIndex.from_arrays([*keys, reference_period])).to_numpy()
        for reference_period in (rows["reference_period"], rows["reference_period"].str[:4])
    )
    return pd.Series(own, rows.index).fillna(pd.Series(year, rows.index))


def _protection_widths(rows: pd.DataFrame, rule: SecrecyRule, in_percent: bool) -> list[float]:
    if rule.minimum is not None and not rule.units:
        return [rule.minimum - 1.0] * len(rows)
    least = 0.0 if in_percent else 1.0
    return [max(least, PROTECTED_SHARE * value) for value in rows["value"].fillna(0)]
