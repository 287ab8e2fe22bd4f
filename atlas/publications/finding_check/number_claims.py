"""Numbers and dates of a title that no verb holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from atlas import french, periods
from atlas.publications.finding_check.amounts import (
    KnownAmount,
    SaidDate,
    SaidNumber,
    agreement,
)
from atlas.publications.finding_check.evidence import (
    Fact,
    as_times,
    known_amount,
    unit_of,
)
from atlas.publications.finding_check.parties import (
    LIST,
    PLACES,
    SEPARATOR,
    ClaimCheck,
    Party,
    TitleParties,
    places_of,
    same_date,
    signed,
)
from atlas.publications.finding_check.reading import Quantifier


class NumberClaims(TitleParties):
    """Reads the numbers of one title that no other claim has read."""

    def plain_numbers(self) -> Iterator[ClaimCheck]:
        for place, token in list(self.reading.of(SaidNumber)):
            if place not in self.reading.used and isinstance(token, SaidNumber):
                self.reading.used.add(place)
                yield self._plain_number(place, token)
        for place, token in list(self.reading.of(Quantifier)):
            if place in self.reading.used or not isinstance(token, Quantifier):
                continue
            self.reading.used.add(place)
            made = self._plain_count(token)
            if made is not None:
                yield made

    def _plain_count(self, quantifier: Quantifier) -> ClaimCheck | None:
        """« les 12 départements »: as many as the figure shows, or as there are."""
        if quantifier.count is None:
            return ClaimCheck("unverified", f"« {quantifier.text} » n’est pas compris")
        shown = {key for key in self._counted_keys() if self.is_counted(quantifier, key)}
        totals = {len(shown)}
        if quantifier.group == "corridor":
            totals.add(len(self.context.settings.corridors))
        elif quantifier.group != "any":
            for code in {"FR", *self.evidence.scope}:
                totals.add(len(self.context.territories.of_kind(quantifier.group, code)))
        if quantifier.count in totals:
            return ClaimCheck(
                "confirmed", f"« {quantifier.text} » : la figure en montre {len(shown)}"
            )
        return ClaimCheck(
            "contradicted", f"le titre dit « {quantifier.text} » ; la figure en montre {len(shown)}"
        )

    def _counted_keys(self) -> set[str]:
        return {
            *self.evidence.territories,
            *self.evidence.corridors,
            *self.evidence.compared,
        }

    def _plain_number(self, place: int, number: SaidNumber) -> ClaimCheck:
        """A number is the value of the nearest name, else any value of the figure."""
        facts, name = self._near_facts(place)
        if number.has_sign:
            facts = [fact for fact in facts if fact.measure in ("change", "gap")]
        known = list(self._amounts_of(facts, has_sign=number.has_sign))
        same = [amount for amount in known if amount.unit == number.unit]
        answers = [agreement(number, amount) for amount in same]
        of_whom = f" pour {name}" if name else ""
        if answers and self._said_of_each(place, number, answers):
            return ClaimCheck("confirmed", f"« {number.text} » se lit dans la figure{of_whom}")
        if None in answers:
            return ClaimCheck(
                "unverified", f"« {number.text} »{of_whom} n’est connu qu’à une marge près"
            )
        if not same or not self._is_of_figure(number):
            return ClaimCheck(
                "unverified", f"« {number.text} » ne se lit pas dans la figure{of_whom}"
            )
        alike = [f for f in facts if unit_of(f.value) == number.unit] or facts
        values = list(dict.fromkeys(french.value_text(f.value) for f in alike))
        told = french.join_with_et(values) if len(values) <= 4 else f"{len(values)} autres valeurs"
        return ClaimCheck(
            "contradicted", f"le titre dit « {number.text} »{of_whom} ; la figure donne {told}"
        )

    def _said_of_each(self, place: int, number: SaidNumber, answers: Sequence[bool | None]) -> bool:
        """True where a number is that of each of those that the title names beside it."""
        party = self._near_party(place)
        if party is None or len(party.keys) < 2:
            return True in answers
        for key in party.keys:
            facts = [f for f in self._said_facts() if getattr(f, party.dimension) == key]
            if not any(agreement(number, amount) for amount in self._amounts_of(facts)):
                return False
        return True

    def _is_of_figure(self, number: SaidNumber) -> bool:
        """True for a number that can only be one of the figure: of its units, or of its noun."""
        if number.unit != "count" or number.scale > 1 or number.amount >= 1000:
            return True
        nouns = {
            french.slug(word)
            for fact in self.evidence.facts
            if fact.value.indicator is not None
            for word in f"{fact.value.indicator.unit} {fact.value.noun}".split()
        }
        return french.slug(number.noun) in nouns

    def _said_facts(self) -> list[Fact]:
        """The facts that a bare number may say; levels to reach where the title speaks of them."""
        is_target = re.search(r"\bobjectif|\bcible|\bcap\b|\bvise", self.reading.line) is not None
        dates = [t.period for _, t in self.reading.of(SaidDate) if isinstance(t, SaidDate)]
        found = [
            fact
            for fact in self.evidence.facts
            if fact.value.is_known and (fact.measure == "target") == is_target
        ]
        if not dates:
            return found
        dated = [f for f in found if any(same_date(date, f.period) for date in dates if f.period)]
        return dated or found

    def _near_party(self, place: int) -> Party | None:
        line = self.reading.line
        here = line.index(f"N{place}")
        lists = [*LIST.finditer(line), *PLACES.finditer(line)]
        best: tuple[int, Party] | None = None
        for one in lists:
            party = self.party_of(places_of(one[0]))
            if party is None or party.quantifier:
                continue
            between = line[one.end() : here] if one.end() <= here else line[here : one.start()]
            if SEPARATOR.search(between):
                continue
            distance = len(between) + 10 * len(re.findall(r",| et | contre ", between))
            if best is None or distance < best[0]:
                best = (distance, party)
        return best[1] if best else None

    def _near_facts(self, place: int) -> tuple[list[Fact], str]:
        facts = self._said_facts()
        party = self._near_party(place)
        if party is None or any(fact.measure == "target" for fact in facts):
            return facts, ""
        cells = {cell for key in party.keys for cell in self.cells(party, key)}
        near = [fact for fact in facts if (fact.territory, fact.corridor) in cells]
        return (near, self.names(party)) if near else (facts, "")

    def _amounts_of(
        self, facts: Sequence[Fact], *, has_sign: bool = False
    ) -> Iterator[KnownAmount]:
        for fact in facts:
            known = known_amount(fact.value)
            yield known
            if fact.measure in ("change", "gap") and not has_sign:
                yield signed(known, -1)
            if fact.measure == "change" and known.unit == "percent":
                yield as_times(known)

    def dates(self, has_claims: bool) -> Iterator[ClaimCheck]:
        """A claim is of the dates of the figure."""
        if not has_claims or not self.evidence.dates:
            return
        for _, token in self.reading.of(SaidDate):
            assert isinstance(token, SaidDate)
            if not any(same_date(token.period, date) for date in self.evidence.dates):
                own = sorted(self.evidence.dates, key=periods.last_day)
                names = list({periods.end_month(d): periods.label(d) for d in own}.values())
                told = (
                    french.join_with_et(names) if len(names) <= 4 else f"{names[0]} à {names[-1]}"
                )
                yield ClaimCheck(
                    "contradicted",
                    f"le titre parle de {periods.label(token.period)} ; la figure est de {told}",
                )
