"""Where figures come from, which one is shown, and what is said of their dates."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common.captions import GRADE_LABELS
from atlas.figures.common.context import FigureContext
from atlas.indicators.row_values import change_values, count_values, level_values
from atlas.publications.method.section import MethodSection, are_text, count_text
from atlas.settings.models import SourceGrade
from atlas.values import Column, Table, name_column, text_column

_GRADE_MEANINGS: dict[SourceGrade, str] = {
    "producer": "gère le service ou en compte l’usage",
    "relay": "reprend un producteur en le nommant",
    "press": "article de presse, de mutuelle ou de site",
    "undated": "document sans date, quel que soit son auteur",
    "fictitious": "chiffres inventés pour essayer le tableau de bord",
}


def collection(context: FigureContext) -> MethodSection:
    """What is transcribed, from how many documents, of which nature."""
    rows = context.dataset.as_published
    return MethodSection(
        "collecte",
        "D’où viennent les chiffres",
        "Chaque chiffre est recopié d’un document, tel qu’il y est imprimé : le nombre, "
        "« environ » ou « plus de », la période, ce qui est compté. Un chiffre sans source n’entre "
        "pas.",
        (
            f"{count_text(len(rows), 'chiffre')} de "
            f"{count_text(rows['source'].nunique(), 'document')}, sur "
            f"{count_text(rows['territory'].nunique(), 'territoire')} et "
            f"{count_text(rows['indicator'].nunique(), 'indicateur')}. La nature de la source est "
            "écrite à côté de son nom, sauf pour un producteur.",
        ),
        (_grades_table(context),),
    )


def _grades_table(context: FigureContext) -> Table:
    """The grades in the order in which they decide, and how much each provides."""
    sources = context.dataset.sources
    of_rows = context.dataset.as_published["source"].map(lambda key: sources[key].grade)
    of_documents = pd.Series(
        [sources[key].grade for key in context.dataset.as_published["source"].unique()], dtype=str
    )
    found = [grade for grade in GRADE_LABELS if (of_rows == grade).any()]
    return Table(
        (
            name_column("grade", "Nature", [GRADE_LABELS[grade] for grade in found], keys=found),
            text_column("meaning", "Qui publie", [_GRADE_MEANINGS[grade] for grade in found]),
            *(
                Column(
                    key,
                    heading,
                    tuple(count_values([float((grades == grade).sum()) for grade in found])),
                    "value",
                )
                for key, heading, grades in (
                    ("documents", "Documents", of_documents),
                    ("figures", "Chiffres", of_rows),
                )
            ),
        )
    )


def choice(context: FigureContext) -> MethodSection:
    """Which of several values is shown, and what the review of findings makes of them."""
    rows = context.dataset.as_published
    order = ", puis ".join(
        label.lower() for grade, label in GRADE_LABELS.items() if grade != "fictitious"
    )
    preferred, contradicted, noted = (
        int((rows["verdict"] == verdict).sum())
        for verdict in ("preferred", "contradicted", "noted")
    )
    rejected = int(rows["rejected"].sum())
    return MethodSection(
        "choix",
        "Quel chiffre est montré",
        "Quand plusieurs documents chiffrent la même chose, la nature de la source décide d’abord "
        f"({order}), puis l’ordre des sources ; un chiffre publié passe avant un chiffre calculé.",
        (
            "Les valeurs qui ne sont pas retenues restent consultables. « Chiffres clés » donne un "
            "chiffre de presse seulement si aucun producteur n’en publie, et le marque. Un dossier "
            "reproduit son document, et en reprend les chiffres d’abord.",
            "Les chiffres sont confrontés entre eux, et une personne conclut de chaque "
            f"désaccord (page Cohérence). De ces chiffres, {are_text(rejected, 'écarté')} (la page "
            "Cohérence seule les cite encore, aucun calcul ne s’en sert) ; "
            f"{are_text(preferred, 'préféré')} à ceux d’autres documents ; "
            f"{are_text(contradicted, 'contredit')}, montrés avec ce qui les contredit, et rien "
            f"n’en est calculé ; {are_text(noted, 'relevé')} et montrés tels quels.",
        ),
        (_contradicted_table(context),) if contradicted else (),
    )


def _contradicted_table(context: FigureContext) -> Table:
    """The figures that are shown with what contradicts them."""
    rows = context.dataset.as_published
    rows = rows[rows["verdict"] == "contradicted"]
    indicators = [context.settings.indicators[key] for key in rows["indicator"]]
    levels, changes = level_values(rows, indicators), change_values(rows, indicators)
    shown = [
        french.value_text(change if of == "change" or not level.is_known else level, with_noun=True)
        for level, change, of in zip(levels, changes, rows["contradicted"], strict=True)
    ]
    names = [
        f"{one.label}, {context.territories[row.territory].label}, "
        f"{periods.label(row.period)} : {text}"
        for one, row, text in zip(indicators, rows.itertuples(index=False), shown, strict=True)
    ]
    return Table(
        (
            name_column("figure", "Chiffre contredit", map(french.keep_with_punctuation, names)),
            text_column(
                "contradiction",
                "Ce qui le contredit",
                map(french.keep_with_punctuation, rows["contradiction"]),
            ),
        )
    )


def dates(context: FigureContext) -> MethodSection:
    """Assumed periods, provisional and revised values, and what is uncertain."""
    rows = context.dataset.as_published
    assumed, uncertain = int(rows["assumed"].sum()), int(rows["uncertain"].sum())
    provisional, revised = (
        int((rows["revision"] == revision).sum()) for revision in french.REVISIONS
    )
    return MethodSection(
        "dates",
        "Dates supposées, chiffres provisoires et révisés",
        "Une période que le document n’imprime pas est dite supposée, et dessinée en creux sur les "
        "courbes. Un chiffre que sa source dit provisoire, ou qu’elle a révisé, le dit partout où "
        "il est écrit.",
        (
            f"{count_text(assumed, 'chiffre')} sur {french.format_number(len(rows))} : période "
            f"supposée. {french.capitalize_first(are_text(provisional, 'provisoire'))}, "
            f"{are_text(revised, 'révisé')} à ce jour. "
            "Hors des cartes et des courbes, parce que leur période ou ce qu’ils comptent n’est "
            f"pas clair : {count_text(uncertain, 'chiffre incertain', 'chiffres incertains')}.",
        ),
    )
