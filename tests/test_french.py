"""Numbers and sentences as French public documents print them."""

from __future__ import annotations

import pytest

from atlas import french
from atlas.settings import Indicator

THIN, NBSP, MINUS = "\u202f", "\u00a0", "\u2212"


def indicator(kind: str, unit: str = "", digits: int = 0) -> Indicator:
    return Indicator(
        label="x",
        unit=unit,
        kind=kind,
        accumulation="stock",
        digits=digits,
        theme="usagers",
        definition="x",
        champ="x",
    )


RATE, COUNT = indicator("rate", "%", digits=1), indicator("count", "documents")
RANK, AVERAGE = indicator("rank"), indicator("average", "documents par habitant", digits=1)


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (1234567.8, 1, f"1{THIN}234{THIN}567,8"),
        (9210, 0, f"9{THIN}210"),
        (999, 0, "999"),
        (37.25, 1, "37,3"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (1.005, 2, "1,01"),
        (0.05, 1, "0,1"),
        (37.2, 0, "37"),
        (5, 1, "5,0"),
        (-5, 0, f"{MINUS}5"),
        (-2.25, 1, f"{MINUS}2,3"),
        (-0.04, 1, "0,0"),
        (0, 0, "0"),
    ],
)
def test_thousands_are_spaced_and_halves_go_up(value, digits, said):
    assert french.format_number(value, digits) == said


@pytest.mark.parametrize(
    ("value", "said"), [(2.4, "+2,4"), (-2.4, f"{MINUS}2,4"), (0, "0,0"), (0.04, "0,0")]
)
def test_a_sign_is_shown_on_what_is_not_zero_once_rounded(value, said):
    assert french.format_number(value, 1, sign=True) == said


@pytest.mark.parametrize(
    ("amount", "qualifier", "said"),
    [
        (420_000_000, "over", f"plus de 420{NBSP}millions"),
        (10_000_000, "nearly", f"près de 10{NBSP}millions"),
        (500_000, "about", f"environ 500{THIN}000"),
        (4000, "under", f"moins de 4{THIN}000"),
        (25_052_377, "", f"25{THIN}052{THIN}377"),
        (0, "", "0"),
    ],
)
def test_a_rounded_count_keeps_the_words_of_its_source(amount, qualifier, said):
    assert french.format_value(amount, COUNT, qualifier) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1_372_000, f"1,372{NBSP}million"),
        (1_000_000, f"1{NBSP}million"),
        (1_999_000, f"1,999{NBSP}million"),
        (2_000_000, f"2{NBSP}millions"),
        (2_250_000, f"2,25{NBSP}millions"),
        (11_400_000, f"11,4{NBSP}millions"),
        (999_000, f"999{THIN}000"),
        (3_655_148, f"3{THIN}655{THIN}148"),
        (2_000_000_000, f"2{NBSP}milliards"),
        (1_500_000_000, f"1,5{NBSP}milliard"),
    ],
)
def test_millions_are_exact_and_take_their_plural_at_two(amount, said):
    assert french.format_count(amount) == said


@pytest.mark.parametrize(
    ("amount", "kind", "said"),
    [
        (33.6, RATE, f"33,6{NBSP}%"),
        (97, RATE, f"97{NBSP}%"),
        (37.25, RATE, f"37,3{NBSP}%"),
        (100, RATE, f"100{NBSP}%"),
        (0, RATE, f"0{NBSP}%"),
        (1, RANK, "1ᵉʳ"),
        (2, RANK, "2ᵉ"),
        (3.5, AVERAGE, "3,5"),
        (6, AVERAGE, "6"),
        (float("nan"), COUNT, "non publié"),
        (float("nan"), RATE, "non publié"),
    ],
)
def test_a_value_is_said_after_its_kind_and_a_missing_one_is_not_zero(amount, kind, said):
    assert french.format_value(amount, kind) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (420_000_000, "documents", f"420{NBSP}millions de documents"),
        (7_000_000, "activations", f"7{NBSP}millions d’activations"),
        (40_000_000, "usagers", f"40{NBSP}millions d’usagers"),
        (2_000_000_000, "euros", f"2{NBSP}milliards d’euros"),
        (9210, "personnes", f"9{THIN}210{NBSP}personnes"),
        (0, "dossiers", f"0{NBSP}dossier"),
        (12, "", "12"),
        (float("nan"), "documents", "non publié"),
    ],
)
def test_a_count_says_what_it_counts(amount, unit, said):
    assert french.format_with_unit(amount, indicator("count", unit)) == said


def test_a_rate_does_not_say_its_percent_twice():
    assert french.format_with_unit(33.6, RATE, "about") == f"environ 33,6{NBSP}%"


@pytest.mark.parametrize(
    ("amount", "kind", "said"),
    [
        (2.4, RATE, f"+2,4{NBSP}points"),
        (11.1, RATE, f"+11,1{NBSP}points"),
        (1, RATE, f"+1{NBSP}point"),
        (1.9, RATE, f"+1,9{NBSP}point"),
        (1.96, RATE, f"+2,0{NBSP}points"),
        (-0.5, RATE, f"{MINUS}0,5{NBSP}point"),
        (-2.5, RATE, f"{MINUS}2,5{NBSP}points"),
        (0, RATE, f"0{NBSP}point"),
        (6.000000000000001, RATE, f"+6{NBSP}points"),
        (108, COUNT, f"+108{NBSP}%"),
        (-5, COUNT, f"{MINUS}5{NBSP}%"),
        (2.14, COUNT, f"+2,1{NBSP}%"),
        (900, COUNT, f"+900{NBSP}%"),
        (float("nan"), RATE, "non publié"),
    ],
)
def test_two_rates_differ_in_points_and_two_counts_in_percent(amount, kind, said):
    assert french.format_change(amount, kind) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (8.1, f"8,1{NBSP}points de plus"),
        (-6.1, f"6,1{NBSP}points de moins"),
        (1, f"1,0{NBSP}point de plus"),
        (-1.97, f"2,0{NBSP}points de moins"),
    ],
)
def test_the_gap_to_the_nation_is_said_in_words(amount, said):
    assert french.format_gap(amount, RATE) == said


@pytest.mark.parametrize(
    ("amount", "kind", "said"),
    [
        (9_072_324, COUNT, f"9{THIN}072{THIN}324"),
        (420_000_000, COUNT, f"420{NBSP}M"),
        (1_372_000, COUNT, f"1,372{NBSP}M"),
        (2_000_000_000, COUNT, f"2{NBSP}Md"),
        (957_118, COUNT, f"957{THIN}118"),
        (10_466, COUNT, f"10{THIN}466"),
        (9_210, COUNT, f"9{THIN}210"),
        (17, COUNT, "17"),
        (33.6, RATE, "33,6"),
        (40, RATE, "40,0"),
    ],
)
def test_a_mark_carries_every_figure_and_its_unit(amount, kind, said):
    assert french.format_compact(amount, kind) == said


@pytest.mark.parametrize(
    ("low", "high", "digits", "said"),
    [
        (30, 33, 0, "de 30 à 33"),
        (0.5, 1, 1, "de 0,5 à 1,0"),
        (float("-inf"), 30, 0, "moins de 30"),
        (38, float("inf"), 0, "38 et plus"),
    ],
)
def test_a_class_names_its_bounds(low, high, digits, said):
    assert french.format_class(low, high, digits) == said


def test_a_class_is_an_interval_closed_on_the_left_where_it_has_two_ends():
    assert french.format_interval(30, 33) == f"[30{NBSP};{NBSP}33["
    assert french.format_interval(38, float("inf")) == "38 et plus"


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_a_list_ends_with_and(items, said):
    assert french.join_with_et(items) == said


@pytest.mark.parametrize(("rank", "said"), [(1, "1ᵉʳ"), (2, "2ᵉ"), (11, "11ᵉ"), (21, "21ᵉ")])
def test_only_the_first_rank_is_irregular(rank, said):
    assert french.format_ordinal(rank) == said


def test_a_capital_leaves_the_rest_of_the_sentence_alone():
    assert french.capitalize_first("à Paris, le DMP") == "À Paris, le DMP"
    assert french.capitalize_first("") == ""


@pytest.mark.parametrize(
    "said",
    [
        french.format_value(1_234_567.8, COUNT, "about"),
        french.format_change(1_234.5, COUNT),
        french.format_with_unit(12_000, COUNT, "nearly"),
        french.format_compact(12_345, COUNT),
    ],
)
def test_no_number_is_written_the_english_way_nor_cut_at_a_line_end(said):
    number = said.removeprefix("environ ").removeprefix("près de ")
    assert not set(number) & set(". ") and "12,345" not in number and "1,234" not in number


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (812, "812 octets"),
        (2_300, "2,3 Ko"),
        (5_418, "5,4 Ko"),
        (45_600, "46 Ko"),
        (999_499, "999 Ko"),
        (999_600, "1,0 Mo"),
        (12_000_000, "12 Mo"),
    ],
)
def test_the_size_of_a_file_has_french_units(size, text):
    assert french.format_file_size(size) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("number", "key", "text"),
    [
        ("3.51", "activation_rate", "3,51\u00a0%"),
        ("42.0", "activation_rate", "42\u00a0%"),
        ("12345678", "documents_deposited", "12\u202f345\u202f678"),
    ],
)
def test_a_number_that_is_checked_has_all_its_digits(project, number, key, text):
    assert french.format_exact(number, project.settings.indicators[key]) == text
