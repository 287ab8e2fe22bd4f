"""Cells that nobody published: unknown to everybody, they still limit what hidden ones may be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, eye_array, hstack

from atlas.disclosure.audit_problem import AuditProblem


def unpublished_cells(problem: AuditProblem) -> AuditProblem:
    """The problem without the relations that an unpublished cell leaves open, and with a value for
    each unpublished cell that is left: one that relations allow, as nearly as they do."""
    problem = _without_open_ends(problem)
    absent = [cell for cell in problem.unknown if cell not in problem.levels]
    if not absent:
        return problem
    column = {cell: i for i, cell in enumerate(absent)}
    used = [r for r in problem.relations if any(cell in column for cell, _ in r.terms)]
    known = [
        relation.constant
        - sum(value * problem.levels[cell] for cell, value in relation.terms if cell not in column)
        for relation in used
    ]
    entries = [
        (row, column[cell], value)
        for row, relation in enumerate(used)
        for cell, value in relation.terms
        if cell in column
    ]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (rows, columns)), (len(used), len(absent)))
    slack = eye_array(len(used), format="csr")
    top = [problem.highest.get(cell) for cell in absent] + [None] * (2 * len(used))
    found = linprog(
        np.r_[np.zeros(len(absent)), np.ones(2 * len(used))],
        A_eq=hstack([matrix, slack, -slack]),
        b_eq=known,
        bounds=[(0, limit) for limit in top],
        method="highs",
    )
    estimates = np.zeros(len(absent)) if found.x is None else found.x
    return replace(problem, levels={**problem.levels, **dict(zip(absent, estimates, strict=False))})


def _without_open_ends(problem: AuditProblem) -> AuditProblem:
    """A relation whose total, or whose rate, nobody knows says nothing of the rest, unless
    another relation gives it: it goes, and so on with what it alone tied."""
    relations = list(problem.relations)
    while True:
        count = Counter(cell for relation in relations for cell, _ in relation.terms)
        kept = [
            relation
            for relation in relations
            if not any(
                cell not in problem.levels and count[cell] == 1 and value > 0
                for cell, value in relation.terms
            )
        ]
        if len(kept) == len(relations):
            break
        relations = kept
    tied = {cell for relation in relations for cell, _ in relation.terms}
    return replace(
        problem,
        relations=relations,
        unknown=[cell for cell in problem.unknown if cell in tied or cell in problem.levels],
    )
