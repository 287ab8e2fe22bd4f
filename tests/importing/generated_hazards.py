"""What real files have around and inside their tables, added to generated ones.

Each hazard changes a draft and returns what it did, in words, or nothing where it has no place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from generated_figures import french
from proposed_figures import Figure, plain_number
from sheet_tabs import Formula, Raised, Shown
from table_drafts import Draft, Filled

from atlas.observations.checks import KnownKeys

_MAX_HAZARDS = 4
_PARTIAL_TOTALS = (
    "Total France métropolitaine",
    "France hors Mayotte",
    "Total DROM",
    "Total hors Corse",
    "Moyenne",
    "Autres",
    "Sous-total",
    "Non ventilé",
    "Outre-mer",
)
_LINES_ABOVE = (
    "Mon espace santé",
    "Données extraites le 12/01/2029",
    "Extraction du 3 mars 2029",
    "Données provisoires",
    "Document de travail – ne pas diffuser",
    "Contact : statistiques@example.org",
)
_LINES_BELOW = (
    "Source : Cnam, extraction du 12/01/2029.",
    "(1) Estimation.",
    "(p) Données provisoires.",
    "Champ : France hors Mayotte.",
    "Note : 3 territoires n’ont pas répondu.",
    "Lecture\x0bvoir l’annexe.",
)
_REMINDER_YEAR, _TARGET_YEAR = "2017", "2031"
_RANK_TITLE = "Rang national"
Hazard = Callable[[Random, Draft, KnownKeys], str]


def add_hazards(
    rng: Random, drafts: list[Draft], known_keys: KnownKeys, *, workbook: bool
) -> list[str]:
    """One to four hazards, each on one of the sheets; what was done, in words.

    The first ones move rows and columns; those that point at a place come after them.
    """
    hazards = [*_MOVING, *(_MOVING_IN_WORKBOOKS if workbook else ()), *_POINTING]
    hazards += _POINTING_IN_WORKBOOKS if workbook else ()
    chosen = set(rng.sample(hazards, rng.randint(1, _MAX_HAZARDS)))
    done = [hazard(rng, rng.choice(drafts), known_keys) for hazard in hazards if hazard in chosen]
    if workbook and rng.random() < 0.1:
        drafts.insert(0, _hidden_copy(rng, drafts[0]))
        done.append("a hidden sheet before it")
    return [words for words in done if words]


def _number(rng: Random) -> str:
    return french(Decimal(rng.randint(10, 990)) / 10)


def _lines_above(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    lines = rng.sample(_LINES_ABOVE, rng.randint(1, 2))
    place = rng.choice((0, len(draft.above)))
    draft.above[place:place] = [[line] for line in lines]
    return f"above: {lines}"


def _lines_below(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    # No library writes a control character in a workbook.
    lines = [line for line in _LINES_BELOW if line.isprintable() or not draft.for_workbook]
    lines = rng.sample(lines, rng.randint(1, 2))
    draft.below += [[]][: rng.randint(0, 1)] + [[line] for line in lines]
    return f"below: {lines}"


def _partial_total(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """A row for a field that is no territory, its cells filled like those of the others."""
    if not draft.territory_columns:
        return ""
    name = rng.choice(_PARTIAL_TOTALS)
    model = draft.rows[-1]
    row = ["" for _ in range(draft.territory_columns - 1)] + [name]
    row += [_number(rng) if isinstance(cell, Filled) else cell for cell in model[len(row) :]]
    place = len(draft.rows) if rng.random() < 0.8 else rng.randrange(len(draft.rows))
    draft.rows.insert(place, row)
    return f"a row « {name} »"


def _section_rows(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """The name of a région in a row of its own, above the first of its départements."""
    if draft.territory_columns != 1:
        return ""
    territories, last = known_keys.territories, ""
    rows: list[list[object]] = []
    for row in draft.rows:
        code = next((cell.figure.territory for cell in row if isinstance(cell, Filled)), "")
        region = territories.region_of(code) if code.startswith("DEP") else last
        if region != last:
            rows.append([territories[region].name])
        rows.append(row)
        last = region
    if len(rows) == len(draft.rows):
        return ""
    draft.rows[:] = rows
    return "rows of sections"


def _empty_row(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    draft.rows.insert(rng.randint(1, len(draft.rows)), [])
    return "an empty row"


def _header_again(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    if len(draft.header) > 1 or draft.transposed:
        return ""
    draft.rows.insert(rng.randint(1, len(draft.rows)), list(draft.header[0]))
    return "the header again"


def _other_table(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """A table of another field under the first one, with a header or without."""
    if draft.transposed or not draft.territory_columns:
        return ""
    rows = [
        [_number(rng) if isinstance(cell, Filled) else cell for cell in row]
        for row in draft.rows[:3]
    ]
    title = "Tableau 2 – Profils des moins de 25 ans"
    header = draft.header if rng.random() < 0.5 else []
    draft.below += [[], [title], *header, *rows]
    return "another table under it" + ("" if header else ", without a header")


def _row_numbers(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    if draft.merged or not draft.territory_columns:
        return ""
    for place, row in enumerate(draft.header):
        row.insert(0, "N°" if place == 0 else None)
    for place, row in enumerate(draft.rows, 1):
        row.insert(0, str(place))
    draft.territory_columns += 1
    return "a column of row numbers"


def _other_column(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """A column that no indicator has, or that speaks of another period."""
    if draft.transposed:
        return ""
    title = rng.choice(
        (
            "Population 2022",
            "Commentaire",
            f"Rappel {_REMINDER_YEAR}",
            "Taux d’activation des 18-24 ans (%)",
            f"Objectif {_TARGET_YEAR}",
            _RANK_TITLE,
        )
    )
    width = max(map(len, draft.header))
    for place, row in enumerate(draft.header):
        row += [None] * (width - len(row)) + [title if place == 0 else None]
    for row in draft.rows:
        value = "à revoir" if title == "Commentaire" else str(rng.randint(10, 99))
        row += [None] * (width - len(row)) + [value if rng.random() < 0.8 or len(row) > 1 else None]
        for cell in row:
            if isinstance(cell, Filled):
                draft.allowed |= _as_other_period(cell.figure, title, value)
    return f"a column « {title} »"


def _as_other_period(stated: Figure, title: str, value: str) -> set[Figure]:
    """What a column of a reminder, a target or a rank may rightly be read as."""
    if not value.isdecimal():
        return set()
    other = stated._replace(value=plain_number(value), change="", compared_to="")
    if _TARGET_YEAR in title:
        return {other._replace(indicator="activated_profiles_target", period=_TARGET_YEAR)}
    if title == _RANK_TITLE and stated.indicator == "activation_rate":
        return {other._replace(indicator="activation_rank")}
    return {other._replace(period=_REMINDER_YEAR)} if _REMINDER_YEAR in title else set()


def _replace_cells(
    rng: Random, draft: Draft, content: Callable[[], object], at_most: int = 3
) -> int:
    """Take away figures without a growth: their cells hold something else; how many."""
    places = [(r, c) for r, c in draft.figure_cells if not draft.rows[r][c].figure.change]
    chosen = rng.sample(places, min(len(places), rng.randint(1, at_most)))
    for r, c in chosen:
        replacing = content()
        if replacing is None and _is_repeated(draft, r):
            replacing = "nd"  # a blank says nothing against the figure of the other row
        draft.rows[r][c] = replacing
    return len(chosen)


def _is_repeated(draft: Draft, row: int) -> bool:
    """Whether another row names the same territory."""
    last = max(draft.territory_columns, 1) - 1  # before it may stand a number of the row
    names = [str(other[last]).strip() if other[last:] else "" for other in draft.rows]
    return names.count(names[row]) > 1


def _no_figure(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    count = _replace_cells(rng, draft, lambda: rng.choice(("nd", "s", "-", "ns", "n.d.", None)))
    return f"{count} cells without a figure"


def _error(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    count = _replace_cells(rng, draft, lambda: "#DIV/0!", 2)
    return f"{count} errors"


def _formula(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    count = _replace_cells(rng, draft, lambda: Formula("=1+1"), 2)
    return f"{count} formulas without a result"


def _note_marks(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """Marks of notes after some figures; raised after the numbers of a workbook."""
    mark = rng.choice((" (1)", "*", " p", "¹", " (p)", " (r)"))
    places = draft.figure_cells
    count = 0
    for r, c in rng.sample(places, min(len(places), 2)):
        cell = draft.rows[r][c]
        if isinstance(cell.content, str):
            draft.rows[r][c] = replace(cell, content=cell.content + mark)
            count += 1
        elif isinstance(cell.content, int | float) and draft.for_workbook:
            text = str(cell.content).replace(".", ",")
            draft.rows[r][c] = replace(cell, content=Raised(text, "1"))
            count += 1
    return f"{count} marks of notes « {mark} »" if count else ""


def _spaces(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    for row in draft.rows:
        if row and isinstance(row[0], str) and rng.random() < 0.5:
            row[0] = rng.choice((f"{row[0]} ", f" {row[0]}", f"{row[0]}\u00a0", f"  {row[0]}"))
    return "spaces around names"


def _codes_as_numbers(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    if not draft.territory_columns:
        return ""
    for row in draft.rows:
        if row and isinstance(row[0], str) and row[0].isdecimal():
            row[0] = int(row[0])
    return "codes as numbers"


def _hidden_row(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    row = rng.randrange(len(draft.rows))
    if _is_repeated(draft, row):
        return ""  # what contradicts a hidden row is what is shown
    draft.hidden_rows.append(row)
    draft.allowed |= {cell.figure for cell in draft.rows[row] if isinstance(cell, Filled)}
    return "a hidden row"


def _hidden_column(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    places = [(r, c) for r, c in draft.figure_cells if not draft.rows[r][c].figure.change]
    if not places:
        return ""
    _, column = rng.choice(places)
    draft.hidden_columns.append(column)
    draft.allowed |= {draft.rows[r][c].figure for r, c in places if c == column}
    return "a hidden column"


def _merged_value(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """One value over the rows of two territories: it belongs to neither."""
    cells = set(draft.figure_cells)
    places = [
        (r, c)
        for r, c in sorted(cells)
        if (r + 1, c) in cells and not draft.rows[r][c].figure.change
    ]
    if not places:
        return ""
    r, c = rng.choice(places)
    draft.rows[r][c], draft.rows[r + 1][c] = draft.rows[r][c].content, None
    draft.merged_rows.append((r, c, r + 1, c))
    return "a value merged over two rows"


def _other_value(rng: Random, draft: Draft, known_keys: KnownKeys) -> str:
    """A row again, with other values: which of both is right, nobody can say."""
    row = rng.choice(draft.rows)
    if draft.rows.index(row) in draft.hidden_rows:
        return ""  # what contradicts a hidden row is what is shown
    if draft.transposed or not any(isinstance(cell, Filled) for cell in row):
        return ""
    draft.allowed |= {cell.figure for cell in row if isinstance(cell, Filled)}
    draft.rows.append([_other(rng, cell) if isinstance(cell, Filled) else cell for cell in row])
    return "a row again with other values"


def _other(rng: Random, cell: Filled) -> object:
    return Shown(0.5, cell.content.format) if isinstance(cell.content, Shown) else "50"


def _hidden_copy(rng: Random, draft: Draft) -> Draft:
    """A hidden sheet of the same columns, with older values."""
    rows = [
        [rng.randint(10, 99) if isinstance(cell, Filled) else cell for cell in row]
        for row in draft.rows
    ]
    header = [list(row) for row in draft.header]
    return Draft([list(row) for row in draft.above], header, rows, name="Ancien", hidden=True)


_MOVING: tuple[Hazard, ...] = (
    _section_rows,
    _other_value,
    _row_numbers,
    _other_column,
    _empty_row,
    _header_again,
    _partial_total,
    _other_table,
    _lines_above,
    _lines_below,
)
_MOVING_IN_WORKBOOKS: tuple[Hazard, ...] = (_codes_as_numbers,)
_POINTING: tuple[Hazard, ...] = (_no_figure, _note_marks, _spaces)
_POINTING_IN_WORKBOOKS: tuple[Hazard, ...] = (
    _error,
    _formula,
    _hidden_row,
    _hidden_column,
    _merged_value,
)
