"""What each figure means and where it comes from, at the end of the slides."""

from __future__ import annotations

from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.tables import TableTexts, add_table_slides
from atlas.french import row_texts

DEFINITIONS_AND_SOURCES = "Définitions et sources"


def add_annex(presentation: PresentationBuilder) -> None:
    """One table of the definitions, then of the sources: what of it has no room stands in the
    notes."""
    publication = presentation.publication
    definitions, sources = row_texts(publication.definitions), row_texts(publication.sources)
    if not definitions and not sources:
        return
    rows = [(row["indicator"], row["definition"]) for row in definitions]
    rows += [
        (f"Source\u00a0: {row['publisher']}", _title_with_date(row["title"], row["published"]))
        for row in sources
    ]
    notes = [
        *(f"{row['indicator']}\u00a0: champ {row['champ']}" for row in definitions),
        "",
        *(_whole_source(row) for row in sources),
    ]
    add_table_slides(
        presentation,
        DEFINITIONS_AND_SOURCES,
        TableTexts(("Indicateur ou source", "Définition ou titre"), tuple(rows), (False, False)),
        alt="Tableau des définitions des indicateurs, puis des sources.",
        notes=notes,
    )


def _title_with_date(title: str, published: str) -> str:
    return f"{title}, {published}" if published else title


def _whole_source(row: dict[str, str]) -> str:
    parts = (row["publisher"], row["title"], row["published"], row["licence"], row["address"])
    return " · ".join(part for part in parts if part)
