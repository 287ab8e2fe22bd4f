"""Titles that state a finding, checked against the values of their figures."""

from atlas.publications.finding_check.check import (
    FindingCheck,
    Outcome,
    finding_check,
    makes_claims,
)

__all__ = ["FindingCheck", "Outcome", "finding_check", "makes_claims"]
