"""A yearly file of an agency → rows of data/<year>.csv: proposed, reported on, then written."""

from atlas.importing.dates import read_period
from atlas.importing.guess import Proposal, propose
from atlas.importing.recipe import reading_of, recipe_of, recipe_text, recognised
from atlas.importing.records import Blank, Extract, Guess, Row
from atlas.importing.remembering import remember
from atlas.importing.report import Doubt, FileReport, report_on
from atlas.importing.rows import extract
from atlas.importing.sheets import MAX_BYTES, Sheet, read_sheets
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
    "reading_of",
    "recipe_of",
    "recipe_text",
    "recognised",
    "recover",
    "remember",
    "report_on",
    "undo",
]
