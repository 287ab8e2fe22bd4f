"""Tables that stand on their own, in French, ready to print."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.map.texts import LEVELS
from atlas.indicators.coverage import with_states
from atlas.indicators.row_values import change_values, count_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.sentences.headings import generic_champ
from atlas.settings import Level
from atlas.territories import KIND_OF_LEVEL
from atlas.values import Column, Table, name_column, text_column


def territory_table(
    context: FigureContext, *, indicator: str, level: Level, within: str, reference_period: str
) -> Table:
    """Territories of one level with a figure, or whose figure is secret.

    Columns: number, territory, level, change. Levels have the decimals of the indicator and
    changes have one, as the documents that print such a table.
    """
    shown = context.settings.indicators[indicator]
    codes = context.territories.of_kind(KIND_OF_LEVEL[level], within)
    rows = snapshot(
        context.dataset.observations,
        context.settings,
        codes,
        indicator=indicator,
        reference_period=periods.reference_period(reference_period, shown.accumulation),
    )
    rows = rows[~rows["missing"] | rows["secret"]]
    places = [context.territories[code] for code in rows["code"]]
    levels = tuple(replace(value, qualifier="") for value in level_values(rows, shown))
    return Table(
        (
            text_column("number", "Numéro", [place.number for place in places]),
            name_column(
                "territory",
                french.capitalize_first(LEVELS[level][0]),
                [place.name for place in places],
                keys=rows["code"],
            ),
            Column("level", shown.label, levels, "value", mark="dagger", decimals=shown.digits),
            Column(
                "change",
                "Progression",
                tuple(change_values(rows, shown)),
                "value",
                says_absence=False,
                decimals=1,
            ),
        )
    )


#: What is said of a row that is not simply published, by its state.
ORIGIN_TEXTS = {"secret": french.SECRET, "uncertain": "incertain", "derived": "calculé"}


def figures_table(context: FigureContext, observations: pd.DataFrame) -> Table:
    """Every observation with its words.

    Columns: territory, indicator, corridor, period, level, change, compared_to, source, origin,
    note.
    """
    settings = context.settings
    indicators = [settings.indicators[key] for key in observations["indicator"]]
    known = "fictif" if context.dataset.fictitious else "publié"
    origins = [ORIGIN_TEXTS.get(state, known) for state in with_states(observations)["state"]]
    # A row without a level gives a change alone: its level is not said to be unpublished.
    levels = tuple(
        replace(value, status="not_applicable") if value.status == "missing" else value
        for value in level_values(observations, indicators)
    )
    changes = tuple(change_values(observations, indicators))
    return Table(
        (
            name_column(
                "territory",
                "Territoire",
                [context.territories[code].label for code in observations["territory"]],
                keys=observations["territory"],
            ),
            text_column("indicator", "Indicateur", [indicator.label for indicator in indicators]),
            text_column(
                "corridor",
                "Couloir",
                [settings.corridors[c].short if c else "" for c in observations["corridor"]],
            ),
            text_column(
                "period",
                "Période",
                [
                    periods.label(period, indicator.accumulation)
                    for period, indicator in zip(observations["period"], indicators, strict=True)
                ],
            ),
            Column("level", "Valeur", levels, "value", says_noun=True),
            Column("change", "Évolution", changes, "value", says_absence=False),
            text_column(
                "compared_to",
                "Par rapport à",
                [periods.label(period) if period else "" for period in observations["compared_to"]],
            ),
            text_column(
                "source",
                "Source",
                [
                    captions.source_text(context.dataset.sources[key], page)
                    for key, page in observations[["source", "page"]].itertuples(index=False)
                ],
            ),
            text_column("origin", "Origine", origins),
            text_column(
                "note",
                "Note",
                [
                    " ".join(text for text in (derived or note, contradiction) if text)
                    for derived, note, contradiction in observations[
                        ["derived", "note", "contradiction"]
                    ].itertuples(index=False)
                ],
            ),
        )
    )


def sources_table(context: FigureContext, only: list[str] | None = None) -> Table:
    """The sources of the data set, or only some, with what each provides.

    Columns: title, publisher, grade, published, observations, territories, indicators, licence,
    address.
    """
    rows = context.dataset.published
    counts = rows.groupby("source").agg(
        observations=("value", "size"),
        territories=("territory", "nunique"),
        indicators=("indicator", "nunique"),
    )
    keys = [
        key
        for key in context.dataset.sources
        if key in counts.index and (only is None or key in only)
    ]
    found = [context.dataset.sources[key] for key in keys]
    known = counts.reindex(keys)
    return Table(
        (
            name_column("title", "Titre", [source.title for source in found], keys=keys),
            text_column("publisher", "Éditeur", [source.publisher for source in found]),
            text_column("grade", "Nature", [captions.GRADE_LABELS[s.grade] for s in found]),
            text_column(
                "published",
                "Publié",
                [
                    periods.label(source.published) if source.published else "sans date"
                    for source in found
                ],
            ),
            *(
                Column(key, heading, tuple(count_values(known[key])), "value")
                for key, heading in (
                    ("observations", "Chiffres"),
                    ("territories", "Territoires"),
                    ("indicators", "Indicateurs"),
                )
            ),
            text_column("licence", "Licence", [source.licence for source in found]),
            text_column(
                "address", "Adresse ou fichier", [source.address or source.file for source in found]
            ),
        )
    )


def figures_file(context: FigureContext, observations: pd.DataFrame) -> pd.DataFrame:
    """The figures for a spreadsheet: codes and names, numbers as numbers; what is
    secret says so where its number would be, as imports read it."""
    settings = context.settings
    is_computed = with_states(observations)["state"] == "derived"
    return pd.DataFrame(
        {
            "Territoire": observations["territory"],
            "Nom": [context.territories[c].name for c in observations["territory"]],
            "Indicateur": [settings.indicators[k].label for k in observations["indicator"]],
            "Couloir": [settings.corridors[c].label if c else "" for c in observations["corridor"]],
            "Période": observations["period"],
            "Valeur": observations["value"]
            .astype(object)
            .where(~observations["secret"], french.SECRET)
            if observations["secret"].any()
            else observations["value"],
            "Qualificatif": [french.QUALIFIERS[q].strip() for q in observations["qualifier"]],
            "Unité": [
                "%" if settings.indicators[k].in_percent else settings.indicators[k].unit
                for k in observations["indicator"]
            ],
            "Évolution": observations["change"],
            "Unité de l’évolution": [
                "points" if settings.indicators[k].in_percent else "%"
                for k in observations["indicator"]
            ],
            "Par rapport à": observations["compared_to"],
            "Source": [context.dataset.sources[s].title for s in observations["source"]],
            "Page": observations["page"],
            "Note": observations["note"],
            "Calcul": observations["derived"],
            "Nature": [
                "Données fictives"
                if context.dataset.fictitious
                else "Données calculées"
                if computed
                else "Données publiées"
                for computed in is_computed
            ],
            "Origine": ["calculé" if computed else "" for computed in is_computed],
            "Minimum": observations["reach_low"],
            "Maximum": observations["reach_high"],
            "Nom dans la source": observations["noun"],
            "Durée glissante": observations["window"],
            "Statut du chiffre": [
                ", ".join(french.STATUSES[word] for word in _status_words(status, revision))
                for status, revision in observations[["status", "revision"]].itertuples(index=False)
            ],
            "Forme imprimée": observations["printed"],
            "Contredit par": observations["contradiction"],
        }
    )


def _status_words(status: str, revision: str) -> list[str]:
    """Those of a row; what is computed has no status of its own, and its inputs make it
    provisional."""
    return status.split() or ([revision] if revision else [])


def workbook_sheets(context: FigureContext, observations: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The figures, their sources and their definitions, one sheet each."""
    name = "Données fictives" if context.dataset.fictitious else "Chiffres"
    return {
        name: figures_file(context, observations),
        "Sources": french.table_texts(sources_table(context)),
        "Définitions": french.table_texts(
            definitions_table(context, list(dict.fromkeys(observations["indicator"])))
        ),
    }


def definitions_table(context: FigureContext, keys: list[str]) -> Table:
    """What each indicator measures, and on whom. Columns: indicator, definition, champ."""
    indicators = [context.settings.indicators[key] for key in keys]
    return Table(
        (
            name_column("indicator", "Indicateur", [one.label for one in indicators], keys=keys),
            text_column("definition", "Définition", [one.definition for one in indicators]),
            text_column(
                "champ",
                "Champ",
                [french.capitalize_first(generic_champ(one)) for one in indicators],
            ),
        )
    )
