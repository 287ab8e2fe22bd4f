"""The five press releases, read as an editor reads them."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache

import docx
import pytest
from docx.document import Document
from made_once import publication_of
from PIL import Image
from shipped import SETTINGS

from atlas.export.press_release import press_release
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.publications.linked_sentences import linked_paragraphs
from atlas.sentences.amounts import amount_text
from atlas.sentences.changes import signed_text, times_text
from atlas.settings.office_templates import shipped_templates

every_dossier = pytest.mark.parametrize("key", SETTINGS.dossiers)
# What an archivist writes of a document, and a press office does not.
REMARKS = re.compile(r"imprim|supposée?|contredit|incertain|non publié|lue? comme", re.IGNORECASE)
# A digit, or the comma and spaces inside a number.
INSIDE_A_NUMBER = r"\d\u202f"


def png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, round(400 / figure.ratio)), "white").save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


@pytest.fixture(scope="module")
def release(project):
    """The press release of a dossier, opened."""

    @cache
    def made(key: str) -> Document:
        content = press_release(
            publication_of(project, key),
            brand=SETTINGS.brand,
            template=shipped_templates().text,
            picture=png,
            logo=None,
            embargo="",
            date=dt.date(2026, 3, 18),
        )
        return docx.Document(io.BytesIO(content))

    return made


def styled(document: Document, *names: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name in names]


def body(document: Document) -> list[str]:
    """The paragraphs of the text, between the lead and the annexes or the sources."""
    said = [p for p in document.paragraphs if p.style.name != "Figure"]
    start = next(i for i, p in enumerate(said) if p.style.name == "Chapeau")
    end = next(i for i, p in enumerate(said) if p.text.startswith("À propos"))
    return [p.text for p in said[start + 1 : end] if p.style.name == "Normal"]


@every_dossier
def test_a_release_has_one_headline_that_states_a_fact(release, key):
    (headline,) = styled(release(key), "Title")
    assert re.search(r"\d", headline) and not headline.endswith(".")


@every_dossier
def test_a_release_has_one_lead(release, key):
    (lead,) = styled(release(key), "Chapeau")
    assert lead.endswith(".") and len(lead.split()) > 12


@every_dossier
def test_no_source_stands_in_a_sentence(release, key):
    said = " ".join(body(release(key)))
    assert "Source" not in said
    brackets = re.findall(r"\(([^)]*)\)", said)
    assert [text for text in brackets if not re.fullmatch(r"[+−\d,\s\u202f\u00a0]+%", text)] == []


@every_dossier
def test_no_remark_of_an_archivist_is_left(release, key):
    document = release(key)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [t for t in (*styled(document, *USED), *cells) if REMARKS.search(t)] == []


USED = (
    "Title",
    "Chapeau",
    "Normal",
    "Heading 1",
    "Heading 2",
    "Quote",
    "List Bullet",
    "Caption",
    "Entrée",
    "Titre de figure",
    "Sous-titre de figure",
)


def plain(text: str) -> str:
    """Without what a sentence changes of an amount: its first letter, how its spaces break."""
    return text.replace("\u00a0", " ").lower()


def amounts(card: KeyFigure) -> list[str]:
    """What a sentence must say of a figure: its level, and its growth as a number."""
    level, change = card.values
    said = [amount_text(level)] if level.is_known else []
    if change.is_known and change.indicator and not change.indicator.in_percent:
        growth = signed_text(change)
        said.append(growth if change.number >= 100 else growth.lstrip("+"))
        assert times_text(change)
    return said


@every_dossier
def test_every_figure_of_the_dossier_is_said_once_and_exactly(project, release, key):
    said = plain(" ".join(body(release(key))))
    cards = publication_of(project, key).cards
    wanted = [plain(text) for card in cards for text in amounts(card)]
    for text in set(wanted):
        exact = rf"(?<![{INSIDE_A_NUMBER}])(?<!\d,){re.escape(text)}(?![{INSIDE_A_NUMBER}]|,\d)"
        assert len(re.findall(exact, said)) == wanted.count(text), text


@every_dossier
def test_figures_are_linked_in_paragraphs_and_not_listed(project, release, key):
    document = release(key)
    paragraphs = [text for text in body(document) if not text.startswith("[")]
    cards = publication_of(project, key).cards
    sentences = [text for p in paragraphs for text in re.split(r"(?<=\.)\s", p)]
    assert len(paragraphs) < len(sentences) < len(cards) + len(paragraphs)
    before = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    assert not [text for text in before if any(text == card.sentence for card in cards)]


def test_the_rate_of_a_rank_is_not_said_again(project):
    cards = publication_of(project, "nouvelle-aquitaine-2026").sections[1].cards
    said = " ".join(s.text for paragraph in linked_paragraphs(cards) for s in paragraph)
    assert said.count("37,2") == 1 and said.count("61,6") == 1


def test_a_measure_of_several_places_and_dates_is_compared(project):
    section = publication_of(project, "la-reunion-2026").sections[1]
    (first, *_), *_ = linked_paragraphs(section.cards)
    assert first.text.replace("\u00a0", " ") == (
        "En décembre 2025, 27,5 % des profils des assurés de La Réunion étaient activés, contre "
        "19,7 % en décembre 2024. Ce taux était de 33,6 % en France."
    )
