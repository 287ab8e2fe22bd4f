"""The map of one indicator and the ranked bars beside it: same values, same selection."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt
import pandas as pd

from atlas import charts, periods, wording
from atlas.charts.style import NO_FIGURE, class_labels
from atlas.indicators import is_restated, snapshot
from atlas.settings.models import Indicator, Level, Measure
from atlas.territories import KINDS
from atlas.views import captions
from atlas.views.desk import Desk

LEVELS = {"departements": ("département", "départements"), "caisses": ("caisse", "caisses"),
          "regions": ("région", "régions")}
# Round bounds of the two diverging scales, in points; zero separates the two hues.
DIVERGING = [-6.0, -3.0, 0.0, 3.0, 6.0]


@dataclass(frozen=True)
class MapChoice:
    """indicator, level, period (``when``), measure, and the territory shown (FR or a région)."""

    indicator: str
    level: Level
    when: str
    measure: Measure = "value"
    within: str = "FR"
    selected: str = ""


def map_figure(desk: Desk, choice: MapChoice, title: str = "") -> charts.Figure | None:
    """The choropleth of a choice; None when no shapes were ever prepared."""
    if desk.shapes is None:
        return None
    rows = map_values(desk, choice)
    indicator = desk.settings.indicators[choice.indicator]
    bounds = _bounds(indicator, choice.measure)
    colours = charts.palette(
        desk.style.sequential if choice.measure == "value" else desk.style.diverging,
        len(bounds) + 1)
    view = desk.shapes.views[choice.within]
    chart = charts.choropleth(
        _slim(rows), shapes=alt.UrlData(url=desk.shapes.url(choice.within)), bounds=view.bounds,
        level=choice.level, colours=colours, style=desk.style, labels=choice.within != "FR")
    left, bottom, right, top = view.bounds
    return charts.Figure(
        key=_key(desk, choice, "carte"), title=title or _title(desk, choice),
        subtitle=_subtitle(desk, choice, title), spec=charts.to_spec(chart, desk.style),
        alt=_alt(desk, choice, rows), lecture=_lecture(desk, choice, rows),
        champ=_champ(desk, choice), source=captions.source_line(desk, rows, shapes=True),
        note=captions.derived_note(desk, rows), table=map_table(desk, choice, rows),
        fictitious=desk.book.fictitious, height=620,
        ratio=max(0.95, (right - left) / (top - bottom)),
        legend_title=_legend_title(indicator, choice.measure),
        legend=_legend(desk, choice, rows, bounds, colours))


def ranking_figure(desk: Desk, choice: MapChoice, title: str = "") -> charts.Figure:
    """The same values as ranked bars, with the nation's level as a line."""
    rows = map_values(desk, choice)
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    indicator = desk.settings.indicators[choice.indicator]
    nation = _nation(desk, choice)
    marks = choice.measure == "value" and not math.isnan(nation)
    bars = known.assign(value=known["shown"])[
        ["code", "name", "value", "label", "text", "detail", "selected"]]
    chart = charts.ranked_bars(
        bars, style=desk.style, nation=nation if marks else None,
        nation_label=f"France {wording.value(nation, indicator)}" if marks else "")
    return charts.Figure(
        key=_key(desk, choice, "classement"), title=title or _title(desk, choice),
        subtitle=_subtitle(desk, choice, title), spec=charts.to_spec(chart, desk.style),
        alt=_alt(desk, choice, rows), lecture=_lecture(desk, choice, rows),
        champ=_champ(desk, choice), source=captions.source_line(desk, rows),
        note=captions.derived_note(desk, rows), table=map_table(desk, choice, rows),
        fictitious=desk.book.fictitious, height=max(90, 25 * len(known) + 30),
        ratio=450 / (20 * len(known) + 26))


def map_values(desk: Desk, choice: MapChoice) -> pd.DataFrame:
    """The snapshot of the level inside the territory, plus what the charts print.

    Adds name, shown (the value of the measure), class, label, text, detail, selected.
    """
    codes = desk.territories.of_kind(KINDS[choice.level], choice.within)
    indicator = desk.settings.indicators[choice.indicator]
    rows = snapshot(desk.book.figures, desk.settings, ["FR", *codes],
                    indicator=choice.indicator, when=choice.when).iloc[1:].copy()
    column = {"value": "value", "change": "change", "gap": "gap"}[choice.measure]
    rows["name"] = [desk.territories[code].name for code in rows["code"]]
    rows["shown"] = rows[column]
    rows["missing"] = rows["shown"].isna()
    rows["rank"] = rows["shown"].rank(method="min", ascending=False)
    rows["class"] = charts.classes_of(rows["shown"], _bounds(indicator, choice.measure))
    how = rows["change_derived"] if choice.measure == "change" else rows["derived"]
    rows["derived"] = how.where(~rows["missing"], "")
    rows["label"] = [captions.marked(_short(v, indicator, choice.measure), d)
                     for v, d in zip(rows["shown"], rows["derived"], strict=True)]
    rows["text"] = [_text(v, q, indicator, choice.measure)
                    for v, q in zip(rows["shown"], rows["qualifier"], strict=True)]
    rows["detail"] = [captions.origin(d, p) if not m else "" for d, p, m in zip(
        rows["derived"], rows["page"], rows["missing"], strict=True)]
    rows["selected"] = rows["code"] == choice.selected
    return rows


def map_table(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> pd.DataFrame:
    """What a reader without the map reads: every territory, ranked, missing ones last."""
    indicator = desk.settings.indicators[choice.indicator]
    ordered = rows.sort_values("shown", ascending=False, na_position="last", kind="stable")
    return pd.DataFrame({
        "Rang": ["" if math.isnan(r) else wording.ordinal(int(r)) for r in ordered["rank"]],
        wording.capital(LEVELS[choice.level][0]): ordered["name"],
        indicator.label: [captions.marked(wording.value(v, indicator, q), d)
                          for v, q, d in ordered[["value", "qualifier", "derived"]].itertuples(
                              index=False)],
        "Évolution": [_change_text(c, b, indicator) for c, b in ordered[
            ["change", "compared_to"]].itertuples(index=False)],
        "Écart à la France": ["" if math.isnan(g) else wording.change(g, indicator)
                              for g in ordered["gap"]],
        "Origine": [d or wording.MISSING for d in ordered["detail"]],
    }).reset_index(drop=True)


def coverage_text(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> str:
    """« 13 départements sur 101 ont un taux publié pour décembre 2025. »"""
    one, many = LEVELS[choice.level]
    known, total = int((~rows["missing"]).sum()), len(rows)
    what = {"value": "un taux publié", "change": "une évolution publiée",
            "gap": "un écart à la France connu"}[choice.measure]
    date = periods.label(choice.when)
    if known == 0:
        none = "Aucun" if one == "département" else "Aucune"
        return f"{none} {one} sur {total} n’a {what} pour {date}."
    noun, verb = (many, "ont") if known > 1 else (one, "a")
    computed = sum(1 for d in rows["derived"] if d and not is_restated(d))
    said = f"{known} {noun} sur {total} {verb} {what} pour {date}"
    if computed:
        said += f", dont {computed} calculé{'s' if computed > 1 else ''} d’après d’autres chiffres"
    return f"{said}."


def concentration_warning(rows: pd.DataFrame) -> str:
    """A warning when one class holds more than 80 % of the territories that have a figure."""
    known = rows.loc[~rows["missing"], "class"]
    if len(known) < 5 or known.value_counts().iloc[0] <= 0.8 * len(known):
        return ""
    return ("Plus de 80 % des territoires sont dans la même classe : la carte distingue peu. "
            "Le classement et le tableau disent les écarts.")


def _slim(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what the map draws: these rows travel to the browser at each change of period."""
    return rows[["code", "class", "label", "name", "text", "detail", "selected"]]


def _bounds(indicator: Indicator, measure: Measure) -> list[float]:
    return indicator.bounds if measure == "value" else DIVERGING


def _short(value: float, indicator: Indicator, measure: Measure) -> str:
    if math.isnan(value):
        return ""
    return (wording.short(value, indicator) if measure == "value"
            else wording.number(value, 1, sign=True))


def _text(value: float, qualifier: str, indicator: Indicator, measure: Measure) -> str:
    return (wording.value(value, indicator, qualifier) if measure == "value"
            else wording.change(value, indicator))


def _change_text(change: float, base: str, indicator: Indicator) -> str:
    if math.isnan(change):
        return ""
    since = f" {periods.since(base, indicator.measure)}" if base else " (base non précisée)"
    return wording.change(change, indicator) + since


def _nation(desk: Desk, choice: MapChoice) -> float:
    row = snapshot(desk.book.figures, desk.settings, ["FR"], indicator=choice.indicator,
                   when=choice.when)
    return float(row["value"].iloc[0])


def _key(desk: Desk, choice: MapChoice, what: str) -> str:
    return f"{choice.within.lower()}_{choice.when}_{choice.indicator}_{choice.measure}_{what}"


def _title(desk: Desk, choice: MapChoice) -> str:
    indicator = desk.settings.indicators[choice.indicator]
    what = {"value": indicator.label, "change": f"Évolution du {indicator.label.lower()}",
            "gap": f"{indicator.label} : écart à la France"}[choice.measure]
    place = desk.territories[choice.within].name
    return f"{what}, {place}, {periods.label(choice.when, indicator.measure)}"


def _subtitle(desk: Desk, choice: MapChoice, finding: str) -> str:
    """What is measured, in full under a finding, which does not say it."""
    by = f"Par {LEVELS[choice.level][0]}"
    return f"{_title(desk, choice)}. {by}" if finding else by


def _champ(desk: Desk, choice: MapChoice) -> str:
    indicator = desk.settings.indicators[choice.indicator]
    return f"{indicator.champ}, {desk.territories[choice.within].name}."


def _legend_title(indicator: Indicator, measure: Measure) -> str:
    return {"value": f"{indicator.label} (en %)", "change": "Évolution (en points)",
            "gap": "Écart à la France (en points)"}[measure]


def _legend(desk: Desk, choice: MapChoice, rows: pd.DataFrame, bounds: list[float],
            colours: list[str]) -> tuple[charts.Swatch, ...]:
    counts = rows["class"].value_counts()
    entries = [charts.Swatch(label, colour, count=int(counts.get(f"c{i}", 0)))
               for i, (label, colour) in enumerate(zip(class_labels(bounds), colours,
                                                       strict=True))]
    missing = int(counts.get(NO_FIGURE, 0))
    if missing:
        entries.append(charts.Swatch("non publié", desk.style.neutral, hatched=True,
                                     count=missing))
    if choice.within != "FR":
        entries.append(charts.Swatch("hors de la région", desk.style.neutral))
    return tuple(entries)


def _lecture(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> str:
    """Reads the selected territory, else the highest value, against the nation."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    if known.empty:
        return ""
    chosen = known[known["selected"]]
    row = (chosen if len(chosen) else known).iloc[0]
    indicator = desk.settings.indicators[choice.indicator]
    if choice.measure == "change":
        since = (periods.since(row["compared_to"], indicator.measure) if row["compared_to"]
                 else "(base non précisée par la source)")
        return (f"{desk.territories[row['code']].name} : "
                f"{wording.change(row['shown'], indicator)} {since}, "
                f"à {periods.label(choice.when, indicator.measure)}.")
    gap = "" if math.isnan(row["gap"]) else (
        f", soit {wording.gap(row['gap'], indicator)} que la moyenne nationale "
        f"({wording.value(row['value'] - row['gap'], indicator)})")
    return captions.reading(desk, indicator, row["code"], row["value"], row["qualifier"],
                            choice.when, extra=gap)


def _alt(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> str:
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    text = f"{_title(desk, choice)}. {coverage_text(desk, choice, rows)}"
    if len(known) > 1:
        first, last = known.iloc[0], known.iloc[-1]
        text += (f" Le plus haut : {first['name']} ({first['text']}) ; "
                 f"le plus bas : {last['name']} ({last['text']}).")
    return text
