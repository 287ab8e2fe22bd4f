"""One contradiction, one finding: what several checks say of the same figure is said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from atlas.checks.records import Finding


def one_for_each(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that doubt the same figure become the first of them, which quotes them all.

    It keeps its own severity, sentence and key: the first check to see a contradiction is the one
    that says it in the fewest words.
    """
    kept: list[Finding] = []
    for finding in findings:
        doubted = set(finding.doubted)
        twin = next((i for i, one in enumerate(kept) if doubted & set(one.doubted)), None)
        if twin is None:
            kept.append(finding)
        else:
            kept[twin] = _with_citations(kept[twin], finding)
    return kept


def _with_citations(finding: Finding, other: Finding) -> Finding:
    return replace(finding, citations=tuple(dict.fromkeys((*finding.citations, *other.citations))))
