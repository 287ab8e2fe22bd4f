"""Who has which role: by the claims of an account, by the token of the server, by nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest
from visits import ROOT, opened, page_text

from atlas.settings.server import ROLES, Access, Members
from atlas.ui import permissions
from atlas.ui.permissions import refusal_of

NOW = 1_800_000_000.0
SIGNED_IN = {"is_logged_in": True, "iat": NOW - 60, "email_verified": True}
ACCESS = Access(
    roles={
        "read": Members(everyone=True),
        "import": Members(
            emails=["karl@agence.example"], domains=["ars.example"], groups=["imports"]
        ),
        "administer": Members(emails=["chef@agence.example"]),
    }
)
TOKEN = "a-token-of-the-tests"

# What the provider says beside the sign-in, and what the account may do beyond reading.
ACCOUNTS: dict[str, tuple[dict[str, object], list[str]]] = {
    "address": ({"email": "karl@agence.example"}, ["import"]),
    "address in capitals": ({"email": "Karl@Agence.Example"}, ["import"]),
    "domain": ({"email": "qui@ars.example"}, ["import"]),
    "group": ({"email": "x@ailleurs.example", "groups": ["imports", "autres"]}, ["import"]),
    "group of an account without an address": ({"groups": "imports"}, ["import"]),
    "who administers imports": ({"email": "chef@agence.example"}, ["import", "administer"]),
    "verified, said as a text": (
        {"email": "karl@agence.example", "email_verified": "true"},
        ["import"],
    ),
    "unknown": ({"email": "qui@ailleurs.example"}, []),
    "not verified": ({"email": "chef@agence.example", "email_verified": False}, []),
    "verified, not said": ({"email": "chef@agence.example", "email_verified": None}, []),
    "verified, denied as a text": ({"email": "chef@agence.example", "email_verified": "false"}, []),
    "letters that look like others": ({"email": "\u212aarl@agence.example"}, []),
    "domain below": ({"email": "qui@sous.ars.example"}, []),
    "domain that ends alike": ({"email": "qui@mechant-ars.example"}, []),
    "domain in the name": ({"email": "qui@ars.example@ailleurs.example"}, []),
    "part of a group": ({"groups": ["import", "imports2"]}, []),
    "a list for an address": ({"email": ["karl@agence.example"]}, []),
    "groups of no form": ({"groups": {"imports": True}}, []),
    "signed in long ago": ({"email": "chef@agence.example", "iat": NOW - 13 * 3600}, []),
    "signed in at no moment": ({"email": "chef@agence.example", "iat": None}, []),
    "signed out": ({"email": "chef@agence.example", "is_logged_in": False}, []),
    "a header that says so": ({"email": "chef@agence.example", "is_logged_in": "true"}, []),
}


@pytest.mark.parametrize(("said", "roles"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_account_may_do_what_its_roles_say_and_no_more(said, roles):
    claims = {**SIGNED_IN, **said}
    allowed = [role for role in ROLES if refusal_of(role, claims, ACCESS, NOW) is None]
    assert allowed == ["read", *roles]


def test_without_a_provider_of_identity_one_may_read_alone():
    allowed = [role for role in ROLES if refusal_of(role, {}, ACCESS, NOW) is None]
    assert allowed == ["read"]


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({}, "make run"),
        ({"is_logged_in": False}, "Connectez-vous"),
        ({**SIGNED_IN, "email": "qui@ailleurs.example"}, "n’a pas le rôle import"),
        (
            {**SIGNED_IN, "email": "karl@agence.example", "email_verified": False},
            "est vérifiée",
        ),
        ({**SIGNED_IN, "email": "karl@agence.example", "iat": 0}, "date de plus de 12\u00a0h"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(claims, said):
    refused = refusal_of("import", claims, ACCESS, NOW)
    assert refused and refused.cure and said in f"{refused.message} {refused.cure}"


def test_a_private_server_is_read_by_its_members():
    private = Access(roles={"read": Members(domains=["agence.example"]), "import": Members()})
    stranger, member = (
        {**SIGNED_IN, "email": f"qui@{domain}"} for domain in ("ailleurs.example", "agence.example")
    )
    assert refusal_of("read", {}, private, NOW) and refusal_of("read", stranger, private, NOW)
    assert refusal_of("read", member, private, NOW) is None
    assert refusal_of("import", member, private, NOW)


# --- the token of `make run` ---------------------------------------------------------------------


@pytest.fixture
def own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "_run_token", TOKEN)


def importer(visit: AppTest) -> bool:
    return "n’a pas le rôle import" not in page_text(visit)


def test_the_address_with_the_token_administers(own_machine):
    visit = opened("importer", jeton=TOKEN)
    assert importer(visit)
    assert "administrez ce serveur" in visit.caption[0].value


@pytest.mark.parametrize("token", ["", "autre", TOKEN[:-1], f"{TOKEN}é"])
def test_another_token_gives_nothing_and_says_so(own_machine, token):
    visit = opened("importer", jeton=token)
    assert not importer(visit)
    assert ["redémarré" in toast.value for toast in visit.toast] == [True]


@pytest.mark.parametrize("token", ["", "autre"])
def test_a_server_for_others_knows_no_token(token):
    assert not importer(opened("importer", jeton=token))


def test_a_tab_that_is_loaded_again_presents_what_it_has_kept(own_machine):
    visit = opened("importer")
    assert not importer(visit)
    for token in ("\ud800", "autre", {"a": 1}, 3):
        visit.session_state["jeton"] = {"kept": token}
        assert not importer(visit.run())
    visit.session_state["jeton"] = {"kept": TOKEN}
    assert importer(visit.run())


def test_a_pinned_view_holds_no_token(own_machine):
    visit = opened("carte", jeton=TOKEN)
    visit.button(key="carnet_bouton").click().run()
    (pin,) = visit.session_state["_pins"]
    assert TOKEN not in repr(pin) and "jeton" not in pin.address


def test_the_programs_that_the_server_starts_do_not_inherit_the_token():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import atlas.ui.permissions as p, os, subprocess, sys;"
            "child = [sys.executable, '-c', 'import os; print(os.environ.get(\"ATLAS_TOKEN\"))'];"
            "print(p.has_run_token(), flush=True); subprocess.run(child, check=True)",
        ],
        cwd=ROOT,
        env={**os.environ, "ATLAS_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["True", "None"]
