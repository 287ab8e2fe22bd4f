"""Indicators over time, with every published value in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Numbers, Series
from atlas.figures.common.series_colours import colours_of
from atlas.figures.common.style import to_spec
from atlas.figures.curve.chart import curve
from atlas.indicators import history
from atlas.settings import Indicator

# Labels at the end of lines keep this distance, as a share of the axis.
APART = 0.055
NOTHING: Mapping[tuple[str, str], str] = {}


def curve_figure(
    context: FigureContext,
    codes: list[str],
    *,
    indicator: str,
    title: str = "",
    targets: pd.DataFrame | None = None,
    marks: Mapping[tuple[str, str], str] = NOTHING,
    selected: str = "",
) -> Figure | None:
    """Lines through the chosen values; other published values of the same date stay hollow.

    targets: label and value of levels to reach; marks: written beside the point of a territory at
    a date as compared, or at its last when the date is empty; selected: the territory that stands
    out, and that the note de lecture reads.
    """
    kind = context.settings.indicators[indicator]
    chosen = history(context.dataset.observations, context.settings, codes, indicator=indicator)
    if chosen.empty:
        return None
    present = [code for code in codes if code in set(chosen["territory"])]
    points = _points(context, kind, present, chosen)
    scale, axis_title = _scale(points, kind)
    drawn = _drawn(points, scale, marks)
    colours = colours_of(context, present, selected)
    chart = curve(
        drawn,
        style=context.style,
        colours=colours,
        axis_title=axis_title,
        span=_span(points),
        targets=targets if targets is None else (targets.assign(value=targets["value"] * scale)),
    )
    names = captions.enumerate_names(context, present)
    what = f"{kind.label} au fil du temps"
    shown = chosen.assign(code=chosen["territory"]).sort_values("end", ascending=False)
    return Figure(
        key=f"{_places(context, codes)}_{french.slug(kind.label)}_courbe",
        title=title or what,
        subtitle=f"{what}, {names}" if title else names,
        spec=to_spec(chart, context.style),
        alt=_alt(context, chosen, kind),
        lecture=_lecture(context, chosen, kind, selected if selected in present else present[0]),
        champ=f"{kind.champ}, {names}.",
        source=captions.source_line(context, shown),
        sources=captions.source_keys(shown),
        note=_note(points, shown, _hides(context, codes, indicator)),
        table=_table(points, kind),
        numbers=_numbers(points, kind),
        plot=_plot(context, kind, present, points, colours),
        fictitious=context.dataset.fictitious,
        height=400,
        ratio=1.8,
        legend=_legend(points, colours, kind) if len(present) > 1 else (),
    )


def _points(
    context: FigureContext, kind: Indicator, codes: list[str], chosen: pd.DataFrame
) -> pd.DataFrame:
    """One row per published or derived value: series, date, value, label, text, detail, chosen."""
    figures = context.dataset.published
    rest = figures[
        (figures["indicator"] == chosen["indicator"].iloc[0])
        & (figures["corridor"] == "")
        & figures["territory"].isin(codes)
        & figures["value"].notna()
        & ~figures["uncertain"]
    ]
    said = set(
        chosen[["territory", "reference_period", "value"]].itertuples(index=False, name=None)
    )
    rest = rest[
        [
            row not in said
            for row in rest[["territory", "reference_period", "value"]].itertuples(
                index=False, name=None
            )
        ]
    ]
    points = pd.concat([chosen.assign(chosen=True), rest.assign(chosen=False)], ignore_index=True)
    points["end"] = points["reference_period"].map(periods.end_month)
    points["last"] = points["chosen"] & (
        points["end"]
        == points[points["chosen"]]
        .groupby("territory")["end"]
        .max()
        .reindex(points["territory"])
        .to_numpy()
    )
    points["place"] = points["territory"].map({code: i for i, code in enumerate(codes)})
    points["series"] = points["territory"].map(captions.names_apart(context, codes))
    points["text"] = [
        f"{french.format_with_unit(v, kind, q)}, {periods.label(p, kind.accumulation)}"
        for v, q, p in points[["value", "qualifier", "period"]].itertuples(index=False)
    ]
    points["detail"] = [
        captions.origin(context, d) if d else captions.source_text(context.dataset.sources[s], g)
        for d, s, g in points[["derived", "source", "page"]].itertuples(index=False)
    ]
    points["label"] = [
        captions.marked(french.format_value(v, kind), d) if last else ""
        for v, d, last in points[["value", "derived", "last"]].itertuples(index=False)
    ]
    return points.sort_values(["place", "end"], kind="stable")


def _scale(points: pd.DataFrame, kind: Indicator) -> tuple[float, str]:
    """Large counts in millions, so that the axis reads « 5, 10, 15 » and not « 5 000 000 »."""
    if kind.in_percent:
        return 1.0, f"{kind.label} (en %)"
    if points["value"].max() >= 2e6:
        return 1e-6, f"{kind.label} (en millions)"
    return 1.0, kind.label


def _drawn(
    points: pd.DataFrame, scale: float, marks: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """The columns of the chart, with labels moved apart where lines end close to each other."""
    drawn = points.assign(
        date=points["end"] + "-01",
        value=points["value"] * scale,
        label=[
            " ".join(
                text
                for text in (
                    label,
                    marks.get((code, reference_period)) if chosen else "",
                    marks.get((code, "")) if last else "",
                )
                if text
            )
            for label, code, reference_period, chosen, last in points[
                ["label", "territory", "reference_period", "chosen", "last"]
            ].itertuples(index=False)
        ],
    )
    apart = float(drawn["value"].max()) * APART
    drawn["label_value"] = drawn["value"]
    floor = float("-inf")
    for i in drawn.index[drawn["last"]][drawn.loc[drawn["last"], "value"].argsort()]:
        floor = max(float(drawn.at[i, "value"]), floor + apart)
        drawn.at[i, "label_value"] = floor
    return drawn[["series", "date", "value", "label", "label_value", "text", "detail", "chosen"]]


def _span(points: pd.DataFrame) -> tuple[str, str]:
    """From the year of the first point to half a year after the last: room for the labels."""
    last = dt.date.fromisoformat(f"{points['end'].max()}-01") + dt.timedelta(days=200)
    return f"{points['end'].min()[:4]}-01-01", last.isoformat()


def _legend(points: pd.DataFrame, colours: list[str], kind: Indicator) -> tuple[LegendEntry, ...]:
    last = points[points["last"]].drop_duplicates("series")
    return tuple(
        LegendEntry(f"{row.series}, {row.label} ({periods.label(row.end)})", colour)
        for row, colour in zip(last.itertuples(index=False), colours, strict=True)
    )


def _lecture(context: FigureContext, chosen: pd.DataFrame, kind: Indicator, code: str) -> str:
    row = chosen[chosen["territory"] == code].iloc[-1]
    return captions.reading(
        context, kind, code, row["value"], row["qualifier"], row["reference_period"]
    )


def _hides(context: FigureContext, codes: Sequence[str], indicator: str) -> pd.DataFrame:
    """The rows of which the secret ones are gaps in the lines."""
    rows = context.dataset.observations
    return rows[
        (rows["indicator"] == indicator) & rows["territory"].isin(codes) & (rows["corridor"] == "")
    ]


def _note(points: pd.DataFrame, shown: pd.DataFrame, every: pd.DataFrame) -> str:
    parts = []
    if not points["chosen"].all():
        parts.append(
            "Point vide : autre valeur publiée pour la même date ; la valeur reliée "
            "est choisie par l’ordre des sources."
        )
    if (shown["derived"] != "").any():
        parts.append(
            "Certains niveaux sont déduits d’une évolution publiée : le tableau dit lesquels."
        )
    return " ".join(part for part in (*parts, captions.secrecy_note(every)) if part)


def _table(points: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Territoire": points["series"],
            "Période": [periods.label(p, kind.accumulation) for p in points["period"]],
            kind.label: [
                french.format_value(v, kind, q)
                for v, q in zip(points["value"], points["qualifier"], strict=True)
            ],
            "Retenue": ["oui" if c else "non" for c in points["chosen"]],
            "Source": points["detail"],
        }
    ).reset_index(drop=True)


def _numbers(points: pd.DataFrame, kind: Indicator) -> dict[str, Numbers]:
    formats = [
        french.cell_format(v, kind, q)
        for v, q in zip(points["value"], points["qualifier"], strict=True)
    ]
    return {kind.label: Numbers(tuple(points["value"]), tuple(formats))}


def _plot(
    context: FigureContext,
    kind: Indicator,
    codes: list[str],
    points: pd.DataFrame,
    colours: list[str],
) -> NativeChart:
    """The lines for a slide: the chosen values, on the last day of their month."""
    chosen = points[points["chosen"]]
    ends = sorted(set(chosen["end"]))
    names, series = captions.names_apart(context, codes), []
    for code, colour in zip(codes, colours, strict=True):
        mine = chosen[chosen["territory"] == code].drop_duplicates("end").set_index("end")
        values = [float(mine.at[end, "value"]) if end in mine.index else None for end in ends]
        labels = [str(mine.at[end, "label"]) if end in mine.index else "" for end in ends]
        series.append(Series(names[code], tuple(values), colour, tuple(labels)))
    return NativeChart(
        "curve",
        tuple(periods.last_day(end) for end in ends),
        tuple(series),
        french.cell_format(1.5, kind),
    )


def _places(context: FigureContext, codes: list[str]) -> str:
    shown = [context.territories[code].slug for code in codes[:3]]
    return "-".join(shown) + ("-et-autres" if len(codes) > 3 else "")


def _alt(context: FigureContext, chosen: pd.DataFrame, kind: Indicator) -> str:
    names, parts = captions.names_apart(context, chosen["territory"].unique()), []
    for code, rows in chosen.groupby("territory", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"{names[str(code)]} : "
            f"{french.format_value(first['value'], kind, first['qualifier'])} "
            f"en {periods.label(first['reference_period'])}, "
            f"{french.format_value(last['value'], kind, last['qualifier'])} "
            f"en {periods.label(last['reference_period'])}"
        )
    return f"{kind.label} au fil du temps. {' ; '.join(parts)}."
