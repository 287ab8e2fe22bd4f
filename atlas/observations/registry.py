"""The places that observations can be read from, by the word of `observations` in config.yaml.

Another one is one module with the two functions of `source.ObservationSource`, and its name here.
"""

from __future__ import annotations

from atlas.observations.postgresql import PostgresqlTable
from atlas.observations.source import ObservationSource
from atlas.observations.yearly_files import YearlyFiles

YEARLY_FILES = "yearly_files"
OBSERVATION_SOURCES: dict[str, ObservationSource] = {
    YEARLY_FILES: YearlyFiles(),
    "postgresql": PostgresqlTable(),
}
