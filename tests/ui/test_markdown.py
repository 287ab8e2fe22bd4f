"""Texts of files in the Markdown of Streamlit are shown as they are; none comes there otherwise."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from atlas.ui.markdown import escape_markdown, escape_paragraphs, escape_table

ROOT = Path(__file__).parents[2]
# Streamlit reads CommonMark with the tables and the strikethrough of GitHub.
READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
JOINER = "\u2060"
# What Streamlit looks for in texts whose escapes are taken away (its StreamlitMarkdown).
LATER_MARKS = [
    r"(https?://|www(?=\.))([-.\w]+)",
    r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+",
    r":material[/_]\w+:",
    r":streamlit:",
    r":[\w+-]+:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
]
MARKED = [
    "![image](http://exemple.fr/a.png)",
    "[lien](http://exemple.fr)",
    "[lien][1]\n\n[1]: http://exemple.fr",
    "<img src=x onerror=alert(1)>",
    "<http://exemple.fr>",
    "http://exemple.fr",
    "HTTPS://exemple.fr",
    "www.exemple.fr",
    "nom@exemple.fr",
    "mailto:nom@exemple.fr",
    ":red[rouge]",
    ":blue-background[bleu]",
    ":small[petit] :gray[gris]",
    ":color[x]{foreground='red'}",
    ":material/home:",
    ":material_home:",
    ":streamlit:",
    ":smile: ::tada::",
    "$x^2$ et $$y$$",
    "**gras** __gras__ _italique_ *italique* ~~barré~~ ~barré~",
    "`code` ```code```",
    "# Titre",
    "    code",
    "\tcode",
    "> citation",
    "- puce",
    "+ puce",
    "* puce",
    "1. un",
    "2024. un",
    "1) un",
    "Titre\n===",
    "Titre\n---",
    "---",
    "- - -",
    "a | b\n--|--\nc | d",
    "&lt;b&gt; &#60; &amp;",
    "fin \\",
    "a <- b -> c -- d >= e",
    "[^1] note",
    "- [ ] à faire",
]
PLAIN = [
    "Taux d’activation (fin 2024) : 33,6\u00a0%",
    "+2,3\u00a0points",
    "-1,2",
    "data/2025.csv, ligne 3",
    "activation_rate",
    "Saint-Denis, 12h30 : « été » !",
    "2024",
    "Territoire | Val",
]


def rendered_text(markdown: str) -> str:
    """The text of one paragraph without any mark."""
    made = re.fullmatch(r"<p>(.*)</p>\n", READER.render(markdown), re.DOTALL)
    assert made and "<" not in made[1], READER.render(markdown)
    return html.unescape(made[1])


def as_line(text: str) -> str:
    return re.sub("[ \t\r\n\f\v]+", " ", text)


@pytest.mark.parametrize("text", MARKED + PLAIN)
def test_a_text_is_shown_as_it_is(text):
    seen = rendered_text(escape_markdown(text))
    assert seen.replace(JOINER, "") == as_line(text).strip(" ")
    assert not [mark for mark in LATER_MARKS if re.search(mark, seen, re.IGNORECASE)]


@pytest.mark.parametrize("text", [text for text in PLAIN if "|" not in text])
def test_an_ordinary_text_is_not_changed(text):
    assert escape_markdown(text) == text


@given(st.text(st.sampled_from("![]()<>*_`~#-+=.:/@&;$|\\ \n\thw1aé\u00a0{}'\"")))
def test_any_text_is_shown_as_it_is_after_a_word_and_at_the_start(text):
    line = as_line(text)
    seen = rendered_text(f"mot {escape_markdown(text)} mot").replace(JOINER, "")
    assert as_line(seen) == as_line(f"mot {line} mot")
    if line.strip():
        assert rendered_text(escape_markdown(text)).replace(JOINER, "").strip() == line.strip()


@given(st.lists(st.sampled_from(MARKED), min_size=1, max_size=4))
def test_no_address_icon_nor_arrow_is_made_of_texts_beside_each_other(texts):
    seen = rendered_text(escape_markdown(" ".join(texts)))
    assert not [mark for mark in LATER_MARKS if re.search(mark, seen, re.IGNORECASE)]


def test_paragraphs_stay_apart():
    assert (
        escape_paragraphs("Un *mot*\nde plus.\n\n# Deux\n") == "Un \\*mot\\* de plus.\n\n\\# Deux"
    )


def test_only_the_addresses_of_sources_are_links_in_a_table():
    address = "https://exemple.fr/a_b*c"
    table = pd.DataFrame({"*Titre*": ["![x](http://a.fr)", 3], "Adresse": [address, "http://b.fr"]})
    made = escape_table(table, addresses=[address, ""])
    assert list(made.columns) == ["\\*Titre\\*", "Adresse"]
    assert made.iloc[0, 0].startswith("!\\[x\\](http:" + JOINER) and made.iloc[1, 0] == 3
    assert made["Adresse"].tolist() == [f"<{address}>", f"http:{JOINER}//b.fr"]


# --- every element of the code -------------------------------------------------------------------

# Elements whose texts are Markdown, and the place of these among their arguments.
READERS = {
    **dict.fromkeys(
        [
            "markdown",
            "write",
            "title",
            "header",
            "subheader",
            "caption",
            "error",
            "info",
            "warning",
            "success",
            "toast",
            "button",
            "checkbox",
            "toggle",
            "text_input",
            "text_area",
            "number_input",
            "date_input",
            "radio",
            "selectbox",
            "multiselect",
            "select_slider",
            "slider",
            "pills",
            "segmented_control",
            "expander",
            "popover",
            "download_button",
            "file_uploader",
            "link_button",
            "form_submit_button",
            "table",
            "badge",
            "metric",
        ],
        0,
    ),
    "progress": 1,
    "spinner": 0,
    "page_link": None,
    "Page": None,
    "status": 0,
}
NAMED = {"label", "help", "body", "text", "title"}
OPTIONS_READERS = {"radio", "pills", "segmented_control", "select_slider"}
ESCAPES = {"escape_markdown", "escape_paragraphs", "escape_table", "_bold"}
# What can give nothing but digits and French words.
PLAIN_FUNCTIONS = {"len", "format_number", "format_file_size", "count_text", "link_of"}
FILES = [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("atlas/ui/*.py"))]


def is_constant_name(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.lstrip("_").isupper()


def is_safe(node: ast.expr, names: frozenset[str]) -> bool:
    """True for constants, what is escaped, and what is made of these. names: that are safe."""
    match node:
        case ast.Constant():
            return True
        case ast.JoinedStr():
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.BoolOp(op=ast.Or(), values=values):
            parts = values
        case ast.BoolOp(values=values):  # « help and escape_markdown(help) »: the last, or nothing
            parts = values[-1:]
        case ast.Subscript(value=value):
            parts = [value]
        case ast.GeneratorExp(elt=elt) | ast.ListComp(elt=elt):
            parts = [elt]
        case ast.Call(func=func, args=args):
            name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            if ast.unparse(func) == "periods.label" or name in ESCAPES | PLAIN_FUNCTIONS:
                return True
            if name not in ("join", "replace", "strip") or not isinstance(func, ast.Attribute):
                return False
            parts = [func.value, *args]
        case ast.Name() | ast.Attribute():
            return is_constant_name(node) or ast.unparse(node) in names
        case _:
            return False
    return all(is_safe(part, names) for part in parts)


def safe_names(tree: ast.Module) -> frozenset[str]:
    """Names that are given nothing but safe values, wherever in a file."""
    values: dict[str, list[ast.expr]] = {}
    others = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.For | ast.comprehension | ast.Assign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            others |= {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
    names: frozenset[str] = frozenset()
    for _ in range(3):  # one is made of another
        names = frozenset(
            name
            for name, given in values.items()
            if name not in others and all(is_safe(value, names) for value in given)
        )
    return names


def unescaped(path: Path) -> Iterator[str]:
    """Arguments of elements that read Markdown and get a text that may come from a file."""
    tree = ast.parse(path.read_bytes())
    names = safe_names(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        if name not in READERS:
            continue
        place = READERS[name]
        given = [node.args[place]] if place is not None and len(node.args) > place else []
        given += [word.value for word in node.keywords if word.arg in NAMED]
        if name in OPTIONS_READERS:
            given += [
                word.value.body if isinstance(word.value, ast.Lambda) else word.value
                for word in node.keywords
                if word.arg == "format_func"
            ]
        for argument in given:
            if not is_safe(argument, names):
                yield f"{path.name}:{node.lineno} {name}({ast.unparse(argument)})"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_comes_to_an_element_that_reads_markdown_without_being_escaped(path):
    assert list(unescaped(path)) == []


def test_the_reading_of_the_code_finds_a_text_that_is_not_escaped(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "page.py").write_text(
        "st.error(f'{name} est illisible')\nst.info(help=text)\nst.table(frame)\n"
        "st.radio('A', b, format_func=lambda o: o.name)\nst.info('Un texte', icon=name)\n"
    )
    assert [found.partition(" ")[0] for found in unescaped(tmp_path / "page.py")] == [
        f"page.py:{line}" for line in (1, 2, 3, 4)
    ]
