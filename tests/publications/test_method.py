"""The method: what it says is what the data and the configuration hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from atlas import french
from atlas.export.readme import readme
from atlas.export.web import web_page
from atlas.figures.common.captions import GRADE_LABELS
from atlas.figures.common.context import FigureContext
from atlas.indicators.nation import MAX_NATION_DISTANCE_MONTHS
from atlas.publications.method.method import method_sections, short_method
from atlas.publications.method.revisions import closing_text
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings import SecrecyRule

DAY = dt.date(2026, 12, 1)
# In the place of a drawing.
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 270 200"/>'


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def said(context: FigureContext, key: str) -> str:
    """All that a section says, tables included."""
    (section,) = [one for one in method_sections(context) if one.key == key]
    rows = [row for table in section.tables for row in french.row_texts(table)]
    cells = [cell for row in rows for cell in row.values()]
    return plain("\n".join([section.summary, *section.paragraphs, *cells]))


def with_display(context: FigureContext, **changed: object) -> FigureContext:
    display = context.settings.display.model_copy(update=changed)
    return replace(context, settings=context.settings.model_copy(update={"display": display}))


def test_every_section_has_its_own_anchor_and_ends_its_sentences(context):
    sections = method_sections(context)
    assert len({section.key for section in sections}) == len(sections) == 11
    for section in sections:
        assert section.summary.endswith(".")


def test_figures_documents_and_grades_are_counted_in_the_data(context):
    rows, sources = context.dataset.as_published, context.dataset.sources
    text = said(context, "collecte")
    assert f"{len(rows)} chiffres de {rows['source'].nunique()} documents" in text
    (table,) = [s for s in method_sections(context) if s.key == "collecte"][0].tables
    for row in table.rows():
        keys = [key for key in sources if GRADE_LABELS[sources[key].grade] == row["grade"]]
        assert row["figures"].amount == rows["source"].isin(keys).sum()
        assert row["documents"].amount == rows["source"][rows["source"].isin(keys)].nunique()


def test_verdicts_are_counted_in_the_data_and_no_rejected_value_is_printed(context):
    rows = context.dataset.as_published
    text = said(context, "choix")
    for verdict, word in (
        ("preferred", "préféré"),
        ("contradicted", "contredit"),
        ("noted", "relevé"),
    ):
        assert f"{(rows['verdict'] == verdict).sum()} sont {word}s" in text
    assert f"{rows['rejected'].sum()} sont écartés" in text
    assert text.count("les lignes du même tableau") + text.count("Les lignes du même tableau") == 2
    everything = " ".join(said(context, one.key) for one in method_sections(context))
    for number in ("66,6 million", "65 millions", "11,5 %", "220 millions"):
        assert number not in everything


def test_assumed_provisional_and_revised_values_are_counted(context):
    rows = context.dataset.as_published.copy()
    assert f"{rows['assumed'].sum()} chiffres sur {len(rows)}" in said(context, "dates")
    assert "Aucun n’est provisoire, aucun n’est révisé" in said(context, "dates")
    rows.loc[:1, "revision"] = "provisional"
    rows.loc[2, "revision"] = "revised"
    changed = replace(context, dataset=replace(context.dataset, as_published=rows))
    assert "2 sont provisoires, 1 est révisé" in said(changed, "dates")


def test_the_thresholds_of_the_configuration_are_those_that_are_said(context):
    assert "toutes les régions sauf deux, 90 % des départements" in said(context, "rangs")
    assert "16 sur 18" in said(context, "rangs") and "au moins 80 %" in said(context, "calcul")
    ranks = context.settings.display.ranks
    rule = ranks.model_copy(update={"max_missing_regions": 0, "min_known_share": 0.75})
    other = with_display(context, ranks=rule, regional_coverage=0.6)
    assert "toutes les régions, 75 % des départements" in said(other, "rangs")
    assert "18 sur 18" in said(other, "rangs") and "au moins 60 %" in said(other, "calcul")
    assert f"à {MAX_NATION_DISTANCE_MONTHS} mois près" in said(context, "comparaisons")


def test_the_rules_of_secrecy_are_those_of_the_configuration(context):
    rules = {
        "structures_feeding": SecrecyRule(minimum=7, zero=True),
        "documents_deposited": SecrecyRule(minimum=4, units="structures_feeding"),
        "activation_rate": SecrecyRule(dominance=85, largest="documents_deposited"),
    }
    settings = context.settings.model_copy(update={"secrecy": rules})
    text = said(replace(context, settings=settings), "secret")
    assert "de 0 à 6" in text and "moins de 4 (sauf zéro)" in text
    assert "un seul contributeur en fait plus de 85 %" in text
    assert "Aucun chiffre n’est caché" in text


def test_the_number_of_hidden_figures_is_that_of_the_data(fictitious):
    hidden = int(fictitious.dataset.as_published["secret"].sum())
    assert hidden > 1
    number = plain(french.format_number(hidden))
    assert f"{number} chiffres cachés" in said(fictitious, "secret")


def test_the_denominators_are_the_ratios_of_the_configuration(context):
    text = said(context, "denominateurs")
    assert "Taux d’activation = profils activés ÷ profils créés, ou ÷ (" in text
    checks = context.settings.checks.model_copy(update={"ratios": []})
    other = replace(context, settings=context.settings.model_copy(update={"checks": checks}))
    assert "÷" not in said(other, "denominateurs")
    (section,) = [one for one in method_sections(context) if one.key == "denominateurs"]
    known = set(context.dataset.observations["indicator"])
    assert section.tables[0]["indicator"].cell_keys == tuple(
        key for key, one in context.settings.indicators.items() if one.in_percent and key in known
    )


def test_departements_of_several_caisses_are_those_of_the_territories(context):
    assert "Nord, Pas-de-Calais, Pyrénées-Atlantiques et Seine-Maritime" in said(context, "calcul")


def test_the_newest_revision_closes_the_data(context, fictitious):
    newest = context.data_revisions[0]
    assert plain(closing_text(context)) == "Données arrêtées au 28 novembre 2026."
    for sentence in newest.sentences:
        assert plain(sentence) in said(context, "revisions")
    later = newest.model_copy(update={"date": "2027-01-05", "sentences": ["Plus tard."]})
    other = replace(context, data_revisions=(later, newest))
    assert plain(closing_text(other)) == "Données arrêtées au 5 janvier 2027."
    text = said(other, "revisions")
    assert text.index("Plus tard.") < text.index("28 novembre 2026")
    assert closing_text(fictitious) == ""
    assert "revisions" not in [one.key for one in method_sections(fictitious)]


def test_an_error_is_reported_to_the_contact_of_the_configuration(context):
    assert "à l’équipe qui publie ces chiffres" in said(context, "erreurs")
    brand = context.settings.brand.model_copy(update={"contact": "donnees@agence.example"})
    other = replace(context, settings=context.settings.model_copy(update={"brand": brand}))
    assert "Signalez une erreur à donnees@agence.example" in said(other, "erreurs")


@pytest.fixture(scope="module")
def corse(context) -> Publication:
    return dossier_publication(context, "corse-2026")


def test_the_short_form_travels_in_the_readme_of_a_kit_with_the_date(context, corse):
    text = plain(readme(corse, [], [], "", DAY))
    assert "\nDonnées arrêtées au 28 novembre 2026.\n" in text
    method = text.partition("\nMÉTHODE\n")[2]
    for title, summary in short_method(context):
        assert plain(f"- {title}. {summary}") in method
    assert len(method) < 3_500  # a page of text


def test_the_short_form_travels_in_the_web_page_of_a_kit(context, corse):
    page = plain(
        web_page(
            corse,
            brand=context.settings.brand,
            drawing=lambda figure, size: BLANK,
            logo=None,
            embargo="",
            date=DAY,
        ).decode()
    ).replace("&nbsp;", " ")
    assert '<a href="#methode">Méthode</a>' in page and '<section id="methode">' in page
    assert "Données arrêtées au 28 novembre 2026." in page
    assert "Un rang n’est donné que si assez de territoires ont publié" in page
