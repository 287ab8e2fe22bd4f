"""One data set: the rows of its yearly files and what is derived from them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from atlas.disclosure.suppression import CellFinder, suppress
from atlas.importing.records import ROW_KEY_COLUMNS, ImportedRow
from atlas.indicators.derivation import derive
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import build_frame, empty
from atlas.observations.row_index import RowIndex
from atlas.observations.selection import select
from atlas.periods import a_year_before
from atlas.settings import Source

Derivation = Callable[[pd.DataFrame, bytes], pd.DataFrame]
# On what is drawn from a file that its visitor alone sees.
SESSION_NOTE = "Chiffres importés pour une session, que ce tableau de bord ne publie pas."


@dataclass(frozen=True)
class Dataset:
    """One data set. observations: published rows without what is secret, then derived ones;
    version: hash of what may be shown, so that nobody checks a guess of a secret value against it.

    A fictitious data set and a published one never share a row: each has its own folder, and a
    source of the wrong kind refuses the whole folder. session: sources of the rows that a visitor
    added for the session; as_published: the published rows in the order of the files, with those
    that the review of findings rejects, which nothing shows and from which nothing is derived.
    """

    observations: pd.DataFrame
    sources: dict[str, Source]
    fictitious: bool
    version: str
    session: frozenset[str] = frozenset()
    as_published: pd.DataFrame = field(default_factory=empty)

    @cached_property
    def index(self) -> RowIndex:
        """Where the observations of an indicator are, made once for a data set."""
        return RowIndex(self.observations)

    def around(self, indicator: str, period: str) -> pd.DataFrame:
        """The observations of an indicator that the snapshot of a period reads: those of the period
        and of a year before, and those of France at any period. Texts are Python's.

        See `atlas.indicators.snapshot.snapshot`.
        """
        found = self.index.at_periods(
            indicator, (period, a_year_before(period)) if period else (), and_of=["FR"]
        )
        # Each of the hundred steps of a snapshot costs these few rows less than as Arrow texts,
        # which are made for many.
        texts = found.select_dtypes("string").columns
        return found.astype(dict.fromkeys(texts, object))

    @property
    def with_rejected(self) -> pd.DataFrame:
        """The observations and the rejected rows: for the check of coherence, which says why they
        are rejected, and for it alone."""
        derived = self.observations[self.observations["derived"] != ""]
        return pd.concat([self.as_published, derived], ignore_index=True)

    @property
    def published(self) -> pd.DataFrame:
        """The rows as their sources print them."""
        return self.observations[self.observations["derived"] == ""]

    def select(
        self,
        *,
        indicator: str | None = None,
        territories: Collection[str] | None = None,
        corridor: str | None = None,
        periods: Collection[str] | None = None,
        with_uncertain: bool = False,
    ) -> pd.DataFrame:
        """The observations about something, certain ones unless told otherwise.

        See `atlas.observations.selection.select`, and atlas.observations.reading for the columns.
        """
        if indicator is None:
            rows = self.observations
        elif territories is None:
            rows = self.index.of_indicator(indicator)
        else:
            rows = self.index.of_territories(indicator, territories)
        return select(
            rows,
            indicator=indicator,
            territories=territories,
            corridor=corridor,
            periods=periods,
            with_uncertain=with_uncertain,
        )


def concat_years(years: Sequence[pd.DataFrame], known_keys: KnownKeys) -> pd.DataFrame:
    """Checked yearly frames as one, without the rows whose keys are gone."""
    known = [_without_unknown_keys(year, known_keys) for year in years]
    return pd.concat(known, ignore_index=True) if known else empty()


def build_dataset(
    rows: pd.DataFrame,
    known_keys: KnownKeys,
    *,
    fictitious: bool = False,
    session: frozenset[str] = frozenset(),
    find_hidden: CellFinder | None = None,
    derive_rows: Derivation | None = None,
) -> Dataset:
    """The rows of yearly files as a data set: without what is secret, with what follows.

    Rows that the review of findings rejects count in what must be hidden, and are set aside.
    find_hidden: what gives the cells to hide, when they have been found before. derive_rows: what
    gives the rows with those that follow from them, of rows and of the hash that stands for them
    and for the settings; `derive` without it.
    """
    frame = suppress(rows, known_keys.settings, known_keys.territories, find_hidden)
    digest = hashlib.sha256(pd.util.hash_pandas_object(frame).to_numpy().tobytes())
    digest.update(known_keys.settings.model_dump_json().encode())
    kept = frame[~frame["rejected"]].reset_index(drop=True)
    return Dataset(
        derive_rows(kept, digest.digest())
        if derive_rows
        else derive(kept, known_keys.settings, known_keys.territories),
        known_keys.sources,
        fictitious,
        digest.hexdigest()[:12],
        session,
        frame,
    )


def with_session_rows(
    dataset: Dataset, rows: Sequence[ImportedRow], known_keys: KnownKeys
) -> Dataset:
    """The data set of a session: a row of the file takes the place of the same one of the data.

    It starts from what may be shown: a file that gives a cell more contributors, or a smaller
    total, brings no secret value back. known_keys: with the sources of the rows.
    """
    added = build_frame((row.texts() for row in rows), known_keys.settings)
    # After the note of the row: one that begins with « Incertain » keeps its beginning.
    added["note"] = [f"{note} {SESSION_NOTE}".strip() for note in added["note"]]
    keys = pd.MultiIndex.from_frame(added[list(ROW_KEY_COLUMNS)])
    shown = dataset.as_published
    kept = shown[~pd.MultiIndex.from_frame(shown[list(ROW_KEY_COLUMNS)]).isin(keys)]
    return build_dataset(
        concat_years([kept, added], known_keys), known_keys, session=frozenset(added["source"])
    )


def _without_unknown_keys(frame: pd.DataFrame, known_keys: KnownKeys) -> pd.DataFrame:
    """A year kept although its file is refused: without the rows whose keys are gone.

    Its indicator, territory, corridor or source may have left the other files since it was read.
    """
    known = frame["indicator"].isin(list(known_keys.settings.indicators))
    known &= frame["corridor"].isin(["", *known_keys.settings.corridors])
    known &= frame["territory"].isin(list(known_keys.territories.by_code))
    return frame[known & frame["source"].isin(list(known_keys.sources))]
