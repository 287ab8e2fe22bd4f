"""The fictitious national data set: 101 départements, 107 caisses, 18 régions, six corridors,
2022 to 2026 monthly, plausible in space and time, same contract as data/.

Counts are drawn by département and added up, and a rate is a ratio of two counts: totals equal
their parts to the unit, rates agree with counts to their decimal.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator

from atlas import disclosure
from atlas.disclosure.cells import Cell
from atlas.disclosure.suppression import hidden_cells
from atlas.observations.checks import COLUMNS
from atlas.settings import Settings
from atlas.store.durable_files import write_file
from atlas.territories import Territories

SOURCE = "fictif"
SOURCES = f"""{SOURCE}:
  title: Jeu de données fictif
  publisher: Données fictives, sans valeur statistique
  published: ""
  licence: Sans objet
  file: Généré par atlas/demo.py
  grade: fictitious
"""
MARKER_FILE = ".version"
HIDDEN_CELLS_FILE = ".hidden_cells.json"
MONTHS = [f"{year}-{month:02d}" for year in range(2022, 2027) for month in range(1, 13)][:54]
YEARS = ["2022", "2023", "2024", "2025"]  # complete ones: half of 2026 is no year
CREATED_SHARE = 0.97  # profiles per inhabitant
TYPICAL_POPULATION = 500_000  # of a département whose own is not known
# Levels at January 2022, then the end of 2022 to 2025, then June 2026.
ANCHORS = [0, 11, 23, 35, 47, 53]
ACTIVATION = np.array([3, 8, 15, 24, 33.5, 36.5])
MAX_RATE_PERCENT = 45
CORRIDORS = ["hopital", "biologie", "medecine_ville", "officine", "radiologie", "esms"]
DEPOSITED = (
    1e6
    / 12
    * np.array(
        [  # documents a month, from millions a year
            [2, 24, 44, 62, 80, 88],
            [3, 55, 95, 128, 158, 170],
            [0.6, 28, 76, 126, 186, 212],
            [0.4, 3.2, 5.8, 9, 13, 15],
            [0.9, 11, 21, 29, 36, 39],
            [0.35, 3, 5.4, 8.6, 12.6, 14.6],
        ]
    )
)
SEASON = np.array([1.04, 1, 1.06, 0.98, 0.96, 1, 0.92, 0.74, 1.04, 1.1, 1.04, 1.02])
FEEDING = np.array(
    [
        [1600, 2500, 3200, 3700],
        [180, 220, 250, 262],
        [22_000, 45_000, 62_000, 74_000],
        [3500, 8000, 14_500, 17_500],
        [1900, 2900, 3500, 4100],
        [600, 2100, 5800, 9500],
    ]
)
CONSULTED = 1e6 * np.array(
    [
        [1.2, 3.5, 6.5, 9.8],
        [0.05, 0.15, 0.3, 0.5],
        [2, 6, 12, 21],
        [0.2, 0.7, 1.9, 4.6],
        [0.1, 0.3, 0.6, 1],
        [0.1, 0.4, 1, 2.2],
    ]
)
AMBASSADORS = np.array([[1100, 2600, 4100, 5300]])


@dataclass(frozen=True)
class _Places:
    """Départements, and `wholes`: France and the régions that they add up to.

    sums @ counts of départements = counts of wholes, then of départements.
    region: the index in `wholes` of each département's région.
    """

    wholes: list[str]
    departements: list[str]
    population: np.ndarray
    region: np.ndarray
    sums: np.ndarray


def generate(territories: Territories, *, seed: int = 2022) -> dict[str, pd.DataFrame]:
    """Year → frame with the columns of the contract, every cell a text ready to be written."""
    places, rng = _places(territories), np.random.default_rng(seed)
    wholes, codes, count = places.wholes, places.wholes + places.departements, len(places.wholes)
    tables = [
        *_activation(places, territories, rng),
        *_documents(places, rng),
        _table("structures_feeding", codes, YEARS, _by_territory(places, rng, FEEDING)),
        _table(
            "documents_consulted",
            wholes,
            YEARS,
            _by_territory(places, rng, CONSULTED)[:, :count],
        ),
        _table(
            "ambassadors",
            wholes,
            YEARS,
            _by_territory(places, rng, AMBASSADORS)[0, :count],
        ),
    ]
    figures = pd.concat(tables).assign(source=SOURCE).reindex(columns=list(COLUMNS), fill_value="")
    return {
        str(year): rows.reset_index(drop=True)
        for year, rows in figures.groupby(figures["period"].str[:4])
    }


def ensure_demo(folder: Path, territories: Territories) -> None:
    """Write <year>.csv and sources.yaml when one is missing or another generator made them.

    Safe for several processes at once: each file appears whole, and all write the same bytes.
    """
    version = hashlib.sha256(_own_source() + repr(territories).encode()).hexdigest()
    names = [*sorted({f"{month[:4]}.csv" for month in MONTHS}), "sources.yaml", MARKER_FILE]
    if all((folder / name).is_file() for name in names) and (
        (folder / MARKER_FILE).read_bytes() == version.encode()
    ):
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / "sources.yaml", SOURCES.encode())
    for year, figures in generate(territories).items():
        text = figures.to_csv(index=False, lineterminator="\n")
        write_file(folder / f"{year}.csv", text.encode())
    write_file(folder / MARKER_FILE, version.encode())  # last: an interrupted run starts again


def stored_hidden_cells(
    folder: Path, figures: pd.DataFrame, settings: Settings, territories: Territories
) -> set[Cell]:
    """What `hidden_cells` gives, read from a file of the folder when it was written from the same
    figures, settings, territories and code. Written anew otherwise, where that is allowed.

    Finding them takes seconds at every start of a process. For invented figures only: which cells
    are hidden tells something of secret ones, and a file can be edited.
    """
    path = folder / HIDDEN_CELLS_FILE
    digest = hashlib.sha256(_source_of_hidden_cells())
    digest.update(pd.util.hash_pandas_object(figures, index=False).to_numpy().tobytes())
    digest.update(settings.model_dump_json().encode() + repr(territories).encode())
    with suppress(OSError, ValueError, KeyError, TypeError):  # none yet, or not ours
        kept = json.loads(path.read_text("utf-8"))
        if kept["key"] == digest.hexdigest():
            return {(place, name, part, period) for place, name, part, period in kept["cells"]}
    cells = hidden_cells(figures, settings, territories)
    with suppress(OSError):
        write_file(path, json.dumps({"key": digest.hexdigest(), "cells": sorted(cells)}).encode())
    return cells


@cache
def _source_of_hidden_cells() -> bytes:  # once: an edit under a running server is not what it runs
    modules = Path(disclosure.__file__).parent.glob("*.py")
    return b"".join(module.read_bytes() for module in sorted(modules))


@cache
def _own_source() -> bytes:  # once: an edit under a running server is not what it runs
    return Path(__file__).read_bytes()


def _places(territories: Territories) -> _Places:
    codes = territories.of_kind("DEP")
    wholes = ["FR", *(r for r in territories.of_kind("REG") if territories.of_kind("DEP", r))]
    inside = [[int(territories.is_within(code, whole)) for code in codes] for whole in wholes]
    population = [territories.population.get(code) or TYPICAL_POPULATION for code in codes]
    region = [wholes.index(territories.region_of(code)) for code in codes]
    return _Places(
        wholes,
        codes,
        np.array(population),
        np.array(region),
        np.vstack([inside, np.eye(len(codes), dtype=int)]),
    )


def _field(places: _Places, rng: Generator, regional: float, own: float, layers: int) -> np.ndarray:
    """layers × départements around 0: neighbours share the effect of their région."""
    by_region = rng.normal(0, regional, (layers, len(places.wholes)))
    return by_region[:, places.region] + rng.normal(0, own, (layers, len(places.departements)))


def _by_territory(places: _Places, rng: Generator, national: np.ndarray) -> np.ndarray:
    """Layers × periods of the country → whole counts, layers × territories × periods."""
    layers, periods = national.shape
    weight = places.population * np.exp(_field(places, rng, 0.12, 0.15, layers))
    weight /= weight.sum(axis=1, keepdims=True)
    growth = _field(places, rng, 0.06, 0.06, layers)[:, :, None] * np.linspace(-1, 1, periods)
    noise = rng.normal(1, 0.02, growth.shape)
    counts = weight[:, :, None] * national[:, None, :] * np.exp(growth) * noise
    array: np.ndarray = places.sums @ np.rint(counts).astype(int)
    return array


def _table(key: str, codes: list[str], periods: list[str], values: np.ndarray) -> pd.DataFrame:
    """values: (corridors ×) territories × periods. The total of counts by corridor is added."""
    counts = values.dtype.kind != "f"
    corridors = [""] if values.ndim == 2 else CORRIDORS
    if counts and values.ndim == 3:
        corridors, values = [*CORRIDORS, ""], np.concatenate([values, [values.sum(axis=0)]])
    index = pd.MultiIndex.from_product(
        [corridors, codes, periods], names=["corridor", "territory", "period"]
    )
    texts = np.char.mod("%d" if counts else "%.1f", values).ravel()
    return pd.DataFrame({"indicator": key, "value": texts}, index=index).reset_index()


def _activation(places: _Places, territories: Territories, rng: Generator) -> list[pd.DataFrame]:
    people, count = places.population * CREATED_SHARE, len(places.wholes)
    profiles = places.sums @ np.rint(people[:, None] * _activated_share(places, rng)).astype(int)
    rates = 100 * profiles / (places.sums @ people)[:, None]
    caisses = [territories.caisses_of(code) for code in places.departements]
    # Around 0 in each département, so that a caisse alone has exactly its département's rate.
    gaps = [gap - gap.mean() for gap in (rng.normal(0, 0.05, len(c)) for c in caisses) if len(gap)]
    own = np.repeat(rates[count:], [len(c) for c in caisses], axis=0)
    own *= 1 + np.concatenate([*gaps, []])[:, None]
    codes = places.wholes + places.departements
    return [
        _table("activation_rate", codes + sum(caisses, []), MONTHS, np.vstack([rates, own])),
        _table("activated_profiles", codes, MONTHS, profiles),
        _table(
            "profiles_created_share",
            places.wholes,
            MONTHS,
            np.full_like(rates[:count], 100 * CREATED_SHARE),
        ),
    ]


def _activated_share(places: _Places, rng: Generator) -> np.ndarray:
    """Départements × months, never going down: gains are drawn, and gains are positive."""
    logit = np.interp(
        range(len(MONTHS)), ANCHORS, np.log(ACTIVATION / (MAX_RATE_PERCENT - ACTIVATION))
    )
    curve = MAX_RATE_PERCENT / (1 + np.exp(-logit)) / 100
    # Around 1: a région, a département, and less overseas; clipped so that no rate is below 1 %.
    overseas = np.array([code.startswith("DEP-97") for code in places.departements])
    effect = np.clip(_field(places, rng, 0.055, 0.035, 1)[0] - 0.28 * overseas, -0.5, 0.5)
    effect -= np.average(effect, weights=places.population)  # France keeps its curve
    gains = np.diff(curve, prepend=0) * rng.gamma(9, 1 / 9, (len(effect), len(curve)))
    gains[:, 0] = curve[0]
    array: np.ndarray = gains.cumsum(axis=1) * (1 + effect[:, None])
    return array


def _documents(places: _Places, rng: Generator) -> list[pd.DataFrame]:
    wholes, codes = places.wholes, places.wholes + places.departements
    months, years = np.arange(len(MONTHS)), len(YEARS)
    level = np.exp([np.interp(months, ANCHORS, row) for row in np.log(DEPOSITED)])
    monthly = _by_territory(places, rng, level * SEASON[months % 12])
    yearly = monthly[:, :, : 12 * years].reshape(*monthly.shape[:2], years, 12).sum(axis=3)
    return [
        _table("documents_deposited_monthly", codes, MONTHS, monthly),
        _table("documents_deposited", codes, YEARS, yearly),
        _table("documents_share", wholes, YEARS, _shares(yearly[:, : len(wholes)])),
    ]


def _shares(counts: np.ndarray) -> np.ndarray:
    """Percentages to one decimal whose sum is exactly 100: largest remainders are rounded up."""
    exact = 1000 * counts / counts.sum(axis=0)
    short = 1000 - np.floor(exact).sum(axis=0)
    rank = (-(exact % 1)).argsort(axis=0, kind="stable").argsort(axis=0)
    array: np.ndarray = (np.floor(exact) + (rank < short)) / 10
    return array
