"""Whatever is written in the files of a project, no page obeys it: it is read as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from planted import plant, planted_mark
from streamlit.testing.v1 import AppTest
from visits import COMPARISONS, DOSSIERS, HOME, go, opened

MARK = planted_mark("http://127.0.0.1:9")
# An address that Markdown makes a link of, a link, a colour, a tag: without what stops them.
OBEYED = re.compile(r"https?://127|(?<!\\)\[(x|lien)\]|(?<!\\):red\[|(?<!\\)<b ")
# Texts that their elements show as they are; what is HTML is read below.
SHOWN_AS_THEY_ARE = {
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("MultiSelect", "options"),
    ("MultiSelect", "raw_values"),
    ("TextInput", "default"),
    ("TextInput", "value"),
    ("Code", "code_text"),
    ("Text", "body"),
    ("Table", "alt"),
    ("Html", "body"),
}
OWN_READERS = ("VegaLiteChart", "ArrowVegaLiteChart", "DeckGlJsonChart", "BidiComponent")
# One of each kind: `make faults` opens every page in a browser.
PAGES = [
    HOME,
    "carte",
    "couloirs",
    "portrait",
    "donnees",
    "couverture",
    "importer",
    "problemes",
    COMPARISONS[0],
    DOSSIERS[0],
]


def texts(message: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """Every text of an element that is sent to the browser, with the field that holds it."""
    kind = message.DESCRIPTOR.name
    if kind in OWN_READERS:
        return
    for field, value in message.ListFields():
        several = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for part in several:
                if hasattr(part, "ListFields"):
                    yield from texts(part)
        elif field.type == FieldDescriptor.TYPE_STRING:
            yield from (((kind, field.name), text) for text in several)


def elements(visit: AppTest) -> Iterator[Any]:
    """Those of the page and of the menu beside it, blocks included."""
    pending = [visit.main, visit.sidebar]
    while pending:
        node = pending.pop()
        pending += getattr(node, "children", {}).values()
        if getattr(node, "proto", None) is not None:
            yield node


def test_no_page_obeys_what_is_written_in_the_files(edited_site: Path):
    assert plant(edited_site, MARK) > 1_000
    visit = opened()
    shown = 0
    for address in PAGES:
        assert not go(visit, address).exception, address
        for element in elements(visit):
            kind = element.proto.DESCRIPTOR.name
            if kind == "Html":
                assert "<b onclick" not in element.proto.body, address
                assert not re.search(r"<(a|img)\b[^>]*127\.0\.0\.1", element.proto.body), address
            for field, text in texts(element.proto):
                shown += "rouge" in text
                if field not in SHOWN_AS_THEY_ARE:
                    assert not OBEYED.search(text), (address, field, text)
            if element.type == "table":
                table = element.value
                for cell in (str(c) for column in table for c in (column, *table[column])):
                    shown += "rouge" in cell
                    assert cell.startswith("<https://") or not OBEYED.search(cell), (address, cell)
    assert shown > 50  # it did come to the pages
