"""An entry written into a file: texts that stay texts, comments that stay where they were."""

from __future__ import annotations

import pytest
import yaml

from atlas.settings.yaml_writing import entry_text, with_entry

FILE = """\
# About the file
a:
  x:
    label: 'L'
    columns:
      - {header: "a", holds: value}

  # about y
  y:
    label: "M"
    n: 3  # end of a line

  # about z
  z:
    m: {k: 1}

# about b
b: 2
"""
ENTRIES = {
    "ends with a list": {"label": "no", "columns": [{"header": "a: b", "holds": "value"}]},
    "ends with a text": {"label": "123", "note": 'Un « titre »: "2025" # vraiment'},
    "ends with a set": {"label": "", "totals": {"texts": ["oui", "a\u00a0b"], "keep": False}},
}


@pytest.mark.parametrize("fields", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("key", ["x", "y", "z", "new"])
def test_only_the_entry_of_the_key_changes(key, fields):
    written = with_entry(FILE, "a", key, fields)
    tree, before = yaml.safe_load(written), yaml.safe_load(FILE)
    assert tree == {**before, "a": {**before["a"], key: fields}}
    lines = written.splitlines()
    for line in FILE.splitlines():
        if line.lstrip().startswith("#"):
            after = FILE.splitlines()[FILE.splitlines().index(line) + 1]
            assert lines[lines.index(line) + 1] == after  # above what it is about
    assert written == with_entry(written, "a", key, fields)


@pytest.mark.parametrize(
    "text", ["", "# alone\n", "b: 2\n", "a:\n", "a: {}\n", "a: {x: {label: L}}\n# c\nb: 2\n"]
)
def test_an_entry_enters_a_file_that_has_none(text):
    written = with_entry(text, "a", "k", {"label": "L L"})
    before = yaml.safe_load(text) or {}
    assert yaml.safe_load(written) == {
        **before,
        "a": {**(before.get("a") or {}), "k": {"label": "L L"}},
    }
    assert all(line in written.splitlines() for line in text.splitlines() if line[:1] == "#")


def test_an_entry_alone_is_what_would_be_written():
    fields = {"label": "L L", "columns": [{"header": "a", "holds": "value"}], "codes": ["FR"]}
    assert entry_text("k", fields) == (
        '  k:\n    label: "L L"\n    columns:\n      - {header: a, holds: value}\n    codes: [FR]\n'
    )
    assert with_entry("", "a", "k", fields) == "a:\n" + entry_text("k", fields)
