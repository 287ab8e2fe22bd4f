"""Published rows to check together, as in the frame of atlas.observations."""

from __future__ import annotations

from collections.abc import Callable

from atlas.checks.records import Finding
from atlas.observations.checks import COLUMNS
from atlas.observations.reading import NOTHING_SAID

DOCUMENTS, RATE, PROFILES = "documents_deposited", "activation_rate", "activated_profiles"
CORRIDORS = ("hopital", "biologie", "medecine_ville", "officine", "radiologie", "esms")
Run = Callable[..., list[Finding]]
Row = dict[str, object]


def row(indicator: str, value: float | None, **other: object) -> Row:
    plain: Row = dict.fromkeys(COLUMNS, "") | {
        "territory": "FR",
        "period": "2025",
        "source": "a",
        "change": float("nan"),
        "derived": "",
        "uncertain": False,
        "indicator": indicator,
        "value": float("nan") if value is None else float(value),
    }
    return plain | NOTHING_SAID | other


def corridors(
    indicator: str, values: list[float], changes: list[float] | None = None, **other: object
) -> list[Row]:
    growths = changes or [float("nan")] * len(values)
    since = {"compared_to": "2024"} if changes else {}
    return [
        row(indicator, value, corridor=name, change=change, **since, **other)
        for name, value, change in zip(CORRIDORS, values, growths, strict=False)
    ]


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
