"""Fields of the page Importer: what is typed there stays when the visitor goes to another page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import periods
from atlas.importing.dates import read_period
from atlas.incoming_text import MAX_LETTERS, TextKind, clean_typed_text
from atlas.ui.markdown import escape_markdown

PERIOD_EXAMPLES = "2025, décembre 2025 ou 31 décembre 2025"


def lasting_selectbox(
    container: DeltaGenerator,
    label: str,
    labels: Mapping[str, str],
    start: str,
    key: str,
    *,
    label_visible: bool = True,
    help: str | None = None,
) -> str:
    """One of the keys of ``labels``, each shown as its label; ``start`` until another is chosen."""
    options = list(labels)
    chosen: str = container.selectbox(
        escape_markdown(label),
        options,
        options.index(start) if start in labels else 0,
        key=key,
        format_func=lambda option: labels.get(option, option),
        label_visibility="visible" if label_visible else "collapsed",
        placeholder="Choisissez…",
        help=help and escape_markdown(help),
        persist_state="session",
    )
    return chosen if chosen in labels else options[0]


def lasting_text(
    container: DeltaGenerator,
    label: str,
    start: str,
    key: str,
    *,
    kind: TextKind = "title",
    example: str = "",
    help: str | None = None,
    on_change: Callable[[], None] | None = None,
) -> str:
    """A text as it is typed, without the spaces around it nor what no text may hold."""
    typed: str = container.text_input(
        escape_markdown(label),
        start,
        key=key,
        max_chars=MAX_LETTERS[kind],
        placeholder=example,
        help=help and escape_markdown(help),
        on_change=on_change,
        persist_state="session",
    )
    return clean_typed_text(typed, kind).strip()


def period_field(
    container: DeltaGenerator,
    label: str,
    read: str,
    key: str,
    *,
    example: str = PERIOD_EXAMPLES,
    help: str | None = None,
) -> tuple[str, bool]:
    """A period, in French: it as the data write it, and whether the visitor typed it.

    ``read``: what the file says, shown until something else is typed. A text that is no period is
    given back as it is, and said under the field.
    """
    typed_key = f"{key}_typed"
    if not st.session_state.get(typed_key):
        st.session_state[key] = french_period(read)

    def note_typing() -> None:
        st.session_state[typed_key] = st.session_state[key] != french_period(read)

    text = lasting_text(
        container,
        label,
        french_period(read),
        key,
        example=example,
        help=help,
        on_change=note_typing,
    )
    period = read_period(text)
    if text and not period:
        container.error(
            f"« {escape_markdown(text)} » n’est pas une période : écrivez {PERIOD_EXAMPLES}.",
            icon=":material/error:",
        )
    return period or text, bool(st.session_state.get(typed_key))


def french_period(period: str) -> str:
    """« 31 décembre 2025 » as somebody types it, with plain spaces; empty for none, and a text
    that is no period as it is."""
    if not periods.is_period(period):
        return period
    return periods.label(period).replace("\u00a0", " ")


def distinct_labels(options: Sequence[str], label: Callable[[str], str]) -> dict[str, str]:
    """The label of each option; the browser answers by the label: two that read the same are told
    apart by their key."""
    labels = {option: label(option) for option in options}
    count = Counter(labels.values())
    return {
        option: f"{text} [{option}]" if count[text] > 1 else text for option, text in labels.items()
    }
