"""Tables that stand on their own, in French, ready to print."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.map.texts import LEVELS
from atlas.indicators import snapshot
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL


def territory_table(
    context: FigureContext, *, indicator: str, level: Level, within: str, reference_period: str
) -> pd.DataFrame:
    """Territories of one level with a figure: number, name, value, published change."""
    kind = context.settings.indicators[indicator]
    codes = context.territories.of_kind(KIND_OF_LEVEL[level], within)
    rows = snapshot(
        context.dataset.observations,
        context.settings,
        codes,
        indicator=indicator,
        reference_period=periods.reference_period(reference_period, kind.accumulation),
    )
    rows = rows[~rows["missing"] | rows["secret"]]
    digits = [
        french.SECRET
        if secret
        else french.format_number(v, kind.digits) + (f"{french.NBSP}%" if kind.in_percent else "")
        for v, secret in zip(rows["value"], rows["secret"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Numéro": [context.territories[c].number for c in rows["code"]],
            french.capitalize_first(LEVELS[level][0]): [
                context.territories[c].name for c in rows["code"]
            ],
            kind.label: [
                captions.marked(d, how) for d, how in zip(digits, rows["derived"], strict=True)
            ],
            "Progression": [
                ""
                if math.isnan(c)
                else f"{french.format_number(c, 1, sign=True)}{french.NBSP}"
                f"{'points' if kind.in_percent else '%'}"
                for c in rows["change"]
            ],
        }
    ).reset_index(drop=True)


def figures_table(context: FigureContext, figures: pd.DataFrame) -> pd.DataFrame:
    """Every figure with its words: territory, indicator, corridor, period, value, source, note."""
    settings = context.settings
    kinds = [settings.indicators[key] for key in figures["indicator"]]
    known = "fictif" if context.dataset.fictitious else "publié"
    return pd.DataFrame(
        {
            "Territoire": [context.territories[c].label for c in figures["territory"]],
            "Indicateur": [kind.label for kind in kinds],
            "Couloir": [settings.corridors[c].short if c else "" for c in figures["corridor"]],
            "Période": [
                periods.label(p, k.accumulation)
                for p, k in zip(figures["period"], kinds, strict=True)
            ],
            "Valeur": [
                french.SECRET if s else "" if math.isnan(v) else french.format_with_unit(v, k, q)
                for v, q, k, s in zip(
                    figures["value"], figures["qualifier"], kinds, figures["secret"], strict=True
                )
            ],
            "Évolution": [
                "" if math.isnan(c) else french.format_change(c, k)
                for c, k in zip(figures["change"], kinds, strict=True)
            ],
            "Par rapport à": [periods.label(p) if p else "" for p in figures["compared_to"]],
            "Source": [
                captions.source_text(context.dataset.sources[s], p)
                for s, p in zip(figures["source"], figures["page"], strict=True)
            ],
            "Origine": [
                french.SECRET if s else "incertain" if u else "calculé" if d else known
                for u, d, s in zip(
                    figures["uncertain"], figures["derived"], figures["secret"], strict=True
                )
            ],
            "Note": [d or n for d, n in zip(figures["derived"], figures["note"], strict=True)],
        }
    )


def sources_table(context: FigureContext, only: list[str] | None = None) -> pd.DataFrame:
    """The sources of the data set, or only some, with what each provides."""
    rows = context.dataset.published
    counts = rows.groupby("source").agg(
        figures=("value", "size"),
        territories=("territory", "nunique"),
        indicators=("indicator", "nunique"),
    )
    keys = [
        key
        for key in context.dataset.sources
        if key in counts.index and (only is None or key in only)
    ]
    found = [context.dataset.sources[key] for key in keys]
    return pd.DataFrame(
        {
            "Titre": [source.title for source in found],
            "Éditeur": [source.publisher for source in found],
            "Publié": [periods.label(s.published) if s.published else "sans date" for s in found],
            "Chiffres": [french.format_number(counts.at[key, "figures"]) for key in keys],
            "Territoires": [french.format_number(counts.at[key, "territories"]) for key in keys],
            "Indicateurs": [french.format_number(counts.at[key, "indicators"]) for key in keys],
            "Licence": [source.licence for source in found],
            "Adresse ou fichier": [source.address or source.file for source in found],
        }
    )


def figures_file(context: FigureContext, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures for a spreadsheet: codes and names, numbers as numbers; what is
    secret says so where its number would be, as imports read it."""
    settings = context.settings
    return pd.DataFrame(
        {
            "Territoire": figures["territory"],
            "Nom": [context.territories[c].name for c in figures["territory"]],
            "Indicateur": [settings.indicators[k].label for k in figures["indicator"]],
            "Couloir": [settings.corridors[c].label if c else "" for c in figures["corridor"]],
            "Période": figures["period"],
            "Valeur": figures["value"].astype(object).where(~figures["secret"], french.SECRET)
            if figures["secret"].any()
            else figures["value"],
            "Qualificatif": [french.QUALIFIERS[q].strip() for q in figures["qualifier"]],
            "Unité": [
                "%" if settings.indicators[k].in_percent else settings.indicators[k].unit
                for k in figures["indicator"]
            ],
            "Évolution": figures["change"],
            "Unité de l’évolution": [
                "points" if settings.indicators[k].in_percent else "%" for k in figures["indicator"]
            ],
            "Par rapport à": figures["compared_to"],
            "Source": [context.dataset.sources[s].title for s in figures["source"]],
            "Page": figures["page"],
            "Note": figures["note"],
            "Calcul": figures["derived"],
            "Nature": "Données fictives" if context.dataset.fictitious else "Données publiées",
        }
    )


def workbook_sheets(context: FigureContext, figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The figures, their sources and their definitions, one sheet each."""
    name = "Données fictives" if context.dataset.fictitious else "Chiffres"
    return {
        name: figures_file(context, figures),
        "Sources": sources_table(context),
        "Définitions": definitions_table(context, list(dict.fromkeys(figures["indicator"]))),
    }


def definitions_table(context: FigureContext, keys: list[str]) -> pd.DataFrame:
    """What each indicator measures, and on whom."""
    kinds = [context.settings.indicators[key] for key in keys]
    return pd.DataFrame(
        {
            "Indicateur": [kind.label for kind in kinds],
            "Définition": [kind.definition for kind in kinds],
            "Champ": [kind.champ for kind in kinds],
        }
    )
