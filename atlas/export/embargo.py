"""The line that says what holds a publication back: that it is a draft, and until when nothing may
be published."""

from __future__ import annotations

import datetime as dt

from atlas import periods

#: On every document and image of what is not saved.
DRAFT_LINE = "Projet, à ne pas diffuser"
#: What a press release says that nothing holds back.
IMMEDIATE_RELEASE = "Pour diffusion immédiate"


def embargo_line(day: dt.date | None, *, is_draft: bool = False) -> str:
    """As documents and images print it; empty when nothing holds the publication back."""
    embargo = f"Sous embargo jusqu’au {periods.label(day.isoformat())}" if day else ""
    return ". ".join(line for line in (DRAFT_LINE if is_draft else "", embargo) if line)
