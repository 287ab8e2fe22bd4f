"""Values computed from published ones; each row says in ``derived`` how, and from what.

A derived row never replaces a published one: where a published value exists for the same
territory, indicator, corridor and period, atlas.indicators.choice prefers it. Nothing is derived
of what is secret, except that it is secret for a place under its other code too.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.indicators.choice import SAME, best
from atlas.indicators.precision import as_rounded, base_of_growth
from atlas.observations.optional_columns import PROVISIONAL
from atlas.observations.reading import NOTHING_SAID
from atlas.sentences.notes import reach_clause
from atlas.settings import Indicator, Settings
from atlas.territories import Territories, Territory

# How the derivation of a rate that comes from the caisses of a département begins.
FROM_CAISSES = ("taux de la CPAM", "entre ", "même taux des caisses")
MIRRORED = "chiffre publié de {}, à la fois région et département"


def derive(figures: pd.DataFrame, settings: Settings, territories: Territories) -> pd.DataFrame:
    """The figures followed by what follows from them, in four steps that build on each other:

    base years from a level and its growth; départements from their caisses; régions of one
    département and that département from each other; régions from their départements.
    """
    for step in (_base_years, _from_caisses, _from_single_departement_regions, _from_departements):
        bears = ~figures["uncertain"] & ~figures["contradicted"].isin(["level", "both"])
        new = step(figures[bears], settings, territories)
        if len(new := _rows_that_add(new, figures)):
            figures = pd.concat([figures, new], ignore_index=True)
    return figures


def _revision_of(revisions: pd.Series) -> str:
    """Of what is computed: provisional when a number that it comes from is."""
    return PROVISIONAL if (revisions == PROVISIONAL).any() else ""


def _rows_that_add(new: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Of the new rows, those that add something: a level, or a change that none has."""
    if new.empty:
        return new
    secret = pd.MultiIndex.from_frame(figures.loc[figures["secret"], SAME])
    known = figures[~figures["uncertain"]]
    levels = pd.MultiIndex.from_frame(known.loc[known["value"].notna(), SAME])
    changes = pd.MultiIndex.from_frame(known.loc[known["change"].notna(), SAME])
    new = new[~pd.MultiIndex.from_frame(new[SAME]).isin(secret)]
    index = pd.MultiIndex.from_frame(new[SAME])
    adds_change = new["change"].notna().to_numpy() & ~index.isin(changes)
    return new[~index.isin(levels) | adds_change]


def _base_years(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """The level of the base: value − points for a rate, value / (1 + %) for a count."""
    rows = figures[
        figures["value"].notna()
        & figures["change"].notna()
        & (figures["compared_to"] != "")
        & (figures["derived"] == "")
        & (figures["contradiction"] == "")
        & ~figures["window"].map(periods.is_window_start).astype(bool)
    ]
    rows = rows[rows["indicator"].map(lambda key: settings.indicators[key].kind != "rank")]
    made = []
    for row in rows.to_dict("records"):
        indicator = settings.indicators[row["indicator"]]
        level, growth = row["value"], row["change"]
        if not indicator.in_percent and growth <= -100:
            continue  # nothing is left: no division finds the base again
        precision = _base_and_precision(row, indicator)
        how = (
            f"niveau {french.with_de(periods.label(row['period'], indicator.accumulation))} "
            f"({french.format_value(level, indicator, row['qualifier'])}) et évolution publiée "
            f"({french.format_change(growth, indicator)})"
        )
        made.append(
            {
                **row,
                **NOTHING_SAID,
                "noun": row["noun"],
                "window": row["window"],
                "assumed": row["assumed"],
                "revision": PROVISIONAL if row["revision"] == PROVISIONAL else "",
                "period": row["compared_to"],
                **precision,
                "qualifier": "about",
                "change_decimals": float("nan"),
                "reference_period": periods.reference_period(
                    row["compared_to"], "rolling" if row["window"] else indicator.accumulation
                ),
                "change": float("nan"),
                "compared_to": "",
                "note": "",
                "derived": how,
                "restated": False,
            }
        )
    return pd.DataFrame(made, columns=figures.columns)


def _base_and_precision(row: Mapping[Hashable, Any], indicator: Indicator) -> dict[str, float]:
    """value, decimals and significant_figures of the level before a published change.

    A rate has the decimals of the less precise of its two inputs; see `precision.base_of_growth`
    for a count.
    """
    if indicator.in_percent:
        decimals = min(row["decimals"], row["change_decimals"])
        base = as_rounded(row["value"] - row["change"], int(decimals))
        return {"value": base, "decimals": decimals, "significant_figures": float("nan")}
    base, figures = base_of_growth(
        row["value"], row["change"], int(row["change_decimals"]), row["qualifier"]
    )
    return {"value": base, "decimals": 0.0, "significant_figures": figures}


def _from_caisses(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """Rates of a département from all its caisses.

    With several, between the lowest and the highest of theirs: no weight is published for a
    caisse. The plain mean stands for the range where a drawing needs a point.
    """
    rates = [key for key, indicator in settings.indicators.items() if indicator.kind == "rate"]
    rows = figures[
        figures["territory"].str.startswith("CPAM")
        & figures["indicator"].isin(rates)
        & figures["value"].notna()
    ]
    rows = rows.assign(departement=rows["territory"].map(lambda c: territories[c].parent))
    rows = best(rows, settings.source_order).sort_index()
    rows = rows[~_is_published(rows, figures)]
    made = []
    for (departement, _, _, _), group in rows.groupby(
        ["departement", "indicator", "corridor", "reference_period"], sort=False
    ):
        if len(group) == len(territories.caisses_of(departement)):
            indicator = settings.indicators[group["indicator"].iloc[0]]
            made.append(_from_its_caisses(group, departement, indicator, territories))
    return pd.DataFrame(made, columns=figures.columns)


def _is_published(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.Series:
    """True where the département has a published level, and a change if the caisse has one."""
    keys = ["departement", "indicator", "corridor", "reference_period"]
    index = pd.MultiIndex.from_frame(rows[keys])
    levels = pd.MultiIndex.from_frame(figures.loc[figures["value"].notna(), SAME])
    changes = pd.MultiIndex.from_frame(figures.loc[figures["change"].notna(), SAME])
    return pd.Series(index.isin(levels), rows.index) & (
        rows["change"].isna() | pd.Series(index.isin(changes), rows.index)
    )


def _from_its_caisses(
    group: pd.DataFrame, departement: str, indicator: Indicator, territories: Territories
) -> dict[str, object]:
    group = group.sort_values("value", kind="stable")
    first = group.iloc[0].to_dict()
    alone = len(group) == 1
    deduced = bool((group["derived"] != "").any())
    how = _caisses_text(group, indicator, territories)
    if deduced:
        how += " ; lui-même déduit d’une évolution publiée"
    decimals = group["decimals"].min()
    lowest, highest = group["value"].min(), group["value"].max()
    reach = (float("nan"), float("nan")) if lowest == highest else (lowest, highest)
    one_change = (
        group["compared_to"].nunique() == 1
        and group["change"].nunique(dropna=False) == 1
        and not (group["contradicted"] == "change").any()
    )
    return {
        **first,
        **NOTHING_SAID,
        "noun": first["noun"] if group["noun"].nunique() == 1 else "",
        "assumed": bool(group["assumed"].any()),
        "revision": _revision_of(group["revision"]),
        "territory": departement,
        "value": as_rounded(group["value"].mean(), int(decimals)),
        "decimals": decimals,
        "reach_low": reach[0],
        "reach_high": reach[1],
        "qualifier": first["qualifier"] if group["qualifier"].nunique() == 1 else "about",
        # Between two changes there is no change either without weights.
        "change": first["change"] if one_change else float("nan"),
        "change_decimals": first["change_decimals"] if one_change else float("nan"),
        "compared_to": first["compared_to"] if one_change else "",
        "note": "",
        "derived": how,
        "restated": alone and not deduced,
    }


def _caisses_text(group: pd.DataFrame, indicator: Indicator, territories: Territories) -> str:
    """« taux de la CPAM d’Agen (35,4 %), seule du département »; « entre 35,5 % (CPAM de Pau) et
    39,0 % (CPAM de Bayonne), sans poids publié »."""
    texts = [
        (f"{french.format_number(value, int(decimals))}{french.NBSP}%", _caisse_name(territory))
        for value, decimals, territory in zip(
            group["value"],
            group["decimals"].fillna(indicator.digits),
            (territories[code] for code in group["territory"]),
            strict=True,
        )
    ]
    if len(texts) == 1:
        ((rate, name),) = texts
        return f"taux de la {name} ({rate}), seule du département"
    said = [f"{rate} ({name})" for rate, name in texts]
    if len({rate for rate, _ in texts}) == 1:
        return f"même taux des caisses : {french.join_with_et(said)}"
    others = f" ; les autres : {french.join_with_et(said[1:-1])}" if len(said) > 2 else ""
    return f"{reach_clause(texts[0], texts[-1])}, sans poids publié{others}"


def _caisse_name(caisse: Territory) -> str:
    """« CPAM de Pau », « CPAM d’Agen »."""
    return caisse.genitive.removeprefix("de la ")


def _from_single_departement_regions(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """Five régions are one département each: what is published for one holds for the other."""
    twins: dict[str, str] = {}
    for region in territories.of_kind("REG"):
        inside = territories.of_kind("DEP", region)
        if len(inside) == 1:
            twins |= {region: inside[0], inside[0]: region}
    rows = figures[figures["territory"].isin(twins)].copy()
    derived = rows["territory"].map(lambda code: MIRRORED.format(territories[code].name))
    rows["restated"] = (rows["derived"] == "") | rows["restated"].astype(bool)
    rows["derived"] = derived.where(rows["derived"] == "", derived + " ; " + rows["derived"])
    rows["territory"] = rows["territory"].map(twins)
    return rows


def _from_departements(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """The rate of a région: mean of its départements weighted by population (INSEE).

    Only where the départements with a rate hold `display.regional_coverage` of the population:
    profiles by département are not published, population is the nearest weight that is.
    """
    rates = [key for key, indicator in settings.indicators.items() if indicator.kind == "rate"]
    rows = figures[
        figures["territory"].str.startswith("DEP")
        & figures["indicator"].isin(rates)
        & figures["value"].notna()
    ]
    rows = best(rows, settings.source_order)
    rows = rows.assign(
        region=rows["territory"].map(lambda code: territories[code].parent),
        weight=rows["territory"].map(territories.population).fillna(0).astype(float),
    )
    rows["weighted"] = rows["value"] * rows["weight"]
    for end in ("low", "high"):
        ends = rows[f"reach_{end}"].fillna(rows["value"])
        rows[f"weighted_{end}"] = ends * rows["weight"]
    keys = ["region", "indicator", "corridor", "reference_period"]
    sums = rows.groupby(keys, as_index=False, sort=False).agg(
        weight=("weight", "sum"),
        weighted=("weighted", "sum"),
        weighted_low=("weighted_low", "sum"),
        weighted_high=("weighted_high", "sum"),
        decimals=("decimals", "min"),
        known=("territory", "size"),
        period=("period", "first"),
        source=("source", "first"),
        page=("page", "first"),
        assumed=("assumed", "any"),
        revision=("revision", _revision_of),
    )
    whole = {
        region: (sum(territories.population.get(code, 0) for code in inside), len(inside))
        for region in territories.of_kind("REG")
        if len(inside := territories.of_kind("DEP", region)) > 1
    }
    sums = sums[sums["region"].isin(whole)]
    totals = sums["region"].map(lambda code: whole[code][0]).astype(float)
    sums = sums[sums["weight"] >= settings.display.regional_coverage * totals]
    derived = [
        f"moyenne de {known} départements sur {whole[region][1]}, pondérée par la population"
        for region, known in zip(sums["region"], sums["known"], strict=True)
    ]
    decimals = sums["decimals"].fillna(0).astype(int)
    value, low, high = (
        pd.Series(
            [
                as_rounded(total / weight, digits)
                for total, weight, digits in zip(sums[name], sums["weight"], decimals, strict=True)
            ],
            index=sums.index,
            dtype=float,
        )
        for name in ("weighted", "weighted_low", "weighted_high")
    )
    return sums.assign(
        territory=sums["region"],
        value=value,
        reach_low=low.where(low < high),
        reach_high=high.where(low < high),
        qualifier="about",
        change=float("nan"),
        compared_to="",
        note="",
        uncertain=False,
        derived=derived,
        restated=False,
        secret=False,
        **NOTHING_SAID | {"assumed": sums["assumed"], "revision": sums["revision"]},
    ).reindex(columns=figures.columns)
