"""Who may do what: by an account of the provider of identity, or by the token of `make run`.

Where a visitor comes from, and what the headers of a request say, is never looked at: a proxy, or
whoever speaks for one, says what it likes there.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from atlas.problems import Problem
from atlas.settings.server import ROLES, TOKEN_VARIABLE, Access, Members, Role
from atlas.ui.session import project

ACCESS_FILE = "config/server.yaml"
_HAS_TOKEN = "_presented_token"
_SECONDS_OF_AN_HOUR = 3_600
# Taken out of the environment: the programs that the server starts, which read files of strangers,
# do not inherit it.
_run_token = os.environ.pop(TOKEN_VARIABLE, "")


def has_run_token() -> bool:
    """Whether this server was started by `make run`, for its own machine."""
    return bool(_run_token)


def present_token(token: str) -> bool:
    """Give the session the role administer when this is the token of the server; whether it is."""
    given = token.encode(errors="surrogatepass")  # a visitor writes what they like there
    if not _run_token or not hmac.compare_digest(given, _run_token.encode()):
        return False
    st.session_state[_HAS_TOKEN] = True
    return True


def presented_token() -> bool:
    """Whether the session has shown the token of the server."""
    return bool(st.session_state.get(_HAS_TOKEN))


def can_sign_in() -> bool:
    """Whether a provider of identity is configured."""
    return "is_logged_in" in claims()


def is_signed_in() -> bool:
    """Whether the visitor has signed in, with whatever account."""
    return claims().get("is_logged_in") is True


def claims() -> Mapping[str, Any]:
    """What the provider says of the account of the session; Streamlit keeps it in a signed cookie
    of the browser, which is read when a session begins."""
    return st.user.to_dict()


def account_name(account_claims: Mapping[str, Any]) -> str:
    """What the account is called on the page."""
    return next(
        (
            text
            for key in ("email", "name", "sub")
            if (text := account_claims.get(key)) and _is_text(text)
        ),
        "sans nom",
    )


def may(role: Role) -> bool:
    """Whether the visitor has this role now, as the configuration stands."""
    return refusal(role) is None


def refusal(role: Role) -> Problem | None:
    """Why the visitor may not do what needs this role, and the cure; None for who may.

    To be asked at the moment of writing: the role may be gone since the page was drawn.
    """
    if presented_token():
        return None
    inputs = project()
    settings = inputs.settings
    if settings is None:  # there is nothing to see but what has to be mended
        return (
            None
            if role == "read"
            else _access_problem(
                "aucune configuration n’est lisible", "Corrigez-la d’abord (page Problèmes)."
            )
        )
    if role != "read" and any(problem.file == ACCESS_FILE for problem in inputs.problems()):
        return _access_problem(
            "ce fichier a des problèmes : personne n’écrit avant qu’ils soient corrigés",
            "Corrigez-le (page Problèmes).",
        )
    return refusal_of(role, claims(), settings.access, time.time())


def refusal_of(
    role: Role, account_claims: Mapping[str, Any], access: Access, now: float
) -> Problem | None:
    """The same for an account.

    account_claims: with Streamlit's own is_logged_in, absent when no provider is configured; now:
    seconds since 1970.
    """
    granting = [access.members(each) for each in ROLES[ROLES.index(role) :]]
    if any(members.everyone for members in granting):
        return None
    if "is_logged_in" not in account_claims:
        return _access_problem(
            f"cette session n’a pas le rôle {role}",
            "Sur la machine qui sert, ouvrez l’adresse que «\u00a0make run\u00a0» affiche. Pour un "
            "serveur, docs/serve-it.md dit comment ouvrir la connexion.",
        )
    if account_claims["is_logged_in"] is not True:
        return _access_problem(
            f"il faut être connecté pour avoir le rôle {role}", "Connectez-vous."
        )
    name = account_name(account_claims)
    if not _is_recent(account_claims.get("iat"), access.sign_in_hours, now):
        return _access_problem(
            f"la connexion de « {name} » date de plus de {access.sign_in_hours}\u00a0h",
            "Déconnectez-vous, puis connectez-vous à nouveau.",
        )
    if any(_is_member(members, account_claims, access.groups_claim) for members in granting):
        return None
    if not _verified_email(account_claims):
        return _access_problem(
            f"le fournisseur d’identité ne dit pas que l’adresse de « {name} » est vérifiée",
            "Faites-la vérifier chez lui, ou demandez à qui administre ce serveur d’employer un "
            "groupe.",
        )
    return _access_problem(
        f"le compte « {name} » n’a pas le rôle {role}",
        "Demandez-le à qui administre ce serveur (access, dans ce fichier).",
    )


def _access_problem(message: str, cure: str) -> Problem:
    return Problem(ACCESS_FILE, message, cure, where="access")


def _is_recent(issued: object, hours: int, now: float) -> bool:
    return isinstance(issued, (int, float)) and now - issued <= hours * _SECONDS_OF_AN_HOUR


def _is_member(members: Members, account_claims: Mapping[str, Any], groups_claim: str) -> bool:
    email, groups = _verified_email(account_claims), account_claims.get(groups_claim)
    words = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    return bool(
        (email and (email in members.emails or email.rpartition("@")[2] in members.domains))
        or any(group in words for group in members.groups)
    )


def _verified_email(account_claims: Mapping[str, Any]) -> str:
    """The address in lower case; empty when the provider does not say that it is verified, or when
    it holds letters that would only look like those of another."""
    email = account_claims.get("email")
    # Some providers write the claim as a text.
    if account_claims.get("email_verified") not in (True, "true") or not _is_text(email):
        return ""
    return str(email).lower() if str(email).isascii() else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
