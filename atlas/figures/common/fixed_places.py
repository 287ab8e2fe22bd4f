"""Places on a drawing that are the same for all of its rows: pixels, or an expression of Vega.

Altair leaves the classes of these channels without types.
"""

from __future__ import annotations

from typing import Any

import altair as alt


def x_at(place: float | str) -> alt.XValue:
    """So many pixels from the left, or where an expression says."""
    made: alt.XValue = alt.XValue(_value(place))  # type: ignore[no-untyped-call]
    return made


def x2_at(place: float | str) -> alt.X2Value:
    """The other end of a mark, as `x_at`."""
    made: alt.X2Value = alt.X2Value(_value(place))  # type: ignore[no-untyped-call]
    return made


def y_at(place: float | str) -> alt.YValue:
    """So many pixels from the top, or where an expression says."""
    made: alt.YValue = alt.YValue(_value(place))  # type: ignore[no-untyped-call]
    return made


def y2_at(place: float | str) -> alt.Y2Value:
    """The other end of a mark, as `y_at`."""
    made: alt.Y2Value = alt.Y2Value(_value(place))  # type: ignore[no-untyped-call]
    return made


def _value(place: float | str) -> Any:
    return alt.expr(place) if isinstance(place, str) else place
