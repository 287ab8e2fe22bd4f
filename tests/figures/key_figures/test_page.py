"""Key figures in a page: numbers in their sizes, doubts behind a word, sources as letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from contexts import context_for_print

from atlas.figures.key_figures.key_figure import KeyFigure, key_figure
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.settings import FigureRef

HOSTILE = "<script>alert(1)</script>"


def of_dossier(context, key: str) -> list[KeyFigure]:
    dossier = context.settings.dossiers[key]
    refs = [ref for block in dossier.blocks for ref in getattr(block, "figures", ())]
    quoted = context.preferring(dossier.source)
    found = (
        key_figure(quoted, ref, territory=dossier.territory, period=dossier.period) for ref in refs
    )
    return [made for made in found if made]


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def corse(project) -> list[KeyFigure]:
    return of_dossier(context_for_print(project), "corse-2026")


def test_a_source_is_written_once_and_called_by_its_letter(corse):
    letters = SourceLetters()
    page = key_figures_html(corse, letters)
    notes = spaced(letters.html())
    sources = list(dict.fromkeys(spaced(figure.source) for figure in corse))
    assert len(sources) > 1
    for source, letter in zip(sources, "abcdef", strict=False):
        assert notes.count(f"<sup>{letter}</sup> {source}") == 1
        shown = sum(spaced(figure.source) == source for figure in corse)
        assert page.count(f">{letter}</sup>") == shown


def test_letters_go_on_after_z():
    letters = SourceLetters()
    found = [letters.letter(f"source {place}") for place in range(704)]
    assert found[:2] == ["a", "b"] and found[25:28] == ["z", "aa", "ab"]
    assert found[701:] == ["zz", "aaa", "aab"]
    assert letters.letter("source 26") == "aa"


def test_a_page_without_figures_has_no_notes():
    assert SourceLetters().html() == ""


def test_the_number_is_larger_than_the_words_around_it(corse):
    page = key_figures_html(corse, SourceLetters())
    assert "<small>environ</small> <b>25</b> <small>millions</small>" in page
    assert "<b>957\u202f118</b>" in page


def test_a_doubt_is_in_sight_and_its_reason_opens(corse):
    contradicted = next(one for one in corse if one.values[0].contradiction)
    page = key_figures_html([contradicted], SourceLetters())
    assert "<summary>chiffre contredit</summary>" in page
    assert spaced(contradicted.contradiction) in spaced(page)
    doubtful = replace(contradicted, uncertain=True, derived="250 000 divisé par 900 000")
    page = key_figures_html([doubtful], SourceLetters())
    assert "<summary>chiffre incertain, contredit et calculé</summary>" in page


def test_what_is_counted_in_millions_takes_de(project):
    context = context_for_print(project)
    ref = FigureRef(indicator="visitors_connected_monthly", territory="FR", period="2026-01")
    found = key_figure(context, ref, territory="FR", period="2026-01")
    page = key_figures_html([found], SourceLetters())
    assert "<b>2,5</b> <small>millions</small>" in page and ">de personnes<" in page


def test_a_hostile_text_stays_a_text(corse):
    texts = ("label", "place", "period", "change", "nation", "source", "row_note", "derived")
    hostile = replace(
        corse[0], **dict.fromkeys(texts, HOSTILE), heading=HOSTILE, others=(HOSTILE,), size="hero"
    )
    letters = SourceLetters()
    page = key_figures_html([hostile], letters, with_place=True) + letters.html()
    assert "<script>" not in page and page.count("&lt;script&gt;") >= len(texts)
