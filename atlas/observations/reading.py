"""data/<year>.csv → one checked frame, or every problem of every file.

The frame has the columns of the contract (ROW_COLUMNS) plus:
``reference_period``: the period under which it is compared (see atlas.periods), the end month for
a row with a window; ``assumed``: its source does not print the period; ``revision``: empty,
``provisional`` or ``revised``; ``uncertain``:
the note says that period or territory is unclear; ``derived``: empty for what was published;
``restated``: a derived value that is a published number of the same place under another code;
``decimals``: how many the value was printed with (« 40 » and « 40.0 » are not as precise);
``secret``: false until atlas.disclosure has hidden the row; ``verdict``, ``rejected``,
``contradiction``, ``contradicted``: what the review of findings concluded (see
atlas.observations.verdicts), none until it has been applied.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from atlas.incoming_text import find_forbidden_character
from atlas.observations.checks import (
    CHECKS,
    COLUMNS,
    ROW_COLUMNS,
    KnownKeys,
    check_texts,
    outside_year,
)
from atlas.observations.optional_columns import ASSUMED, OPTIONAL_COLUMNS, REVISIONS
from atlas.observations.prepared_frames import bytes_of, key_of, prepared_frame
from atlas.periods import reference_period
from atlas.problems import Problem
from atlas.settings import Settings

# Of a computed row: the significant figures that its inputs bear, and between which values it lies
# when the weights of its parts are not published; NaN otherwise.
PRECISION_COLUMNS = ("significant_figures", "reach_low", "reach_high")
ADDED_COLUMNS = (
    "reference_period",
    "assumed",
    "revision",
    "uncertain",
    "derived",
    "restated",
    "decimals",
    "change_decimals",
    *PRECISION_COLUMNS,
    "secret",
    "verdict",
    "rejected",
    "contradiction",
    "contradicted",
)
# A row of which neither a source nor a review says more than its amounts, as one that is computed.
NOTHING_SAID: dict[str, object] = {
    **dict.fromkeys(OPTIONAL_COLUMNS, ""),
    "assumed": False,
    "revision": "",
    "verdict": "",
    "rejected": False,
    "contradiction": "",
    "contradicted": "",
}
MAX_FILE_BYTES = 50_000_000


def read_year(
    path: Path, name: str, known_keys: KnownKeys, *, project: Path | None = None
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read one yearly file whole, or refuse it whole: nothing is half-imported.

    name is the file as its owner knows it; its stem is the year that every period must have.
    project: the folder in which what is read is kept for the next start (see `prepared_frames`).
    """
    text, problems = _text(path, name)
    if problems:
        return None, problems

    def read() -> pd.DataFrame | None:
        rows, found = _rows(text, name)
        problems.extend(found)
        if found:
            return None
        frame, found = check_rows(rows, name, known_keys, year=path.stem)
        problems.extend(found)
        return frame

    if project is None:
        return read(), problems
    key = key_of(name.encode(), text.encode(), bytes_of(known_keys))
    return prepared_frame(project, f"{path.parent.name}-{path.stem}", key, read), problems


def check_rows(
    rows: Sequence[Sequence[object]], name: str, known_keys: KnownKeys, *, year: str = ""
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Rows wherever they come from → the frame of read_year, or every problem in them.

    rows: the number of the row, then the texts of COLUMNS, and those of OPTIONAL_COLUMNS or none;
    name: what problems call their place; year: the one that every period must have, empty for any.
    """
    frame = _text_frame(rows).astype({"line": "int64"})
    problems = list(check_texts(frame, name, known_keys))
    if problems:  # the other sentences would quote them
        return None, problems
    problems = [p for check in CHECKS for p in check(frame, name, known_keys)]
    if year:
        problems += outside_year(frame, name, year)
    if problems:
        return None, sorted(problems, key=lambda p: (p.line or 0, p.where))
    return _convert_types(frame, known_keys.settings), []


def build_frame(rows: Iterable[list[str]], settings: Settings) -> pd.DataFrame:
    """Rows that satisfy the contract, as the texts of its columns → the frame of read_year."""
    return _convert_types(_text_frame([[0, *cells] for cells in rows]), settings)


def empty() -> pd.DataFrame:
    """A frame of figures without rows."""
    columns = (*ROW_COLUMNS, *ADDED_COLUMNS)
    return pd.DataFrame({column: pd.Series(dtype=object) for column in columns}).astype(
        {
            "value": float,
            "change": float,
            "assumed": bool,
            "uncertain": bool,
            "restated": bool,
            "decimals": float,
            "change_decimals": float,
            **dict.fromkeys(PRECISION_COLUMNS, float),
            "secret": bool,
            "rejected": bool,
        }
    )


def _text_frame(rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """The number of each row and the texts of all columns, empty where a row ends before."""
    width = 1 + len(ROW_COLUMNS)
    return pd.DataFrame(
        [[*row, *[""] * (width - len(row))] for row in rows], columns=["line", *ROW_COLUMNS]
    )


def _text(path: Path, name: str) -> tuple[str, list[Problem]]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return "", [Problem(name, "le fichier dépasse 50 Mo", "Découpez-le par année.")]
        raw = path.read_bytes()
    except OSError:
        return "", [
            Problem(
                name, "le fichier est introuvable ou illisible", "Vérifiez son nom et ses droits."
            )
        ]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [
            Problem(
                name,
                "le fichier n’est pas encodé en UTF-8",
                "Enregistrez-le en « CSV UTF-8 » depuis le tableur.",
                line=line,
                value=repr(raw[error.start : error.start + 1])[2:-1],
            )
        ]


def _rows(text: str, name: str) -> tuple[list[list[object]], list[Problem]]:
    # Looked for in the whole text once: a file has hundreds of thousands of cells.
    strip = _strip_spaces if find_forbidden_character(text) else str.strip
    lines = csv.reader(io.StringIO(text), strict=True)  # else an open quote swallows rows
    start = 1  # first line of the next row: a quoted note may go over several
    try:
        header = next(lines, [])
        if not is_header(header):
            return [], [_header_problem(header, name)]
        absent = [column not in header for column in OPTIONAL_COLUMNS]
        numbered: list[list[object]] = []
        problems = []
        start = lines.line_num + 1
        for row in lines:
            line, start = start, lines.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if len(row) == len(header):
                cells: list[object] = [line, *map(strip, row)]
                for place, is_absent in enumerate(absent, start=1 + len(COLUMNS)):
                    if is_absent:
                        cells.insert(place, "")
                numbered.append(cells)
            else:
                problems.append(
                    Problem(
                        name,
                        f"la ligne a {len(row)} colonnes, {len(header)} attendues",
                        "Mettez entre guillemets les textes qui contiennent une virgule.",
                        line=line,
                    )
                )
    except csv.Error:
        return [], [
            Problem(
                name,
                "le fichier n’est pas un CSV lisible",
                "Fermez chaque guillemet ouvert, puis enregistrez-le de nouveau en « CSV UTF-8 ».",
                line=start,
            )
        ]
    return numbered, problems


def _strip_spaces(cell: str) -> str:
    """The cell without the spaces around it. Python counts control characters among them: those
    stay, to be refused."""
    return cell if find_forbidden_character(cell) else cell.strip()


def is_header(cells: Sequence[str]) -> bool:
    """True for the columns of the contract, followed by optional ones in their order."""
    optional = tuple(column for column in OPTIONAL_COLUMNS if column in cells)
    return tuple(cells) == (*COLUMNS, *optional)


def _header_problem(header: list[str], name: str) -> Problem:
    joined = ";".join(header)
    if len(header) <= 1 and joined.count(";") >= 2 or "\t" in joined:
        return Problem(
            name,
            "le séparateur n’est pas la virgule",
            line=1,
            value=joined[:80],
            cure="Enregistrez le fichier avec la virgule comme séparateur.",
        )
    missing = [c for c in COLUMNS if c not in header]
    unknown = [c for c in header if c not in ROW_COLUMNS]
    parts = [f"colonnes absentes : {', '.join(missing)}"] if missing else []
    parts += [f"colonnes inconnues : {', '.join(unknown)}"] if unknown else []
    return Problem(
        name,
        " ; ".join(parts) or "les colonnes ne sont pas dans l’ordre attendu",
        f"La première ligne doit être : {','.join(COLUMNS)} ; peuvent suivre, dans cet ordre, "
        f"{','.join(OPTIONAL_COLUMNS)}",
        line=1,
    )


def _convert_types(frame: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    accumulations = {key: indicator.accumulation for key, indicator in settings.indicators.items()}
    typed = frame.drop(columns="line")
    for column in ("value", "change"):
        typed[column] = pd.to_numeric(typed[column].replace("", None))
    typed = typed.astype({"value": float, "change": float})
    typed["reference_period"] = [
        reference_period(period, "rolling" if window else accumulations[indicator])
        for period, indicator, window in zip(
            *(typed[name].tolist() for name in ("period", "indicator", "window")), strict=True
        )
    ]
    words = [text.split() for text in typed["status"].tolist()]
    typed["assumed"] = [ASSUMED in found for found in words]
    typed["revision"] = [next((w for w in found if w in REVISIONS), "") for found in words]
    typed["uncertain"] = typed["note"].str.startswith("Incertain")
    typed["derived"] = ""
    typed["restated"] = False
    for column, decimals in (("value", "decimals"), ("change", "change_decimals")):
        typed[decimals] = (
            frame[column]
            .str.replace(r"^[^.]*\.?", "", regex=True)
            .str.len()
            .astype(float)
            .where(typed[column].notna())
        )
    for column in PRECISION_COLUMNS:
        typed[column] = float("nan")
    typed["secret"] = False
    typed["verdict"], typed["rejected"] = "", False
    typed["contradiction"], typed["contradicted"] = "", ""
    return typed
