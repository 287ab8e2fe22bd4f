"""One contradiction, one finding: what several checks say of the same figure is said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from atlas.checks.records import Finding


def one_for_each(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that doubt the same figures become the first of them, which quotes them all.

    The first check to see a contradiction says it in the fewest words: it keeps its severity,
    sentence and key. A finding on many figures is not lost for one of them: half must be doubted
    already.
    """
    kept: list[Finding] = []
    for finding in findings:
        twin = next((i for i, one in enumerate(kept) if _is_the_same(finding, one)), None)
        if twin is None:
            kept.append(finding)
        else:
            kept[twin] = _with_citations(kept[twin], finding)
    return kept


def _is_the_same(finding: Finding, other: Finding) -> bool:
    doubted = set(finding.doubted)
    return 2 * len(doubted & set(other.doubted)) >= max(len(doubted), 1)


def _with_citations(finding: Finding, other: Finding) -> Finding:
    return replace(finding, citations=tuple(dict.fromkeys((*finding.citations, *other.citations))))
