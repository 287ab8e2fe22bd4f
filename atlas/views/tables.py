"""Tables that stand on their own, in French, ready to print."""

from __future__ import annotations

import math

import pandas as pd

from atlas import periods, wording
from atlas.indicators import snapshot
from atlas.settings import Level
from atlas.territories import KINDS
from atlas.views import captions
from atlas.views.desk import Desk
from atlas.views.map_words import LEVELS


def territory_table(
    desk: Desk, *, indicator: str, level: Level, within: str, when: str
) -> pd.DataFrame:
    """Territories of one level with a figure: number, name, value, published change."""
    kind = desk.settings.indicators[indicator]
    codes = desk.territories.of_kind(KINDS[level], within)
    rows = snapshot(
        desk.book.figures,
        desk.settings,
        codes,
        indicator=indicator,
        when=periods.when(when, kind.measure),
    )
    rows = rows[~rows["missing"] | rows["secret"]]
    digits = [
        wording.SECRET
        if secret
        else wording.number(v, kind.digits) + (f"{wording.NBSP}%" if kind.in_percent else "")
        for v, secret in zip(rows["value"], rows["secret"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Numéro": [desk.territories[c].number for c in rows["code"]],
            wording.capital(LEVELS[level][0]): [desk.territories[c].name for c in rows["code"]],
            kind.label: [
                captions.marked(d, how) for d, how in zip(digits, rows["derived"], strict=True)
            ],
            "Progression": [
                ""
                if math.isnan(c)
                else f"{wording.number(c, 1, sign=True)}{wording.NBSP}"
                f"{'points' if kind.in_percent else '%'}"
                for c in rows["change"]
            ],
        }
    ).reset_index(drop=True)


def figures_table(desk: Desk, figures: pd.DataFrame) -> pd.DataFrame:
    """Every figure with its words: territory, indicator, corridor, period, value, source, note."""
    settings = desk.settings
    kinds = [settings.indicators[key] for key in figures["indicator"]]
    known = "fictif" if desk.book.fictitious else "publié"
    return pd.DataFrame(
        {
            "Territoire": [desk.territories[c].label for c in figures["territory"]],
            "Indicateur": [kind.label for kind in kinds],
            "Couloir": [settings.corridors[c].short if c else "" for c in figures["corridor"]],
            "Période": [
                periods.label(p, k.measure) for p, k in zip(figures["period"], kinds, strict=True)
            ],
            "Valeur": [
                wording.SECRET if s else "" if math.isnan(v) else wording.with_unit(v, k, q)
                for v, q, k, s in zip(
                    figures["value"], figures["qualifier"], kinds, figures["secret"], strict=True
                )
            ],
            "Évolution": [
                "" if math.isnan(c) else wording.change(c, k)
                for c, k in zip(figures["change"], kinds, strict=True)
            ],
            "Par rapport à": [periods.label(p) if p else "" for p in figures["compared_to"]],
            "Source": [
                captions.source_text(desk.book.sources[s], p)
                for s, p in zip(figures["source"], figures["page"], strict=True)
            ],
            "Origine": [
                wording.SECRET if s else "incertain" if u else "calculé" if d else known
                for u, d, s in zip(
                    figures["uncertain"], figures["derived"], figures["secret"], strict=True
                )
            ],
            "Note": [d or n for d, n in zip(figures["derived"], figures["note"], strict=True)],
        }
    )


def sources_table(desk: Desk, only: list[str] | None = None) -> pd.DataFrame:
    """The sources of the data set, or only some, with what each provides."""
    rows = desk.book.published
    counts = rows.groupby("source").agg(
        figures=("value", "size"),
        territories=("territory", "nunique"),
        indicators=("indicator", "nunique"),
    )
    keys = [
        key for key in desk.book.sources if key in counts.index and (only is None or key in only)
    ]
    found = [desk.book.sources[key] for key in keys]
    return pd.DataFrame(
        {
            "Titre": [source.title for source in found],
            "Éditeur": [source.publisher for source in found],
            "Publié": [periods.label(s.published) if s.published else "sans date" for s in found],
            "Chiffres": [wording.number(counts.at[key, "figures"]) for key in keys],
            "Territoires": [wording.number(counts.at[key, "territories"]) for key in keys],
            "Indicateurs": [wording.number(counts.at[key, "indicators"]) for key in keys],
            "Licence": [source.licence for source in found],
            "Adresse ou fichier": [source.address or source.file for source in found],
        }
    )


def figures_file(desk: Desk, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures for a spreadsheet: codes and names, numbers as numbers; what is
    secret says so where its number would be, as imports read it."""
    settings = desk.settings
    return pd.DataFrame(
        {
            "Territoire": figures["territory"],
            "Nom": [desk.territories[c].name for c in figures["territory"]],
            "Indicateur": [settings.indicators[k].label for k in figures["indicator"]],
            "Couloir": [settings.corridors[c].label if c else "" for c in figures["corridor"]],
            "Période": figures["period"],
            "Valeur": figures["value"].astype(object).where(~figures["secret"], wording.SECRET)
            if figures["secret"].any()
            else figures["value"],
            "Qualificatif": [wording.QUALIFIERS[q].strip() for q in figures["qualifier"]],
            "Unité": [
                "%" if settings.indicators[k].in_percent else settings.indicators[k].unit
                for k in figures["indicator"]
            ],
            "Évolution": figures["change"],
            "Unité de l’évolution": [
                "points" if settings.indicators[k].in_percent else "%" for k in figures["indicator"]
            ],
            "Par rapport à": figures["compared_to"],
            "Source": [desk.book.sources[s].title for s in figures["source"]],
            "Page": figures["page"],
            "Note": figures["note"],
            "Calcul": figures["derived"],
            "Nature": "Données fictives" if desk.book.fictitious else "Données publiées",
        }
    )


def workbook_sheets(desk: Desk, figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The figures, their sources and their definitions, one sheet each."""
    name = "Données fictives" if desk.book.fictitious else "Chiffres"
    return {
        name: figures_file(desk, figures),
        "Sources": sources_table(desk),
        "Définitions": definitions_table(desk, list(dict.fromkeys(figures["indicator"]))),
    }


def definitions_table(desk: Desk, keys: list[str]) -> pd.DataFrame:
    """What each indicator measures, and on whom."""
    kinds = [desk.settings.indicators[key] for key in keys]
    return pd.DataFrame(
        {
            "Indicateur": [kind.label for kind in kinds],
            "Définition": [kind.definition for kind in kinds],
            "Champ": [kind.champ for kind in kinds],
        }
    )
