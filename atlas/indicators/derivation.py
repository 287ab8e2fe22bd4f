"""Values computed from published ones; each row says in ``derived`` how, and from what.

A derived row never replaces a published one: where a published value exists for the same
territory, indicator, corridor and period, atlas.indicators.choice prefers it. Nothing is derived
of what is secret, except that it is secret for a place under its other code too.
"""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.indicators.choice import SAME, best
from atlas.observations.reading import NOTHING_SAID
from atlas.settings import Indicator, Settings
from atlas.territories import Territories

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
        base = round(level - growth, 9) if indicator.in_percent else level / (1 + growth / 100)
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
                "period": row["compared_to"],
                "value": base,
                "qualifier": "about",
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


def _from_caisses(
    figures: pd.DataFrame, settings: Settings, territories: Territories
) -> pd.DataFrame:
    """Rates of a département from all its caisses.

    With several, the plain mean: no weight is published for a caisse.
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
            made.append(_mean_of_caisses(group, departement, indicator, territories))
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


def _mean_of_caisses(
    group: pd.DataFrame, departement: str, indicator: Indicator, territories: Territories
) -> dict[str, object]:
    first = group.iloc[0].to_dict()
    names = [
        f"{territories[row.territory].genitive} "
        f"({french.format_number(row.value, indicator.digits)}{french.NBSP}%)"
        for row in group.itertuples(index=False)
    ]
    how = (
        f"taux {names[0]}, seule du département"
        if len(group) == 1
        else f"moyenne simple des taux {french.join_with_et(names)}, sans poids publié"
    )
    deduced = bool((group["derived"] != "").any())
    if deduced:
        how += " ; lui-même déduit d’une évolution publiée"
    agreed = not (group["contradicted"] == "change").any()
    one_base = group["compared_to"].nunique() == 1 and agreed
    one_word = group["qualifier"].nunique() == 1
    return {
        **first,
        **NOTHING_SAID,
        "noun": first["noun"] if group["noun"].nunique() == 1 else "",
        "assumed": bool(group["assumed"].any()),
        "territory": departement,
        "value": group["value"].mean(),
        "qualifier": first["qualifier"] if one_word else "about",
        "change": group["change"].mean(skipna=False) if one_base else float("nan"),
        "compared_to": first["compared_to"] if one_base else "",
        "note": "",
        "derived": how,
        "restated": len(group) == 1 and not deduced,
    }


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

    Only where the départements with a rate hold `figures.regional_coverage` of the population:
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
    keys = ["region", "indicator", "corridor", "reference_period"]
    sums = rows.groupby(keys, as_index=False, sort=False).agg(
        weight=("weight", "sum"),
        weighted=("weighted", "sum"),
        known=("territory", "size"),
        period=("period", "first"),
        source=("source", "first"),
        page=("page", "first"),
        assumed=("assumed", "any"),
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
    return sums.assign(
        territory=sums["region"],
        value=sums["weighted"] / sums["weight"],
        qualifier="about",
        change=float("nan"),
        compared_to="",
        note="",
        uncertain=False,
        derived=derived,
        restated=False,
        secret=False,
        **NOTHING_SAID | {"assumed": sums["assumed"]},
    ).reindex(columns=figures.columns)
