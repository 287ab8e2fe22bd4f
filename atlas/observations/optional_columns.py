"""The columns that a yearly file may have after those of the contract, and what they may hold.

noun: the plural noun that the source uses for what it counts, when it is not the unit of the
indicator (« radiologues »); window: of a rolling figure, the number of months that end with its
period (``12``) or the period it starts with (``2025-08``); status: words, ``assumed`` (the source
does not print the period), ``provisional``, ``revised``; printed: the form in which the source
prints the value when that is not digits (« plus d’un tiers »).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from atlas.observations.wrong_cells import find_cells, is_true_of
from atlas.periods import end_month, is_period, is_window, is_window_start
from atlas.problems import Problem

OPTIONAL_COLUMNS = ("noun", "window", "status", "printed")
ASSUMED = "assumed"
PROVISIONAL = "provisional"
REVISIONS = (PROVISIONAL, "revised")


def _nouns(frame: pd.DataFrame, name: str, known_keys: object) -> Iterable[Problem]:
    yield from find_cells(
        frame,
        "noun",
        frame["noun"].str.contains("[0-9]"),
        name,
        "« {} » n’est pas le nom de ce qui est compté",
        "Écrivez le nom seul, au pluriel, comme la source : radiologues. Le nombre va dans value.",
    )


def _windows(frame: pd.DataFrame, name: str, known_keys: object) -> Iterable[Problem]:
    has_window = frame["window"] != ""
    readable = is_true_of(frame["window"], is_window)
    yield from find_cells(
        frame,
        "window",
        has_window & ~readable,
        name,
        "« {} » n’est pas une durée glissante",
        "Écrivez le nombre de mois qui s’achèvent avec la période (12), ou le mois du début "
        "(2025-08) ; laissez vide pour un état à une date.",
    )
    starts = (
        has_window
        & is_true_of(frame["window"], is_window_start)
        & is_true_of(frame["period"], is_period)
    )
    late = starts & (frame["window"].str[:7] > frame["period"].map(end_month))
    yield from find_cells(
        frame,
        "window",
        late,
        name,
        "la durée commence en « {} », après sa période",
        "La période de la ligne est la fin de la durée : corrigez window ou period.",
    )


def _statuses(frame: pd.DataFrame, name: str, known_keys: object) -> Iterable[Problem]:
    allowed = {ASSUMED, *REVISIONS}
    yield from find_cells(
        frame,
        "status",
        is_true_of(frame["status"], lambda text: not allowed.issuperset(text.split())),
        name,
        "statut inconnu : « {} »",
        "Écrivez assumed (période supposée), provisional (provisoire) ou revised (révisé), "
        "séparés par une espace, ou laissez vide.",
    )
    yield from find_cells(
        frame,
        "status",
        is_true_of(frame["status"], lambda text: set(REVISIONS).issubset(text.split())),
        name,
        "« {} » : un chiffre n’est pas à la fois provisoire et révisé",
        "Gardez un seul des deux mots.",
    )


def _printed_forms(frame: pd.DataFrame, name: str, known_keys: object) -> Iterable[Problem]:
    has_form = frame["printed"] != ""
    yield from find_cells(
        frame,
        "printed",
        has_form & ~frame["printed"].str.contains(r"[^\W\d_]"),
        name,
        "« {} » n’est pas une forme en toutes lettres",
        "Laissez printed vide quand la source imprime un nombre : value suffit.",
    )
    yield from find_cells(
        frame,
        "printed",
        has_form & (frame["value"] == ""),
        name,
        "« {} » n’accompagne aucune valeur",
        "Indiquez dans value le nombre que cette forme dit : 20 pour « un usager sur cinq ».",
    )


OPTIONAL_COLUMN_CHECKS = (_nouns, _windows, _statuses, _printed_forms)
