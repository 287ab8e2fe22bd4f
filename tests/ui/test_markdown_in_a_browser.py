"""The Markdown of Streamlit itself, in a real Chromium: what is escaped is read as it stands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import free_port, wait_for_page
from listener import Listener
from patience import BACKSTOP_S
from playwright.sync_api import Page
from test_markdown import JOINER, MARKED, PLAIN, as_line

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, sys
import pandas as pd
import streamlit as st
from atlas.ui.markdown import escape_markdown as e, escape_table
st.title("Textes")
texts = json.loads(open("texts.json").read())
if st.query_params.get("raw"):
    st.markdown(texts[0]); st.markdown(texts[1])
    st.stop()
readers = [st.markdown, st.error, st.caption, st.subheader, st.button, st.checkbox, st.expander]
for place, text in enumerate(texts):
    for reader in readers:
        more = {"key": f"{reader.__name__}{place}"} if reader in readers[4:6] else {}
        with st.container(key=f"{reader.__name__}-{place}"):
            shown = reader(e(text), **more)
    with st.container(key=f"radio-{place}"):
        st.radio("Choix", [text], format_func=e, key=f"choix{place}")
with st.container(key="table"):
    st.table(escape_table(pd.DataFrame({"Texte": texts})), hide_index=True)
"""
READERS = ["markdown", "error", "caption", "subheader", "button", "checkbox", "expander", "radio"]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with Listener() as made:
        yield made


@pytest.fixture(scope="module")
def texts(listener: Listener) -> list[str]:
    return [text.replace("http://exemple.fr", listener.address) for text in MARKED + PLAIN]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("textes"), free_port()
    (folder / "page.py").write_text(SCRIPT, "utf-8")
    (folder / "texts.json").write_text(json.dumps(texts), "utf-8")
    started = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "page.py", "--server.port", str(port),
         "--server.address", "127.0.0.1", "--server.headless", "true",
         "--browser.gatherUsageStats", "false"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    while started.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=BACKSTOP_S).close()
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    yield address
    started.terminate()
    started.wait()


@pytest.mark.browser
def test_no_element_obeys_a_text_and_all_show_it(server, listener, texts, page: Page):
    page.goto(server)
    wait_for_page(page)
    page.locator(".st-key-table td").first.wait_for()
    shown = page.evaluate(
        """([readers, count]) => Object.fromEntries(readers.flatMap((reader) =>
          [...Array(count).keys()].map((place) => {
            const box = document.querySelector(`.st-key-${reader}-${place}`);
            const read = box.querySelectorAll("[data-testid=stMarkdownContainer]");
            return [`${reader}-${place}`, (read[read.length - 1] ?? box).textContent];
          })))""",
        [READERS, len(texts)],
    )
    wrong = [
        (name, text)
        for name, text in shown.items()
        if text.replace(JOINER, "").strip() != as_line(texts[int(name.rpartition("-")[2])]).strip()
    ]
    assert wrong == []
    cells = page.locator(".st-key-table td").all_inner_texts()
    assert [cell.replace(JOINER, "") for cell in cells] == [as_line(t).strip(" ") for t in texts]
    inside = page.locator("[class*='st-key-']")
    for made in (
        "a:not([href^='#'])",
        "img",
        "code",
        ".katex",
        "strong",
        "em",
        "del",
        "[aria-label$=icon]",
    ):
        assert inside.locator(made).count() == 0, made
    assert inside.locator("[class*=stMarkdownColored]").count() == 0
    assert listener.heard == []


@pytest.mark.browser
def test_the_same_texts_are_obeyed_where_they_are_not_escaped(server, listener, page: Page):
    """Else the test above would see nothing."""
    page.goto(f"{server}/?raw=1")
    wait_for_page(page)
    page.locator("a[href*='127.0.0.1']").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert [path for path in listener.heard if re.search("png", path)]
    listener.heard.clear()
