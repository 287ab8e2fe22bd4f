"""The rows of frames as values: the one place where a row is said published, computed, secret…"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from atlas.settings import Indicator
from atlas.values import Quantity, Status, Value


def level_values(
    rows: pd.DataFrame, indicator: Indicator | Sequence[Indicator], *, prefix: str = ""
) -> list[Value]:
    """The levels of a snapshot, or of any frame with its columns. indicator: one, or one a row.

    Columns read, each after the prefix: value, qualifier, derived; and where the frame has them
    restated, secret, uncertain, period and decimals. A qualifier ``secret`` says a secret too.
    """
    return [
        Value(
            amount=None if math.isnan(row["value"]) else float(row["value"]),
            indicator=of_row,
            noun=of_row.unit,
            qualifier="" if row["qualifier"] == "secret" else row["qualifier"],
            decimals=_whole(row.get("decimals")),
            status=_status(row),
            derivation=row["derived"],
            period=row.get("period", ""),
        )
        for row, of_row in zip(
            _records(rows, prefix), _one_a_row(indicator, len(rows)), strict=True
        )
    ]


def change_values(rows: pd.DataFrame, indicator: Indicator | Sequence[Indicator]) -> list[Value]:
    """The changes of a snapshot, or of any frame with its columns. indicator: one, or one a row.

    Columns read: change, change_derived (or derived); and where the frame has them
    change_qualifier, change_restated (or restated), change_secret, compared_to, period and still
    (rounding may explain it).
    """
    found = []
    for row, of_row in zip(rows.to_dict("records"), _one_a_row(indicator, len(rows)), strict=True):
        amount = None if math.isnan(row["change"]) else float(row["change"])
        derivation = row.get("change_derived", row.get("derived", ""))
        status: Status = "published"
        if amount is None:
            status = "secret" if row.get("change_secret") else "missing"
        elif derivation:
            restated = row.get("change_restated", row.get("restated", False))
            status = "restated" if restated else "derived"
        found.append(
            Value(
                amount=amount,
                quantity="change",
                indicator=of_row,
                qualifier=row.get("change_qualifier", ""),
                status=status,
                derivation=derivation if amount is not None else "",
                period=row.get("period", ""),
                compared_to=row.get("compared_to", "") if amount is not None else "",
                within_rounding=bool(row.get("still", False)),
            )
        )
    return found


def _one_a_row(indicator: Indicator | Sequence[Indicator], count: int) -> Sequence[Indicator]:
    return [indicator] * count if isinstance(indicator, Indicator) else indicator


def gap_values(gaps: Iterable[float], indicator: Indicator) -> list[Value]:
    """Gaps to France in points; NaN where one of the two levels is missing or is not exact."""
    return [_plain(gap, "gap", indicator) for gap in gaps]


def rank_values(ranks: Iterable[float]) -> list[Value]:
    """Places among territories; NaN for one that is not ranked."""
    return [_plain(rank, "rank") for rank in ranks]


def count_values(counts: Iterable[float]) -> list[Value]:
    """Numbers of inhabitants, of sources…; NaN where none is known."""
    return [_plain(count, "count") for count in counts]


def _plain(amount: float, quantity: Quantity, indicator: Indicator | None = None) -> Value:
    if math.isnan(amount):
        return Value(None, quantity, indicator, status="not_applicable")
    return Value(float(amount), quantity, indicator)


def _records(rows: pd.DataFrame, prefix: str) -> list[dict[str, Any]]:
    if not prefix:
        whole: list[dict[str, Any]] = rows.to_dict("records")
        return whole
    named = {
        column: column.removeprefix(prefix) for column in rows.columns if column.startswith(prefix)
    }
    records: list[dict[str, Any]] = rows[list(named)].rename(columns=named).to_dict("records")
    return records


def _status(row: dict[str, Any]) -> Status:
    if row.get("secret") or row["qualifier"] == "secret":
        return "secret"
    if math.isnan(row["value"]):
        return "missing"
    if row.get("uncertain"):
        return "uncertain"
    if not row["derived"]:
        return "published"
    return "restated" if row.get("restated") else "derived"


def _whole(decimals: float | None) -> int | None:
    return None if decimals is None or math.isnan(decimals) else int(decimals)
