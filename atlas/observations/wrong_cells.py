"""The cells of a column that a check refuses, as problems with their line and their cure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from atlas.problems import Problem


def is_true_of(column: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """Whether a test holds of each cell; a text that comes again is tested once."""
    known = {text: test(text) for text in column.unique()}
    return pd.Series([known[text] for text in column.tolist()], column.index, dtype=bool)


def find_cells(
    frame: pd.DataFrame,
    column: str,
    bad: pd.Series,
    name: str,
    message: str,
    cure: str | Callable[[str], str],
) -> Iterable[Problem]:
    """A problem for each row where bad is true.

    frame: with ``line`` and the column; name: of the file; message: its « {} » is the cell; cure:
    a sentence, or what makes one of the cell.
    """
    if not bad.any():
        return
    for line, cell in frame.loc[bad, ["line", column]].itertuples(index=False):
        yield Problem(
            name,
            message.replace("{}", str(cell)),
            cure if isinstance(cure, str) else cure(str(cell)),
            line=int(line),
            where=column,
            value=str(cell),
        )
