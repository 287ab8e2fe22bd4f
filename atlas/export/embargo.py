"""The line that says until when nothing may be published."""

from __future__ import annotations

import datetime as dt

from atlas import periods


def embargo_line(day: dt.date | None) -> str:
    """As documents and images print it; empty when there is none."""
    return f"Sous embargo jusqu’au {periods.label(day.isoformat())}" if day else ""


#: What a press release says that nothing holds back.
IMMEDIATE_RELEASE = "Pour diffusion immédiate"
