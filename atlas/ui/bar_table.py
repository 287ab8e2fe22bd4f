"""A figure that is read as a table: HTML with a small bar behind each value."""

from __future__ import annotations

import math
from html import escape

from atlas.figures.common.figure import Figure, Numbers
from atlas.french import NBSP, keep_with_punctuation

STYLE = """<style>
.barres{width:100%;border-collapse:collapse;font-size:.95rem}
.barres td,.barres th{padding:.4rem .6rem;text-align:right;font-weight:400;
 border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}
.barres thead th{font-size:.85rem;opacity:.85;vertical-align:bottom}
.barres tbody th,.barres thead th.nom{text-align:left}
.barres .rang{text-align:left;white-space:nowrap;opacity:.85;font-size:.85rem}
.barres .fond{width:32%;padding-left:1.2rem;white-space:nowrap;background:var(--teinte) left center
 no-repeat content-box;background-size:calc((100% - 4.2rem)*var(--part)) .75rem}
@media(max-width:640px){.barres{font-size:.85rem}.barres td,.barres th{padding:.35rem .25rem}
 .barres .rang{display:none}.barres .fond{padding-left:.6rem;
  background-size:calc((100% - 3.3rem)*var(--part)) .75rem}}
.defile{overflow-x:auto}
</style>"""
RANK, CHANGE = "Rang", "Évolution"


def table(figure: Figure, colour: str) -> str:
    """The table of a figure; the column of the levels now has bars, from zero.

    colour: of the bars.
    """
    name = [column for column in figure.numbers if column != CHANGE][0]
    levels = figure.numbers[name]
    top = max((value for value in levels.values if not math.isnan(value)), default=0.0)
    heads = "".join(
        f"<th scope=col{_kind(str(column))}>{escape(str(column))}</th>".replace(NBSP, " ")
        for column in figure.table
    )  # a date may break over two lines
    rows = []
    for place, cells in enumerate(figure.table.astype(str).to_dict("records")):
        rows.append(
            "<tr>"
            + "".join(
                _cell(str(column), text, _share(levels, place, top) if column == name else None)
                for column, text in cells.items()
            )
            + "</tr>"
        )
    tint = f"linear-gradient({colour} 0 0)"
    return (
        f"{STYLE}<div class=defile role=region tabindex=0 aria-label='{_text(figure.title)}'>"
        f"<table class=barres style='--teinte:{tint}'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _share(numbers: Numbers, place: int, top: float) -> float | None:
    """Length of the bar of a cell, from 0 to 1; None where there is no value."""
    if math.isnan(numbers.values[place]) or top <= 0:
        return None
    return max(0.0, numbers.values[place]) / top


def _cell(name: str, text: str, share: float | None) -> str:
    if name == "Territoire":
        return f"<th scope=row>{_text(text)}</th>"
    if share is None:
        return f"<td{_kind(name)}>{_text(text)}</td>"
    return f"<td class=fond style='--part:{share:.3f}'>{_text(text)}</td>"


def _kind(name: str) -> str:
    return " class=rang" if name == RANK else " class=nom" if name == "Territoire" else ""


def _text(text: str) -> str:
    return keep_with_punctuation(escape(text))
