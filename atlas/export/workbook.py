"""The figures of a publication as a workbook: real numbers under the words of the page."""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook

from atlas.export.captions_file import FICTITIOUS, remarks, table_caption
from atlas.export.reproducible_zip import with_fixed_dates
from atlas.export.worksheets import write_contents, write_table
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import capitalize_first
from atlas.incoming_text import remove_forbidden_characters, without_forbidden_characters
from atlas.publications.publication import Publication, Section
from atlas.values import Column, Mark, Table, Value, name_column, text_column

# Characters that the name of a sheet may not hold, and its greatest length.
_FORBIDDEN = re.compile(r"\s*[\[\]:*?/\\]\s*")
MAX_SHEET_NAME_CHARS = 31


@dataclass(frozen=True, eq=False)
class SheetContent:
    """One sheet: a table under its titles, over the lines of its caption.

    name: a number keeps it apart from those of other figures and tables.
    """

    name: str
    title: str
    subtitle: str
    table: Table
    caption: tuple[str, ...] = ()


def figures_workbook(
    publication: Publication, *, date: dt.date, embargo: str = "", author: str = ""
) -> bytes:
    """A summary, one sheet per figure, the key figures, the tables, sources and definitions.

    date: of its making, written in the summary and in the file; embargo: as each sheet prints it,
    empty for none; author: written in the file.
    """
    publication = without_forbidden_characters(publication)
    book = Workbook()
    sheets = _sheets(publication)
    warning = " ".join(
        filter(
            None, (FICTITIOUS if publication.fictitious else "", f"{embargo}." if embargo else "")
        )
    )
    summary = book.active
    write_contents(
        summary,
        publication,
        [(sheet.name, sheet.title) for sheet in sheets],
        date=date,
        warning=warning,
    )
    for sheet in sheets:
        write_table(
            book.create_sheet(sheet.name),
            sheet.title,
            sheet.subtitle,
            sheet.table,
            caption=sheet.caption,
            warning=warning,
        )
    properties = book.properties
    properties.title, properties.language = publication.title, "fr-FR"
    properties.creator = properties.lastModifiedBy = remove_forbidden_characters(author)
    stream = io.BytesIO()
    book.save(stream)
    return with_fixed_dates(stream.getvalue(), date)


def sheet_name(text: str) -> str:
    """At most 31 characters, without those that a sheet may not hold; cut between words, which is
    seen, where it is longer."""
    allowed = _FORBIDDEN.sub(" - ", text).replace("'", "’").strip("’ -") or "Feuille"
    short = textwrap.shorten(allowed, MAX_SHEET_NAME_CHARS, placeholder="…")
    if short == "…":
        return f"{allowed[: MAX_SHEET_NAME_CHARS - 1]}…"
    return re.sub(r"[ ,-]+…$", "…", short)


def _sheets(publication: Publication) -> list[SheetContent]:
    place = f"{publication.place}, {publication.period}"
    cards = [(section, card) for section in publication.sections for card in section.cards]
    tables = [section for section in publication.sections if section.table is not None]
    quoted = [SheetContent("Chiffres clés", "Chiffres clés", place, key_figures_table(cards))]
    return [
        *(_figure_sheet(i, figure) for i, figure in enumerate(publication.figures, start=1)),
        *(quoted if cards else []),
        *(_table_sheet(i, section, place) for i, section in enumerate(tables, start=1)),
        SheetContent("Sources", "Sources", publication.title, publication.sources),
        SheetContent("Définitions", "Définitions", publication.title, publication.definitions),
    ]


def _figure_sheet(number: int, figure: Figure) -> SheetContent:
    has_own_title = figure.request is not None and bool(figure.request.title)
    subject = figure.title if has_own_title else figure.title.partition(", ")[0]
    drawing = capitalize_first(figure.request.drawing) if figure.request else "Figure"
    names = (f"{figure.name}, {subject}" if figure.name else subject, figure.name or drawing)
    return SheetContent(
        whole_sheet_name(number, names),
        figure.title,
        figure.subtitle,
        figure.table,
        tuple(f"{line} : {text}" for line, text in figure.caption),
    )


def whole_sheet_name(number: int, names: Sequence[str], prefix: str = "") -> str:
    """« 3 Carte »: the first of the names that fits whole after its number, else the last, cut."""
    for name in names:
        made = sheet_name(f"{prefix}{number} {name}")
        if not made.endswith("…"):
            return made
    return sheet_name(f"{prefix}{number} {names[-1]}")


def _table_sheet(number: int, section: Section, place: str) -> SheetContent:
    assert section.table is not None
    title = section.title or "Tableau"
    lines = tuple(f"{line} : {text}" for line, text in table_caption(section))
    return SheetContent(
        whole_sheet_name(number, (title, title.partition(" :")[0], "Tableau"), "T"),
        title,
        place,
        section.table,
        caption=lines,
    )


def key_figures_table(cards: list[tuple[Section, KeyFigure]]) -> Table:
    """The key figures, one a row: levels, growths and the level of France as numbers, in the words
    of the page beside them."""
    key_figures = [card for _, card in cards]
    nations = [card.nation_value or _NONE for card in key_figures]
    texts = {
        "period": ("Période", [card.period for card in key_figures]),
        "printed": ("En toutes lettres", [card.value for card in key_figures]),
        "nation_note": ("Niveau en France, précision", [card.nation for card in key_figures]),
        "source": ("Source", [card.source for card in key_figures]),
        "note": (
            "Note",
            [" ".join(remarks(replace(card, derived=""), card.note)) for card in key_figures],
        ),
        "derived": ("Calcul", [card.derived for card in key_figures]),
        "others": ("Autres valeurs publiées", [" ; ".join(card.others) for card in key_figures]),
    }
    return Table(
        (
            text_column("section", "Section", [section.title for section, _ in cards]),
            name_column("indicator", "Indicateur", [card.label for card in key_figures]),
            text_column("territory", "Territoire", [card.place for card in key_figures]),
            _values("level", "Niveau", [card.values[0] for card in key_figures], level=True),
            text_column("unit", "Unité", [_unit(card.values[0]) for card in key_figures]),
            _values("change", "Évolution", [card.values[1] for card in key_figures], base=True),
            _values("nation", "Niveau en France", nations),
            *(text_column(key, heading, cells) for key, (heading, cells) in texts.items()),
        )
    )


_NONE = Value(None, status="not_applicable")


def _values(
    key: str, heading: str, cells: list[Value], *, level: bool = False, base: bool = False
) -> Column:
    """level: computed ones are marked, and why one is absent is said; base: of growths."""
    mark: Mark = "dagger" if level else ""
    return Column(
        key, heading, tuple(cells), "value", mark=mark, says_base=base, says_absence=level
    )


def _unit(value: Value) -> str:
    """« % », or what a count counts; empty without a level."""
    if not value.is_known or value.indicator is None or value.indicator.kind == "rank":
        return ""
    return "%" if value.indicator.in_percent else value.noun or value.indicator.unit
