"""Who a title speaks of, and the facts of its figure that are theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.publications.finding_check.amounts import (
    KnownAmount,
    Unit,
    limits,
)
from atlas.publications.finding_check.evidence import (
    Dimension,
    Evidence,
    Fact,
    Measure,
)
from atlas.publications.finding_check.names import Mention
from atlas.publications.finding_check.reading import Quantifier, TitleReading

Verdict = Literal["confirmed", "contradicted", "unverified"]
SEPARATOR = re.compile(r"[.;?!]")
#: How a reason begins where two values cannot be put in order.
UNCERTAIN_ORDER = "l’arrondi, ou les dates, ne permettent pas"
#: Parts of a whole that are said of any whole: « un département sur trois ».
MAX_PARTS = 10
#: Of how many letters the words between a subject and its verb, or a verb and its object, are.
MAX_LETTERS_BETWEEN = 60
LIST = re.compile(r"[TC]\d+(?:(?:, | et |, et | comme | ainsi que )[TC]\d+)*|Q\d+")
PLACES = re.compile(r"[PB]\d+(?:(?:, | et |, et | comme | ainsi que )[TPCB]\d+)*")
_OBJECT = re.compile(r"[TCPB]\d+(?:(?:, | et |, et )[TCPB]\d+)*")
_TOKEN = re.compile(r"[TCPBQNDYH]\d+")


@dataclass(frozen=True)
class ClaimCheck:
    """One claim of a title: how it stands to the figure, in a French sentence without its stop."""

    outcome: Verdict
    reason: str


@dataclass(frozen=True)
class Party:
    """Who a claim is of: keys of one dimension, or a quantifier of them."""

    dimension: Dimension
    keys: tuple[str, ...] = ()
    quantifier: Quantifier | None = None
    places: tuple[int, ...] = ()


class NotInFigureError(Exception):
    """The figure cannot answer a claim; the text says why."""


@dataclass(frozen=True)
class TitleParties:
    """The names of one title, beside the facts of its figure."""

    context: FigureContext
    evidence: Evidence
    reading: TitleReading

    def party_before(self, line: str, end: int) -> Party | None:
        """The subject of a verb: the nearest before it that is not the object of another."""
        start = max((m.end() for m in SEPARATOR.finditer(line, 0, end)), default=0)
        for pattern in (LIST, PLACES):
            for one in reversed(list(pattern.finditer(line, start, end))):
                places = places_of(one[0])
                if not {object_mark(place) for place in places} <= self.reading.used:
                    return self.party_of(places)
        return None

    def party_after(self, line: str, start: int) -> Party | None:
        """The object of a verb, or who is named after a colon."""
        match = _OBJECT.search(line, start, start + MAX_LETTERS_BETWEEN)
        if match is None or SEPARATOR.search(line, start, match.start()):
            return None
        return self.party_of(places_of(match[0]))

    def party_of(self, places: tuple[int, ...]) -> Party | None:
        first = self.reading.tokens[places[0]]
        if isinstance(first, Quantifier):
            dimension: Dimension = "corridor" if first.group == "corridor" else "territory"
            return Party(dimension, (), first, places)
        mentions = [self.reading.tokens[place] for place in places]
        named = [mention for mention in mentions if isinstance(mention, Mention)]
        if all(mention.corridor for mention in named):
            return Party("corridor", tuple(m.corridor for m in named), None, places)
        keys = [self.territory_of(m) for m in named if not m.corridor]
        if any(not key for key in keys):
            return None
        return Party("territory", tuple(keys), None, places)

    def territory_of(self, mention: Mention) -> str:
        """The territory of the figure that a name stands for; empty where it has none."""
        present = self.evidence.territories
        return next((code for code in mention.codes if code in present), "")

    def only_party(self) -> Party | None:
        """Of whom a figure of one territory speaks when its title does not say."""
        for _, token in self.reading.of(Mention):
            if isinstance(token, Mention) and not token.corridor and not self.territory_of(token):
                return None
        own = self.evidence.territories
        alone = own - {"FR"} or own
        if len(alone) == 1:
            return Party("territory", tuple(alone))
        return None

    def use(self, *parties: Party | None, as_object: bool = False) -> None:
        """Remember the tokens that a rule has read."""
        for party in parties:
            for place in party.places if party else ():
                self.reading.used.add(place)
                if as_object:
                    self.reading.used.add(object_mark(place))

    def groups(self, party: Party, measure: Measure) -> list[dict[str, Fact]]:
        """The latest facts of a measure by the keys of a dimension, in each of the others that
        the title does not leave out."""
        if len(self.evidence.indicators) > 1:
            raise NotInFigureError("la figure mêle plusieurs indicateurs, qui ne se comparent pas")
        facts = self.evidence.latest(measure)
        mine, theirs = (
            party.dimension,
            "corridor" if party.dimension == "territory" else "territory",
        )
        scoped = self.scoped(theirs, party)
        found: dict[str, dict[str, Fact]] = {}
        for fact in facts:
            other = getattr(fact, theirs)
            key = getattr(fact, mine)
            if scoped and other not in scoped:
                continue
            if key:
                found.setdefault(other, {})[key] = fact
        if mine == "corridor" and not scoped and len(found) > 1:
            found = {code: group for code, group in found.items() if code}
        return list(found.values())

    def scoped(self, dimension: str, party: Party) -> set[str]:
        """Keys of the other dimension that the title names."""
        found = set()
        for place, token in self.reading.of(Mention):
            if place in party.places or not isinstance(token, Mention):
                continue
            if dimension == "corridor" and token.corridor:
                found.add(token.corridor)
            if dimension == "territory" and not token.corridor:
                key = self.territory_of(token)
                found |= {key} if key else set()
        present = self.evidence.corridors if dimension == "corridor" else self.evidence.territories
        return found & present

    def cells(self, party: Party, key: str) -> list[tuple[str, str]]:
        """Territories and corridors of a key, within what else the title names."""
        theirs = "corridor" if party.dimension == "territory" else "territory"
        scoped = self.scoped(theirs, party)
        found = {
            (fact.territory, fact.corridor)
            for fact in self.evidence.facts
            if getattr(fact, party.dimension) == key
            and (not scoped or getattr(fact, theirs) in scoped)
        }
        return sorted(found)

    def name(self, dimension: Dimension, key: str) -> str:
        """« la Haute-Corse », « les ESMS » as a reason says it."""
        if dimension == "corridor":
            return f"« {self.context.settings.corridors[key].short} »"
        return self.context.territories[key].with_article

    def name_with_value(self, dimension: Dimension, key: str, fact: Fact) -> str:
        """« la Haute-Corse (33,0 %) »."""
        return f"{self.name(dimension, key)} ({french.value_text(fact.value)})"

    def list_with_values(
        self, dimension: Dimension, group: dict[str, Fact], keys: Collection[str]
    ) -> str:
        """Several of a group, in one list."""
        return french.join_with_et(
            [self.name_with_value(dimension, key, group[key]) for key in keys]
        )

    def holds(self, key: str, party: Party) -> bool:
        """True for France, and for a territory that holds one of the party."""
        if party.dimension == "corridor" or key not in self.context.territories:
            return False
        if key == "FR":
            return "FR" not in party.keys
        return any(self.context.territories.is_within(own, key) for own in party.keys)

    def silent(self, party: Party, group: dict[str, Fact]) -> str:
        """« 3 territoires n’ont pas de valeur publiée »; empty where all have one."""
        if party.dimension == "territory":
            silent = {
                code
                for code in self.evidence.silent(next(iter(group.values())).measure)
                if not self.holds(code, party)
            }
            noun = "territoire"
        else:
            some = next(iter(group.values()))
            silent = {
                fact.corridor
                for fact in self.evidence.facts
                if fact.measure == some.measure
                and fact.territory == some.territory
                and fact.corridor
                and fact.corridor not in group
            }
            noun = "couloir"
        if not silent:
            return ""
        many = len(silent) > 1
        return (
            f"{len(silent)} {noun}s n’ont pas de valeur publiée"
            if many
            else f"un {noun} n’a pas de valeur publiée"
        )

    def names(self, party: Party) -> str:
        return french.join_with_et([self.name(party.dimension, key) for key in party.keys])

    def is_counted(self, quantifier: Quantifier, key: str) -> bool:
        if quantifier.group == "corridor":
            return key in self.context.settings.corridors
        if key not in self.context.territories or key == "FR":
            return False
        return quantifier.group == "any" or self.context.territories[key].kind == quantifier.group

    def quantified(
        self,
        subject: Party,
        counted: Sequence[str],
        holds: Callable[[str], bool | None],
        what: str,
        measure: Measure,
    ) -> ClaimCheck:
        """A count of those for whom something holds, against what a title says of it."""
        quantifier = subject.quantifier
        assert quantifier is not None
        if not counted:
            raise NotInFigureError(f"la figure ne montre pas ce que « {quantifier.text} » compte")
        answers = [holds(key) for key in counted]
        least, most = answers.count(True), answers.count(True) + answers.count(None)
        silent = [
            code
            for code in self.evidence.silent(measure)
            if self.is_counted(quantifier, code) and code not in counted
        ]
        total, known = len(counted) + len(silent), len(counted)
        most += len(silent)
        found = _quantity_holds(quantifier, least, most, total)
        says = (
            f"la figure en compte {least} sur {known} {what}"
            if not silent
            else f"la figure en compte {least} sur {known} publié{'s' if known > 1 else ''} {what}"
        )
        if found is None:
            if silent:
                return ClaimCheck(
                    "unverified", f"{len(silent)} n’ont pas de valeur publiée ; {says}"
                )
            return ClaimCheck(
                "unverified",
                f"l’arrondi, ou les dates, ne permettent pas d’en fixer le nombre ; {says}",
            )
        if found:
            return ClaimCheck("confirmed", says)
        return ClaimCheck("contradicted", f"le titre dit « {quantifier.text} » ; {says}")


def places_of(tokens: str) -> tuple[int, ...]:
    return tuple(int(token[1:]) for token in _TOKEN.findall(tokens))


def object_mark(place: int) -> int:
    """How a token that a verb has for its object is remembered, beside those that are read."""
    return -1 - place


def limits_of(fact: Fact) -> tuple[float, float]:
    return limits(fact.value)


def order_of(one: Fact, two: Fact, sign: int) -> bool | None:
    """True where the first is certainly ahead (sign 1) or behind (sign -1) of the second, False
    where it is not, None where their rounding hides it or where they are of two dates."""
    dates = {periods.end_month(fact.period) for fact in (one, two) if fact.period}
    if len(dates) > 1:
        return None
    (low, high), (other_low, other_high) = limits_of(one), limits_of(two)
    if sign < 0:
        low, high, other_low, other_high = -high, -low, -other_high, -other_low
    if low >= other_high - 1e-9 and one.value.amount != two.value.amount:
        return True
    if high <= other_low + 1e-9 or one.value.amount == two.value.amount:
        return False
    return None


def worst(checks: Sequence[ClaimCheck]) -> ClaimCheck:
    """A claim that holds of several holds of each."""
    for outcome in ("contradicted", "unverified"):
        for check in checks:
            if check.outcome == outcome:
                return check
    return ClaimCheck("confirmed", " ; ".join(dict.fromkeys(check.reason for check in checks)))


def false_if(is_false: bool) -> bool | None:
    return False if is_false else None


def _quantity_holds(quantifier: Quantifier, least: int, most: int, total: int) -> bool | None:
    """Whether a quantifier says a count that is between two, of so many."""
    if quantifier.how == "count":
        return _count_holds(quantifier, least, most, total)
    if quantifier.how == "all":
        if quantifier.count not in (None, total):
            return False
        return True if least == total else false_if(most < total)
    if quantifier.how == "none":
        return True if most == 0 else false_if(least > 0)
    if quantifier.how == "most":
        return True if 2 * least > total else false_if(2 * most <= total)
    if least != most:
        return None
    return 2 * least == total


def _count_holds(quantifier: Quantifier, least: int, most: int, total: int) -> bool | None:
    count, whole = quantifier.count or 0, quantifier.whole
    if whole is not None and whole != total:
        if whole > MAX_PARTS or least != most:
            return False if whole > MAX_PARTS else None
        # « un département sur trois » of twelve: four
        return abs(count / whole - least / total) <= 1 / (2 * total)
    if quantifier.side == "over":
        return True if least >= count else false_if(most < count)
    if quantifier.side == "under":
        return True if most < count else false_if(least >= count)
    if not least <= count <= most:
        return False
    return True if least == most else None


def signed(known: KnownAmount, sign: int) -> KnownAmount:
    if sign > 0:
        return known
    return replace(known, amount=-known.amount, low=-known.high, high=-known.low)


def amount_said(amount: float, unit: Unit, *, sign: bool = True) -> str:
    """A difference or a growth in a sentence: « +7,8 points », « 2,5 fois »."""
    decimals = 0 if unit == "count" or abs(amount - round(amount)) < 0.05 else 1
    number = french.format_number(amount, decimals, sign=sign and unit != "times")
    point = "points" if french.is_plural(abs(amount)) else "point"
    units = {"points": f" {point}", "percent": "\u00a0%", "times": " fois", "count": ""}
    return f"{number}{units[unit]}"


def same_date(said: str, period: str) -> bool:
    """True where a year or a month of a title is the period of a value, or holds it, or is the
    year whose end it is."""
    return period.startswith(said) or periods.end_month(period) == said or said.startswith(period)
