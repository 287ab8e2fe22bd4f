"""Which département belongs to which région and caisse: what the shapes are cut and named by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from atlas.territories import Territories


@dataclass(frozen=True)
class Hierarchy:
    """Names and nesting, by bare codes: région ``75``, département ``2A``, caisse ``641``."""

    departements: Mapping[str, str]
    regions: Mapping[str, str]
    caisses: Mapping[str, str]
    region_of: Mapping[str, str]
    departement_of: Mapping[str, str]

    def departements_of(self, region: str) -> list[str]:
        """Codes of the départements of one région."""
        return [code for code in self.departements if self.region_of[code] == region]

    def caisses_of(self, departement: str) -> list[str]:
        """Codes of the caisses of one département: one, or several in 59, 62, 64 and 76."""
        return [code for code in self.caisses if self.departement_of[code] == departement]

    def digest(self) -> str:
        """A text that changes when a name or a nesting changes."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def hierarchy_of(territories: Territories) -> Hierarchy:
    """The same facts, from the territories of the dashboard (``DEP-2A`` becomes ``2A``)."""
    names = {
        kind: {
            territories[code].number: territories[code].name for code in territories.of_kind(kind)
        }
        for kind in ("REG", "DEP", "CPAM")
    }
    parents = {
        kind: {
            territories[code].number: territories[territories[code].parent].number
            for code in territories.of_kind(kind)
        }
        for kind in ("DEP", "CPAM")
    }
    return Hierarchy(names["DEP"], names["REG"], names["CPAM"], parents["DEP"], parents["CPAM"])
