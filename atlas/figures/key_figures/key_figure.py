"""Key figures: one value with its change, its source, the nation, and what else was published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.choice import best, others
from atlas.indicators.nation import NO_COMPARABLE_NATION, national_level
from atlas.indicators.row_values import change_values, level_values
from atlas.sentences.amounts import amount_text
from atlas.sentences.headings import lower_first
from atlas.sentences.period_phrases import period_phrase, window_label
from atlas.settings import FigureRef, Indicator
from atlas.settings.dossiers import FigureSize
from atlas.values import Value

# A key figure older than this says nothing of the period asked for.
MAX_AGE_MONTHS = 24
ASSUMED_PERIOD = "date supposée"
Direction = Literal["", "up", "down", "level"]


@dataclass(frozen=True)
class KeyFigure:
    """A key figure, all texts ready to print; empty where there is nothing to say.

    values: the level and its change; nation: the value of France; reading: the same as a note de
    lecture says it, in lower case; sentence: as a press text does, with what contradicts it;
    fact: the level alone, as it is today, without its date; when: the words of the reading that say
    the period, which it begins with or not; locative: « en Corse »; region: code of the région
    that holds the territory; beside: the value that the reading says in brackets;
    nation_value: the level of France that ``nation`` says;
    row_note: the note of the row; assumption: that the source does not print the period, which
    ``period`` says too and the sentence does not;
    indicator, corridor, territory and source_key: keys of the settings, of the territories and of
    the sources; page: in the source. icon: of templates/icons; heading and size: as a dossier
    gives them; is_labelled: the label is that of a dossier, which says what is counted.
    """

    label: str
    place: str
    value: str
    period: str
    change: str
    nation: str
    source: str
    row_note: str
    assumption: str
    contradiction: str
    derived: str
    uncertain: bool
    others: tuple[str, ...]
    theme: str
    indicator: str
    source_key: str
    sentence: str
    values: tuple[Value, Value]
    territory: str = "FR"
    corridor: str = ""
    page: str = ""
    icon: str = ""
    heading: str = ""
    size: FigureSize = "normal"
    is_labelled: bool = False
    reading: str = ""
    fact: str = ""
    when: str = ""
    locative: str = ""
    region: str = ""
    beside: Value | None = None
    nation_value: Value | None = None

    @property
    def large_value(self) -> Value:
        """The level, or the change where nothing else is known: what is written large."""
        level, change = self.values
        return level if level.is_known or level.status == "secret" else change

    @property
    def direction(self) -> Direction:
        """Of the arrow beside its growth; empty without one."""
        amount = self.values[1].amount
        if amount is None:
            return ""
        return "up" if amount > 0 else "down" if amount < 0 else "level"

    @property
    def note(self) -> str:
        """What a card says under its amount and its period."""
        return " ".join(text for text in (self.row_note, self.contradiction) if text)

    @property
    def note_after_sentence(self) -> str:
        """What is said after the sentence; the note of an uncertain row speaks of its period."""
        assumption = "" if self.uncertain and self.row_note else self.assumption
        return " ".join(text for text in (self.row_note, assumption) if text)

    @property
    def nation_line(self) -> str:
        """« France : 33,6 % », « France : 24,7 % (février 2025) », « France : pas de valeur
        nationale comparable »."""
        return f"France : {self.nation}" if self.nation else ""


def key_figure(
    context: FigureContext, ref: FigureRef, *, territory: str, period: str
) -> KeyFigure | None:
    """The card of one figure of a dossier, uncertain or not; None when it is not in the data."""
    code = ref.territory or territory
    indicator = context.settings.indicators[ref.indicator]
    rows = context.dataset.index.of_territories(ref.indicator, [code])
    rows = same = rows[
        (rows["corridor"] == ref.corridor)
        & (
            rows["reference_period"]
            == periods.reference_period(ref.period or period, indicator.accumulation)
        )
    ]
    if ref.page:
        rows = rows[rows["page"] == ref.page]
    chosen = best(rows, context.settings.source_order, needs="any")
    if chosen.empty:
        return None
    (made,) = _key_figures(context, chosen.iloc[:1], same)
    made = replace(
        made,
        nation="",
        nation_value=None,
        heading=ref.heading,
        size=ref.size,
        icon=ref.icon or made.icon,
    )
    if ref.label is None:
        return made
    value = _without_noun(made.large_value) + _contradicted_mark(made.large_value)
    return replace(made, label=ref.label, value=value, is_labelled=True)


def plain_amount(card: KeyFigure) -> str:
    """What is written large of a card, without the mark of what contradicts it."""
    return _without_noun(card.large_value) if card.is_labelled else _amount(card.large_value)


def number_and_noun(card: KeyFigure) -> tuple[str, str]:
    """« plus de 240 millions » and « de documents », without the mark of what contradicts it; no
    noun where a label says what is counted."""
    number = _without_noun(card.large_value)
    return number, plain_amount(card).removeprefix(number).strip()


def plain_period(card: KeyFigure) -> str:
    """« février 2025, sur un an », without what is assumed of it, which a remark says."""
    text = card.period.replace(f"({ASSUMED_PERIOD}, ", "(")
    return text.removesuffix(f" ({ASSUMED_PERIOD})")


def plain_change(card: KeyFigure) -> str:
    """« +204 % par rapport à 2024 », without that mark; empty where it has no known change."""
    change = card.values[1]
    if not change.is_known:
        return ""
    return f"{french.value_text(change)} {french.since_text(change)}".strip()


def key_figures_of_theme(
    context: FigureContext, theme: str, *, territory: str, period: str
) -> list[KeyFigure]:
    """One card per indicator and corridor of a theme: the certain figure known then of the
    source of the best grade, the latest of them; the cards of producers first.

    Figures that end after the period, or more than MAX_AGE_MONTHS before it, are left out; each
    card prints its own period.
    """
    found: list[KeyFigure] = context.once(
        ("key_figures_of_theme", theme, territory, period),
        lambda: _of_theme_at(context, theme, territory, period),
    )
    return list(found)


def _of_theme_at(
    context: FigureContext, theme: str, territory: str, period: str
) -> list[KeyFigure]:
    kinds = context.settings.indicators
    rows = _of_theme(context, theme, territory)
    chosen = best(_known_at(rows, period), context.settings.source_order, needs="any")
    chosen = chosen.assign(
        _computed=(chosen["derived"] != "") & ~chosen["restated"].astype(bool),
        _grade=chosen["source"].map(context.settings.grade_place),
    )
    chosen = (
        chosen.sort_values("end", ascending=False, kind="stable")
        .sort_values(["_computed", "_grade"], kind="stable")
        .drop_duplicates(["indicator", "corridor"])
    )
    order = {key: i for i, key in enumerate(kinds)}
    corridors = {key: i for i, key in enumerate(["", *context.settings.corridors])}
    chosen = chosen.assign(_i=chosen["indicator"].map(order), _c=chosen["corridor"].map(corridors))
    return _key_figures(context, chosen.sort_values(["_grade", "_i", "_c"], kind="stable"), rows)


def _of_theme(context: FigureContext, theme: str, territory: str) -> pd.DataFrame:
    """The rows of one territory on the indicators of one theme."""
    keys = [key for key, kind in context.settings.indicators.items() if kind.theme == theme]
    rows = context.dataset.observations
    rows = rows[rows["territory"] == territory]
    return rows[rows["indicator"].isin(keys)]


def _known_at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Certain rows that end by the period, and not long before it."""
    rows = rows[~rows["uncertain"]]
    ages = {
        reference_period: periods.months_between(reference_period, period)
        for reference_period in rows["reference_period"].unique()
    }
    age = rows["reference_period"].map(ages).astype(float)
    rows = rows[(age >= 0) & (age <= MAX_AGE_MONTHS)]
    return rows.assign(end=rows["reference_period"].map(periods.end_month))


def _key_figures(
    context: FigureContext, chosen: pd.DataFrame, around: pd.DataFrame
) -> list[KeyFigure]:
    """One a row. around: rows among which other values are looked for."""
    indicators = [context.settings.indicators[key] for key in chosen["indicator"]]
    levels, changes = level_values(chosen, indicators), change_values(chosen, indicators)
    return [
        _key_figure(context, row, level, change, around)
        for (_, row), level, change in zip(chosen.iterrows(), levels, changes, strict=True)
    ]


def _key_figure(
    context: FigureContext, row: pd.Series, level: Value, change: Value, around: pd.DataFrame
) -> KeyFigure:
    indicator = context.settings.indicators[row["indicator"]]
    corridor = row["corridor"]
    name = f", {context.settings.corridors[corridor].short}" if corridor else ""
    change_alone = not level.is_known and level.status != "secret"
    since = (
        f"{french.value_text(change)}{_contradicted_mark(change)} {french.since_text(change)}"
        if change.is_known
        else ""
    )
    said = f"niveau non publié, évolution {french.since_text(change)}" if change_alone else since
    nation, nation_value = _nation(context, row, level, indicator)
    beside = _beside(context, row, indicator, context.dataset.observations)
    reading = _reading(context, row, level, change, beside)
    place = context.territories[row["territory"]]
    is_said = level.is_known or (change.is_known and level.status != "secret")
    return KeyFigure(
        label=f"{indicator.label}{name}",
        place=place.name,
        value=_card_value(change if change_alone else level),
        period=_period_text(row, level, indicator),
        change=said,
        nation=nation,
        nation_value=nation_value,
        source=captions.source_text(context.dataset.sources[row["source"]], row["page"]),
        row_note=_row_note(context, row, level),
        assumption=captions.assumed_period_note([level, change]),
        contradiction=captions.contradiction_note([level, change]),
        derived=level.derivation if level.is_computed or change_alone else "",
        uncertain=bool(row["uncertain"]),
        others=_others(context, row, indicator, around),
        theme=indicator.theme,
        indicator=row["indicator"],
        source_key=row["source"],
        sentence=_sentence(reading, level, change),
        reading=reading,
        fact=_fact(context, row, level, reading),
        when=_when(level, change) if is_said else "",
        locative=place.locative,
        region=context.territories.region_of(place.code),
        beside=beside if level.is_known else None,
        values=(level, change),
        territory=row["territory"],
        corridor=corridor,
        page=row["page"],
        icon=_icon(context, indicator, corridor),
    )


def _icon(context: FigureContext, indicator: Indicator, corridor: str) -> str:
    """That of who deposits, else that of what is counted."""
    own = context.settings.corridors[corridor].icon if corridor else ""
    return own or indicator.icon


def _period_text(row: pd.Series, level: Value, indicator: Indicator) -> str:
    """« fin 2025 »; « février 2025, sur un an » of a rolling figure; « février 2025 (date
    supposée) » when the source does not print it, « décembre 2025 (chiffre provisoire) » when it
    may still change it."""
    label = periods.label(row["period"], indicator.accumulation)
    text = ", ".join(part for part in (label, window_label(level)) if part)
    said = [ASSUMED_PERIOD] if row["assumed"] else []
    said += [french.REVISIONS[row["revision"]]] if row["revision"] else []
    return f"{text} ({', '.join(said)})" if said else text


def _row_note(context: FigureContext, row: pd.Series, level: Value) -> str:
    """The note of the row, or which code a number was published under."""
    if level.status == "secret":
        return captions.SECRECY
    if level.status == "restated" and not row["note"]:
        return f"{french.capitalize_first(captions.known_word(context))} : {level.derivation}."
    return str(row["note"])


def _card_value(value: Value) -> str:
    """What a card prints large: the amount, and whether another contradicts it."""
    return _amount(value) + _contradicted_mark(value)


def _amount(value: Value) -> str:
    """« 957 118 documents », « plus d’une centaine d’ambassadeurs »."""
    if value.quantity == "level" and value.is_known and value.printed and value.indicator:
        return amount_text(value, "" if value.indicator.in_percent else value.noun)
    return french.value_text(value, with_noun=True, exact=True)


def _without_noun(value: Value) -> str:
    """« 957 118 », « plus d’une centaine »: what it counts is said by a label."""
    if value.quantity == "level" and value.is_known and value.printed and value.indicator:
        return amount_text(value)
    return french.value_text(value, exact=True)


def _contradicted_mark(value: Value) -> str:
    """« (contredit) » after an amount that another contradicts; the note says by what."""
    return " (contredit)" if value.contradiction and value.is_known else ""


def _reading(
    context: FigureContext, row: pd.Series, level: Value, change: Value, beside: Value | None
) -> str:
    """« à la fin de 2025, 41,7 % des profils … étaient activés, soit 4,2 points de plus qu’en… ».

    beside: the value said in brackets.
    """
    indicator = context.settings.indicators[row["indicator"]]
    code, corridor = row["territory"], row["corridor"]
    if level.is_known:
        said = captions.reading(
            context,
            level,
            code,
            corridor=corridor,
            change=change if change.is_known else None,
            beside=beside,
        )
    elif level.status != "secret" and change.is_known:
        said = captions.change_reading(context, change, code, corridor=corridor)
    else:
        of_corridor = f", {context.settings.corridors[corridor].label}" if corridor else ""
        date = periods.label(row["period"], indicator.accumulation)
        place = context.territories[code].name
        said = f"{indicator.label}{of_corridor}, {place}, {date} : {french.SECRET}."
    return said


def _when(level: Value, change: Value) -> str:
    """As the reading says it: a comparison of two years names both, printed or not."""
    value = level if level.is_known else change
    if change.is_known and change.compared_to:
        value = replace(value, is_period_assumed=False)
    return period_phrase(value)


def _fact(context: FigureContext, row: pd.Series, level: Value, reading: str) -> str:
    """« 33,2 % des profils des assurés de Corse sont activés. »; what is read of it where there
    is no level."""
    if not level.is_known:
        return reading
    return captions.reading(
        context, level, row["territory"], corridor=row["corridor"], is_dated=False
    )


def _sentence(reading: str, level: Value, change: Value) -> str:
    """The same as a sentence of its own, and what contradicts it."""
    shown = level if level.is_known else change
    texts = (
        french.capitalize_first(reading),
        captions.contradiction_note([level, change]),
        captions.revision_note([shown]),
    )
    return " ".join(text for text in texts if text)


def _beside(
    context: FigureContext, row: pd.Series, indicator: Indicator, around: pd.DataFrame
) -> Value | None:
    """The value of another indicator that the same document gives of the same thing: the rate of a
    rank, the share that a count makes."""
    key = indicator.sentence.beside or indicator.ranks
    if not key:
        return None
    rows = around[around["indicator"] == key]
    for column in ("territory", "corridor", "source", "reference_period"):
        rows = rows[rows[column] == row[column]]
    rows = rows[rows["value"].notna()]
    return level_values(rows.iloc[:1], context.settings.indicators[key])[0] if len(rows) else None


def _nation(
    context: FigureContext, row: pd.Series, level: Value, indicator: Indicator
) -> tuple[str, Value | None]:
    """The nation's value beside that of another territory, with its date where it is another; why
    there is none; empty beside no level, and beside the nation's own."""
    if row["territory"] == "FR" or not level.is_known or indicator.kind == "rank":
        return "", None
    nation = national_level(
        context.dataset.index.of_territories(row["indicator"], ["FR"]),
        context.settings,
        row.to_frame().T,
        indicator=row["indicator"],
        corridor=row["corridor"],
    )
    if nation is None:
        return NO_COMPARABLE_NATION, None
    same = nation["reference_period"] == row["reference_period"]
    date = "" if same else f" ({periods.label(nation['period'], indicator.accumulation)})"
    (value,) = level_values(nation.to_frame().T, indicator)
    return f"{_amount(value)}{date}", value


def _others(
    context: FigureContext, row: pd.Series, indicator: Indicator, around: pd.DataFrame
) -> tuple[str, ...]:
    """The values that other sources, or other pages, print for the same thing."""
    rows = others(around, row)
    rows = rows[rows["value"] != row["value"]].drop_duplicates(["value", "source"])
    return tuple(
        f"{_amount(level)} "
        + french.in_brackets(
            f"{captions.source_text(context.dataset.sources[r.source], r.page)}{_contradicted(r)}"
        )
        for level, r in zip(
            level_values(rows, indicator), rows.itertuples(index=False), strict=True
        )
    )


def _contradicted(row: Any) -> str:
    """What contradicts the value that another source prints, after its source; often empty."""
    if row.contradicted not in ("level", "both"):
        return ""
    return f" ; contredit : {lower_first(row.contradiction).rstrip('.')}"
