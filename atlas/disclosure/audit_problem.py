"""What an attacker can compute of hidden cells: an interval for each, by linear programming.

Cells move by d around their true values. Every relation that they obey holds for all of them:
Σ coefficient × d = 0; none goes under 0, no percentage over 100. The interval of a cell is
[value + min d, value + max d], the « feasibility interval » of Hundepool et al., Statistical
Disclosure Control (Wiley, 2012), chapter 4, where a cell is protected when its interval is at
least as wide as its protection level asks. The residuals of relations, roundings included, are
supposed known: real attackers know less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from atlas.disclosure.cells import Cell
from atlas.disclosure.relations import Relation

# Directions tried for all cells together before each is asked on its own: nearly all are found
# free by then.
MAX_PASSES = 6
_RELATIVE_TOLERANCE = 1e-6


@dataclass(frozen=True)
class AuditProblem:
    """Unknown cells and all the relations in which they stand.

    levels: the true values, those of cells that nobody published guessed; highest: 100 for a
    percentage.
    """

    unknown: Sequence[Cell]
    relations: Sequence[Relation]
    levels: Mapping[Cell, float]
    highest: Mapping[Cell, float]


def underprotected_cells(
    problem: AuditProblem, needs: Mapping[Cell, float]
) -> dict[Cell, set[Cell]]:
    """The cells whose interval is narrower than needed → the known cells that make it so."""
    solver = _Solver(problem)
    wanted = [cell for cell in problem.unknown if needs.get(cell, 0.0) > 0]
    solver.try_together(wanted, needs)
    found = {}
    for cell in wanted:
        if solver.width(cell) < needs[cell] * (1 - _RELATIVE_TOLERANCE):
            culprits = solver.ask(cell, needs[cell])
            if solver.width(cell) < needs[cell] * (1 - _RELATIVE_TOLERANCE):
                found[cell] = culprits
    return found


class _Solver:
    def __init__(self, problem: AuditProblem) -> None:
        self._problem = problem
        self._column = {cell: i for i, cell in enumerate(problem.unknown)}
        entries = [
            (r, self._column[cell], value)
            for r, relation in enumerate(problem.relations)
            for cell, value in relation.terms
            if cell in self._column
        ]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        self._matrix = csr_matrix(
            (values, (rows, columns)), (len(problem.relations), len(problem.unknown))
        )
        true = np.array([problem.levels[cell] for cell in problem.unknown])
        top = np.array([problem.highest.get(cell, np.inf) for cell in problem.unknown])
        self._low, self._high = -true, np.maximum(top - true, 0)
        self._least = np.zeros(len(true))
        self._most = np.zeros(len(true))

    def width(self, cell: Cell) -> float:
        """Of the interval that the solutions seen so far leave."""
        i = self._column[cell]
        return float(self._most[i] - self._least[i])

    def try_together(self, cells: Iterable[Cell], needs: Mapping[Cell, float]) -> None:
        """Moves all cells at once, in directions drawn once and for all."""
        places = np.array([self._column[cell] for cell in cells])
        sizes = np.array([needs[cell] for cell in cells])
        high = self._high.copy()
        high[places] = np.minimum(high[places], sizes)
        draw = np.random.default_rng(1)
        for _ in range(MAX_PASSES):
            aim = np.zeros(len(high))
            open_ = self._most[places] - self._least[places] < sizes * (1 - _RELATIVE_TOLERANCE)
            aim[places] = draw.normal(size=len(places)) / sizes * open_
            if not open_.any():
                return
            self._solve(aim, high)

    def ask(self, cell: Cell, need: float) -> set[Cell]:
        """Moves one cell as far as it goes both ways; returns the known cells that hold it."""
        i = self._column[cell]
        high = self._high.copy()
        high[i] = min(high[i], need)
        held: set[Cell] = set()
        for sign in (1.0, -1.0):
            aim = np.zeros(len(high))
            aim[i] = sign
            held |= self._known_in(self._solve(aim, high))
        return held

    def _solve(self, aim: np.ndarray, high: np.ndarray) -> np.ndarray:
        """The largest aim · d; returns the multipliers of the relations."""
        done = linprog(
            -aim,
            A_eq=self._matrix,
            b_eq=np.zeros(self._matrix.shape[0]),
            bounds=np.column_stack([self._low, high]),
            method="highs",
        )
        if done.x is None:  # given up: every known cell around is then held responsible
            return np.ones(self._matrix.shape[0])
        self._least = np.minimum(self._least, done.x)
        self._most = np.maximum(self._most, done.x)
        return np.asarray(done.eqlin.marginals)

    def _known_in(self, multipliers: np.ndarray) -> set[Cell]:
        """The known cells that a combination of relations calls on."""
        sums: dict[Cell, float] = {}
        for weight, relation in zip(multipliers, self._problem.relations, strict=True):
            if abs(weight) > _RELATIVE_TOLERANCE:
                for cell, value in relation.terms:
                    if cell not in self._column:
                        sums[cell] = sums.get(cell, 0.0) + weight * value
        return {cell for cell, value in sums.items() if abs(value) > _RELATIVE_TOLERANCE}
