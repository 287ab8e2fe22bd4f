"""Every sentence that the shipped data produce, read against the rows of data/<year>.csv.

Rows are read here by csv alone, and sentences by regular expressions: nothing of what makes the
sentences takes part.
"""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

import pytest
from made_once import cached_figure, context_of, publication_of
from shipped import SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.key_figure import key_figure
from atlas.settings import FigureRef

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    row
    for path in sorted((ROOT / "data").glob("2*.csv"))
    for row in csv.DictReader(path.open(encoding="utf-8"))
]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
# What no sentence says: a sign after « soit », our own words, a hole.
NEVER = re.compile(
    r"soit [+−]|couloir|  |\{|\}|\[|\]|\bnan\b|Niveau non publié|\+\d+ % par rapport"
)
NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?")
SCALES = {"million": 1e6, "milliard": 1e9}
# Of an indicator, what its value is counted from: its rows need not say a period.
COUNTED_FROM_A_START = ("experiment_",)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def numbers(sentence: str) -> list[float]:
    """The numbers of a sentence, millions in full."""
    found = []
    for match in NUMBER.finditer(sentence):
        scale = next(
            (s for word, s in SCALES.items() if sentence[match.end() :].startswith(f" {word}")), 1.0
        )
        found.append(round(float(match[0].replace(" ", "").replace(",", ".")) * scale, 6))
    return found


def identity(row: dict[str, str]) -> str:
    names = ("territory", "indicator", "corridor", "period", "source", "page", "value", "change")
    return " ".join(row[name] for name in names if row[name])


def card_of(context: FigureContext, row: dict[str, str]):
    """The card of a row, asked for as a dossier of its document asks; None when another row of the
    document stands for it, or when a review rejects it."""
    ref = FigureRef(
        indicator=row["indicator"],
        corridor=row["corridor"],
        territory=row["territory"],
        period=row["period"],
        page=row["page"],
    )
    card = key_figure(
        context.preferring(row["source"]), ref, territory=row["territory"], period=row["period"]
    )
    if card is None or card.source_key != row["source"]:
        return None
    amount = card.values[0].amount
    same = amount is None if not row["value"] else amount == float(row["value"])
    return card if same else None


@pytest.fixture(scope="module")
def sentences(project) -> list[tuple[dict[str, str], str]]:
    """Each row that has a card, and the sentence of its card."""
    context = context_of(project)
    found = [(row, card_of(context, row)) for row in ROWS]
    said = [(row, plain(card.sentence)) for row, card in found if card is not None]
    assert len(said) > 0.85 * len(ROWS)
    return said


def test_every_row_is_said_with_its_digits_or_in_its_words(sentences):
    for row, sentence in sentences:
        if row["printed"]:
            assert row["printed"].lower() in sentence.lower(), sentence
        elif row["indicator"] == "activation_rank":
            assert f"la {row['value']}ᵉ région" in sentence
        elif row["value"]:
            assert float(row["value"]) in numbers(sentence), (identity(row), sentence)
            whole, _, decimals = row["value"].partition(".")
            if decimals and "%" in sentence:
                assert f"{int(whole)},{decimals} %" in sentence, (identity(row), sentence)


def test_every_growth_is_said_with_what_it_starts_from(sentences):
    for row, sentence in sentences:
        if row["change"]:
            assert abs(float(row["change"])) in numbers(sentence), (identity(row), sentence)
            base = row["compared_to"][:4] or "base non précisée"
            assert base in sentence, (identity(row), sentence)


def test_every_noun_of_a_source_is_in_its_sentence(sentences, project):
    for row, sentence in sentences:
        if row["noun"]:
            stem = row["noun"].partition(" ")[0].rstrip("s")
            assert stem in sentence, (identity(row), sentence)
            if not row["printed"]:
                assert row["noun"] in sentence, (identity(row), sentence)


def test_every_sentence_says_the_period_of_its_row(sentences):
    for row, sentence in sentences:
        if row["indicator"].startswith(COUNTED_FROM_A_START):
            assert "depuis le début" in sentence.lower()
            continue
        assert_period(row, sentence)


def assert_period(row: dict[str, str], sentence: str) -> None:
    """The year of a printed period, with its month and its day; no year for one that is not
    printed, unless a growth compares it."""
    year, *rest = row["period"].split("-")
    is_assumed = "assumed" in row["status"]
    if re.fullmatch(r"\d{4}-\d{2}", row["window"]):
        started, month = row["window"].split("-")
        assert f"depuis {MONTHS[int(month) - 1]} {started}" in sentence.lower(), sentence
        return
    if is_assumed and not row["compared_to"]:
        assert not re.search(r"\b20\d\d\b", sentence) or "Objectif" in sentence, sentence
        return
    if row["window"] == "12" and row["indicator"] == "new_activations":
        year = str(int(year) - 1)
    assert year in sentence, (identity(row), sentence)
    if rest and row["window"] != "2":
        assert MONTHS[int(rest[0]) - 1] in sentence, (identity(row), sentence)
    if len(rest) == 2:
        assert re.search(rf"\ble {int(rest[1])}\b", sentence.lower()), (identity(row), sentence)


def test_a_flow_of_months_is_never_said_of_its_last_month_alone(sentences):
    windows = [(row, sentence) for row, sentence in sentences if row["window"].isdecimal()]
    assert len(windows) > 5
    for row, sentence in windows:
        if int(row["window"]) > 1:
            assert re.match(r"(En (un an|deux mois)|Sur les )|.* sur les ", sentence), sentence


def test_a_stock_is_not_said_to_have_happened(sentences, project):
    """« étaient activés », never « ont eu lieu »: a state, in the past when it is dated."""
    indicators = context_of(project).settings.indicators
    states = {"activation_rate", "activated_profiles", "profiles_created", "ambassadors"}
    for row, sentence in sentences:
        if row["indicator"] in states and not row["noun"] and not row["printed"]:
            assert indicators[row["indicator"]].accumulation == "stock"
            verb = "sont" if "assumed" in row["status"] else "étaient"
            assert f" {verb} " in sentence, (identity(row), sentence)


def test_no_sentence_holds_our_own_words(sentences):
    for row, sentence in sentences:
        assert not NEVER.search(sentence), (identity(row), sentence)
        assert sentence.endswith(".") and not sentence[0].islower(), sentence


def known_numbers() -> set[float]:
    """Those of all rows, in absolute value, and the differences of two rates."""
    values = {round(float(row["value"]), 6) for row in ROWS if row["value"]}
    changes = {abs(float(row["change"])) for row in ROWS if row["change"]}
    rates = {value for value in values if value < 100}
    return values | changes | {round(abs(a - b), 1) for a, b in product(rates, rates)}


@pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
def test_every_note_de_lecture_and_alt_text_says_numbers_of_the_data(project, name):
    context = context_of(project)
    request = SHIPPED[name](context) if name in SHIPPED else VISITED[name]
    figure = cached_figure(context, request)
    assert figure is not None
    lecture, alt = plain(figure.lecture), plain(figure.alt)
    assert lecture.endswith(".") and not NEVER.search(lecture), lecture
    assert not re.search(r"soit [+−]|\{|\[", alt), alt
    known = known_numbers()
    for text in (lecture, plain(figure.note)):
        marked = re.sub(r"\d+(,\d+)? fois|environ \S+ %|[\d,]+ % †|\(\d\)|\b20\d\d\b", "", text)
        shares = [found for found in NUMBER.finditer(marked) if is_amount(marked, found)]
        for found in shares:
            amounts = numbers(marked[found.start() : found.end() + 12])
            assert amounts[0] in known, (found[0], text)


def is_amount(text: str, found: re.Match[str]) -> bool:
    """True for a number with a unit that the data measure: not a date, an age, a count of ours."""
    return bool(
        re.match(r" (%|points?|millions?|milliards?|documents|profils)", text[found.end() :])
    )


@pytest.mark.parametrize(
    "dossier", sorted({name.partition("/")[0] for name in SHIPPED if "/" in name})
)
def test_press_texts_are_the_sentences_of_the_cards(project, dossier):
    context = context_of(project)
    if dossier not in context.settings.dossiers:
        assert dossier in context.settings.comparisons
        return
    cards = [
        card for section in publication_of(project, dossier).sections for card in section.cards
    ]
    for card in cards:
        assert card.sentence and not NEVER.search(plain(card.sentence)), card.sentence
