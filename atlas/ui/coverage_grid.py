"""The grid of the page Couverture: one small table for each région, HTML that reads on a phone."""

from __future__ import annotations

from html import escape

from atlas.figures.common.style import Style
from atlas.french import NBSP, capitalize_first, keep_with_punctuation
from atlas.tables.coverage import STATES
from atlas.tables.coverage_grid import Grid

# A sign for each state, so that none is told by its colour alone.
SIGNS = {"published": "●", "derived": "†", "uncertain": "?", "change": "±", "secret": "s", "": "–"}
_STYLE = """<style>
.grilles{column-width:calc(9.4rem + var(--dates)*2.45rem);column-gap:1.2rem;margin-top:.8rem}
.grilles>div{break-inside:avoid;overflow-x:auto;margin-bottom:.9rem}
.grille{border-collapse:separate;border-spacing:2px;font-size:.85rem;line-height:1.3}
.grille caption{text-align:left;font-weight:600;font-size:.92rem;white-space:nowrap}
.grille th{font-weight:400;text-align:left;padding:.05rem .4rem .05rem 0;
 min-width:8.9rem;max-width:8.9rem}
.grille thead th{font-size:.75rem;line-height:1.1;text-align:center;padding:0}
.grille thead th+th{min-width:2.3rem;max-width:2.3rem}
.grille thead th.choisie{font-weight:700;text-decoration:underline}
.grille td,.cle i{text-align:center;border-radius:.2rem;font-style:normal;padding:0;
 border:1px solid transparent}
.cle{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;margin:0!important;
 padding:0!important;font-size:.85rem}
.cle li{margin:0;padding:0}
.cle i{display:inline-block;width:1.7rem;margin-right:.35rem}
.published{background:var(--plein);color:var(--papier)}
.derived{background:color-mix(in srgb,var(--plein) 22%,transparent);
 border-color:var(--plein)!important}
.uncertain,.change,.secret{border:1px dashed currentColor!important}
.absent{background:color-mix(in srgb,currentColor 7%,transparent)}
</style>"""


def grid(shown: Grid, style: Style, *, fictitious: bool) -> str:
    """The key of the signs, then a table for each group; style: of the screen."""
    colours = f"--plein:{style.primary};--papier:{style.paper};--dates:{len(shown.labels)}"
    used = [state for state in SIGNS if state == "" or _has(shown, state)]
    names = {**STATES, "published": "fictif"} if fictitious else STATES
    key = "".join(
        f"<li><i class={state or 'absent'}>{SIGNS[state]}</i>{capitalize_first(names[state])}</li>"
        for state in used
    )
    tables = "".join(f"<div>{_table(shown, place)}</div>" for place in range(len(shown.groups)))
    return (
        f"{_STYLE}<div style='{colours}'><ul class=cle>{key}</ul>"
        f"<div class=grilles>{tables}</div></div>"
    )


def _has(shown: Grid, state: str) -> bool:
    return any(
        cell.state == state for group in shown.groups for _, cells in group.rows for cell in cells
    )


def _table(shown: Grid, place: int) -> str:
    group = shown.groups[place]
    heads = "".join(
        f"<th scope=col{' class=choisie' if i == shown.chosen else ''}>"
        f"{escape(label).replace(NBSP, ' ')}</th>"  # a date may break over two lines
        for i, label in enumerate(shown.labels)
    )
    rows = "".join(
        f"<tr><th scope=row>{_text(name)}</th>"
        + "".join(
            f"<td class={cell.state or 'absent'} title='{_text(cell.text)}'>"
            f"{SIGNS[cell.state]}</td>"
            for cell in cells
        )
        + "</tr>"
        for name, cells in group.rows
    )
    title = f"<caption>{_text(group.title)}</caption>" if group.title else ""
    return (
        f"<table class=grille>{title}<thead><tr><th></th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _text(text: str) -> str:
    return keep_with_punctuation(escape(text))
