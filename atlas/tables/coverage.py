"""Which territories have which periods, from which source: choices, overview and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.coverage import fullest, reach, rows_held, with_states
from atlas.indicators.row_values import level_values
from atlas.tables.data import figures_file
from atlas.territories import KIND_OF_LEVEL, Kind
from atlas.values import Column, Table, name_column, text_column

# From the map that is wanted to the number that is nearly always there.
COVERAGE_LEVELS: dict[str, str] = {
    "departements": "Départements",
    "caisses": "Caisses",
    "regions": "Régions",
    "france": "France",
}
# The same from the nation down.
_KINDS: dict[str, Kind] = {"france": "FR", **KIND_OF_LEVEL}
STATES = {
    "published": "publié",
    "derived": "calculé",
    "uncertain": "incertain",
    "change": "évolution seule",
    "secret": french.SECRET,
    "": french.MISSING,
}


@dataclass(frozen=True)
class CoverageChoice:
    """indicator, level (of COVERAGE_LEVELS), corridor (empty for the total), reference period."""

    indicator: str
    level: str
    corridor: str = ""
    reference_period: str = ""

    def at(self, reference_period: str) -> CoverageChoice:
        """The same choice at another period."""
        return replace(self, reference_period=reference_period)


def coverage_codes(context: FigureContext, level: str) -> list[str]:
    """The territories of a level."""
    return context.territories.of_kind(_KINDS[level])


def coverage_levels(context: FigureContext, indicator: str) -> list[str]:
    """The levels at which the indicator has a figure; the départements when it has none."""
    rows = context.dataset.observations
    kinds = set(rows.loc[rows["indicator"] == indicator, "territory"].str.split("-").str[0])
    return [level for level in COVERAGE_LEVELS if _KINDS[level] in kinds] or ["departements"]


def coverage_corridors(context: FigureContext, indicator: str, level: str) -> list[str]:
    """The corridors that a territory of the level has, the total first; empty without figure."""
    rows = context.dataset.observations
    rows = rows[(rows["indicator"] == indicator) & rows["territory"].str.startswith(_KINDS[level])]
    found = set(rows["corridor"])
    return [corridor for corridor in ("", *context.settings.corridors) if corridor in found]


def coverage_held(context: FigureContext, choice: CoverageChoice) -> pd.DataFrame:
    """The row shown for each territory of the level and period, with its state."""
    rows = rows_held(
        context.dataset.observations,
        context.settings.source_order,
        indicator=choice.indicator,
        corridor=choice.corridor,
    )
    return rows[rows["territory"].isin(coverage_codes(context, choice.level))]


def coverage_periods(context: FigureContext, choice: CoverageChoice) -> list[str]:
    """Periods for which a territory of the level has anything, newest first."""
    found = coverage_held(context, choice)["reference_period"].unique()
    return sorted(found, key=periods.end_month, reverse=True)


def coverage_start(context: FigureContext, choice: CoverageChoice) -> str:
    """The period whose map is the fullest, the newest among equals; empty without any value."""
    best = fullest(coverage_held(context, choice), coverage_codes(context, choice.level))
    return "" if best.empty else str(best["reference_period"].iloc[0])


def coverage_overview(context: FigureContext) -> pd.DataFrame:
    """One row for each indicator of config/indicators.yaml, those without any figure included.

    What is computed is counted apart, with its mark.
    """
    kinds = context.settings.indicators
    rows = context.dataset.observations
    table = reach(rows).reindex(list(kinds))
    best = fullest(rows, coverage_codes(context, "departements")).reindex(list(kinds))
    counted = table.drop(columns=["first", "last"]).fillna(0).astype(int)
    return pd.DataFrame(
        {
            "Indicateur": [kind.label for kind in kinds.values()],
            "Chiffres publiés" if not context.dataset.fictitious else "Chiffres fictifs": [
                french.format_number(n) for n in counted["published"]
            ],
            f"Valeurs calculées {french.DERIVED_MARK}": [
                french.format_number(n) for n in counted["derived"]
            ],
            "Premier": [_month(reference_period) for reference_period in table["first"]],
            "Dernier": [_month(reference_period) for reference_period in table["last"]],
            "Sources": [french.format_number(n) for n in counted["sources"]],
            **{
                COVERAGE_LEVELS[level]: [
                    _share(context, kind, n, alone)
                    for n, alone in zip(counted[kind], counted[f"{kind}†"], strict=True)
                ]
                for level, kind in _KINDS.items()
            },
            "Carte des départements la plus complète": [
                _fullest_text(context, key, row) for key, row in best.iterrows()
            ],
        }
    )


def coverage_rows(context: FigureContext, choice: CoverageChoice) -> pd.DataFrame:
    """Every figure of the level, of each source, by territory then the newest first."""
    place = {code: i for i, code in enumerate(coverage_codes(context, choice.level))}
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == choice.indicator)
        & (rows["corridor"] == choice.corridor)
        & rows["territory"].isin(place)
    ]
    order = pd.DataFrame(
        {
            "place": rows["territory"].map(place),
            "end": rows["reference_period"].map(periods.end_month),
        }
    )
    order = order.sort_values(["place", "end"], ascending=[True, False], kind="stable")
    return with_states(rows.loc[order.index])


def coverage_table(context: FigureContext, rows: pd.DataFrame) -> Table:
    """Rows of `coverage_rows` as they are read.

    Columns: territory, corridor where one is, period, level, source, publisher, page, origin.
    """
    indicators = [context.settings.indicators[key] for key in rows["indicator"]]
    sources = [context.dataset.sources[key] for key in rows["source"]]
    corridors = [context.settings.corridors[c].short if c else "" for c in rows["corridor"]]
    period_labels = [
        periods.label(period, indicator.accumulation)
        for period, indicator in zip(rows["period"], indicators, strict=True)
    ]
    origins = [
        french.capitalize_first(origin_of(context, state, derived))
        for state, derived in rows[["state", "derived"]].itertuples(index=False)
    ]
    return Table(
        (
            name_column(
                "territory",
                "Territoire",
                [context.territories[code].label for code in rows["territory"]],
                keys=rows["territory"],
            ),
            *([text_column("corridor", "Couloir", corridors)] if any(corridors) else []),
            text_column("period", "Période", period_labels),
            Column(
                "level", "Valeur", tuple(level_values(rows, indicators)), "value", mark="dagger"
            ),
            text_column("source", "Source", [source.title for source in sources]),
            text_column("publisher", "Éditeur", [source.publisher for source in sources]),
            text_column("page", "Page", map(french.keep_with_punctuation, rows["page"])),
            text_column("origin", "Origine", origins),
        )
    )


def origin_of(context: FigureContext, state: str, derived: str) -> str:
    """« publié », « calculé : moyenne simple… », « fictif », « incertain », « non publié »."""
    name = "fictif" if state == "published" and context.dataset.fictitious else STATES[state]
    return f"{name} : {derived}" if derived else name


def coverage_file(context: FigureContext, rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows for a spreadsheet, with codes, numbers, publisher and origin."""
    return figures_file(context, rows).assign(
        Éditeur=[context.dataset.sources[key].publisher for key in rows["source"]],
        Origine=[origin_of(context, state, "") for state in rows["state"]],
    )


def _month(reference_period: object) -> str:
    return periods.label(reference_period) if isinstance(reference_period, str) else ""


def _share(context: FigureContext, kind: Kind, known: int, computed: int) -> str:
    """« 12 sur 18, dont 2 † »; « oui » or « non » for the nation."""
    if kind == "FR":
        return "oui" if known else "non"
    text = f"{known} sur {len(context.territories.of_kind(kind))}"
    return f"{text}, dont {computed}\u202f{french.DERIVED_MARK}" if computed else text


def _fullest_text(context: FigureContext, key: object, best: pd.Series) -> str:
    """« 13 sur 101 en décembre 2025, il en manque 88 », with the corridor where it is one."""
    if pd.isna(best["count"]):
        return "aucune"
    indicator = context.settings.indicators[str(key)]
    total, count = len(coverage_codes(context, "departements")), int(best["count"])
    date = captions.at(best["reference_period"], indicator)
    of = f" ({context.settings.corridors[best['corridor']].short})" if best["corridor"] else ""
    rest = f"il en manque {total - count}" if count < total else "complète"
    return f"{count} sur {total} {date}{of}, {rest}"
