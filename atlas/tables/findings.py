"""The findings of atlas.checks as a table to read, with what a person concluded of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from atlas import french
from atlas.checks.records import Finding
from atlas.checks.registry import SEVERITIES
from atlas.figures.common.captions import source_text
from atlas.figures.common.context import FigureContext
from atlas.settings import Review

UNREVIEWED = "À relire : aucun verdict."
_PLURALS = {"erreur": "erreurs", "à vérifier": "à vérifier", "information": "informations"}


def coherence_table(
    context: FigureContext, findings: Sequence[Finding], reviews: Mapping[str, Review]
) -> pd.DataFrame:
    """One row for each finding: severity, territory, subject, sentence, arithmetic, sources,
    verdict."""
    return pd.DataFrame(
        {
            "Gravité": [french.capitalize_first(finding.severity) for finding in findings],
            "Territoire": [context.territories[finding.territory].label for finding in findings],
            "Sujet": [context.settings.indicators[finding.indicator].label for finding in findings],
            "Constat": [finding.sentence for finding in findings],
            "Calcul": [finding.arithmetic for finding in findings],
            "Sources": [" ; ".join(_sources(context, finding)) for finding in findings],
            "Verdict": [_verdict(reviews.get(finding.key)) for finding in findings],
        }
    )


def coherence_summary(findings: Sequence[Finding], reviews: Mapping[str, Review]) -> str:
    """« 30 constats : 7 erreurs, 17 à vérifier et 6 informations ; tous ont un verdict. »"""
    if not findings:
        return "Aucun constat\u00a0: les chiffres s’accordent entre eux."
    counts = {name: sum(f.severity == name for f in findings) for name in SEVERITIES}
    parts = [
        f"{count} {_PLURALS[name] if count > 1 else name}"
        for name, count in counts.items()
        if count
    ]
    open_ones = sum(finding.key not in reviews for finding in findings)
    end = f"{open_ones} sans verdict" if open_ones else "tous ont un verdict"
    many = "s" if len(findings) > 1 else ""
    return french.keep_with_punctuation(
        f"{len(findings)} constat{many} : {french.join_with_et(parts)} ; {end}."
    )


def _sources(context: FigureContext, finding: Finding) -> list[str]:
    return list(
        dict.fromkeys(
            source_text(context.dataset.sources[quote.source], quote.page)
            for quote in finding.citations
        )
    )


def _verdict(review: Review | None) -> str:
    if review is None:
        return french.keep_with_punctuation(UNREVIEWED)
    return french.keep_with_punctuation(
        f"{french.capitalize_first(review.verdict)}. {review.advice}"
    )
