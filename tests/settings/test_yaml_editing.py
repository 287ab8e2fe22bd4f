"""An entry changed in its file: what differs is written, the rest keeps its bytes and comments."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.settings.yaml_editing import (
    CannotEdit,
    UnreadableText,
    find_entry,
    is_same,
    with_changed_entry,
)

CONFIG = (Path(__file__).parents[2] / "config.yaml").read_text("utf-8")
SHIPPED = [
    (section, key)
    for section in ("dossiers", "comparisons")
    for key in yaml.safe_load(CONFIG)[section]
]
FILE = """\
# About the file
dossiers:
  # about one
  one:
    # about the title
    title: 'One'   # end of the title
    place: >
      Two lines
      of text

    # about the blocks
    blocks:
      # about the first
      - kind: map
        # about the level
        level:   regions # end of the level
      - kind: text
        text: |
          Many

          words

      # about the third
      - {kind: timeline}   # end of the third
    codes: [A,
            B]
    # after the blocks
  two:
    title: "Two"
# The end
"""


def change(entry: dict[str, Any], step: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    changed = copy.deepcopy(entry)
    step(changed)
    return changed


def edited(step: Callable[[dict[str, Any]], object], text: str = FILE) -> str:
    entry = find_entry(text, ("dossiers", "one"))
    assert entry
    return with_changed_entry(text, ("dossiers", "one"), change(entry, step))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path[1])
def test_what_is_the_same_is_the_same_text(path):
    entry = find_entry(CONFIG, path)
    assert entry and with_changed_entry(CONFIG, path, copy.deepcopy(entry)) == CONFIG
    shuffled = dict(reversed(entry.items()))
    assert with_changed_entry(CONFIG, path, shuffled) == CONFIG


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path[1])
def test_one_changed_title_changes_one_line(path):
    entry = find_entry(CONFIG, path)
    assert entry
    made = with_changed_entry(CONFIG, path, entry | {"title": "Un titre : « neuf »"})
    before, after = CONFIG.splitlines(), made.splitlines()
    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert len(changed) == 1 and changed[0][1] == '    title: "Un titre : « neuf »"'


# What is done to the entry, then the lines that leave the file and those that come.
EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], list[str], list[str]]] = {
    "a title": (
        lambda e: e.update(title="Un de plus"),
        ["    title: 'One'   # end of the title"],
        ['    title: "Un de plus"   # end of the title'],
    ),
    "a field of a block": (
        lambda e: e["blocks"][0].update(level="caisses"),
        ["        level:   regions # end of the level"],
        ["        level: caisses # end of the level"],
    ),
    "the first field of a block": (
        lambda e: e["blocks"][0].pop("kind"),
        ["      - kind: map", "        level:   regions # end of the level"],
        ["      - level:   regions # end of the level"],
    ),
    "a field before the first of a block": (
        lambda e: e["blocks"].__setitem__(1, {"title": "T", **e["blocks"][1]}),
        ["      - kind: text"],
        ["      - title: T", "        kind: text"],
    ),
    "an item in one line": (
        lambda e: e["blocks"][2].update(title="T t"),
        ["      - {kind: timeline}   # end of the third"],
        ['      - {kind: timeline, title: "T t"}   # end of the third'],
    ),
    "a block is removed with its comment": (
        lambda e: e["blocks"].pop(),
        ["      # about the third", "      - {kind: timeline}   # end of the third"],
        [],
    ),
    "a list in two lines": (
        lambda e: e.update(codes=["A", "C"]),
        ["    codes: [A,", "            B]"],
        ["    codes: [A, C]"],
    ),
    "a block at the end": (
        lambda e: e["blocks"].append({"kind": "text", "text": "no: yes"}),
        [],
        ["      - kind: text", '        text: "no: yes"'],
    ),
    "a field more": (
        lambda e: e.update(note="no"),
        [],
        ['    note: "no"'],
    ),
    "no block left": (
        lambda e: e.update(blocks=[]),
        [
            "    blocks:",
            *FILE.split("    blocks:\n")[1].split("    codes:")[0].splitlines(),
        ],
        ["    blocks: []"],
    ),
}


@pytest.mark.parametrize(("step", "left", "come"), EDITS.values(), ids=EDITS)
def test_only_the_lines_of_what_differs_change(step, left, come):
    made = edited(step)
    before, after = Counter(FILE.splitlines()), Counter(made.splitlines())
    assert before - after == Counter(left)
    assert after - before == Counter(come)
    entry = find_entry(FILE, ("dossiers", "one"))
    assert entry and is_same(find_entry(made, ("dossiers", "one")), change(entry, step))


def test_a_moved_block_takes_the_comment_above_it():
    made = edited(lambda e: e["blocks"].insert(0, e["blocks"].pop()))
    assert made.index("# about the third") < made.index("- {kind: timeline}   # end of the third")
    assert made.index("- {kind: timeline}") < made.index("# about the first")
    assert sorted(made.splitlines()) == sorted(FILE.splitlines())


def test_a_copied_block_has_the_style_of_the_first_one():
    made = edited(lambda e: e["blocks"].append(copy.deepcopy(e["blocks"][0])))
    assert made.count("level:   regions # end of the level") == 2
    assert made.count("# about the first") == 1


def test_an_edit_that_is_undone_says_what_was_said():
    made = edited(lambda e: e["blocks"].pop(1) and e.update(title="Autre"))
    entry = find_entry(FILE, ("dossiers", "one"))
    assert entry
    again = with_changed_entry(made, ("dossiers", "one"), entry)
    assert yaml.safe_load(again) == yaml.safe_load(FILE)


def test_the_lines_of_a_file_of_windows_end_as_they_did():
    made = edited(lambda e: e["blocks"].append({"kind": "map"}), FILE.replace("\n", "\r\n"))
    assert made.count("\r\n") == made.count("\n") == FILE.count("\n") + 1


ROOT_ENTRY = (
    "# $schema\n\n# about the title\ntitle: One\nblocks:\n- kind: map\n# between\n- kind: text\n"
)


def test_an_entry_that_is_a_whole_file_keeps_its_head_and_its_style():
    assert find_entry(ROOT_ENTRY, ()) == {
        "title": "One",
        "blocks": [{"kind": "map"}, {"kind": "text"}],
    }
    made = with_changed_entry(
        ROOT_ENTRY, (), {"title": "Two", "blocks": [{"kind": "text"}, {"kind": "map", "n": 1}]}
    )
    assert made == (
        "# $schema\n\n# about the title\ntitle: Two\nblocks:\n# between\n- kind: text\n"
        "- kind: map\n  n: 1\n"
    )
    assert with_changed_entry(ROOT_ENTRY, (), {"n": 1}).startswith("# $schema\n\n# about")


@pytest.mark.parametrize(
    "text",
    [
        "dossiers: {one: {title: One}, two: {title: Two}}\n",
        "dossiers:\n  one: {title: One}\n  two: {title: Two}\n",
        "dossiers:\n  ? one\n  : title: One\n  two:\n    title: Two\n",
        "dossiers:\n  one:\n    title: One\r  two:\n    title: Two\n",
        "dossiers:\n  one: !!map\n    title: One\n  two:\n    title: Two",
    ],
    ids=["flow", "entry in flow", "key alone", "old Macintosh", "tag"],
)
def test_a_file_in_another_form_says_what_is_wanted_all_the_same(text):
    made = with_changed_entry(text, ("dossiers", "one"), {"title": "Other", "n": 1})
    assert yaml.safe_load(made) == {
        "dossiers": {"one": {"title": "Other", "n": 1}, "two": {"title": "Two"}}
    }


@pytest.mark.parametrize(
    "text",
    [
        "dossiers:\n  one:\n    blocks:\n    -\n      kind: map\n    - - a\n      - b\n",
        "dossiers:\n  one:\n    blocks:\n    - &a {kind: map}\n    - *a\n",
        "dossiers: [\n",
        "dossiers:\n  other: {}\n",
    ],
    ids=["dash alone", "alias", "no YAML", "no entry"],
)
def test_what_cannot_be_edited_is_refused_or_written_right(text):
    try:
        made = with_changed_entry(text, ("dossiers", "one"), {"blocks": [{"kind": "text"}]})
    except (CannotEdit, UnreadableText):
        return
    assert yaml.safe_load(made) == {"dossiers": {"one": {"blocks": [{"kind": "text"}]}}}


def test_a_number_that_becomes_a_text_is_a_change():
    assert not is_same({"a": [1]}, {"a": [True]}) and not is_same([1], [1.0])
    assert edited(lambda e: e["blocks"][0].update(level="2025")).count('level: "2025"') == 1


# --- whatever is done to the shipped dossiers ----------------------------------------------------

COMMENTED = (
    "\n".join(
        f"{line}\n{' ' * (len(line) - len(line.lstrip()))}# remark {number}"
        if line.startswith("    ") and number % 3 == 0 and line.rstrip().endswith("}")
        else line
        for number, line in enumerate(CONFIG.splitlines())
    )
    + "\n"
)
DOSSIERS: dict[str, dict[str, Any]] = yaml.safe_load(CONFIG)["dossiers"]
TEXTS = st.text(alphabet="aé’\u00a0 :#-{}[]\"'\n%&*!|>@`0", max_size=30)
BLOCKS = st.sampled_from([block for one in DOSSIERS.values() for block in one["blocks"]])
STEPS = st.tuples(
    st.sampled_from(["move", "remove", "insert", "copy", "text", "figure", "field"]),
    st.integers(0, 30),
    st.integers(0, 30),
    TEXTS,
    BLOCKS,
)


def apply(entry: dict[str, Any], step: tuple[str, int, int, str, dict[str, Any]]) -> None:
    what, one, other, text, block = step
    blocks = entry["blocks"]
    place, target = one % max(1, len(blocks)), other % (len(blocks) + 1)
    if what == "insert" or not blocks:
        blocks.insert(target, copy.deepcopy(block))
    elif what == "move":
        blocks.insert(target, blocks.pop(place))
    elif what == "remove":
        blocks.pop(place)
    elif what == "copy":
        blocks.insert(target, copy.deepcopy(blocks[place]))
    elif what == "text":
        blocks[place]["title"] = text
    elif what == "figure" and blocks[place].get("figures"):
        figures = blocks[place]["figures"]
        figures[other % len(figures)]["label"] = text
        figures.insert(0, figures.pop())
    else:
        entry["lead"] = text


@given(
    key=st.sampled_from(list(DOSSIERS)),
    steps=st.lists(STEPS, min_size=1, max_size=6),
    is_commented=st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_done_to_a_dossier_is_what_the_file_says_and_nothing_else_changes(
    key, steps, is_commented
):
    text = COMMENTED if is_commented else CONFIG
    path = ("dossiers", key)
    before = find_entry(text, path)
    assert before
    wanted = copy.deepcopy(before)
    for step in steps:
        apply(wanted, step)
    made = with_changed_entry(text, path, wanted)
    tree = yaml.safe_load(text)
    tree["dossiers"][key] = wanted
    assert yaml.safe_load(made) == tree
    head, tail = around(text, key)
    assert made.startswith(head) and made.endswith(tail)
    kept = set(map(str, before["blocks"])) <= set(map(str, wanted["blocks"]))
    if kept:  # none was removed nor changed: every comment is still there
        assert comments(made) >= comments(text)
    assert yaml.safe_load(with_changed_entry(made, path, before)) == yaml.safe_load(text)


def around(text: str, key: str) -> tuple[str, str]:
    """What stands before the fields of a dossier, and from the next one on."""
    start = text.index(f"\n  {key}:\n") + len(f"\n  {key}:\n")
    following = list(DOSSIERS)[list(DOSSIERS).index(key) + 1 :]
    return text[:start], text[text.index(f"\n  {following[0]}:\n") :] if following else ""


def comments(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip().startswith("#")}
