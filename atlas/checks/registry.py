"""Every check, and what they find together on a frame of observations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from atlas.checks.comparability import comparability
from atlas.checks.cumulative import cumulative
from atlas.checks.disagreements import changes, qualifiers, values
from atlas.checks.growths import growths, growths_of_totals
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Severity
from atlas.checks.ratios import ratios, yearly
from atlas.checks.records import Finding
from atlas.checks.regional import regional_rates
from atlas.checks.shares import shares
from atlas.checks.totals import totals
from atlas.settings import Settings
from atlas.territories import Territories

CHECKS: tuple[Callable[[ObservationIndex], Iterator[Finding]], ...] = (
    totals,
    growths_of_totals,
    growths,
    shares,
    regional_rates,
    ratios,
    yearly,
    cumulative,
    values,
    changes,
    comparability,
    qualifiers,
)
SEVERITIES: tuple[Severity, ...] = ("erreur", "à vérifier", "information")


def check(
    observations: pd.DataFrame, settings: Settings, territories: Territories
) -> list[Finding]:
    """Every finding on the frame of a data set (atlas.observations), the gravest first.

    Uncertain rows prove no error: a finding that rests on one is « à vérifier » at most. Derived
    rows count only as the rate of a département whose caisses publish theirs.
    """
    index = ObservationIndex(observations, settings, territories)
    found = {finding.key: finding for run in CHECKS for finding in run(index)}
    return sorted(found.values(), key=lambda f: SEVERITIES.index(f.severity))
