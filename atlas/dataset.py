"""One data set: the rows of its yearly files and what is derived from them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atlas import observations as figure_files
from atlas.disclosure import suppress
from atlas.importing.records import ROW_KEY_COLUMNS, ImportedRow
from atlas.indicators import derive
from atlas.observations import KnownKeys
from atlas.settings import Source

# On what is drawn from a file that its visitor alone sees.
SESSION_NOTE = "Chiffres importés pour une session, que ce tableau de bord ne publie pas."


@dataclass(frozen=True)
class Dataset:
    """One data set. observations: published rows without what is secret, then derived ones;
    version: hash of what may be shown, so that nobody checks a guess of a secret value against it.

    A fictitious book and a published one never share a row: each has its own folder, and a source
    of the wrong kind refuses the whole folder. session: sources of the rows that a visitor added
    for the session.
    """

    observations: pd.DataFrame
    sources: dict[str, Source]
    fictitious: bool
    version: str
    session: frozenset[str] = frozenset()

    @property
    def published(self) -> pd.DataFrame:
        """The rows as their sources print them."""
        return self.observations[self.observations["derived"] == ""]


def concat_years(years: Sequence[pd.DataFrame], words: KnownKeys) -> pd.DataFrame:
    """Checked yearly frames as one, without the rows whose words are gone."""
    known = [_still_named(year, words) for year in years]
    return pd.concat(known, ignore_index=True) if known else figure_files.empty()


def build_dataset(
    rows: pd.DataFrame,
    words: KnownKeys,
    *,
    fictitious: bool = False,
    session: frozenset[str] = frozenset(),
) -> Dataset:
    """The rows of yearly files as a book: without what is secret, with what follows from them."""
    frame = suppress(rows, words.settings, words.territories)
    digest = hashlib.sha256(pd.util.hash_pandas_object(frame).to_numpy().tobytes())
    digest.update(words.settings.model_dump_json().encode())
    return Dataset(
        derive(frame, words.settings, words.territories),
        words.sources,
        fictitious,
        digest.hexdigest()[:12],
        session,
    )


def with_session_rows(book: Dataset, rows: Sequence[ImportedRow], words: KnownKeys) -> Dataset:
    """The book of a session: a row of the file takes the place of the same one of the data.

    It starts from what may be shown: a file that gives a cell more contributors, or a smaller
    total, brings no secret value back. words: with the sources of the rows.
    """
    added = figure_files.typed((row.texts() for row in rows), words.settings)
    # After the note of the row: one that begins with « Incertain » keeps its beginning.
    added["note"] = [f"{note} {SESSION_NOTE}".strip() for note in added["note"]]
    keys = pd.MultiIndex.from_frame(added[list(ROW_KEY_COLUMNS)])
    known = book.published
    kept = known[~pd.MultiIndex.from_frame(known[list(ROW_KEY_COLUMNS)]).isin(keys)]
    return build_dataset(
        concat_years([kept, added], words), words, session=frozenset(added["source"])
    )


def _still_named(frame: pd.DataFrame, words: KnownKeys) -> pd.DataFrame:
    """A year kept although its file is refused: without the rows whose words are gone.

    Its indicator, territory, corridor or source may have left the other files since it was read.
    """
    known = frame["indicator"].isin(list(words.settings.indicators))
    known &= frame["corridor"].isin(["", *words.settings.corridors])
    known &= frame["territory"].isin(list(words.territories.by_code))
    return frame[known & frame["source"].isin(list(words.sources))]
