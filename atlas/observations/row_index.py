"""Where the rows of a frame of observations are: found without looking at those of anything else.

A frame of the whole country has tens of thousands of rows, of which a map reads a few hundred: a
comparison of each row with an indicator and a period would cost more than the map.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

_NO_ROW = np.empty(0, dtype=np.intp)


class RowIndex:
    """The rows of one frame by indicator, and of an indicator by period and by territory.

    The frame is not copied, and must not change. What is selected comes in its order, under its
    labels. Safe to read from several threads.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        self._of_indicator = _places_of(frame["indicator"])
        self._of_period = _places_of(frame["indicator"], frame["reference_period"])
        self._of_territory = _places_of(frame["indicator"], frame["territory"])

    def of_indicator(self, indicator: str) -> pd.DataFrame:
        """Every row of an indicator."""
        return self._frame.take(self._of_indicator.get((indicator,), _NO_ROW))

    def at_periods(
        self, indicator: str, periods: Iterable[str], *, and_of: Collection[str] = ()
    ) -> pd.DataFrame:
        """The rows of an indicator at some periods of comparison, and at any of the territories
        `and_of`."""
        found = [self._of_period.get((indicator, period), _NO_ROW) for period in periods]
        found += [self._of_territory.get((indicator, code), _NO_ROW) for code in and_of]
        return self._frame.take(np.unique(np.concatenate([_NO_ROW, *found])))

    def of_territories(self, indicator: str, territories: Iterable[str]) -> pd.DataFrame:
        """The rows of an indicator about some territories."""
        return self.at_periods(indicator, (), and_of=list(territories))


def _places_of(*columns: pd.Series) -> dict[tuple[str, ...], np.ndarray]:
    """The places of the rows, ascending, by what the columns hold."""
    if columns[0].empty:
        return {}
    coded = [pd.factorize(column) for column in columns]
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for numbers, names in coded:
        codes = codes * len(names) + numbers
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(codes[order]) != 0])
    first = order[starts]
    keys = zip(
        *(np.asarray(names, dtype=object)[numbers[first]] for numbers, names in coded), strict=True
    )
    return dict(zip(keys, np.split(order, starts[1:]), strict=True))
