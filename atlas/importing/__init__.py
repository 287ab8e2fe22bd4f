"""A yearly file of an agency → rows of data/<year>.csv: proposed, reported on, then written."""

from atlas.importing.guess import Guess, Proposal, propose
from atlas.importing.recipe import recipe_of, recipe_text, recognised
from atlas.importing.records import Blank, Extract, Row
from atlas.importing.report import Doubt, FileReport, report_on
from atlas.importing.rows import extract
from atlas.importing.sheets import Sheet, read_sheets
from atlas.importing.writing import Written, accept, last_import, recover, undo

__all__ = ["Blank", "Doubt", "Extract", "FileReport", "Guess", "Proposal", "Row", "Sheet",
           "Written", "accept", "extract", "last_import", "propose", "read_sheets", "recipe_of", "recipe_text",
           "recognised", "recover", "report_on", "undo"]
