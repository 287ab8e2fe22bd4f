"""A yearly file of an agency → rows of data/<year>.csv.

The file becomes sheets of cells as they are shown (``workbook_reading``, ``csv_reading``; a
workbook in a process of its own, with ``workbooks``). An import profile, that of
config/imports.yaml or the one that ``column_detection`` proposes, reads their rows
(``row_extraction``). ``report`` compares these with what is published; ``writing`` adds them to
data/, and takes them back.
"""
