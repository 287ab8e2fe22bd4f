"""Secondary suppression: what else is hidden, so that relations do not give secret cells back.

One cell at a time where an interval is too narrow, among the known cells that make it narrow:
the one that costs least. Choosing the best set is a hard problem (Fischetti and Salazar, 2001);
this is a heuristic, in the manner of the « hypercube » one of Hundepool et al., which closes
rectangles of hidden cells.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from atlas.disclosure.audit import unpublished_cells
from atlas.disclosure.audit_problem import AuditProblem, underprotected_cells
from atlas.disclosure.cells import Cell
from atlas.disclosure.relations import Relation, Relations
from atlas.settings import Settings

# What a reader misses least: a caisse or a département before a région, France last.
_PLACES = {"CPAM": 0, "DEP": 0, "REG": 1, "FR": 2}


class SecondarySuppression:
    """levels: the value of each known cell; needs: how wide the interval of each secret cell has
    to stay, secret cells without a known value included."""

    def __init__(
        self,
        levels: Mapping[Cell, float],
        needs: Mapping[Cell, float],
        relations: Relations,
        settings: Settings,
    ) -> None:
        self._levels, self._needs = levels, needs
        self._relations, self._settings = relations, settings
        self._hidden = set(needs)
        self._safe: set[frozenset[Cell]] = set()

    def cells_to_hide(self) -> set[Cell]:
        """The secret cells and those that have to be hidden with them."""
        self._hide_partners(self._needs)
        while found := self._next_cells():
            self._hidden |= set(found)
            self._hide_partners(found)
        return self._hidden

    def _hide_partners(self, needs: Mapping[Cell, float]) -> None:
        """Hides a second cell wherever a relation has a hidden one alone, which is a subtraction
        away from being known, and so on with that second one. needs: of the cells to begin with.

        A secret cell whose level no row prints, but only its growth, has no interval to be
        audited: this is then all that keeps a sum from giving it back.
        """
        waiting = deque(sorted(needs.items()))
        while waiting:
            cell, need = waiting.popleft()
            for relation in self._relations.of(cell):
                others = [other for other, _ in relation.terms if other != cell]
                if others and not any(self._is_unknown(other) for other in others):
                    second = min(others, key=lambda other: self._cost(other, need))
                    self._hidden.add(second)
                    waiting.append((second, need))

    def _next_cells(self) -> dict[Cell, float]:
        """One more cell, and the width it has to give, for each secret cell still too narrow."""
        found: dict[Cell, float] = {}
        for unknown, relations in self._groups():
            if unknown in self._safe:
                continue
            narrow = underprotected_cells(self._audit_problem(unknown, relations), self._needs)
            if not any(narrow.values()):
                self._safe.add(unknown)
            for cell, culprits in sorted(narrow.items()):
                need = self._needs[cell]
                if culprits and not culprits & found.keys():
                    found[min(culprits, key=lambda other: self._cost(other, need))] = need
        return found

    def _groups(self) -> Iterator[tuple[frozenset[Cell], set[Relation]]]:
        """Unknown cells that relations tie together, with a secret one at least."""
        done: set[Cell] = set()
        for cell in sorted(cell for cell in self._needs if cell in self._levels):
            if cell in done:
                continue
            unknown, relations = self._connected_cells(cell)
            done |= unknown
            yield frozenset(unknown), relations

    def _audit_problem(
        self, unknown: Collection[Cell], relations: Collection[Relation]
    ) -> AuditProblem:
        indicators = self._settings.indicators
        return unpublished_cells(
            AuditProblem(
                sorted(unknown),
                sorted(relations, key=lambda relation: relation.terms),
                self._levels,
                {cell: 100.0 for cell in unknown if indicators[cell[1]].in_percent},
            )
        )

    def _connected_cells(self, cell: Cell) -> tuple[set[Cell], set[Relation]]:
        """Every unknown cell that can be reached from one through relations."""
        unknown, relations, waiting = {cell}, set(), [cell]
        while waiting:
            for relation in self._relations.of(waiting.pop()):
                if relation not in relations:
                    relations.add(relation)
                    fresh = {c for c, _ in relation.terms if self._is_unknown(c)} - unknown
                    unknown |= fresh
                    waiting += fresh
        return unknown, relations

    def _is_unknown(self, cell: Cell) -> bool:
        return cell in self._hidden or cell not in self._levels

    def _cost(self, cell: Cell, need: float) -> tuple[bool, int, bool, int, bool, int, float, Cell]:
        """How much is lost with a cell: first the relations that it would leave with one unknown,
        each of which asks for another cell to hide."""
        place, key, corridor, reference_period = cell
        lone = sum(
            not any(self._is_unknown(other) for other, _ in relation.terms)
            for relation in self._relations.of(cell)
        )
        value = self._levels[cell]
        few = value < need and not self._settings.indicators[key].in_percent
        return (
            few,
            lone,
            value == 0,
            _PLACES[place.partition("-")[0]],
            not corridor,
            -len(reference_period),
            value,
            cell,
        )
