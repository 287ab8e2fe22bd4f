"""A yearly file of an agency → rows of data/<year>.csv: proposed, reported on, then written."""

from atlas.importing.column_detection import Proposal, propose
from atlas.importing.dates import read_period
from atlas.importing.profile_saving import save_profile
from atlas.importing.profiles import profile_of, profile_of_proposal, profile_text, recognise
from atlas.importing.records import Blank, Extract, Guess, Row
from atlas.importing.report import Doubt, FileReport, report_on
from atlas.importing.rows import extract
from atlas.importing.workbook_reading import MAX_BYTES, Sheet, read_sheets
from atlas.importing.writing import Written, accept, last_import, recover, undo
from atlas.importing.yearly import KEY

__all__ = [
    "KEY",
    "MAX_BYTES",
    "Blank",
    "Doubt",
    "Extract",
    "FileReport",
    "Guess",
    "Proposal",
    "Row",
    "Sheet",
    "Written",
    "accept",
    "extract",
    "last_import",
    "propose",
    "read_period",
    "read_sheets",
    "profile_of_proposal",
    "profile_of",
    "profile_text",
    "recognise",
    "recover",
    "save_profile",
    "report_on",
    "undo",
]
