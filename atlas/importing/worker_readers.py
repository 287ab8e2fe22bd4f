"""What a guarded worker does with a file: each function makes bytes, which ``workbook_reading``
understands.

A worker is sent the bytes of the file each time and keeps nothing. The answer is one line of JSON,
and the sheets after it where they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from pydantic import TypeAdapter

from atlas.importing.column_detection import TableProposal, propose_table
from atlas.importing.file_parsing import ParsedFile, parse_file
from atlas.importing.header import MatchedTable
from atlas.importing.profiles import find_matching_profiles, proposal_from_profile
from atlas.importing.records import Extraction
from atlas.importing.row_extraction import extract_rows, extract_tables
from atlas.importing.sheet import Sheet
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile, ProfileColumn

PROBLEMS = TypeAdapter(list[Problem])
PROPOSAL = TypeAdapter(TableProposal | None)
EXTRACTION = TypeAdapter(Extraction)


def sheets_answer(content: bytes, name: str) -> bytes:
    """The sheets of a file."""
    parsed = parse_file(content, name)
    return _answer(parsed)


def file_answer(content: bytes, name: str, known_keys: KnownKeys) -> bytes:
    """The sheets of a file, the keys of the profiles that read it, and the proposal for it."""
    parsed = parse_file(content, name)
    if parsed.problems or not parsed.sheets:
        return _answer(parsed)
    profiles = find_matching_profiles(parsed.sheets, known_keys.settings.import_profiles)
    proposal = propose_table(parsed.sheets, known_keys)
    return _answer(parsed, profiles, dump_proposal(proposal, parsed.sheets))


def proposal_answer(
    content: bytes,
    name: str,
    known_keys: KnownKeys,
    place: int | None,
    profile_key: str,
) -> bytes:
    """The proposal for one sheet, or for all; by a profile, or by none.

    ``place``: of the sheet among those of the file, None for all.
    """
    sheets = parse_file(content, name).sheets
    chosen = sheets if place is None else [sheets[place]]
    if profile_key:
        profile = known_keys.settings.import_profiles[profile_key]
        proposal = proposal_from_profile(chosen, profile)
    else:
        proposal = propose_table(chosen, known_keys)
    return dump_proposal(proposal, sheets)


def extraction_answer(
    content: bytes,
    name: str,
    known_keys: KnownKeys,
    proposal: bytes,
    columns: dict[int, ProfileColumn],
    profile: ImportProfile,
) -> bytes:
    """The rows of the tables of a proposal. ``columns``: what each holds, by its place."""
    sheets = parse_file(content, name).sheets
    settled = load_proposal(proposal, sheets)
    tables: list[MatchedTable] = settled.matched_tables(columns) if settled else []
    return dump_extraction(extract_tables(tables, name, profile, known_keys))


def profile_extraction_answer(
    content: bytes, name: str, known_keys: KnownKeys, profile: ImportProfile
) -> bytes:
    """The rows that a profile reads in a file; a file that is refused gives its refusals alone."""
    parsed = parse_file(content, name)
    if parsed.problems:
        return dump_extraction(Extraction(name, refusals=parsed.problems))
    return dump_extraction(extract_rows(parsed.sheets, name, profile, known_keys))


def dump_proposal(proposal: TableProposal | None, sheets: list[Sheet]) -> bytes:
    """A proposal as JSON, with the places of its sheets in the file for their cells."""
    if proposal is None:
        return b"null"
    places = [_place_of(table.sheet, sheets) for table in (proposal, *proposal.series)]
    bare = replace(_without_cells(proposal), series=tuple(map(_without_cells, proposal.series)))
    return json.dumps({"places": places}).encode() + b"\n" + PROPOSAL.dump_json(bare)


def load_proposal(content: bytes, sheets: list[Sheet]) -> TableProposal | None:
    """The proposal of such JSON, for the sheets of the same file."""
    first, _, rest = content.partition(b"\n")
    if not rest:
        return None
    bare = PROPOSAL.validate_json(rest)
    assert bare is not None
    places = [int(place) for place in json.loads(first)["places"]]
    tables = [
        replace(table, sheet=_with_cells(table.sheet, sheets[place]))
        for table, place in zip((bare, *bare.series), places, strict=True)
    ]
    return replace(tables[0], series=tuple(tables[1:]))


def dump_extraction(extraction: Extraction) -> bytes:
    """An extraction as JSON; the keys of a JSON object would be texts alone."""
    bare = replace(extraction, without_figure={})
    figures = [[*key, kind] for key, kind in extraction.without_figure.items()]
    return json.dumps(figures).encode() + b"\n" + EXTRACTION.dump_json(bare)


def load_extraction(content: bytes) -> Extraction:
    """The extraction of such JSON."""
    first, _, rest = content.partition(b"\n")
    extraction = EXTRACTION.validate_json(rest)
    for territory, indicator, corridor, period, kind in json.loads(first):
        extraction.without_figure[territory, indicator, corridor, period] = kind
    return extraction


def _answer(parsed: ParsedFile, profiles: Iterable[str] = (), proposal: bytes = b"null") -> bytes:
    head = {
        "problems": PROBLEMS.dump_python(parsed.problems),
        "profiles": list(profiles),
        "proposal": proposal.decode(),
    }
    return "\n".join([json.dumps(head, ensure_ascii=False), *parsed.lines()]).encode()


def _without_cells(proposal: TableProposal) -> TableProposal:
    return replace(proposal, sheet=replace(proposal.sheet, cells=[]), series=())


def _place_of(sheet: Sheet, sheets: list[Sheet]) -> int:
    """Which sheet of the file one is, or was before its rows became columns."""
    named = [place for place, other in enumerate(sheets) if other.name == sheet.name]
    if len(named) == 1:
        return named[0]
    return next(place for place in named if _is_same(sheet, sheets[place]))


def _is_same(sheet: Sheet, original: Sheet) -> bool:
    return sheet.cells is original.cells or (
        sheet.transposed and _with_cells(sheet, original).cells == sheet.cells
    )


def _with_cells(bare: Sheet, original: Sheet) -> Sheet:
    """A sheet of a proposal with the cells of that of the file."""
    if not bare.transposed:
        return replace(bare, cells=original.cells)
    return replace(bare, cells=original.transpose_from(bare.top - original.top).cells)
