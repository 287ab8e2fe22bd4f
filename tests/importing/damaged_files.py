"""Files spoilt at random, for tests that nothing makes the import fail."""

from __future__ import annotations

from functools import partial

import import_cases as cases
from hypothesis import HealthCheck
from hypothesis import strategies as st

HYPOTHESIS_OPTIONS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with pieces cut out, overwritten or repeated."""
    place = st.integers(0, len(content))
    piece = st.tuples(place, st.integers(0, 60), st.binary(max_size=40))

    def spoil(pieces: list[tuple[int, int, bytes]]) -> bytes:
        spoilt = content
        for start, length, other in pieces:
            spoilt = spoilt[:start] + other + spoilt[start + length :]
        return spoilt

    return st.lists(piece, min_size=1, max_size=4).map(spoil)


DAMAGED_CSV = damaged(cases.csv_bytes(cases.annex()))
_WORKBOOK = cases.workbook(cases.annex())
DAMAGED_WORKBOOK = (
    damaged(_WORKBOOK)
    | damaged(cases.open_document(cases.annex()))
    | damaged(cases.sheet_xml(_WORKBOOK)).map(partial(cases.replace_sheet_xml, _WORKBOOK))
)
ANY_BYTES = st.text().map(str.encode) | st.binary()
