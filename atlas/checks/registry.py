"""Every check, and what they find together on a frame of observations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from atlas.checks.changes_around import changes_around
from atlas.checks.comparability import comparability
from atlas.checks.contradictions import one_for_each
from atlas.checks.cumulative import cumulative
from atlas.checks.denominators import implied_denominators
from atlas.checks.disagreements import changes, qualifiers, values
from atlas.checks.growths import growths, growths_of_totals
from atlas.checks.inclusions import inclusions
from atlas.checks.mean_rates import mean_rates
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Severity
from atlas.checks.ratios import ratios, yearly
from atlas.checks.records import Finding
from atlas.checks.regional import regional_rates
from atlas.checks.same_quantities import same_quantities
from atlas.checks.share_totals import share_totals
from atlas.checks.shares import shares
from atlas.checks.stock_flows import stock_flows
from atlas.checks.totals import totals
from atlas.checks.whole_bases import whole_bases
from atlas.settings import Settings
from atlas.territories import Territories

# The first to doubt a figure says the contradiction: the plainest comparisons come first.
CHECKS: tuple[Callable[[ObservationIndex], Iterator[Finding]], ...] = (
    totals,
    growths_of_totals,
    values,
    changes,
    growths,
    shares,
    share_totals,
    regional_rates,
    ratios,
    implied_denominators,
    inclusions,
    mean_rates,
    yearly,
    cumulative,
    stock_flows,
    changes_around,
    same_quantities,
    whole_bases,
    comparability,
    qualifiers,
)
SEVERITIES: tuple[Severity, ...] = ("erreur", "à vérifier", "information")


def check(
    observations: pd.DataFrame, settings: Settings, territories: Territories
) -> list[Finding]:
    """Every contradiction on the frame of a data set (atlas.observations), the gravest first, each
    once.

    Uncertain rows prove no error: a finding that rests on one is « à vérifier » at most. Derived
    rows count only as the rate of a département whose caisses publish theirs.
    """
    index = ObservationIndex(observations, settings, territories)
    found = one_for_each(finding for run in CHECKS for finding in run(index))
    return sorted(found, key=lambda f: SEVERITIES.index(f.severity))
