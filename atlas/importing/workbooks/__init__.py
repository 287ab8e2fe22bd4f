"""Workbooks as a spreadsheet shows them: XLSX, XLS and ODS.

What runs in the process of ``workbook_worker``: it knows ``atlas.importing.sheet`` and nothing else
of the library.
"""
