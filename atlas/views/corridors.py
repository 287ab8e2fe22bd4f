"""Documents and structures by corridor, for one territory or across territories."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import best, by_corridor, corridor_total
from atlas.settings import Indicator
from atlas.views import captions
from atlas.views.desk import Desk


def corridor_figure(desk: Desk, code: str, *, indicator: str, when: str, title: str = "",
                    selected: str = "") -> charts.Figure | None:
    """Bars by corridor with base year and growth, in the accent when the territory is the one
    selected; None when nothing is published."""
    kind = desk.settings.indicators[indicator]
    rows = by_corridor(desk.book.figures, desk.settings, code, indicator=indicator,
                       when=periods.when(when, kind.measure))
    if rows.empty or rows["secret"].all():
        return None
    place = desk.territories[code]
    rows = _worded(desk, rows, kind)
    style = _accented(desk.style) if selected == code else desk.style
    base = "En orange" if style is desk.style else "Trait vertical"
    chart = charts.corridor_bars(_drawn(rows), style=style)
    by = "" if "couloir" in kind.label else " par couloir"
    what = f"Croissance : {kind.label.lower()}" if _only_growths(rows) else kind.label
    subtitle = f"{what}{by}, {place.name}, {periods.label(when, kind.measure)}"
    return charts.Figure(
        key=f"{place.slug}_{when}_{wording.slug(kind.label)}_couloirs", title=title or subtitle,
        subtitle=subtitle if title else "", spec=charts.to_spec(chart, desk.style),
        alt=_alt(rows, subtitle), lecture=_lecture(desk, rows, kind, code, when),
        champ=f"{kind.champ}, {place.name}.", source=captions.source_line(desk, rows),
        sources=captions.source_keys(rows),
        note=f"{_total(desk, code, rows, indicator, when)}{_note(desk, rows, kind, base)}",
        table=_table(rows, kind), numbers=_numbers(rows, kind),
        plot=_plot(style, rows, kind, when),
        fictitious=desk.book.fictitious, height=52 * len(rows) + 20,
        ratio=640 / (48 * len(rows) + 20))


def _accented(style: charts.Style) -> charts.Style:
    """Bars in the accent, and the level of the base year in ink instead."""
    return replace(style, primary=style.accent, accent=style.ink)


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart; where growths alone are published, the bars are growths."""
    if _only_growths(rows):
        label = rows["growth"].where(rows["growth"] != "", rows["label"])
        rows = rows.assign(value=rows["change"], label=label, growth="")
    return rows[["corridor", "value", "label", "growth", "base", "text", "detail"]]


def _only_growths(rows: pd.DataFrame) -> bool:
    return bool(rows["value"].isna().all() and rows["change"].notna().any())


def _total(desk: Desk, code: str, shown: pd.DataFrame, indicator: str, when: str) -> str:
    """The total over the corridors as published, which the rows may not add up to.

    Its source is named when it is none of those of the rows.
    """
    kind = desk.settings.indicators[indicator]
    row = corridor_total(desk.book.figures, desk.settings, code, indicator=indicator,
                         when=periods.when(when, kind.measure))
    if row is None or kind.in_percent:
        return ""
    growth = "" if math.isnan(row["change"]) else f" ({wording.change(row['change'], kind)})"
    name = "Total" if desk.book.fictitious else "Total publié"
    source = "" if row["source"] in set(shown["source"]) else (
        f", d’après {captions.source_text(desk.book.sources[row['source']], row['page'])}")
    return f"{name} : {wording.with_unit(row['value'], kind, row['qualifier'])}{growth}{source}. "


def _worded(desk: Desk, rows: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    """Adds label, growth, text, detail; the corridor's name replaces its key."""
    growths = ["" if math.isnan(c) else wording.change(c, kind) for c in rows["change"]]
    no_level = rows["value"].isna()
    absent = [wording.SECRET if secret else "niveau non publié" for secret in rows["secret"]]
    labels = [silent if none else captions.marked(_short(value, kind, qualifier), derived)
              for silent, none, value, qualifier, derived in zip(
                  absent, no_level, rows["value"], rows["qualifier"], rows["derived"],
                  strict=True)]
    texts = [(silent if none else wording.value(value, kind, qualifier))
             + (f", {growth}" if growth else "")
             for silent, none, value, qualifier, growth in zip(
                 absent, no_level, rows["value"], rows["qualifier"], growths, strict=True)]
    return rows.assign(
        key=rows["corridor"], code=rows["corridor"],
        corridor=[desk.settings.corridors[c].short for c in rows["corridor"]],
        label=labels, growth=growths, text=texts,
        detail=[wording.SECRET if secret else captions.origin(desk, d, p)
                for d, p, secret in zip(rows["derived"], rows["page"], rows["secret"],
                                        strict=True)])


def _short(value: float, kind: Indicator, qualifier: str) -> str:
    if kind.in_percent:
        return wording.value(value, kind, qualifier)
    return wording.QUALIFIERS[qualifier] + wording.short(value, kind)


def _lecture(desk: Desk, rows: pd.DataFrame, kind: Indicator, code: str, when: str) -> str:
    known = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    row = (known if len(known) else rows[~rows["secret"]]).iloc[0]
    place = desk.territories[code].locative
    name = desk.settings.corridors[row["key"]].label
    growth = "" if math.isnan(row["change"]) else (
        f"{wording.change(row['change'], kind)} "
        f"{periods.since(row['compared_to'], kind.measure)}" if row["compared_to"]
        else wording.change(row["change"], kind))
    if math.isnan(row["value"]):
        return (f"{name} {place} : {growth} ; le niveau de {periods.label(when)} n’est pas publié.")
    return captions.reading(
        desk, kind, code, row["value"], row["qualifier"], when, corridor=name,
        extra=f", soit {growth}" if growth else "")


def _note(desk: Desk, rows: pd.DataFrame, kind: Indicator, mark: str = "") -> str:
    """mark: what stands for the level of the base year."""
    parts = []
    bases = rows[rows["base"].notna()]
    if len(bases):
        base = periods.label(bases["compared_to"].iloc[0], kind.measure)
        parts.append(f"{mark} : niveau de {base}, déduit du niveau et de la croissance "
                     "publiés.")
    silent = rows.loc[rows["value"].isna() & ~rows["secret"], "corridor"].tolist()
    if silent:
        parts.append(f"Niveau non publié, seule la croissance l’est : "
                     f"{wording.enumeration(silent)}.")
    if rows["note"].str.contains("non imprimée").any():
        parts.append("Période non imprimée dans le document, lue comme indiqué.")
    computed = rows[(rows["derived"] != "") & ~rows["secret"]]
    if len(computed) and not computed["derived"].map(captions.is_restated).all():
        parts.append(f"† Valeur calculée : {computed['derived'].iloc[0]}.")
    return " ".join(part for part in (*parts, captions.secrecy_note(rows)) if part)


def _table(rows: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    return pd.DataFrame({
        "Couloir": rows["corridor"],
        kind.label: [wording.value(v, kind, q) for v, q in zip(
            rows["value"], rows["qualifier"], strict=True)],
        "Évolution": rows["growth"],
        "Base (calculée)": ["" if math.isnan(b) else wording.value(round(b), kind, "about")
                            for b in rows["base"]],
        "Origine": rows["detail"],
    })


def _numbers(rows: pd.DataFrame, kind: Indicator) -> dict[str, charts.Numbers]:
    """The numbers that the columns of `_table` write."""
    levels = [wording.cell_format(v, kind, q) for v, q in zip(
        rows["value"], rows["qualifier"], strict=True)]
    bases = [wording.cell_format(b, kind, "about") for b in rows["base"].round()]
    return {kind.label: charts.Numbers(tuple(rows["value"]), tuple(levels)),
            "Évolution": charts.Numbers(tuple(rows["change"]), tuple(
                wording.change_format(c, kind) for c in rows["change"])),
            "Base (calculée)": charts.Numbers(tuple(rows["base"].round()), tuple(bases))}


def _plot(style: charts.Style, rows: pd.DataFrame, kind: Indicator, when: str) -> charts.Plot:
    """The bars for a slide, with those of the base year where there are some."""
    name = periods.label(when, kind.measure) if when else kind.label
    if _only_growths(rows):
        return charts.Plot("bars", tuple(rows["corridor"]), (charts.Series(
            f"Croissance, {name}", _or_none(rows["change"]), style.primary,
            tuple(rows["growth"])),), wording.change_format(1.5, kind))
    labels = [f"{label} ({growth})" if growth else label
              for label, growth in zip(rows["label"], rows["growth"], strict=True)]
    series = [charts.Series(name, _or_none(rows["value"]), style.primary, tuple(labels))]
    if rows["base"].notna().any():
        base = periods.label(rows.loc[rows["base"].notna(), "compared_to"].iloc[0], kind.measure)
        texts = ["" if math.isnan(b) else _short(b, kind, "about") for b in rows["base"]]
        series.append(charts.Series(f"{base} (calculé)", _or_none(rows["base"]),
                                    style.accent, tuple(texts)))
    return charts.Plot("bars", tuple(rows["corridor"]), tuple(series),
                       wording.cell_format(1.5, kind))


def _or_none(values: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(value) else float(value) for value in values)


def _alt(rows: pd.DataFrame, subtitle: str) -> str:
    said = " ; ".join(f"{name} : {text}" for name, text in zip(
        rows["corridor"], rows["text"], strict=True))
    return f"{subtitle}. {said}."


def corridor_across(desk: Desk, corridor: str, *, indicator: str) -> charts.Figure | None:
    """One corridor in France and each région that published it, at its latest period."""
    rows = desk.book.published
    rows = rows[(rows["indicator"] == indicator) & (rows["corridor"] == corridor)
                & rows["territory"].isin(["FR", *desk.territories.of_kind("REG")])
                & ~rows["uncertain"]]
    kind = desk.settings.indicators[indicator]
    chosen = best(rows, desk.settings.source_order, needs="any")
    chosen = chosen.sort_values("when", key=lambda s: s.map(periods.end_month), ascending=False)
    chosen = chosen.drop_duplicates("territory")
    if chosen.empty or chosen["secret"].all():
        return None
    worded = _worded(desk, chosen.assign(base=float("nan")), kind)
    worded["corridor"] = [f"{desk.territories[c].name}, {periods.label(p, kind.measure)}"
                          for c, p in zip(worded["territory"], worded["period"], strict=True)]
    worded = worded.sort_values("value", ascending=False, na_position="last", kind="stable")
    name, first = desk.settings.corridors[corridor].label, worded[~worded["secret"]].iloc[0]
    chart = charts.corridor_bars(_drawn(worded), style=desk.style)
    heading = f"{kind.label}, couloir {name}, par territoire"
    return charts.Figure(
        key=f"{wording.slug(name)}_{wording.slug(kind.label)}_territoires",
        title=heading, subtitle="",
        spec=charts.to_spec(chart, desk.style), alt=_alt(worded, heading),
        lecture=f"{first['corridor']} : {first['text']}.",
        champ=f"{kind.champ} ; territoires qui publient ce couloir, à leur dernière période.",
        source=captions.source_line(desk, worded),
        sources=captions.source_keys(worded), note=_note(desk, worded, kind),
        table=_table(worded, kind).drop(columns="Base (calculée)").rename(
            columns={"Couloir": "Territoire et période"}),
        numbers=_numbers(worded, kind), plot=_plot(desk.style, worded, kind, ""),
        fictitious=desk.book.fictitious, height=52 * len(worded) + 20,
        ratio=640 / (48 * len(worded) + 20))


def corridor_table(desk: Desk, code: str, *, indicators: list[str], when: str) -> pd.DataFrame:
    """Corridors in rows and the published totals last; a value and a growth per indicator."""
    corridors = {**{k: c.label for k, c in desk.settings.corridors.items()}, "": "TOTAL publié"}
    table = pd.DataFrame({"Couloir": list(corridors.values())})
    rows = desk.book.published
    for key in indicators:
        kind = desk.settings.indicators[key]
        mine = rows[(rows["indicator"] == key) & (rows["territory"] == code)
                    & (rows["when"] == periods.when(when, kind.measure)) & ~rows["uncertain"]]
        chosen = best(mine, desk.settings.source_order, needs="any").set_index("corridor")
        chosen = chosen.reindex(list(corridors))
        table[kind.label] = [wording.value(v, kind, wording.HIDDEN if s == 1 else q)
                             for v, q, s in zip(chosen["value"], chosen["qualifier"],
                                                chosen["secret"], strict=True)]
        table[f"Évolution ({kind.label})"] = [
            "" if math.isnan(c) else wording.change(c, kind) for c in chosen["change"]]
    return table
