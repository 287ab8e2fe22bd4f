"""A visitor of the pages through the router, without a browser."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from patience import BACKSTOP_S
from shipped import SETTINGS
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.ui import presentation
from atlas.ui.kit_process import KitProcess

ROOT = Path(__file__).parents[1]
COMPARISONS = [f"comparaison-{key}" for key in SETTINGS.comparisons]
DOSSIERS = [f"dossier-{key}" for key in SETTINGS.dossiers]
HOME, KEY_FIGURES = "", "chiffres-cles"
PAGES = {
    HOME: SETTINGS.brand.title,
    KEY_FIGURES: "Chiffres clés",
    "dossiers": "Dossiers",
    "composer": "Composer",
    "carte": "Carte",
    "couloirs": "Couloirs",
    "kit": "Kit presse",
    "verifier": "Vérifier une image",
    "donnees": "Données et sources",
    "methode": "Méthode",
    "couverture": "Couverture",
    "coherence": "Cohérence des chiffres",
    "problemes": "Problèmes des fichiers",
    "accessibilite": "Déclaration d’accessibilité",
    **{f"comparaison-{key}": page.title for key, page in SETTINGS.comparisons.items()},
    **{f"dossier-{key}": page.title for key, page in SETTINGS.dossiers.items()},
}

ENGLISH = re.compile(
    r"\b(the|and|of|with|from|value|year|month|level|rate|missing|published|"
    r"unknown|error|none|nan|null|undefined|true|false|download|loading|select|"
    r"choose|empty|oops|traceback)\b",
    re.IGNORECASE,
)
FOURTH = """
  quatrieme:
    nav: "Quatrième"
    title: "Une page ajoutée en YAML"
    introduction: "Sans une ligne de Python."
    territories: [FR, REG-93]
    indicators: [activation_rate]
    layout: curve
"""


def opened(address: str = HOME, **query: str) -> AppTest:
    """A visitor who opens a link: the address of a page, with what its URL holds."""
    return opened_by({}, address, **query)


def opened_by(claims: dict[str, object], address: str = HOME, **query: str) -> AppTest:
    """The same for who has signed in, as the provider of identity says it.

    AppTest.switch_page() knows pages that are files, and ours are functions: a page is asked for
    by the hash of its address, as the browser does.
    """
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash(address) if address else ""
    visit.query_params.update(query)
    visit.user = dict(claims)
    return visit.run()


@cache
def seen(address: str = HOME, **query: str) -> AppTest:
    """The same, opened once for all the tests that only look."""
    return opened(address, **query)


def go(visit: AppTest, address: str) -> AppTest:
    """The same visitor on another page of the menu, which leaves what the URL holds behind."""
    visit._page_hash = calc_hash(address)
    visit.query_params.clear()
    return visit.run()


def offered(visit: AppTest) -> list[str]:
    """What the buttons that make a file when clicked say."""
    made = [
        json.loads(part.proto.json)
        for part in visit.get("bidi_component")
        if part.proto.component_name == "fichier"
    ]
    return [button["label"] for button in made if button["use"] == "file"]


def words(visit: AppTest) -> Iterator[str]:
    """Every text of the page, but not of the menu beside it."""
    for element in visit.main:
        if element.type == "html":
            html = re.sub(r"<(style|script)>.*?</\1>", "", element.proto.body, flags=re.DOTALL)
            yield re.sub(r"<[^>]+>", "\n", html)
        elif element.type == "table":
            yield from cells(element.value)
        elif hasattr(element, "options"):  # its value is a code, shown by the name of its option
            yield from [element.label, *element.options]
        else:
            yield from [
                text
                for name in ("value", "label")
                if isinstance(text := getattr(element, name, None), str)
            ]


def cells(table: pd.DataFrame) -> list[str]:
    return [str(cell) for column in table for cell in (column, *table[column])]


def page_text(visit: AppTest) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", "\n".join(words(visit)))


def picked(visit: AppTest, label: str) -> str:
    """What a select box or a row of radio buttons shows as chosen."""
    (found,) = [widget for widget in (*visit.selectbox, *visit.radio) if widget.label == label]
    return found.value


def box(visit: AppTest, label: str):
    (found,) = [widget for widget in visit.selectbox if widget.label == label]
    return found


def charts(visit: AppTest) -> list:
    return [chart.proto for chart in visit.get("vega_lite_chart")]


Edit = Callable[[str, str, str], None]
every_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address or "accueil")


def named(widgets, label: str):
    (found,) = [widget for widget in widgets if widget.label == label]
    return found


def dropped(name: str, content: bytes) -> AppTest:
    """The page that checks an image, which was given this file."""
    visit = opened("verifier")
    visit.file_uploader[0].set_value((name, content, ""))
    return visit.run()


def press(visit: AppTest, *words: str) -> AppTest:
    """What keys ask for, as the listener of the page tells it: pressed one after the other before
    the server answers."""
    state, last = visit.session_state, presentation._LAST_KEY
    known = state[last] if last in state else 0  # noqa: SIM401, it has no get
    visit.session_state[presentation._KEYS] = {
        "pressed": [[known + place, word] for place, word in enumerate(words, 1)]
    }
    return visit.run()


def asked_parameters(visit: AppTest) -> dict[str, str]:
    """What the address holds after its question mark."""
    return {key: values[0] for key, values in visit.query_params.items()}


CORSE = ["--dossier", "corse-2026"]
SMALL = ["--part", "images", "--format", "82mm", "--kind", "svg"]


def ended(job: KitProcess) -> None:
    """Wait for a kit, however long a busy machine leaves it without the processor."""
    assert job.wait(BACKSTOP_S)


def until(true: Callable[[], bool], job: KitProcess | None = None) -> None:
    """Wait for what a kit in the making does, and no longer than it lasts."""
    end = time.monotonic() + BACKSTOP_S
    while not true():
        over = job is not None and job.over
        assert true() or (not over and time.monotonic() < end), "it did not happen"
        time.sleep(0.02)
