"""What the pages say to who has signed in, has not, or may not read."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from visits import charts, go, named, opened, opened_by, page_text, seen

SIGNED_OUT: dict[str, object] = {"is_logged_in": False}
EVERYONE = "    read: {everyone: true}\n"


def account(email: str, *, verified: bool = True) -> dict[str, object]:
    return {
        "is_logged_in": True,
        "iat": int(time.time()),
        "email": email,
        "email_verified": verified,
    }


def buttons(visit: AppTest) -> list[str]:
    return [button.label for button in visit.button]


@pytest.fixture
def private_site(edited_site: Path, edit: Callable[[str, str, str], None]) -> Path:
    """A project that its members alone may see."""
    edit("config/server.yaml", EVERYONE, "    read: {domains: [agence.example]}\n")
    return edited_site


def test_without_a_provider_no_page_speaks_of_signing_in():
    assert "Se connecter" not in buttons(seen("carte"))


def test_a_visitor_finds_the_way_in_in_the_menu_and_on_the_page_of_imports():
    visit = opened_by(SIGNED_OUT, "importer")
    assert buttons(visit).count("Se connecter") == 2
    assert "Il faut être connecté pour avoir le rôle import" in page_text(visit)


def test_who_has_signed_in_is_named_and_finds_the_way_out():
    visit = opened_by(account("*qui*@ailleurs.example"), "importer")
    assert "Se déconnecter" in buttons(visit) and "Se connecter" not in buttons(visit)
    # No text of an account is read as Markdown.
    assert visit.caption[0].value == "Connecté : \\*qui\\*\u2060@ailleurs.example"
    assert "n’a pas le rôle import" in page_text(visit)
    named(visit.button, "Se déconnecter").click().run()
    assert "Se déconnecter" not in buttons(visit)


def test_a_sign_in_that_is_not_configured_is_said_in_french():
    visit = opened_by(SIGNED_OUT, "importer")
    next(one for one in visit.button if one.label == "Se connecter").click().run()
    assert [error.value for error in visit.error] and "secrets.toml" in visit.error[0].value


@pytest.mark.parametrize("address", ["", "carte", "problemes", "dossier-corse-2026"])
def test_who_may_not_read_sees_the_way_in_and_nothing_of_the_project(private_site, address):
    visit = opened_by(SIGNED_OUT, address)
    assert [title.value for title in visit.title] == ["Ce tableau de bord est réservé"]
    assert buttons(visit) == ["Se connecter"]
    assert not charts(visit) and not visit.sidebar.children and not visit.get("page_link")
    assert not visit.exception


def test_an_account_that_may_not_read_is_told_why(private_site):
    visit = opened_by(account("qui@agence.example", verified=False), "carte")
    html = "".join(part.proto.body for part in visit.get("html"))
    assert "est vérifiée" in html and buttons(visit) == ["Se déconnecter"]
    assert opened("carte").title[0].value == "Ce tableau de bord est réservé"


def test_a_member_reads_until_the_role_is_withdrawn(private_site, edit):
    visit = opened_by(account("qui@agence.example"), "carte")
    assert visit.title[0].value == "Carte" and charts(visit)
    edit("config/server.yaml", "domains: [agence.example]", "domains: [ars.example]")
    go(visit, "carte")
    assert visit.title[0].value == "Ce tableau de bord est réservé" and not charts(visit)
