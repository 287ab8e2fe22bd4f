"""What the report of an imported file says, on the page and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd

from atlas import french, periods
from atlas.french import NBSP
from atlas.importing.column_detection import TableProposal
from atlas.importing.records import ImportedRow
from atlas.importing.report import FileReport
from atlas.observations.checks import KnownKeys

MAX_ABSENT_NAMES = 12  # in a sentence
BLANK_KIND_LABELS = {"missing": "sans valeur", "secret": "secrètes", "not applicable": "sans objet"}
DOUBT_LABELS = {
    "cumulative": "cumul qui baisse",
    "change": "évolution et niveaux",
    "jump": "écart avec l’an passé",
    "differs": "déjà publié autrement",
    "other source": "autre source, autre chiffre",
    "outlier": "loin de sa colonne",
    "repeats": "chiffres d’une autre période",
    "shift": "unité de la colonne",
}
ROLE_LABELS = {
    "ignored": "Rien (ignorée)",
    "territory": "Territoire",
    "region": "Région du territoire",
    "corridor": "Couloir",
    "indicator": "Indicateur",
    "period": "Période",
    "value": "Valeur",
    "change": "Évolution",
    "qualifier": "Qualificatif",
    "compared_to": "Base de l’évolution",
    "source": "Source",
    "page": "Page",
    "note": "Note",
    "derived": "Calcul du tableau de bord",
}


def report_lines(report: FileReport, known_keys: KnownKeys) -> list[str]:
    """The counts of a report, a sentence each; of many absent territories the first are named."""
    extraction = report.extraction
    lines = [
        f"{extraction.name}{NBSP}: "
        f"{count_text(extraction.rows_read, 'ligne lue', 'lignes lues')}, "
        f"{count_text(len(extraction.rows), 'chiffre reconnu', 'chiffres reconnus')}, "
        f"{french.format_number(len(extraction.refusals))} refus.",
        f"Nouveaux{NBSP}: {french.format_number(len(report.new))}{NBSP}; "
        f"déjà là, identiques{NBSP}: {french.format_number(len(report.same))}{NBSP}; "
        f"déjà là, différents{NBSP}: {french.format_number(len(report.changed))}.",
    ]
    if report.agreeing or report.disagreeing:
        lines.append(
            f"Chiffres qu’une autre source publie aussi{NBSP}: "
            f"{french.format_number(report.agreeing)} identiques, "
            f"{french.format_number(report.disagreeing)} différents."
        )
    if extraction.rows_computed:
        lines.append(
            f"Lignes calculées par le tableau de bord, laissées de côté{NBSP}: "
            f"{french.format_number(extraction.rows_computed)}."
        )
    lines += [
        f"Cellules {BLANK_KIND_LABELS[kind]}{NBSP}: {french.format_number(count)}."
        for kind, count in report.blanks.items()
    ]
    if report.expected:
        names = absent_names(report, known_keys)
        if len(names) > MAX_ABSENT_NAMES:
            names = [*names[:MAX_ABSENT_NAMES], f"{len(names) - MAX_ABSENT_NAMES} autres"]
        lines.append(
            f"Territoires attendus{NBSP}: {len(report.expected)}{NBSP}; absents{NBSP}: "
            f"{french.join_with_et(names) or 'aucun'}."
        )
    return lines


def absent_names(report: FileReport, known_keys: KnownKeys) -> list[str]:
    """The labels of the territories that the file should have and has not."""
    return [known_keys.territories[code].label for code in report.absent]


def rows_table(rows: Sequence[ImportedRow], known_keys: KnownKeys) -> pd.DataFrame:
    """Rows as they would enter the data, in French texts, with the cell that says each.

    Columns: Cellule, Territoire, Indicateur, Couloir, Période, Valeur, Évolution; without those
    that no row fills.
    """
    indicators, corridors = known_keys.settings.indicators, known_keys.settings.corridors
    table = pd.DataFrame(
        {
            "Cellule": [row.cell for row in rows],
            "Territoire": [known_keys.territories[row.territory].label for row in rows],
            "Indicateur": [indicators[row.indicator].label for row in rows],
            "Couloir": [corridors[row.corridor].short if row.corridor else "" for row in rows],
            "Période": [periods.label(row.period) for row in rows],
            "Valeur": [
                french.format_exact(row.value, indicators[row.indicator], row.qualifier)
                if row.value
                else french.MISSING
                for row in rows
            ],
            "Évolution": [
                french.format_change(float(row.change), indicators[row.indicator])
                if row.change
                else ""
                for row in rows
            ],
        }
    )
    return table.loc[:, (table != "").any()]


def map_query(rows: Sequence[ImportedRow], known_keys: KnownKeys) -> dict[str, str]:
    """Where the map shows the last of the rows, as its page writes it in the address.

    Keys: region (when all rows are of one), indicateur, periode. Empty when no row is of an
    indicator of the map.
    """
    on_map = [row for row in rows if row.indicator in known_keys.settings.map_indicators]
    if not on_map:
        return {}
    last = on_map[-1]
    measure = known_keys.settings.indicators[last.indicator].accumulation
    query = {
        "indicateur": last.indicator,
        "periode": periods.reference_period(last.period, measure),
    }
    regions = {known_keys.territories.region_of(row.territory) for row in on_map}
    return {"territoire": regions.pop()} | query if len(regions) == 1 else query


def original_table(proposal: TableProposal, max_rows: int) -> pd.DataFrame:
    """The first filled rows under the header, as the file writes them.

    Columns: Ligne (the number of the row in the file) or Colonne (its letter, where territories
    stand in columns), then the headers of the table, with their cell where two are alike.
    """
    sheet, header = proposal.sheet, proposal.header
    first = header.rows[-1] + 1
    filled = (
        (row, cells)
        for row, cells in enumerate(sheet.cells[first:], first)
        if not all(cell.is_empty for cell in cells)
    )
    shown = list(islice(filled, max_rows))
    columns = [guess.index for guess in proposal.guesses]
    texts = [header.texts[index] for index in columns]
    headings = [
        text if texts.count(text) == 1 else f"{text} [{sheet.address(header.rows[-1], index)}]"
        for index, text in zip(columns, texts, strict=True)
    ]
    table = pd.DataFrame(
        [[cells[index].text for index in columns] for _, cells in shown], columns=headings
    )
    names = [sheet.row_name(row) for row, _ in shown]
    table.insert(0, "Colonne" if sheet.transposed else "Ligne", names)
    return table


def cell_examples(proposal: TableProposal, index: int, max_examples: int = 3) -> list[str]:
    """The first different cells of a column under its header."""
    examples: dict[str, None] = {}
    for cells in proposal.sheet.cells[proposal.header.rows[-1] + 1 :]:
        if not cells[index].is_empty:
            examples.setdefault(cells[index].text)
        if len(examples) == max_examples:
            break
    return list(examples)


def count_text(count: int, singular: str, plural: str) -> str:
    """« 1 ligne lue », « 1 234 lignes lues »: the plural starts at 2."""
    return f"{french.format_number(count)} {plural if count > 1 else singular}"
