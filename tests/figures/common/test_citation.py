"""The line that cites a document, and the grade of each that is shipped."""

from __future__ import annotations

from atlas.figures.common.captions import source_text
from atlas.figures.common.citation import citation, figure_citations
from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.key_figure import key_figures_of_theme
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.settings.models import SOURCE_GRADES, Source


def document(**changes: str) -> Source:
    fields = {
        "title": "Bilan",
        "publisher": "ARS Corse",
        "published": "2026-02-06",
        "licence": "Libre",
        "address": "https://exemple.fr/bilan",
        "grade": "producer",
    }
    return Source.model_validate(fields | changes)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_citation_has_publisher_title_date_address_and_the_day_it_was_consulted() -> None:
    assert plain(citation(document(consulted="2026-03-02"))) == (
        "ARS Corse, « Bilan », 6 février 2026, https://exemple.fr/bilan, consulté le 2 mars 2026."
    )
    assert plain(
        citation(document(published="", address="", file="Brochure", grade="undated"))
    ) == ("ARS Corse, « Bilan », sans date, Brochure.")


def test_a_figure_is_cited_by_each_of_its_documents(context: FigureContext) -> None:
    figure = figure_of(
        context, MapRequest(indicator="activation_rate", level="regions", period="2025-12")
    )
    assert figure and len(figure_citations(context, figure)) == len(figure.sources) == 3


def test_press_and_relays_are_marked_beside_their_name() -> None:
    assert plain(source_text(document(grade="press"))) == "ARS Corse (presse), 6 février 2026"
    assert plain(source_text(document())) == "ARS Corse, 6 février 2026"


def test_every_shipped_document_without_a_date_is_graded_so(context: FigureContext) -> None:
    for key, source in context.dataset.sources.items():
        assert (source.grade == "undated") is (source.published == ""), key


def test_producers_come_first_and_press_only_where_no_producer_published(
    context: FigureContext,
) -> None:
    for theme in context.settings.themes:
        cards = key_figures_of_theme(context, theme, territory="FR", period="2026-03")
        grades = [
            SOURCE_GRADES.index(context.dataset.sources[card.source_key].grade) for card in cards
        ]
        assert grades == sorted(grades)
        rows = context.dataset.published
        for card, grade in zip(cards, grades, strict=True):
            if grade and card.indicator == "activated_profiles":
                producers = rows[
                    (rows["indicator"] == card.indicator) & (rows["territory"] == "FR")
                ]
                assert producers.empty
