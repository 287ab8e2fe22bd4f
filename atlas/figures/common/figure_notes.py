"""What is said under any figure of the values that it shows."""

from __future__ import annotations

from dataclasses import replace

from atlas.dataset import SESSION_NOTE
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.values import Value


def with_notes_of_values(context: FigureContext, figure: Figure) -> Figure:
    """The figure, its note followed by what contradicts its values, whether they may change or
    have, which periods are assumed, and that some were imported for a session."""
    cells = [cell for column in figure.table.columns for cell in column.cells]
    values = [cell for cell in cells if isinstance(cell, Value)]
    notes = (
        figure.note,
        captions.contradiction_note(values),
        captions.revision_note(values),
        "" if figure.says_assumed_periods else captions.assumed_period_note(values),
        SESSION_NOTE if context.dataset.session & set(figure.sources) else "",
    )
    return replace(figure, note=" ".join(note for note in notes if note))
