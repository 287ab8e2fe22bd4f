"""What the publisher says: the opening, quotations, contacts."""

from __future__ import annotations

from dataclasses import replace

from slides_cases import plain, slide_text

from atlas.settings import Contact


def of_layout(found, name):
    return [slide for slide in found if slide.slide_layout.name == name]


def test_the_lead_of_the_publisher_opens_the_slides(printer):
    (opening,) = of_layout(printer.slides("la-reunion-2026"), "Section")
    assert printer.slides("la-reunion-2026").index(opening) == 1
    assert plain(printer.publication("la-reunion-2026").press.lead) in slide_text(opening)
    assert plain(opening.shapes.title.text_frame.text) == "L’essentiel"


def test_its_headline_is_the_title_of_the_opening(printer):
    start = printer.publication("corse-2026").press
    (slide,) = printer.of(press=replace(start, headline="Un profil sur trois", quotes=(), about=""))
    assert slide.shapes.title.text_frame.text == "Un profil sur trois"


def test_every_quotation_is_a_slide_with_its_words_who_says_them_and_as_what(printer):
    quotes = printer.publication("la-reunion-2026").press.quotes
    found = of_layout(printer.slides("la-reunion-2026"), "Citation")
    assert len(found) == len(quotes) == 2
    for quote, slide in zip(quotes, found, strict=True):
        said = {shape.name: plain(shape.text_frame.text) for shape in slide.placeholders}
        assert said["Citation"] == f"« {plain(quote.text)} »"
        assert said["Titre"] == quote.author
        assert said["Fonction"].lower() == plain(quote.role).lower()


def test_the_contacts_end_the_slides_over_the_paragraph_about_the_service(printer):
    press = printer.publication("nouvelle-aquitaine-2026").press
    *_, last = printer.slides("nouvelle-aquitaine-2026")
    assert last.slide_layout.name == "Contacts"
    for contact in press.contacts:
        assert plain(contact.organisation) in slide_text(last)
        assert contact.name in slide_text(last)
    assert plain(press.about) in slide_text(last)


def test_a_contact_says_how_it_is_reached(printer):
    contact = Contact(organisation="ARS", name="A. B.", email="a@b.fr", phone="01 02 03 04 05")
    start = printer.publication("corse-2026").press
    (slide,) = printer.of(press=replace(start, lead="", quotes=(), contacts=(contact,)))
    assert all(said in slide_text(slide) for said in ("ARS", "A. B.", "a@b.fr", "01 02 03 04 05"))


def test_without_contacts_the_paragraph_about_the_service_is_a_slide_of_text(printer):
    *_, last = printer.slides("corse-2026")
    assert last.slide_layout.name == "Texte"
    assert plain(printer.publication("corse-2026").press.about) in slide_text(last)


def test_a_publication_of_no_publisher_has_no_words_made_up_for_it(printer):
    layouts = {slide.slide_layout.name for slide in printer.slides("région")}
    assert not layouts & {"Section", "Citation", "Contacts"}
