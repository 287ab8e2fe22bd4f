"""What changed in the data, the date on which they are closed, and how to report an error."""

from __future__ import annotations

from atlas import french, periods
from atlas.figures.common.captions import source_text
from atlas.figures.common.context import FigureContext
from atlas.observations.data_revisions import row_keys
from atlas.publications.method.section import MethodSection
from atlas.values import Table, name_column, text_column


def closing_text(context: FigureContext) -> str:
    """« Données arrêtées au 28 novembre 2026. »; empty without revisions, and for invented data."""
    if context.dataset.fictitious or not context.data_revisions:
        return ""
    return f"Données arrêtées au {periods.label(context.data_revisions[0].date)}."


def revisions(context: FigureContext) -> MethodSection | None:
    """What changed, the newest first, and the rows that did; None when nothing was revised."""
    if not closing_text(context):
        return None
    rows = _rows_table(context)
    return MethodSection(
        "revisions",
        "Révisions des données",
        closing_text(context),
        _paragraphs(context),
        (rows,) if len(rows) else (),
    )


def _paragraphs(context: FigureContext) -> tuple[str, ...]:
    """Each day, then what changed on it."""
    return tuple(
        text
        for one in context.data_revisions
        for text in (
            french.capitalize_first(f"{periods.label(one.date)} :"),
            *(f"– {sentence}" for sentence in one.sentences),
        )
    )


def _rows_table(context: FigureContext) -> Table:
    """The rows that changed, without their values, some of which are no longer shown."""
    published = context.dataset.as_published
    by_key = published.assign(key=row_keys(published)).drop_duplicates("key").set_index("key")
    keys = dict.fromkeys(key for one in context.data_revisions for key in one.rows)
    rows = by_key.loc[[key for key in keys if key in by_key.index]]
    names = [
        f"{context.settings.indicators[row.indicator].label}, "
        f"{context.territories[row.territory].label}, {periods.label(row.period)}"
        for row in rows.itertuples(index=False)
    ]
    sources = [source_text(context.dataset.sources[key]) for key in rows["source"]]
    return Table(
        (
            name_column("figure", "Chiffre qui a changé", names),
            text_column("source", "Source", sources),
        )
    )


def errors(context: FigureContext) -> MethodSection:
    """To whom, and with what, an error is reported."""
    contact = context.settings.brand.contact
    whom = f"à {contact}" if contact else "à l’équipe qui publie ces chiffres"
    return MethodSection(
        "erreurs",
        "Signaler une erreur",
        f"Signalez une erreur {whom}, avec l’adresse de la figure, ou le nom de l’image, et la "
        "page du document qui imprime un autre chiffre.",
        (
            "L’adresse et les sources d’une figure se copient dessous, dans « Pour citer cette "
            "figure ». Le document fait foi ; ce qui est corrigé est daté dans les révisions.",
        ),
    )
