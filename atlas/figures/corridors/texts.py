"""The texts, the table and the numbers of bars by corridor; what is drawn of them."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import NativeChart, Numbers, Series
from atlas.figures.common.style import Style
from atlas.indicators import is_restated
from atlas.settings import Indicator


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart; where growths alone are published, the bars are growths."""
    if only_growths(rows):
        rows = rows.assign(value=rows["change"], label=_growth_labels(rows), growth="")
    return rows[["corridor", "value", "label", "growth", "base", "text", "detail"]]


def _growth_labels(rows: pd.DataFrame) -> pd.Series:
    """The growth, or why there is none: the level of its territory is secret."""
    return rows["growth"].where(rows["growth"] != "", rows["label"])


def only_growths(rows: pd.DataFrame) -> bool:
    """Whether the bars are growths, for want of any level."""
    return bool(rows["value"].isna().all() and rows["change"].notna().any())


def worded(context: FigureContext, rows: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    """Adds label, growth, text, detail; the corridor's name replaces its key, and the qualifier of
    a secret value says that it is."""
    growths = ["" if math.isnan(c) else french.format_change(c, kind) for c in rows["change"]]
    no_level = rows["value"].isna()
    absent = [french.SECRET if secret else "niveau non publié" for secret in rows["secret"]]
    labels = [
        silent if none else captions.marked(_short(value, kind, qualifier), derived)
        for silent, none, value, qualifier, derived in zip(
            absent, no_level, rows["value"], rows["qualifier"], rows["derived"], strict=True
        )
    ]
    texts = [
        (silent if none else french.format_value(value, kind, qualifier))
        + (f", {growth}" if growth else "")
        for silent, none, value, qualifier, growth in zip(
            absent, no_level, rows["value"], rows["qualifier"], growths, strict=True
        )
    ]
    return rows.assign(
        qualifier=rows["qualifier"].where(~rows["secret"].astype(bool), french.HIDDEN),
        key=rows["corridor"],
        code=rows["corridor"],
        corridor=[context.settings.corridors[c].short for c in rows["corridor"]],
        label=labels,
        growth=growths,
        text=texts,
        detail=[
            french.SECRET if secret else captions.origin(context, d, p)
            for d, p, secret in zip(rows["derived"], rows["page"], rows["secret"], strict=True)
        ],
    )


def _short(value: float, kind: Indicator, qualifier: str) -> str:
    if kind.in_percent:
        return french.format_value(value, kind, qualifier)
    return french.QUALIFIERS[qualifier] + french.format_compact(value, kind)


def lecture(
    context: FigureContext, rows: pd.DataFrame, kind: Indicator, code: str, reference_period: str
) -> str:
    """How the highest bar reads, or a growth where there is no level."""
    known = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    row = (known if len(known) else rows[~rows["secret"]]).iloc[0]
    place = context.territories[code].locative
    name = context.settings.corridors[row["key"]].label
    growth = (
        ""
        if math.isnan(row["change"])
        else (
            f"{french.format_change(row['change'], kind)} "
            f"{periods.since(row['compared_to'], kind.accumulation)}"
            if row["compared_to"]
            else french.format_change(row["change"], kind)
        )
    )
    if math.isnan(row["value"]):
        date = periods.label(reference_period)
        return f"{name} {place} : {growth} ; le niveau de {date} n’est pas publié."
    return captions.reading(
        context,
        kind,
        code,
        row["value"],
        row["qualifier"],
        reference_period,
        corridor=name,
        extra=f", soit {growth}" if growth else "",
    )


def note(context: FigureContext, rows: pd.DataFrame, kind: Indicator, mark: str = "") -> str:
    """mark: what stands for the level of the base year."""
    parts = []
    bases = rows[rows["base"].notna()]
    if len(bases):
        base = periods.label(bases["compared_to"].iloc[0], kind.accumulation)
        parts.append(f"{mark} : niveau de {base}, déduit du niveau et de la croissance publiés.")
    silent = rows.loc[rows["value"].isna() & ~rows["secret"], "corridor"].tolist()
    if silent:
        parts.append(
            f"Niveau non publié, seule la croissance l’est : {french.join_with_et(silent)}."
        )
    if rows["note"].str.contains("non imprimée").any():
        parts.append("Période non imprimée dans le document, lue comme indiqué.")
    computed = rows[(rows["derived"] != "") & ~rows["secret"]]
    if len(computed) and not computed["derived"].map(is_restated).all():
        parts.append(f"† Valeur calculée : {computed['derived'].iloc[0]}.")
    return " ".join(part for part in (*parts, captions.secrecy_note(rows)) if part)


def alt(rows: pd.DataFrame, subtitle: str) -> str:
    """Every bar in a sentence."""
    said = " ; ".join(
        f"{name} : {text}" for name, text in zip(rows["corridor"], rows["text"], strict=True)
    )
    return f"{subtitle}. {said}."


def table_of(rows: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    """A row for each bar; numbers_of has the numbers behind its texts."""
    return pd.DataFrame(
        {
            "Couloir": rows["corridor"],
            kind.label: [
                french.format_value(v, kind, q)
                for v, q in zip(rows["value"], rows["qualifier"], strict=True)
            ],
            "Évolution": rows["growth"],
            "Base (calculée)": [
                "" if math.isnan(b) else french.format_value(round(b), kind, "about")
                for b in rows["base"]
            ],
            "Origine": rows["detail"],
        }
    )


def numbers_of(rows: pd.DataFrame, kind: Indicator) -> dict[str, Numbers]:
    """The numbers that the columns of `table_of` write."""
    levels = [
        french.cell_format(v, kind, q)
        for v, q in zip(rows["value"], rows["qualifier"], strict=True)
    ]
    bases = [french.cell_format(b, kind, "about") for b in rows["base"].round()]
    return {
        kind.label: Numbers(tuple(rows["value"]), tuple(levels)),
        "Évolution": Numbers(
            tuple(rows["change"]), tuple(french.change_format(c, kind) for c in rows["change"])
        ),
        "Base (calculée)": Numbers(tuple(rows["base"].round()), tuple(bases)),
    }


def plot_of(
    style: Style, rows: pd.DataFrame, kind: Indicator, reference_period: str
) -> NativeChart:
    """The bars for a slide, with those of the base year where there are some."""
    name = periods.label(reference_period, kind.accumulation) if reference_period else kind.label
    if only_growths(rows):
        return NativeChart(
            "bars",
            tuple(rows["corridor"]),
            (
                Series(
                    f"Croissance, {name}",
                    _or_none(rows["change"]),
                    style.primary,
                    tuple(_growth_labels(rows)),
                ),
            ),
            french.change_format(1.5, kind),
        )
    labels = [
        f"{label} ({growth})" if growth else label
        for label, growth in zip(rows["label"], rows["growth"], strict=True)
    ]
    series = [Series(name, _or_none(rows["value"]), style.primary, tuple(labels))]
    if rows["base"].notna().any():
        base = periods.label(
            rows.loc[rows["base"].notna(), "compared_to"].iloc[0], kind.accumulation
        )
        texts = ["" if math.isnan(b) else _short(b, kind, "about") for b in rows["base"]]
        series.append(
            Series(f"{base} (calculé)", _or_none(rows["base"]), style.accent, tuple(texts))
        )
    return NativeChart(
        "bars", tuple(rows["corridor"]), tuple(series), french.cell_format(1.5, kind)
    )


def _or_none(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(value) else float(value) for value in values)
