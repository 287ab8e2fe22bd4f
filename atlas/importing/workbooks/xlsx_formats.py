"""Number formats of the styles of an XLSX, and those that every workbook knows."""

from __future__ import annotations

from atlas.importing.workbooks.number_format import GENERAL
from atlas.importing.workbooks.xlsx_package import Package, unescape

DAY_FORMAT = "dd/mm/yyyy"
# Formats that every workbook knows without naming them, as a French spreadsheet has them.
_BUILT_IN_FORMATS = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '#,##0 "€";-#,##0 "€"',
    6: '#,##0 "€";[Red]-#,##0 "€"',
    7: '#,##0.00 "€";-#,##0.00 "€"',
    8: '#,##0.00 "€";[Red]-#,##0.00 "€"',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: DAY_FORMAT,
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: f"{DAY_FORMAT} h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '#,##0 "€";-#,##0 "€";"-" "€"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00 "€";-#,##0.00 "€";"-" "€"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
} | dict.fromkeys([*range(27, 37), *range(50, 59)], DAY_FORMAT)


def read_formats(package: Package, path: str) -> list[str]:
    """The number format of each style of cell."""
    if not path:
        return [GENERAL]
    named, formats = dict(_BUILT_IN_FORMATS), []
    for local, element in package.elements(path):
        if local == "numFmt" and element.get("numFmtId"):
            named[int(element.get("numFmtId", "0"))] = unescape(element.get("formatCode", ""))
        elif local == "cellXfs":
            formats = [int(xf.get("numFmtId", "0")) for xf in element]
    return [named.get(number, GENERAL) for number in formats] or [GENERAL]
