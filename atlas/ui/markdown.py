"""Texts of files, links and visitors inside the Markdown of Streamlit's elements.

Nearly every element reads Markdown: messages, titles, captions, labels, options of radio buttons,
cells of `st.table`. There a text from a file is data: a picture in it would have the browser of the
visitor call another host. tests/ui/test_markdown.py reads the code for a text that comes to such an
element otherwise than by this module.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import pandas as pd

# Seen by nobody, and between two characters that Streamlit would otherwise read together. Some of
# its marks are looked for once escapes have been taken away: a backslash does not stop those.
_WORD_JOINER = "\u2060"
_SPACES_PATTERN = re.compile("[ \t\r\n\f\v]+")
_ARROW_PATTERN = re.compile(r"(?<!\S)([<>~-])(->|-|>|=)(?!\S)")
# Addresses become links by themselves; « :material/home: », « :streamlit: » and « :smile: » icons.
_LINKED_PATTERN = re.compile(
    r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?=@)|(?<=:)(?=material/|[\w+-]+:)", re.I
)
_MARKS_PATTERN = re.compile(r"[\\`*\[\]<$~|]|&(?=[#\w])|:(?=[^\W\d_])|_(?![^\W_])|(?<![^\W_])_")
# What opens a heading, a quotation, a list, or underlines a heading.
_START_PATTERN = re.compile(r"^( ?)(#{1,6}(?!\S)|>|[+-](?!\S)|-(?=-)|=(?==*\s*$))")
_NUMBERED_START_PATTERN = re.compile(r"^( ?\d{1,9})([.)])(?!\S)")


@lru_cache(maxsize=4096)  # the same hundreds of labels at each run of each page
def escape_markdown(text: str) -> str:
    """A text as it is, on one line, whatever its characters could mean to Markdown."""
    line = _SPACES_PATTERN.sub(" ", text)
    line = _ARROW_PATTERN.sub(rf"\1{_WORD_JOINER}\2", line)
    line = _LINKED_PATTERN.sub(_WORD_JOINER, line)
    line = _MARKS_PATTERN.sub(r"\\\g<0>", line)
    return _NUMBERED_START_PATTERN.sub(r"\1\\\2", _START_PATTERN.sub(r"\1\\\2", line))


def escape_paragraphs(text: str) -> str:
    """The same for a text of several paragraphs, which blank lines part."""
    return "\n\n".join(map(escape_markdown, re.split(r"\n\s*\n", text.strip())))


def escape_table(table: pd.DataFrame, addresses: Collection[str] = ()) -> pd.DataFrame:
    """The table with its headings and its texts as they are. addresses: cells that are links, such
    as those of the sources, which were checked (atlas.settings.base.WebAddress)."""

    def escape_cell(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        return f"<{cell}>" if cell and cell in addresses else escape_markdown(cell)

    return table.map(escape_cell).rename(columns=lambda name: escape_markdown(str(name)))
