"""A yearly file of an agency → rows of data/<year>.csv.

The file becomes sheets of cells as they are shown (``file_parsing``, ``csv_reading``,
``workbook_sheets`` with ``workbooks``). An import profile, that of config/imports.yaml or the one
that ``column_detection`` proposes, reads their rows (``row_extraction``). All of this runs in a
guarded worker, whose answer ``workbook_reading`` takes. ``report`` compares the rows with what is
published; ``writing`` adds them to data/, and takes them back.
"""
