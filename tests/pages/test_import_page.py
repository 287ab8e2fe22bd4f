"""Importer, through the router: what is read, corrected, kept, written once and taken back."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import import_cases as cases
import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest
from visits import go, named, opened, opened_by, page_text

from atlas.importing.history import find_import, past_imports

ACCEPT, UNDO = "Accepter et écrire dans data/", "Annuler cet import"
HEADER = ["N° caisse", "Nom", "Part des assurés", "Hausse du taux d’activation (pts)"]
ROWS = [[*row[:2], row[2].replace("%", " %"), row[3]] for row in cases.ANNEX]
TITLE = "Nouvelle-Aquitaine, année 2026"
FILE = cases.workbook([[TITLE], [], HEADER, *ROWS], ("A1:D1",))
DOCUMENT = {
    "Titre du document": "Bilan 2026",
    "Éditeur": "Agence d’essai",
    "Date de publication": "février 2027",
}
KEY = "agence-essai-2027-02"


TOKEN = "the-token-of-this-server"
IMPORTER, CHIEF = "karl@agence.example", "chef@agence.example"
ROLES = f"""\
    import: {{emails: [{IMPORTER}]}}
    administer: {{emails: [{CHIEF}]}}
"""
NO_ROLES = """\
    import: {emails: [], domains: [], groups: []}
    administer: {emails: [], domains: [], groups: []}
"""


@pytest.fixture
def site(edited_site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on its own machine, which who has the token writes in."""
    monkeypatch.setattr("atlas.ui.permissions._run_token", TOKEN)
    return edited_site


@pytest.fixture
def server(edited_site: Path, edit: Callable[[str, str, str], None]) -> Path:
    """A project that an importer and an administrator write in."""
    edit("config/server.yaml", NO_ROLES, ROLES)
    return edited_site


def data(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / "data").iterdir() if path.is_file()}


def upload(content: bytes = FILE, name: str = "taux 2026.xlsx") -> AppTest:
    return give(opened("importer", jeton=TOKEN), content, name)


def give(visit: AppTest, content: bytes = FILE, name: str = "taux 2026.xlsx") -> AppTest:
    visit.file_uploader[0].set_value((name, content, ""))
    return visit.run()


def signed_in(email: str, *, verified: bool = True) -> AppTest:
    """The page of imports of who has signed in with this address."""
    claims = {"email": email, "email_verified": verified, "iat": int(time.time())}
    return opened_by({"is_logged_in": True, **claims}, "importer")


def choose(visit: AppTest, label: str, value: str) -> AppTest:
    return named(visit.selectbox, label).set_value(value).run()


def write(visit: AppTest, label: str, text: str) -> AppTest:
    return named(visit.text_input, label).set_value(text).run()


def describe(visit: AppTest) -> AppTest:
    """Say what the column holds that its title does not, and which new document it is from."""
    # What its title leaves open is asked, and the column not read until somebody says what it is.
    choose(visit, "Contenu de « Part des assurés »", "value")
    named(visit.selectbox, "Indicateur de « Part des assurés »").set_value("activation_rate")
    choose(visit, "Document d’où viennent les chiffres", "+")
    for label, text in DOCUMENT.items():
        named(visit.text_input, label).set_value(text)
    return visit.run()


def confirm(visit: AppTest) -> AppTest:
    for box in visit.checkbox:
        if not box.value and "vérifié" in box.label:
            box.check().run()
    return visit


def accept(visit: AppTest) -> AppTest:
    return named(confirm(visit).button, ACCEPT).click().run()


def buttons(visit: AppTest) -> list[str]:
    return [button.label for button in visit.main.button]


def documents(site: Path) -> int:
    return (site / "data/sources.yaml").read_text("utf-8").count("Bilan 2026")


# --- written once --------------------------------------------------------------------------------


def test_what_was_written_stands_where_the_button_was_and_can_be_taken_back(site):
    before = data(site)
    visit = accept(describe(upload()))
    assert ACCEPT not in buttons(visit) and UNDO in buttons(visit)
    assert "Écrit dans 2026.csv : 13 lignes ajoutées" in page_text(visit)
    links = [part.proto for part in visit.get("page_link")]
    assert ("Voir sur la carte", "carte") in [(link.label, link.page) for link in links]
    assert KEY.encode() in data(site)["2026.csv"] and documents(site) == 1
    named(visit.button, UNDO).click().run()
    assert "Import annulé" in page_text(visit) and data(site) == before
    assert ACCEPT in buttons(visit) and UNDO not in buttons(visit)
    accept(visit)
    assert documents(site) == 1 and UNDO in buttons(visit)


def test_three_clicks_write_one_document(site):
    """As they arrive when the page is slow: with what it was drawn with before the first."""
    visit = confirm(describe(upload()))
    button = named(visit.button, ACCEPT)
    button.click().run()
    written = data(site)
    for _ in range(2):
        button.click().run()
    assert data(site) == written and documents(site) == 1
    assert "13 lignes ajoutées" in page_text(visit)
    assert len(past_imports(site / "data")) == 1


def test_what_is_typed_just_before_the_click_is_written(site):
    visit = confirm(describe(upload()))
    named(visit.text_input, "Titre du document").set_value("Bilan 2026, corrigé")
    named(visit.button, ACCEPT).click().run()  # the click takes the text along
    if UNDO not in buttons(visit):
        accept(visit)
    assert "Bilan 2026, corrigé" in (site / "data/sources.yaml").read_text("utf-8")
    assert documents(site) == 1 and UNDO in buttons(visit)


def test_another_session_finds_the_file_written_under_any_name(site):
    waiting = confirm(describe(upload()))
    accept(describe(upload()))
    written = data(site)
    named(waiting.button, ACCEPT).click().run()  # it was drawn before the other one wrote
    assert data(site) == written and UNDO in buttons(waiting)
    late = describe(upload(name="le même.xlsx"))
    assert UNDO in buttons(late) and ACCEPT not in buttons(late)
    assert "Écrit dans 2026.csv" in page_text(late)


def test_the_same_file_of_another_document_is_another_import(site):
    accept(describe(upload()))
    visit = describe(upload())
    write(visit, "Titre du document", "Bilan 2026, seconde édition")
    assert ACCEPT in buttons(visit)
    accept(visit)
    assert f"{KEY}-2".encode() in data(site)["2026.csv"]


def test_a_document_described_otherwise_meanwhile_is_not_taken_for_it(site):
    waiting = confirm(describe(upload()))
    other = describe(upload())
    write(other, "Titre du document", "Un autre bilan")
    accept(other)
    named(waiting.button, ACCEPT).click().run()
    written = data(site)["2026.csv"].decode()
    assert (written.count(f",{KEY},"), written.count(f",{KEY}-2,")) == (13, 13)
    described = (site / "data/sources.yaml").read_text("utf-8").partition(f"{KEY}-2:")
    assert "Un autre bilan" in described[0] and "Bilan 2026" in described[2]


def test_rows_that_somebody_changed_since_are_offered_again(site):
    visit = accept(describe(upload()))
    path = site / "data/2026.csv"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("CPAM-331,activation_rate,,2026,40.0", "CPAM-331,activation_rate,,2026,41.0"),
        "utf-8",
    )
    visit.run()
    assert "1 chiffre n’est plus dans les données comme il le dit" in page_text(visit)
    assert ACCEPT in buttons(visit)


def test_the_last_import_is_taken_back_without_its_file(site):
    before = data(site)
    accept(describe(upload()))
    visit = opened("importer", jeton=TOKEN)
    text = page_text(visit)
    assert "Dernier import : « taux 2026.xlsx »," in text and "dans 2026.csv" in text
    named(visit.button, "Annuler le dernier import").click().run()
    assert data(site) == before and "comme avant" in page_text(visit)


def test_documents_say_that_they_leave_out_the_rows_of_the_session(site):
    """The pages show them: what is taken away is what is published."""
    visit = confirm(describe(upload()))
    said = "sans ceux de votre session"
    for address in ("kit", "dossier-corse-2026"):
        assert said not in page_text(go(visit, address))
    go(visit, "importer")
    named(visit.button, "Utiliser pour cette session").click().run()
    for address in ("kit", "dossier-corse-2026"):
        assert said in page_text(go(visit, address))


def test_rows_of_the_session_stand_there_too_until_they_are_published(site):
    before = data(site)
    visit = confirm(describe(upload()))
    named(visit.button, "Utiliser pour cette session").click().run()
    assert data(site) == before
    assert "13 chiffres servent à votre session seule" in page_text(visit)
    assert "Utiliser pour cette session" not in buttons(visit) and ACCEPT in buttons(visit)
    accept(visit)
    assert UNDO in buttons(visit) and "_session_rows" not in visit.session_state


# --- what is typed stays -------------------------------------------------------------------------


def test_what_was_typed_survives_leaving_the_page(site):
    visit = confirm(describe(upload()))
    write(visit, "Page du document", "p. 4")
    choose(visit, "Les lignes sont", "caisses")
    go(visit, "carte")
    assert visit.title[0].value == "Carte"
    go(visit, "importer")
    text = page_text(visit)
    assert "Fichier en cours : « taux 2026.xlsx »" in text and "13 chiffres reconnus" in text
    assert {label: named(visit.text_input, label).value for label in DOCUMENT} == DOCUMENT
    assert named(visit.text_input, "Page du document").value == "p. 4"
    assert named(visit.selectbox, "Indicateur de « Part des assurés »").value == "activation_rate"
    assert all(box.value for box in visit.checkbox)
    assert ACCEPT in buttons(visit)


def test_a_file_can_be_closed(site):
    visit = go(go(upload(), "carte"), "importer")
    named(visit.button, "Fermer ce fichier").click().run()
    assert "Fichier en cours" not in page_text(visit) and not visit.selectbox


def test_a_tick_is_of_one_file(site):
    visit = confirm(describe(upload()))
    other = cases.workbook([[TITLE], [], HEADER, *ROWS[:12]], ("A1:D1",))
    visit.file_uploader[0].set_value(("autre.xlsx", other, ""))
    visit.run()
    describe(visit)
    assert [box.value for box in visit.checkbox] == [False] * len(visit.checkbox)


# --- the whole table -----------------------------------------------------------------------------


def test_period_level_and_document_are_shown_as_they_were_read(site):
    visit = upload()
    assert named(visit.text_input, "Période des chiffres").value == "2026"
    assert named(visit.selectbox, "Les lignes sont").value == "caisses"
    assert named(visit.selectbox, "Document d’où viennent les chiffres").value == ""


def rates(*titles: str) -> bytes:
    """Two columns of rates under these titles, without a period above them."""
    rows = [[*row[:2], row[2].replace("%", " %"), row[2].replace("%", " %")] for row in cases.ANNEX]
    return cases.workbook([["Nouvelle-Aquitaine"], [], ["N° caisse", "Nom", *titles], *rows])


def years(visit: AppTest) -> set[str]:
    (table,) = [t.value for t in visit.table if "Période" in t.value.columns]
    return set(table["Période"])


def with_document(visit: AppTest) -> AppTest:
    return choose(visit, "Document d’où viennent les chiffres", "ars-corse-2026")


def test_a_period_typed_in_french_goes_before_what_the_titles_say(site):
    visit = with_document(upload(rates("Taux d’activation 2025", "Commentaire")))
    choose(visit, "Contenu de « Commentaire »", "ignored")
    assert named(visit.text_input, "Période des chiffres").value == "2025"
    assert years(visit) == {"2025"}
    write(visit, "Période des chiffres", "31 décembre 2024")
    assert years(visit) == {"31\u00a0décembre\u00a02024"}
    write(visit, "Période des chiffres", "fin de l’an")
    assert "« fin de l’an » n’est pas une période" in page_text(visit).replace("\\", "")
    assert ACCEPT not in buttons(visit)


def test_an_ignored_column_says_no_period(site):
    visit = with_document(upload(rates("Taux d’activation", "Rappel du taux d’activation 2024")))
    choose(visit, "Contenu de « Rappel du taux d’activation 2024 »", "ignored")
    period = named(visit.text_input, "Période des chiffres")
    assert period.value == ""
    assert "la période n’est écrite ni dans les titres" in page_text(visit) + "".join(
        part.proto.body for part in visit.get("html")
    )
    write(visit, "Période des chiffres", "décembre 2025")
    assert years(visit) == {"décembre\u00a02025"}


def test_periods_of_several_columns_are_told_and_one_typed_replaces_them(site):
    visit = with_document(upload(rates("Taux d’activation 2024", "Taux d’activation 2025")))
    period = named(visit.text_input, "Période des chiffres")
    assert (period.value, period.placeholder) == ("", "2024 et 2025")
    assert years(visit) == {"2024", "2025"}
    choose(visit, "Contenu de « Taux d’activation 2024 »", "ignored")
    assert named(visit.text_input, "Période des chiffres").value == "2025"
    assert years(visit) == {"2025"}


def test_a_document_and_a_period_said_by_the_rows_can_be_replaced_for_all(site):
    rows = [[*row[:2], row[2], "ars-corse-2026", "2025"] for row in cases.ANNEX]
    header = ["N° caisse", "Nom", "Taux d’activation", "Source", "Année"]
    visit = upload(cases.workbook([header, *rows]))
    choose(visit, "Contenu de « Source »", "source")
    source = named(visit.selectbox, "Document d’où viennent les chiffres")
    assert source.value == "rows" and years(visit) == {"2025"}
    choose(visit, source.label, "ars-nouvelle-aquitaine-2026")
    write(visit, "Période des chiffres", "2024")
    assert years(visit) == {"2024"}
    accept(visit)
    added = data(site)["2024.csv"].decode()
    assert added.count("CPAM-331,activation_rate,,2024,40.0,,,,ars-nouvelle-aquitaine-2026") == 1


def test_the_sheet_that_is_read_can_be_changed(site):
    book = Workbook()
    first, second = book.active, book.create_sheet("Rappel")
    first.title = "Taux"
    for sheet, year, shift in ((first, "2026", 0), (second, "2025", 1)):
        sheet.append(["N° caisse", "Nom", f"Taux d’activation {year}"])
        for row in cases.ANNEX:
            sheet.append([*row[:2], float(row[2].rstrip("%").replace(",", ".")) + shift])
    stream = io.BytesIO()
    book.save(stream)
    visit = with_document(upload(stream.getvalue()))
    assert named(visit.selectbox, "Feuille").value == "0" and years(visit) == {"2026"}
    choose(visit, "Feuille", "1")
    assert years(visit) == {"2025"} and "Lu à partir de « Rappel » A1." in page_text(visit)


# --- the document --------------------------------------------------------------------------------


def test_the_last_document_used_is_first(site):
    visit = upload()
    options = named(visit.selectbox, "Document d’où viennent les chiffres").options
    assert options[1] == "Un nouveau document…"
    accept(describe(visit))
    options = named(opened_again(visit).selectbox, "Document d’où viennent les chiffres").options
    assert options[1] == "Bilan 2026 (Agence d’essai, février 2027)"
    assert options[2] == "Un nouveau document…"


def opened_again(visit: AppTest) -> AppTest:
    other = cases.workbook([[TITLE], [], HEADER, *ROWS[:10]], ("A1:D1",))
    return upload(other, "autre.xlsx")


def test_a_control_character_that_is_typed_is_not_written(site):
    visit = describe(upload())
    write(visit, "Titre du document", "Bilan\x0b2026")
    accept(visit)
    assert "Bilan 2026" in (site / "data/sources.yaml").read_text("utf-8")
    assert "caractère de contrôle" not in page_text(visit)


# --- what a text of the file does on the page ----------------------------------------------------


def test_a_name_of_file_is_shown_as_it_is(site):
    visit = accept(describe(upload(name="![x](http://exemple.fr/a.png) 2026.xlsx")))
    said = [*visit.markdown, *visit.success, *visit.info, *visit.error, *visit.caption]
    assert not [part for part in said if "![x](" in part.value]


def test_a_reading_is_known_by_its_content_and_what_is_read_of_it(site):
    accept(describe(upload()))
    (past,) = past_imports(site / "data")
    assert (past.file, past.files, past.added) == ("taux 2026.xlsx", ("2026.csv",), 13)
    assert find_import(site / "data", past.reading) == past
    assert find_import(site / "data", "") is None


def test_a_column_that_is_asked_about_is_read_once_it_is_answered(site):
    content = (
        "Département;Taux d’activation 2026;Rappel d’activation 2025 (%)\n"
        "Gironde;42,0 %;40,0\nLandes;43,7 %;41,7\n"
    ).encode()
    visit = upload(content, "rappel.csv")
    question = named(visit.selectbox, "Réponse pour la colonne 3")
    assert "« rappel »" in page_text(visit) and question.value == ""
    assert named(visit.selectbox, "Contenu de « Rappel d’activation 2025 (%) »").value == "ignored"
    question.set_value("yes").run()
    answered = named(visit.selectbox, "Contenu de « Rappel d’activation 2025 (%) »")
    assert answered.value == "value"
    assert (
        named(visit.selectbox, "Indicateur de « Rappel d’activation 2025 (%) »").value
        == "activation_rate"
    )


def workbook_of(sheets: dict[str, list[list[object]]], hidden: str = "") -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_sheets_of_several_years_are_read_together_or_one_by_one(site):
    header = ["Département", "Taux d’activation (%)"]
    content = workbook_of(
        {
            "2025": [header, ["Gironde", 40.0], ["Landes", 41.7]],
            "2026": [header, ["Gironde", 42.0], ["Landes", 43.7]],
        }
    )
    visit = with_document(upload(content))
    assert named(visit.selectbox, "Feuille").value == "series"
    assert years(visit) == {"2025", "2026"} and "2025!B2" in page_text(visit)
    choose(visit, "Feuille", "0")
    assert years(visit) == {"2025"}


def test_territories_in_columns_are_read_with_their_cells(site):
    content = workbook_of(
        {
            "Taux": [
                ["Taux d’activation par département (%)"],
                ["Année", "Gironde", "Landes", "Dordogne"],
                ["2025", 40.0, 41.7, 33.1],
                ["2026", 42.0, 43.7, 35.1],
            ],
            "Lisez-moi": [["Bonjour"]],
        }
    )
    visit = with_document(upload(content))
    assert named(visit.selectbox, "Feuille").value == "0"
    assert years(visit) == {"2025", "2026"} and "C3" in page_text(visit)


def test_columns_of_the_same_title_hidden_sheets_and_notes_are_shown(site):
    content = workbook_of(
        {
            "Ancien": [["Département", "Taux d’activation 2020 (%)"], ["Gironde", 1.0]],
            "Taux": [
                [None, "Taux d’activation 2026 (%)", None, None],
                ["Gironde", 42.0, "a", "x"],
                ["Landes", 43.7, "b", "y"],
                [],
                ["Lecture : taux au dernier jour de l’année."],
            ],
        },
        hidden="Ancien",
    )
    visit = with_document(upload(content))
    text = page_text(visit)
    assert "« Ancien » est masquée" in text and "Lecture" in text
    assert years(visit) == {"2026"}


# --- who may write -------------------------------------------------------------------------------

PROFILE = "Écrire dans config/imports.yaml"


def profile_named(visit: AppTest) -> AppTest:
    return write(visit, "Nom du profil", "Taux par caisse, agence d’essai")


def test_an_importer_writes_figures_and_an_administrator_the_configuration_too(server):
    importer, chief = (
        profile_named(confirm(describe(give(signed_in(email))))) for email in (IMPORTER, CHIEF)
    )
    assert ACCEPT in buttons(importer) and PROFILE not in buttons(importer)
    assert ACCEPT in buttons(chief) and PROFILE in buttons(chief)
    named(importer.button, ACCEPT).click().run()
    assert KEY.encode() in data(server)["2026.csv"]
    named(chief.button, PROFILE).click().run()
    assert "agence d’essai" in (server / "config/imports.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: opened("importer"),
        lambda: opened("importer", jeton=TOKEN),  # no token was made for this server
        lambda: signed_in("qui@ailleurs.example"),
        lambda: signed_in(IMPORTER, verified=False),
    ],
    ids=["unknown", "token", "account", "unverified"],
)
def test_a_stranger_uses_a_file_for_the_session_alone(server, stranger):
    before = data(server)
    visit = profile_named(confirm(describe(give(stranger()))))
    assert ACCEPT not in buttons(visit) and PROFILE not in buttons(visit)
    assert "le fichier ne sert qu’à votre session" in page_text(visit)
    # A program can send a click on a button that was not drawn.
    visit.session_state["import_accept"] = True
    visit.run()
    named(visit.button, "Utiliser pour cette session").click().run()
    assert data(server) == before and past_imports(server / "data") == []


WITHDRAWALS = {
    "of the role": (f"import: {{emails: [{IMPORTER}]}}", "import: {emails: []}", "n’a pas le rôle"),
    "by a file with a fault": ("roles:", "rolles:", "ce fichier a des problèmes"),
}


@pytest.mark.parametrize(("old", "new", "said"), WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_a_role_withdrawn_between_the_drawing_and_the_click_writes_nothing(
    server, edit, old, new, said
):
    before = data(server)
    visit = confirm(describe(give(signed_in(IMPORTER))))
    button = named(visit.button, ACCEPT)
    edit("config/server.yaml", old, new)
    button.click().run()
    assert data(server) == before and past_imports(server / "data") == []
    assert ["Rien n’a été écrit." in error.value for error in visit.error] == [True]
    assert said in "".join(part.proto.body for part in visit.get("html"))


def test_an_import_is_not_taken_back_by_who_has_lost_the_role(server, edit):
    accept(describe(give(signed_in(IMPORTER))))
    written = data(server)
    waiting, last = describe(give(signed_in(IMPORTER))), signed_in(IMPORTER)
    undo, undo_last = named(waiting.button, UNDO), named(last.button, "Annuler le dernier import")
    edit("config/server.yaml", f"import: {{emails: [{IMPORTER}]}}", "import: {emails: []}")
    for visit, button in ((waiting, undo), (last, undo_last)):
        button.click().run()
        assert "Rien n’a été écrit." in [error.value for error in visit.error]
    assert data(server) == written


def test_a_profile_is_not_written_by_who_has_lost_the_role(server, edit):
    before = (server / "config/imports.yaml").read_bytes()
    visit = profile_named(confirm(describe(give(signed_in(CHIEF)))))
    button = named(visit.button, PROFILE)
    edit("config/server.yaml", f"administer: {{emails: [{CHIEF}]}}", "administer: {emails: []}")
    button.click().run()
    assert (server / "config/imports.yaml").read_bytes() == before
    assert "Rien n’a été écrit." in [error.value for error in visit.error]


# --- what a stranger learns ----------------------------------------------------------------------


def page_about_guess(visit: AppTest, guess: str) -> str:
    """All that the page says of an annex of 2025 in which one figure is a guess."""
    rows = [[*cases.ANNEX[0][:2], f"{guess}%", cases.ANNEX[0][3]], *cases.ANNEX[1:]]
    content = cases.workbook([[cases.ANNEX_TITLE], [], cases.ANNEX_HEADER, *rows])
    choose(
        give(visit, content, "annexe.xlsx"),
        "Document d’où viennent les chiffres",
        "ars-nouvelle-aquitaine-2026",
    )
    html = "".join(part.proto.body for part in visit.get("html"))
    return re.sub(rf"{guess}|[0-9a-f]{{12}}", "?", page_text(visit) + html)


def test_a_stranger_is_not_told_whether_a_guess_of_a_secret_figure_is_right(server, edit):
    """32.8 is published of this caisse, and made secret here: a file that repeats it would be found
    the same as the data, another value would not."""
    edit("config/secrecy.yaml", "secrecy:\n", "secrecy:\n  activation_rate: {minimum: 34}\n")
    right, wrong = (page_about_guess(opened("importer"), guess) for guess in ("32,8", "32,9"))
    assert right == wrong
    # Who may write sees the difference, which is there.
    right, wrong = (page_about_guess(signed_in(IMPORTER), guess) for guess in ("32,8", "32,9"))
    assert right != wrong
