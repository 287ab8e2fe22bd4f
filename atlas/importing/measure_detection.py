"""What a column of numbers counts: told by its title and its neighbours, or asked."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median

from atlas.importing.dates import names_part_of_year, periods_in
from atlas.importing.measure_candidates import (
    MIN_LIKENESS,
    Candidate,
    MeasureColumn,
    find_candidates,
    scale_of,
)
from atlas.importing.records import ColumnGuess
from atlas.importing.text_matching import find_corridor, normalise, significant_words
from atlas.importing.titles import NEGATION_PATTERN, ColumnTitle, read_title, word_stems
from atlas.observations.checks import KnownKeys
from atlas.settings import Indicator
from atlas.settings.import_profiles import ColumnUnit, ProfileColumn
from atlas.territories import Kind

_MIN_SHARE_OF_LABEL = 0.6  # of the words of a label, in the titles that name its indicator
_MIN_SHARE_OF_FRACTIONS = 0.8  # of the numbers of a column, under 1, for them to look like them
_FRACTION_QUESTION = "des fractions (0,009 pour 0,9 %), ou des pourcentages ?"
_MAX_SPREAD_OF_SMALL_RATES = 30  # of the largest to the median, where most are at most 1
_MIN_LEAD = 0.1  # of the likeness of one indicator over that of the next
_MAX_GROWTH_WITHOUT_SIGN = 100.0  # percent; beyond it the column may be a difference of counts
_STEMS_OF_LEVEL: dict[Kind | None, frozenset[str]] = {
    "DEP": frozenset({"depar", "dep", "dpt"}),
    "REG": frozenset({"regio", "reg"}),
    "CPAM": frozenset({"caiss", "cpam", "prima", "assur", "malad"}),
    "FR": frozenset({"natio", "franc"}),
}
_UNIT_NAMES: dict[ColumnUnit, str] = {
    "": "",
    "fraction": "des fractions : 0,336 pour 33,6 %",
    "points": "des points",
    "thousands": "en milliers",
    "millions": "en millions",
}
_VALUE_WORDS = frozenset(
    ("valeur", "valeurs", "donnee", "donnees", "indicateur", "chiffre", "chiffres", "resultat")
    + ("resultats", "total", "ensemble", "niveau", "mesure", "effectif")
)
_TITLE_PARTS_PATTERN = re.compile(r"\s/\s|\s[-–—:]\s|[(),;]")


def detect_measure(
    column: MeasureColumn, known_keys: KnownKeys, *, rows_name_indicator: bool
) -> ColumnGuess:
    """What a column of numbers holds; ignored, with a question, when its titles do not settle it.

    ``rows_name_indicator``: whether each row names its own indicator.
    """
    text = column.text
    if names_part_of_year(text):
        return _ignore(column, "Un trimestre ou un semestre n’est pas une période du tableau.")
    title = read_title(text)
    corridor, rest = _split_corridor(text, known_keys)
    if not title.stems and not corridor and not _awaits_table_title(text, title):
        return _ignore(column, "Le titre ne dit pas ce que la colonne compte.")
    if rows_name_indicator and (title.stems or title.is_target):
        question = f"« {text} » : est-ce aussi un chiffre de l’indicateur de la ligne ?"
        return _ignore(
            column, "Chaque ligne nomme son indicateur, ce titre dit autre chose.", question
        )
    if rows_name_indicator:
        return ColumnGuess(
            column.index,
            ProfileColumn(
                header=insert_placeholders(text, title.is_change),
                holds="change" if title.is_change else "value",
            ),
            "Chaque ligne nomme son indicateur.",
        )
    if corridor:
        title = read_title(rest)
    if title.is_target and not title.stems:
        return _ignore(
            column,
            "Le titre dit un objectif, sans dire de quoi.",
            f"« {text} » : l’objectif de quel indicateur ?",
        )
    if title.is_change and not title.stems:
        return _change_of_left_column(column, title, known_keys)
    return _detect_by_title(column, title, corridor, known_keys)


def _awaits_table_title(text: str, title: ColumnTitle) -> bool:
    """Whether a title that does not say what is counted leaves it to the table.

    « 2025 », « Nombre », « % » do, « N° » does not.
    """
    says_something = title.unit or title.groups or title.windows or title.is_rank or title.is_share
    return bool(
        says_something
        or title.is_change
        or title.is_count
        or title.is_target
        or periods_in(text)
        or _VALUE_WORDS & set(normalise(text).split())
    )


def insert_placeholders(text: str, is_change: bool) -> str:
    """A title with placeholders for its periods, so that next year's is the same."""
    dates = periods_in(text)
    if len(dates) == 1:
        return text.replace(next(iter(dates)), "{compared_to}" if is_change else "{period}")
    if is_change and len(dates) == 2 and all(map(str.isdecimal, dates)):
        base, year = sorted(dates)
        return text.replace(base, "{compared_to}").replace(year, "{period}")
    return text


def _ignore(
    column: MeasureColumn, reason: str, question: str = "", spec: ProfileColumn | None = None
) -> ColumnGuess:
    """A column that is not read; ``spec``: what it would be, where a question may settle it."""
    ignored = ProfileColumn(header=column.text, holds="ignored")
    return ColumnGuess(column.index, ignored, reason, question, spec)


def _change_of_left_column(
    column: MeasureColumn, title: ColumnTitle, known_keys: KnownKeys
) -> ColumnGuess:
    """« Évolution » alone belongs to the figures at its left."""
    left = column.left
    if left is None or left.column.holds not in ("value", "change"):
        return _ignore(
            column, "Cette évolution suit une colonne qui n’est pas lue, ou aucune colonne."
        )
    indicator = known_keys.settings.indicators[left.column.indicator]
    spec = ProfileColumn(
        header=insert_placeholders(column.text, is_change=True),
        holds="change",
        indicator=left.column.indicator,
        corridor=left.column.corridor,
    )
    return _with_change_unit(
        column,
        title,
        spec,
        indicator,
        f"Évolution de la colonne à sa gauche, « {indicator.label} »",
    )


def _with_change_unit(
    column: MeasureColumn,
    title: ColumnTitle,
    spec: ProfileColumn,
    indicator: Indicator,
    reason: str,
) -> ColumnGuess:
    """A column of changes with its unit: points of a percentage, or percent of the rest."""
    units = {number.unit for number in column.numbers}
    amounts = [abs(float(number.value)) for number in column.numbers]
    says_points = title.unit == "points" or "points" in units
    says_percent = "%" in units or (title.unit == "%" and not says_points)
    if indicator.in_percent:
        if says_percent and not says_points:
            question = (
                f"« {column.text} » : l’évolution d’un pourcentage est-elle en points, "
                "ou est-ce une croissance en % ?"
            )
            return _ignore(column, f"{reason}, sans dire si elle est en points.", question, spec)
        points = replace_unit(spec, "points" if "%" in units else "")
        return ColumnGuess(column.index, points, f"{reason}, en points.")
    if says_points:
        question = f"« {column.text} » : un nombre n’évolue pas en points. Est-ce une croissance ?"
        return _ignore(column, f"{reason}, mais en points.", question, spec)
    if not says_percent and max(amounts) > _MAX_GROWTH_WITHOUT_SIGN:
        question = f"« {column.text} » : une croissance en %, ou une différence ?"
        return _ignore(column, f"{reason}, sans unité.", question, spec)
    if not says_percent and max(amounts) < 1:
        question = f"« {column.text} » : des fractions (0,05 pour 5 %), ou des pourcentages ?"
        return _ignore(column, f"{reason}, sans unité.", question, replace_unit(spec, "fraction"))
    return ColumnGuess(column.index, spec, f"{reason}, en %.")


def replace_unit(spec: ProfileColumn, unit: ColumnUnit) -> ProfileColumn:
    """The same column with another unit."""
    return spec.model_copy(update={"unit": unit})


def _detect_by_title(
    column: MeasureColumn, title: ColumnTitle, corridor: str, known_keys: KnownKeys
) -> ColumnGuess:
    scope = _with_table_title(column, title)
    candidates = find_candidates(column, scope, known_keys)
    if not candidates or candidates[0].likeness < MIN_LIKENESS:
        return _ignore(column, _reason_of_no_candidate(scope))
    explained = [c for c in candidates if not _unexplained_words(column, title, c.indicator)]
    first = (explained or candidates)[0]
    best = _of_the_month(first, column, scope, known_keys)
    spec = ProfileColumn(
        header=insert_placeholders(column.text, title.is_change),
        holds="change" if title.is_change else "value",
        indicator=best.key,
        corridor=corridor,
    )
    rivals = [
        c
        for c in explained
        if c.key not in (first.key, best.key) and c.likeness > first.likeness - _MIN_LEAD
    ]
    doubt = _doubt_about(best, rivals, column, title, scope, known_keys)
    if doubt:
        question = f"« {column.text} » : est-ce « {best.indicator.label} » ?"
        return _ignore(column, doubt, question, spec)
    reason = f"D’après le titre « {column.text} » : « {best.indicator.label} »"
    if not title.stems:
        reason = f"D’après les titres du tableau : « {best.indicator.label} »"
    if corridor:
        reason += f", {known_keys.settings.corridors[corridor].label}"
    if title.is_change:
        return _with_change_unit(column, title, spec, best.indicator, reason)
    unit, question = _value_unit(column, title, best.indicator)
    spec = replace_unit(spec, unit)
    if question:
        return _ignore(column, f"{reason}.", f"« {column.text} » : {question}", spec)
    return ColumnGuess(
        column.index, spec, f"{reason}, {_UNIT_NAMES[unit]}." if unit else f"{reason}."
    )


def _with_table_title(column: MeasureColumn, title: ColumnTitle) -> ColumnTitle:
    """The title of a column, completed by those of its table.

    A table about those of 60 and over is so in each column; « 2025 » alone is what the table says.
    """
    table = read_title(column.header.title)
    # « Hors Mayotte » above a table is about its total, not about each column.
    groups = title.groups | {g for g in table.groups if not NEGATION_PATTERN.fullmatch(g)}
    if title.stems:
        windows = title.windows or (table.windows if title.stems <= table.stems else frozenset())
        return replace(title, groups=groups, windows=windows)
    return replace(
        title,
        stems=table.stems,
        groups=groups,
        windows=title.windows or table.windows,
        is_share=title.is_share or (table.is_share and not title.is_count and not title.is_rank),
    )


def _reason_of_no_candidate(scope: ColumnTitle) -> str:
    limits = sorted(scope.groups | scope.windows)
    if limits:
        quoted = ", ".join(f"« {limit} »" for limit in limits)
        return f"Aucun indicateur de la configuration ne correspond à ce titre avec {quoted}."
    if scope.is_target:
        return "Aucun objectif de la configuration ne correspond à ce titre."
    return "Aucun indicateur de la configuration ne correspond à ce titre et à ces nombres."


def _of_the_month(
    best: Candidate, column: MeasureColumn, scope: ColumnTitle, known_keys: KnownKeys
) -> Candidate:
    """Documents of a month are those of the monthly indicator, where there is one."""
    periods = set(periods_in(column.text).values())
    is_month = bool(periods) and all(len(period) >= len("2025-12") for period in periods)
    if not is_month or best.indicator.accumulation != "flow" or scope.windows:
        return best
    label = read_title(best.indicator.label)
    for key, indicator in known_keys.settings.indicators.items():
        other = read_title(indicator.label)
        if replace(other, windows=label.windows) == label and other.windows == {"mois"}:
            return Candidate(key, indicator, best.likeness)
    return best


def _doubt_about(
    best: Candidate,
    rivals: list[Candidate],
    column: MeasureColumn,
    title: ColumnTitle,
    scope: ColumnTitle,
    known_keys: KnownKeys,
) -> str:
    """What keeps a column from being read without asking; empty when all is explained."""
    indicator = best.indicator
    label = read_title(indicator.label)
    unexplained = _unexplained_words(column, title, indicator)
    if unexplained:
        quoted = " et ".join(f"« {word} »" for word in unexplained)
        return f"Le titre ressemble à « {indicator.label} », qui n’explique pas {quoted}."
    if rivals:
        return f"Le titre peut être « {indicator.label} » ou « {rivals[0].indicator.label} »."
    in_titles = label.stems & (scope.stems | word_stems(column.header.title))
    if len(in_titles) < _MIN_SHARE_OF_LABEL * len(label.stems) and not scope.is_rank:
        return f"Le titre ne dit pas tout ce que dit « {indicator.label} »."
    if indicator.kind == "count" and not title.is_change:
        counted = word_stems(indicator.unit)
        if counted and not counted & (scope.stems | word_stems(column.header.title)):
            return f"Le titre ne dit pas ce qui est compté : « {indicator.unit} » ?"
    if indicator.in_percent and not title.is_change and not _shows_percentage(column, scope):
        return f"Le titre ne dit pas si c’est « {indicator.label} », en %, ou un nombre."
    if indicator.in_percent and not title.is_change and not _says_percentage(column, scope):
        count_label = _count_of_title(scope, known_keys)
        if count_label:
            return f"Le titre dit « {count_label} », un nombre, et les cellules ont des décimales."
    return ""


def _count_of_title(scope: ColumnTitle, known_keys: KnownKeys) -> str:
    """The label of the count that a title names in full; empty for none."""
    for indicator in known_keys.settings.indicators.values():
        label = read_title(indicator.label)
        is_of_same = (label.groups, label.is_target) == (scope.groups, scope.is_target)
        if indicator.kind == "count" and label.stems == scope.stems and is_of_same:
            return indicator.label
    return ""


def _says_percentage(column: MeasureColumn, scope: ColumnTitle) -> bool:
    """Whether words or signs say that the numbers are percentages, beyond their decimals."""
    signs = any(number.unit == "%" for number in column.numbers)
    return scope.is_share or scope.unit == "%" or signs


def _shows_percentage(column: MeasureColumn, scope: ColumnTitle) -> bool:
    return _says_percentage(column, scope) or any("." in n.value for n in column.numbers)


def _unexplained_words(
    column: MeasureColumn, title: ColumnTitle, indicator: Indicator
) -> list[str]:
    """The words of a title that neither the indicator nor the level of the table explains."""
    known = word_stems(f"{indicator.label} {indicator.definition} {indicator.champ}")
    known |= word_stems(indicator.reading) | word_stems(indicator.unit)
    known |= _STEMS_OF_LEVEL.get(column.level, frozenset())
    words = []
    for stem in sorted(title.stems - known):
        spoken = (w for w in significant_words(column.text) if w.startswith(stem))
        words.append(next(spoken, stem))
    if title.unit == "other":
        words.append("l’unité")
    return words


def _value_unit(
    column: MeasureColumn, title: ColumnTitle, indicator: Indicator
) -> tuple[ColumnUnit, str]:
    """The unit of a column of levels, and the question when nothing settles it, or empty."""
    if not indicator.in_percent:
        return (scale_of(column, title) if indicator.kind == "count" else ""), ""
    says_percent = title.unit == "%" or read_title(column.header.title).unit == "%"
    without_sign = [float(number.value) for number in column.numbers if not number.unit]
    small = sum(amount <= 1 for amount in without_sign)
    if says_percent or not without_sign:
        return "", ""
    if small < _MIN_SHARE_OF_FRACTIONS * len(without_sign):
        # Fractions with a percentage among them, such as one that was typed by hand.
        spread = max(without_sign) / (median(without_sign) or 1)
        if 2 * small <= len(without_sign) or spread <= _MAX_SPREAD_OF_SMALL_RATES:
            return "", ""
        return "fraction", _FRACTION_QUESTION
    if indicator.lowest >= 1 and small == len(column.numbers):  # as percentages they are refused
        return "fraction", ""
    return "fraction", _FRACTION_QUESTION


def _split_corridor(text: str, known_keys: KnownKeys) -> tuple[str, str]:
    """The corridor that a part of a title names, and the rest of the title."""
    parts = [part.strip() for part in _TITLE_PARTS_PATTERN.split(text) if part.strip()]
    corridor_by_part = {part: find_corridor(_bare(part), known_keys.settings) for part in parts}
    corridors = {corridor for corridor in corridor_by_part.values() if corridor}
    if len(corridors) != 1:
        return "", text
    return corridors.pop(), " / ".join(part for part, key in corridor_by_part.items() if not key)


def _bare(part: str) -> str:
    """A part of a title without its periods: « Hôpital 2025 »."""
    for written in sorted(periods_in(part), key=len, reverse=True):
        part = part.replace(written, " ")
    return part
