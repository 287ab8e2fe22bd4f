"""Indicators over time, with every published value in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import history
from atlas.settings import Indicator
from atlas.views import captions
from atlas.views.desk import Desk
from atlas.views.series_colours import colours_of

# Labels at the end of lines keep this distance, as a share of the axis.
APART = 0.055
NOTHING: Mapping[tuple[str, str], str] = {}


def curve_figure(
    desk: Desk,
    codes: list[str],
    *,
    indicator: str,
    title: str = "",
    targets: pd.DataFrame | None = None,
    marks: Mapping[tuple[str, str], str] = NOTHING,
    selected: str = "",
) -> charts.Figure | None:
    """Lines through the chosen values; other published values of the same date stay hollow.

    targets: label and value of levels to reach; marks: written beside the point of a territory at
    a date as compared, or at its last when the date is empty; selected: the territory that stands
    out, and that the note de lecture reads.
    """
    kind = desk.settings.indicators[indicator]
    chosen = history(desk.book.figures, desk.settings, codes, indicator=indicator)
    if chosen.empty:
        return None
    present = [code for code in codes if code in set(chosen["territory"])]
    points = _points(desk, kind, present, chosen)
    scale, axis_title = _scale(points, kind)
    drawn = _drawn(points, scale, marks)
    colours = colours_of(desk, present, selected)
    chart = charts.curve(
        drawn,
        style=desk.style,
        colours=colours,
        axis_title=axis_title,
        span=_span(points),
        targets=targets if targets is None else (targets.assign(value=targets["value"] * scale)),
    )
    names = captions.enumerate_names(desk, present)
    what = f"{kind.label} au fil du temps"
    shown = chosen.assign(code=chosen["territory"]).sort_values("end", ascending=False)
    return charts.Figure(
        key=f"{_places(desk, codes)}_{wording.slug(kind.label)}_courbe",
        title=title or what,
        subtitle=f"{what}, {names}" if title else names,
        spec=charts.to_spec(chart, desk.style),
        alt=_alt(desk, chosen, kind),
        lecture=_lecture(desk, chosen, kind, selected if selected in present else present[0]),
        champ=f"{kind.champ}, {names}.",
        source=captions.source_line(desk, shown),
        sources=captions.source_keys(shown),
        note=_note(points, shown, _hides(desk, codes, indicator)),
        table=_table(points, kind),
        numbers=_numbers(points, kind),
        plot=_plot(desk, kind, present, points, colours),
        fictitious=desk.book.fictitious,
        height=400,
        ratio=1.8,
        legend=_legend(points, colours, kind) if len(present) > 1 else (),
    )


def _points(desk: Desk, kind: Indicator, codes: list[str], chosen: pd.DataFrame) -> pd.DataFrame:
    """One row per published or derived value: series, date, value, label, text, detail, chosen."""
    figures = desk.book.published
    rest = figures[
        (figures["indicator"] == chosen["indicator"].iloc[0])
        & (figures["corridor"] == "")
        & figures["territory"].isin(codes)
        & figures["value"].notna()
        & ~figures["uncertain"]
    ]
    said = set(chosen[["territory", "when", "value"]].itertuples(index=False, name=None))
    rest = rest[
        [
            row not in said
            for row in rest[["territory", "when", "value"]].itertuples(index=False, name=None)
        ]
    ]
    points = pd.concat([chosen.assign(chosen=True), rest.assign(chosen=False)], ignore_index=True)
    points["end"] = points["when"].map(periods.end_month)
    points["last"] = points["chosen"] & (
        points["end"]
        == points[points["chosen"]]
        .groupby("territory")["end"]
        .max()
        .reindex(points["territory"])
        .to_numpy()
    )
    points["place"] = points["territory"].map({code: i for i, code in enumerate(codes)})
    points["series"] = points["territory"].map(captions.names_apart(desk, codes))
    points["text"] = [
        f"{wording.with_unit(v, kind, q)}, {periods.label(p, kind.measure)}"
        for v, q, p in points[["value", "qualifier", "period"]].itertuples(index=False)
    ]
    points["detail"] = [
        captions.origin(desk, d) if d else captions.source_text(desk.book.sources[s], g)
        for d, s, g in points[["derived", "source", "page"]].itertuples(index=False)
    ]
    points["label"] = [
        captions.marked(wording.value(v, kind), d) if last else ""
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
                    marks.get((code, when)) if chosen else "",
                    marks.get((code, "")) if last else "",
                )
                if text
            )
            for label, code, when, chosen, last in points[
                ["label", "territory", "when", "chosen", "last"]
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


def _legend(points: pd.DataFrame, colours: list[str], kind: Indicator) -> tuple[charts.Swatch, ...]:
    last = points[points["last"]].drop_duplicates("series")
    return tuple(
        charts.Swatch(f"{row.series}, {row.label} ({periods.label(row.end)})", colour)
        for row, colour in zip(last.itertuples(index=False), colours, strict=True)
    )


def _lecture(desk: Desk, chosen: pd.DataFrame, kind: Indicator, code: str) -> str:
    row = chosen[chosen["territory"] == code].iloc[-1]
    return captions.reading(desk, kind, code, row["value"], row["qualifier"], row["when"])


def _hides(desk: Desk, codes: Sequence[str], indicator: str) -> pd.DataFrame:
    """The rows of which the secret ones are gaps in the lines."""
    rows = desk.book.figures
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
            "Période": [periods.label(p, kind.measure) for p in points["period"]],
            kind.label: [
                wording.value(v, kind, q)
                for v, q in zip(points["value"], points["qualifier"], strict=True)
            ],
            "Retenue": ["oui" if c else "non" for c in points["chosen"]],
            "Source": points["detail"],
        }
    ).reset_index(drop=True)


def _numbers(points: pd.DataFrame, kind: Indicator) -> dict[str, charts.Numbers]:
    formats = [
        wording.cell_format(v, kind, q)
        for v, q in zip(points["value"], points["qualifier"], strict=True)
    ]
    return {kind.label: charts.Numbers(tuple(points["value"]), tuple(formats))}


def _plot(
    desk: Desk, kind: Indicator, codes: list[str], points: pd.DataFrame, colours: list[str]
) -> charts.Plot:
    """The lines for a slide: the chosen values, on the last day of their month."""
    chosen = points[points["chosen"]]
    ends = sorted(set(chosen["end"]))
    names, series = captions.names_apart(desk, codes), []
    for code, colour in zip(codes, colours, strict=True):
        mine = chosen[chosen["territory"] == code].drop_duplicates("end").set_index("end")
        values = [float(mine.at[end, "value"]) if end in mine.index else None for end in ends]
        labels = [str(mine.at[end, "label"]) if end in mine.index else "" for end in ends]
        series.append(charts.Series(names[code], tuple(values), colour, tuple(labels)))
    return charts.Plot(
        "curve",
        tuple(periods.last_day(end) for end in ends),
        tuple(series),
        wording.cell_format(1.5, kind),
    )


def _places(desk: Desk, codes: list[str]) -> str:
    shown = [desk.territories[code].slug for code in codes[:3]]
    return "-".join(shown) + ("-et-autres" if len(codes) > 3 else "")


def _alt(desk: Desk, chosen: pd.DataFrame, kind: Indicator) -> str:
    names, parts = captions.names_apart(desk, chosen["territory"].unique()), []
    for code, rows in chosen.groupby("territory", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"{names[str(code)]} : "
            f"{wording.value(first['value'], kind, first['qualifier'])} "
            f"en {periods.label(first['when'])}, "
            f"{wording.value(last['value'], kind, last['qualifier'])} "
            f"en {periods.label(last['when'])}"
        )
    return f"{kind.label} au fil du temps. {' ; '.join(parts)}."
