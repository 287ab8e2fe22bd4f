"""A program error, wherever it is, gives a French page with a reference and the way back."""

from __future__ import annotations

import json
import logging
import re

import pytest
from patience import BACKSTOP_S
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from visits import opened

from atlas.event_log import EventFormatter
from atlas.ui.error_page import show_error_page

TYPED = "jeanne@example.org"


@pytest.fixture
def guarded(monkeypatch):
    """The application as a server runs it: errors go to the page that says so."""
    start = LocalScriptRunner.__init__

    def with_error_page(self, *arguments, **options):
        start(self, *arguments, **options)
        self._on_script_error = show_error_page

    monkeypatch.setattr(LocalScriptRunner, "__init__", with_error_page)


FAILS = """
import streamlit as st

def fails():
    raise ValueError("jeanne@example.org")
"""
PAGE_THAT_FAILS = f"{FAILS}\nst.title('Carte')\nfails()"
CALLBACK_THAT_FAILS = f"{FAILS}\nst.button('Aller', on_click=fails)"
FRAGMENT_THAT_FAILS = f"{FAILS}\nst.fragment(fails)()"
PAGE_THAT_STOPS = f"{FAILS}\nst.markdown('Avant')\nst.stop()\nfails()"
PAGE_THAT_BEGINS_AGAIN = f"""{FAILS}
if "seen" not in st.session_state:
    st.session_state["seen"] = True
    st.rerun()
st.markdown("Après")
"""


def visit(script: str) -> AppTest:
    return AppTest.from_string(script, default_timeout=BACKSTOP_S)


def alert(shown: AppTest) -> str:
    """The box of the error, without its marks; empty without one."""
    bodies = [element.proto.body for element in shown.get("html")]
    return " ".join(re.sub("<[^>]+>", " ", body) for body in bodies if 'role="alert"' in body)


def test_a_page_that_fails_says_so_in_french_with_its_reference_and_the_way_home(guarded, caplog):
    shown = visit(PAGE_THAT_FAILS).run()
    said = alert(shown)
    assert "n’a pas pu être affichée" in said and "Revenir à l’accueil" in said
    assert 'href="./"' in "".join(element.proto.body for element in shown.get("html"))
    (reference,) = re.findall(r"\b[2-9A-HJ-NP-Z]{6}\b", said)
    (noted,) = [record for record in caplog.records if hasattr(record, "reference")]
    assert noted.reference == reference and noted.levelname == "ERROR"
    assert not shown.exception and TYPED not in said


def test_the_trace_of_the_error_is_logged_under_the_same_reference(guarded, caplog):
    caplog.set_level("ERROR")
    logged: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(EventFormatter().format(record))
    logger = logging.getLogger("streamlit.error_util")
    logger.addHandler(handler)
    said = alert(visit(PAGE_THAT_FAILS).run())
    logger.removeHandler(handler)
    (line,) = map(json.loads, logged)
    assert line["reference"] in said and line["level"] == "error"
    assert line["trace"][-1] == "ValueError" and line["trace"][-2].endswith(" fails")
    assert TYPED not in logged[0]


def test_a_control_that_fails_says_so(guarded):
    shown = visit(CALLBACK_THAT_FAILS).run()
    assert not alert(shown)
    assert "Revenir à l’accueil" in alert(shown.button[0].click().run())


def test_a_fragment_that_fails_says_so(guarded):
    shown = visit(FRAGMENT_THAT_FAILS).run()
    assert "Revenir à l’accueil" in alert(shown)


@pytest.mark.parametrize(
    ("page", "text"),
    [(PAGE_THAT_STOPS, "Avant"), (PAGE_THAT_BEGINS_AGAIN, "Après")],
)
def test_what_stops_a_page_or_begins_it_again_is_no_error(guarded, page, text):
    shown = visit(page).run()
    assert not alert(shown) and [part.value for part in shown.markdown] == [text]


def test_each_page_of_the_dashboard_is_guarded_and_so_is_what_comes_before_it(guarded, monkeypatch):
    monkeypatch.setattr("atlas.project.Project.problems", lambda project: 1 / 0)
    for address in ("", "carte", "problemes"):
        assert "Revenir à l’accueil" in alert(opened(address))
