"""Workbooks as a spreadsheet shows them: XLSX, XLS and ODS.

It knows ``atlas.importing.sheet`` and nothing else of the library.
"""
