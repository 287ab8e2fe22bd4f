"""Observations in a table of PostgreSQL, in the place of data/<year>.csv.

The table is that of deploy/postgresql/observations.sql: the columns of the contract as texts, in
the order of `id`, and how often the rows of each year have changed, which triggers count. Servers
that read the same database show the same figures, and an import at once.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Hashable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from atlas.observations.checks import ROW_COLUMNS, KnownKeys
from atlas.observations.reading import check_rows
from atlas.observations.source import SourceUnreachableError
from atlas.problems import Problem

if TYPE_CHECKING:
    import psycopg

#: How to connect, as the programs of PostgreSQL take it: « host=… dbname=… user=… », or an
#: address. Only there, and never in a file of the project: it may hold a password.
CONNECTION_VARIABLE = "ATLAS_POSTGRESQL"
#: What a change of the database takes at most to be seen.
SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_TO_CONNECT = 5
_PREFIX = "postgresql/"
_VERSIONS = (
    "select year, changes from observation_years where exists "
    "(select from observations where left(period, 4) = year) order by year"
)
_ROWS = (
    "select row_number() over (order by id), "
    + ", ".join(f"coalesce(\"{column}\", '')" for column in ROW_COLUMNS)
    + " from observations where left(period, 4) = %s order by id"
)

Rows = list[tuple[object, ...]]


class PostgresqlTable:
    """One connection for each process, opened again when it breaks. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._versions: dict[str, Hashable] = {}
        self._rows: dict[str, Rows] = {}  # of years that have changed, until they are read
        self._looked_at = float("-inf")

    def versions(self, folder: Path) -> Mapping[str, Hashable]:
        """The years that have rows, each with how often they have changed.

        All that has changed is fetched together: the years agree. Raises SourceUnreachableError.
        """
        with self._lock:
            if time.monotonic() - self._looked_at >= SECONDS_BETWEEN_LOOKS:
                self._look()
                self._looked_at = time.monotonic()
            return {_PREFIX + year: version for year, version in self._versions.items()}

    def read(
        self, folder: Path, name: str, known_keys: KnownKeys
    ) -> tuple[pd.DataFrame | None, list[Problem]]:
        """One year, checked; the line of a problem is the place of the row in its year."""
        year = name.removeprefix(_PREFIX)
        with self._lock:
            try:
                rows = self._rows.pop(year) if year in self._rows else self._fetch([year])[year]
            except SourceUnreachableError as reason:
                return None, [reason.problem]
        return check_rows(rows, name, known_keys, year=year)

    def _look(self) -> None:
        connection = self._connected()
        import psycopg

        try:
            with connection.transaction():
                connection.execute("set transaction isolation level repeatable read, read only")
                found = {
                    str(year): changes for year, changes in connection.execute(_VERSIONS).fetchall()
                }
                changed = [year for year in found if found[year] != self._versions.get(year)]
                self._rows = {year: rows for year, rows in self._rows.items() if year in found}
                self._rows |= {year: _rows_of(connection, year) for year in changed}
        except psycopg.Error as reason:
            self._disconnect()
            raise _unreachable(reason) from reason
        self._versions = dict(found)

    def _fetch(self, years: list[str]) -> dict[str, Rows]:
        connection = self._connected()
        import psycopg

        try:
            with connection.transaction():
                return {year: _rows_of(connection, year) for year in years}
        except psycopg.Error as reason:
            self._disconnect()
            raise _unreachable(reason) from reason

    def _connected(self) -> psycopg.Connection[tuple[object, ...]]:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        import psycopg  # by who reads a database alone: it takes a tenth of a second to load

        told = os.environ.get(CONNECTION_VARIABLE, "")
        if not told:
            raise SourceUnreachableError(_not_told())
        try:
            self._connection = psycopg.connect(
                told, autocommit=True, connect_timeout=_SECONDS_TO_CONNECT
            )
        except psycopg.Error as reason:
            raise _unreachable(reason) from reason
        return self._connection

    def _disconnect(self) -> None:
        import psycopg

        with suppress(psycopg.Error):
            if self._connection is not None:
                self._connection.close()
        self._connection = None


def _rows_of(connection: psycopg.Connection[tuple[object, ...]], year: str) -> Rows:
    return connection.execute(_ROWS, (year,)).fetchall()


def _not_told() -> Problem:
    return Problem(
        "config.yaml",
        "les chiffres sont à lire dans PostgreSQL, et la variable "
        f"{CONNECTION_VARIABLE} ne dit pas où",
        f"Donnez-la au serveur, comme {CONNECTION_VARIABLE}='host=bases.example.fr dbname=atlas'. "
        "Les chiffres lus avant, s’il y en a, restent affichés.",
        where="observations",
    )


def _unreachable(reason: psycopg.Error) -> SourceUnreachableError:
    """Without what the database says, which may name its host and its accounts."""
    code = reason.sqlstate or type(reason).__name__
    return SourceUnreachableError(
        Problem(
            "config.yaml",
            f"la base PostgreSQL ne répond pas, ou n’a pas la table des chiffres ({code})",
            "Vérifiez qu’elle tourne, le compte et deploy/postgresql/observations.sql. Les "
            "chiffres lus avant, s’il y en a, restent affichés.",
            where="observations",
        )
    )
