"""What the report of an imported file says, on the page and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd

from atlas import french, periods
from atlas.french import NBSP
from atlas.importing import FileReport, Proposal, Row
from atlas.observations import KnownKeys

NAMED = 12  # absent territories in a sentence
BLANKS = {"missing": "sans valeur", "secret": "secrètes", "not applicable": "sans objet"}
DOUBTS = {
    "cumulative": "cumul qui baisse",
    "change": "évolution et niveaux",
    "jump": "écart avec l’an passé",
    "differs": "déjà publié autrement",
}
HOLDS = {
    "ignored": "Rien (ignorée)",
    "territory": "Territoire",
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


def report_lines(told: FileReport, words: KnownKeys) -> list[str]:
    """The counts of a report, a sentence each; of many absent territories the first are named."""
    made = told.extract
    lines = [
        f"{made.name}{NBSP}: {_many(made.read, 'ligne lue', 'lignes lues')}, "
        f"{_many(len(made.rows), 'chiffre reconnu', 'chiffres reconnus')}, "
        f"{french.format_number(len(made.refusals))} refus.",
        f"Nouveaux{NBSP}: {french.format_number(len(told.new))}{NBSP}; déjà là, identiques{NBSP}: "
        f"{french.format_number(len(told.same))}{NBSP}; déjà là, différents{NBSP}: "
        f"{french.format_number(len(told.changed))}.",
    ]
    if told.agreeing or told.disagreeing:
        lines.append(
            f"Chiffres qu’une autre source publie aussi{NBSP}: "
            f"{french.format_number(told.agreeing)} identiques, "
            f"{french.format_number(told.disagreeing)} différents."
        )
    if made.computed:
        lines.append(
            f"Lignes calculées par le tableau de bord, laissées de côté{NBSP}: "
            f"{french.format_number(made.computed)}."
        )
    lines += [
        f"Cellules {BLANKS[kind]}{NBSP}: {french.format_number(count)}."
        for kind, count in told.blanks.items()
    ]
    if told.expected:
        absent = absent_names(told, words)
        if len(absent) > NAMED:
            absent = [*absent[:NAMED], f"{len(absent) - NAMED} autres"]
        lines.append(
            f"Territoires attendus{NBSP}: {len(told.expected)}{NBSP}; absents{NBSP}: "
            f"{french.join_with_et(absent) or 'aucun'}."
        )
    return lines


def absent_names(told: FileReport, words: KnownKeys) -> list[str]:
    """The territories that the file should have and has not."""
    return [words.territories[code].label for code in told.absent]


def read_table(rows: Sequence[Row], words: KnownKeys) -> pd.DataFrame:
    """Rows as they would enter the data, worded, with the cell that says each.

    Without the columns that none of them fills.
    """
    indicators, corridors = words.settings.indicators, words.settings.corridors
    table = pd.DataFrame(
        {
            "Cellule": [row.cell for row in rows],
            "Territoire": [words.territories[row.territory].label for row in rows],
            "Indicateur": [indicators[row.indicator].label for row in rows],
            "Couloir": [corridors[row.corridor].short if row.corridor else "" for row in rows],
            "Période": [row.period for row in rows],
            "Valeur": [
                french.format_value(float(row.value), indicators[row.indicator], row.qualifier)
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


def seen_on_map(rows: Sequence[Row], words: KnownKeys) -> dict[str, str]:
    """Where the map shows rows, as the controls of its page write it in the address."""
    shown = [row for row in rows if row.indicator in words.settings.display.map_indicators]
    if not shown:
        return {}
    last = shown[-1]
    regions = {words.territories.region_of(row.territory) for row in shown}
    region = {"region": regions.pop()} if len(regions) == 1 else {}
    accumulation = words.settings.indicators[last.indicator].accumulation
    return {
        **region,
        "indicateur": last.indicator,
        "periode": periods.reference_period(last.period, accumulation),
    }


def original_table(proposal: Proposal, count: int) -> pd.DataFrame:
    """The first rows under the header, as the file writes them; row numbers of the file."""
    sheet, header = proposal.sheet, proposal.header
    shown = [guess.index for guess in proposal.guesses]
    first = header.rows[-1] + 1
    below = list(
        islice(
            (
                (place, cells)
                for place, cells in enumerate(sheet.cells[first:], first)
                if any(cell != "" for cell in cells)
            ),
            count,
        )
    )
    table = pd.DataFrame(
        [[_text(cells[i]) for i in shown] for _, cells in below],
        columns=[header.texts[i] for i in shown],
    )
    table.insert(0, "Ligne", [str(sheet.top + place + 1) for place, _ in below])
    return table


def examples(proposal: Proposal, index: int, count: int = 3) -> list[str]:
    """The first different cells of a column under its header."""
    cells = (row[index] for row in proposal.sheet.cells[proposal.header.rows[-1] + 1 :])
    seen: dict[str, None] = {}
    for cell in cells:
        if cell != "":
            seen.setdefault(_text(cell))
        if len(seen) == count:
            break
    return list(seen)


def _text(cell: str | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:.15g}".replace(".", ",")


def _many(count: int, one: str, several: str) -> str:
    return f"{french.format_number(count)} {several if count > 1 else one}"
