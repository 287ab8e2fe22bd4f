"""The rows of frames as values: the one place where a row is said published, computed, secret…"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from atlas.indicators.ranking import Rank
from atlas.settings import Indicator
from atlas.values import Quantity, Status, Value

# What the source and the review of findings say of a row, besides its amounts. A frame that holds
# levels beside changes of other rows has those of the changes after ``change_``.
SAID_OF_ROW = (
    "noun",
    "window",
    "printed",
    "assumed",
    "revision",
    "contradiction",
    "contradicted",
)


def level_values(
    rows: pd.DataFrame, indicator: Indicator | Sequence[Indicator], *, prefix: str = ""
) -> list[Value]:
    """The levels of a snapshot, or of any frame with its columns. indicator: one, or one a row.

    Columns read, each after the prefix: value, qualifier, derived; and where the frame has them
    restated, secret, uncertain, period, decimals, reach_low, reach_high and significant_figures,
    and what its source and its review say of the row (SAID_OF_ROW). A qualifier ``secret`` says a
    secret too.
    """
    return [
        Value(
            amount=None if math.isnan(row["value"]) else float(row["value"]),
            indicator=of_row,
            noun=row.get("noun") or of_row.unit,
            qualifier="" if row["qualifier"] == "secret" else row["qualifier"],
            decimals=_whole(row.get("decimals")),
            status=_status(row),
            derivation=row["derived"],
            period=row.get("period", ""),
            printed="" if row.get("secret") else row.get("printed", ""),
            reach=_reach(row, "reach_low", "reach_high"),
            significant_figures=_whole(row.get("significant_figures")),
            **_said_of(row, "level"),
        )
        for row, of_row in zip(
            _records(rows, prefix), _one_a_row(indicator, len(rows)), strict=True
        )
    ]


def change_values(rows: pd.DataFrame, indicator: Indicator | Sequence[Indicator]) -> list[Value]:
    """The changes of a snapshot, or of any frame with its columns. indicator: one, or one a row.

    Columns read: change, change_derived (or derived); and where the frame has them
    change_qualifier, change_restated (or restated), change_secret, compared_to, period and still
    (rounding may explain it), and what its source and its review say of the row (SAID_OF_ROW, after
    ``change_`` or not).
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
                **(_said_of_change(row) if amount is not None else {}),
            )
        )
    return found


def _one_a_row(indicator: Indicator | Sequence[Indicator], count: int) -> Sequence[Indicator]:
    return [indicator] * count if isinstance(indicator, Indicator) else indicator


def gap_values(
    gaps: Iterable[float], indicator: Indicator, levels: Sequence[Value] | None = None
) -> list[Value]:
    """Gaps to France in points; NaN where one of the two levels is missing or is not exact.

    levels: those that the gaps are of, when one may be a range: its gap is one too.
    """
    found = [_plain(gap, "gap", indicator) for gap in gaps]
    if levels is None:
        return found
    return [
        replace(
            gap,
            reach=(
                level.reach[0] - level.number + gap.number,
                level.reach[1] - level.number + gap.number,
            ),
        )
        if level.reach and gap.is_known
        else gap
        for gap, level in zip(found, levels, strict=True)
    ]


def rank_values(codes: Iterable[str], ranks: Mapping[str, Rank]) -> list[Value]:
    """The rank of each territory of the codes; none for one that is not ranked.

    A rank that is open by more than a tie is a range: its reach is what it may be.
    """
    found = []
    for code in codes:
        rank = ranks.get(code)
        if rank is None:
            found.append(Value(None, "rank", status="not_applicable"))
            continue
        reach = (float(rank.best), float(rank.worst)) if rank.is_range else None
        found.append(Value(float(rank.place), "rank", reach=reach, is_tied=rank.shared > 0))
    return found


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


def _said_of(row: dict[str, Any], quantity: Quantity) -> dict[str, Any]:
    """What the source and the review say of a row, by the fields of a Value."""
    is_contradicted = row.get("contradicted", quantity) in (quantity, "both")
    return {
        "window": row.get("window", ""),
        "is_period_assumed": bool(row.get("assumed", False)),
        "revision": row.get("revision", ""),
        "contradiction": row.get("contradiction", "") if is_contradicted else "",
    }


def _said_of_change(row: dict[str, Any]) -> dict[str, Any]:
    said = {c: row.get(f"change_{c}", row.get(c)) for c in SAID_OF_ROW}
    said = {column: text for column, text in said.items() if text is not None}
    return {"noun": said.get("noun", ""), **_said_of(said, "change")}


def _reach(row: dict[str, Any], low: str, high: str) -> tuple[float, float] | None:
    ends = (row.get(low, math.nan), row.get(high, math.nan))
    return None if any(map(math.isnan, ends)) else ends


def _whole(decimals: float | None) -> int | None:
    return None if decimals is None or math.isnan(decimals) else int(decimals)
