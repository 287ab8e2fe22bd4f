"""Claims of order: who is first, who is before whom, how many are above."""

from __future__ import annotations

import re
from dataclasses import replace

from atlas import french
from atlas.publications.finding_check.amounts import (
    KnownAmount,
    SaidNumber,
    agreement,
)
from atlas.publications.finding_check.evidence import (
    Fact,
    Measure,
    known_amount,
    unit_of,
)
from atlas.publications.finding_check.parties import (
    UNCERTAIN_ORDER,
    ClaimCheck,
    NotInFigureError,
    Party,
    TitleParties,
    Verdict,
    amount_said,
    false_if,
    limits_of,
    order_of,
    worst,
)

# fmt: off
ORDINALS = (
    "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme",
    "septieme", "huitieme", "neuvieme", "dixieme",
)
# fmt: on


class OrderClaims(TitleParties):
    """Reads the claims of order of one title."""

    def leads(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« en tête », « le taux le plus élevé », « en queue »."""
        return self._extreme(match, line, self.evidence.shown)

    def is_first(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« est première », « dernière région »: of somebody who is named just before."""
        return self._extreme(match, line, self.evidence.shown)

    def grows_most(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« progresse le plus », « la plus forte hausse »."""
        return self._extreme(match, line, "change")

    def _extreme(self, match: re.Match[str], line: str, measure: Measure) -> ClaimCheck | None:
        is_last = match.lastgroup == "last"
        party = self.party_before(line, match.start()) or self.party_after(line, match.end())
        if party is None or party.quantifier:
            return None
        self.use(party)
        groups = [g for g in self.groups(party, measure) if set(party.keys) <= set(g)]
        if not groups:
            raise NotInFigureError(
                "la figure n’a pas de valeur de ce que le titre met au premier rang"
            )
        checks = [self._extreme_of(party, group, is_last=is_last) for group in groups]
        return worst(checks)

    def _extreme_of(self, party: Party, group: dict[str, Fact], *, is_last: bool) -> ClaimCheck:
        dimension = party.dimension
        others = [key for key in group if key not in party.keys and not self.holds(key, party)]
        if not others:
            raise NotInFigureError(
                "la figure ne montre rien à quoi comparer ce que le titre met en tête"
            )
        sign = -1 if is_last else 1
        ordered = sorted(
            [*party.keys, *others], key=lambda key: sign * group[key].value.number, reverse=True
        )
        lead = ordered[: len(party.keys)]
        place = "dernier" if is_last else "premier"
        worst = min(party.keys, key=lambda key: sign * group[key].value.number)
        best = max(others, key=lambda key: sign * group[key].value.number)
        order = order_of(group[worst], group[best], sign)
        shown = self.list_with_values(dimension, group, lead)
        if order is False:
            return ClaimCheck(
                "contradicted",
                f"le titre met au {place} rang {self.names(party)} ; dans la figure, c’est {shown}",
            )
        if order is None:
            return ClaimCheck(
                "unverified",
                f"{UNCERTAIN_ORDER} de dire qui est au {place} rang : "
                f"{self.list_with_values(dimension, group, (worst, best))}",
            )
        silent = self.silent(party, group)
        if silent:
            return ClaimCheck(
                "unverified",
                f"{silent} : rien ne dit que {self.names(party)} reste au {place} rang",
            )
        return ClaimCheck("confirmed", f"au {place} rang de la figure : {shown}")

    def ordinal(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« au 3e rang », « deuxième région »."""
        rank = _rank_of(match["rank"])
        party = self.party_before(line, match.start()) or self.party_after(line, match.end())
        if rank is None or party is None or party.quantifier or len(party.keys) != 1:
            return None
        self.use(party)
        checks = []
        for group in self.groups(party, self.evidence.shown):
            if party.keys[0] in group:
                checks.append(self._ordinal_of(party, group, rank))
        if not checks:
            raise NotInFigureError("la figure n’a pas de valeur du territoire que le titre classe")
        return worst(checks)

    def _ordinal_of(self, party: Party, group: dict[str, Fact], rank: int) -> ClaimCheck:
        (key,) = party.keys
        others = [other for other in group if other != key and not self.holds(other, party)]
        orders = [order_of(group[other], group[key], 1) for other in others]
        least = 1 + sum(order is True for order in orders)
        most = least + sum(order is None for order in orders)
        own = self.name_with_value(party.dimension, key, group[key])
        if not least <= rank <= most:
            return ClaimCheck(
                "contradicted",
                f"le titre donne le rang {rank} ; dans la figure, rang {least} : {own}",
            )
        if most > least:
            return ClaimCheck("unverified", f"{UNCERTAIN_ORDER} de fixer le rang : {own}")
        if silent := self.silent(party, group):
            return ClaimCheck("unverified", f"{silent} : le rang n’est pas certain")
        return ClaimCheck("confirmed", f"rang {rank} dans la figure : {own}")

    def ahead(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« devance », « au-dessus de »."""
        return self._order_claim(match, line, 1)

    def behind(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« derrière », « en dessous de », « est devancée par »."""
        return self._order_claim(match, line, -1)

    def _order_claim(self, match: re.Match[str], line: str, sign: int) -> ClaimCheck | None:
        subject = self.party_before(line, match.start())
        threshold = self._threshold(line, match.end())
        other = None if threshold else self.party_after(line, match.end())
        if subject is None:
            subject = self.only_party()
        if subject is None or (other is None and threshold is None):
            return None
        self.use(subject)
        self.use(other, as_object=True)
        gap = None if threshold else self._gap_after(line, match.end())
        measure = self.evidence.shown
        if measure == "gap":
            measure = "level"
        if other is not None and other.dimension != subject.dimension:
            raise NotInFigureError("le titre compare un territoire et un couloir")
        if threshold is not None:
            self.reading.used.add(threshold[0])
            return self._over_threshold(subject, threshold[1], sign, measure)
        if other is None:
            return None
        groups = [g for g in self.groups(subject, measure) if set(other.keys) <= set(g)]
        if subject.quantifier is None:
            groups = [g for g in groups if set(subject.keys) <= set(g)]
        if not groups:
            return self._by_gap(subject, other, sign)
        checks = []
        for group in groups:
            rival = max(other.keys, key=lambda key: sign * group[key].value.number)

            def is_ahead(
                key: str, group: dict[str, Fact] = group, rival: str = rival
            ) -> bool | None:
                return order_of(group[key], group[rival], sign)

            word = "devant" if sign > 0 else "derrière"
            object_said = self.list_with_values(other.dimension, group, other.keys)
            if subject.quantifier:
                counted = [
                    key
                    for key in group
                    if key not in other.keys and self.is_counted(subject.quantifier, key)
                ]
                what = f"{word} {object_said}"
                checks.append(self.quantified(subject, counted, is_ahead, what, measure))
                continue
            orders = [is_ahead(key) for key in subject.keys]
            said = self.list_with_values(subject.dimension, group, subject.keys)
            if False in orders:
                checks.append(
                    ClaimCheck(
                        "contradicted",
                        f"le titre met {self.names(subject)} {word} {self.names(other)} ; la "
                        f"figure donne {said} et {object_said}",
                    )
                )
            elif None in orders:
                checks.append(
                    ClaimCheck(
                        "unverified",
                        f"{UNCERTAIN_ORDER} de départager {said} et {object_said}",
                    )
                )
            else:
                checks.append(ClaimCheck("confirmed", f"{said}, {word} {object_said}"))
            if gap is not None and len(subject.keys) == len(other.keys) == 1:
                checks.append(self._gap_said(group, subject.keys[0], other.keys[0], gap[1]))
        if gap is not None:
            self.reading.used.add(gap[0])
        return worst(checks)

    def _by_gap(self, subject: Party, other: Party, sign: int) -> ClaimCheck:
        """An order with France that only the gap of a table says."""
        if other.keys == ("FR",):
            gaps = next(iter(self.groups(subject, "gap")), {})
            known = [key for key in subject.keys if key in gaps]
            if subject.keys and len(known) == len(subject.keys):
                said = self.list_with_values(subject.dimension, gaps, known)
                holds = all(sign * gaps[key].value.number > 0 for key in known)
                outcome: Verdict = "confirmed" if holds else "contradicted"
                return ClaimCheck(outcome, f"écart à la France dans la figure : {said}")
        missing = [
            self.name(party.dimension, key)
            for party in (subject, other)
            for key in party.keys
            if not any(key in group for group in self.groups(party, self.evidence.shown))
        ]
        raise NotInFigureError(
            f"la figure n’a pas de valeur pour {french.join_with_et(missing)}"
            if missing
            else "la figure ne compare pas ce que le titre compare"
        )

    def _gap_said(
        self, group: dict[str, Fact], one: str, two: str, number: SaidNumber
    ) -> ClaimCheck:
        first, second = group[one].value, group[two].value
        gap = abs(first.number - second.number)
        in_percent = first.indicator is not None and first.indicator.in_percent
        decimals = first.indicator.digits if first.indicator and in_percent else None
        low, high = gap, gap
        known = [
            KnownAmount(round(gap, 6), "points" if in_percent else "count", decimals, low, high)
        ]
        if not in_percent and second.number:
            ratio = abs(100 * (first.number / second.number - 1))
            known.append(KnownAmount(ratio, "percent", 1, ratio, ratio))
            known.append(KnownAmount(first.number / second.number, "times", 1, 0, 0))
        if any(agreement(number, one_amount) for one_amount in known):
            return ClaimCheck("confirmed", f"l’écart est bien de {number.text}")
        if all(number.unit != one_amount.unit for one_amount in known):
            return ClaimCheck("unverified", f"« {number.text} » ne se lit pas dans la figure")
        exact = amount_said(gap, "points" if in_percent else "count", sign=False)
        return ClaimCheck(
            "contradicted",
            f"le titre dit un écart de « {number.text} » ; dans la figure, il est de {exact}",
        )

    def gap_from(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« 2,6 points de moins que la moyenne nationale »."""
        place = int(match["number"])
        number = self.reading.tokens[place]
        assert isinstance(number, SaidNumber)
        subject = self.party_before(line, match.start()) or self.only_party()
        other = self.party_after(line, match.end())
        if subject is None or other is None or len(subject.keys) != 1 or len(other.keys) != 1:
            return None
        self.use(subject)
        self.use(other, as_object=True)
        self.reading.used.add(place)
        (one,), (two,) = subject.keys, other.keys
        for group in self.groups(subject, "level"):
            if {one, two} <= set(group):
                sign = 1 if match["way"] == "plus" else -1
                order = order_of(group[one], group[two], sign)
                if order is False:
                    said = self.list_with_values(subject.dimension, group, (one, two))
                    return ClaimCheck(
                        "contradicted",
                        f"le titre dit « {number.text} de {match['way']} » ; la figure donne "
                        f"{said}",
                    )
                return self._gap_said(group, one, two, number)
        gaps = next(iter(self.groups(subject, "gap")), {})
        if two != "FR" or one not in gaps:
            raise NotInFigureError("la figure n’a pas les deux valeurs que le titre compare")
        known = known_amount(gaps[one].value)
        said_gap = number if match["way"] == "plus" else replace(number, amount=-number.amount)
        outcome: Verdict = "confirmed" if agreement(said_gap, known) else "contradicted"
        gap = self.name_with_value(subject.dimension, one, gaps[one])
        return ClaimCheck(outcome, f"écart à la France dans la figure : {gap}")

    def _gap_after(self, line: str, start: int) -> tuple[int, SaidNumber] | None:
        """« de 2,1 points » after a verb, before or after its object."""
        match = re.compile(r"[^.;?!,]{0,60}?\b(?:de|d'|par) N(\d+)").match(line, start)
        if match is None:
            return None
        number = self.reading.tokens[int(match[1])]
        assert isinstance(number, SaidNumber)
        return int(match[1]), number

    def _threshold(self, line: str, start: int) -> tuple[int, SaidNumber] | None:
        match = re.compile(r" ?(?:les |la barre des |le seuil des |le seuil de )?N(\d+)").match(
            line, start
        )
        if match is None:
            return None
        number = self.reading.tokens[int(match[1])]
        assert isinstance(number, SaidNumber)
        return int(match[1]), number

    def _over_threshold(
        self, subject: Party, number: SaidNumber, sign: int, measure: Measure
    ) -> ClaimCheck:
        checks = []
        for group in self.groups(subject, measure):
            facts = {k: f for k, f in group.items() if unit_of(f.value) == number.unit}
            if not facts:
                continue

            def is_over(key: str, facts: dict[str, Fact] = facts) -> bool | None:
                low, high = limits_of(facts[key])
                if sign > 0:
                    return True if low >= number.amount - 1e-9 else false_if(high <= number.amount)
                return True if high <= number.amount + 1e-9 else false_if(low >= number.amount)

            word = "au-dessus de" if sign > 0 else "en dessous de"
            if subject.quantifier:
                counted = [k for k in facts if k != "FR" and self.is_counted(subject.quantifier, k)]
                checks.append(
                    self.quantified(subject, counted, is_over, f"{word} {number.text}", measure)
                )
            elif set(subject.keys) <= set(facts):
                said = self.list_with_values(subject.dimension, facts, subject.keys)
                orders = [is_over(key) for key in subject.keys]
                outcome: Verdict = (
                    "contradicted"
                    if False in orders
                    else "unverified"
                    if None in orders
                    else "confirmed"
                )
                checks.append(
                    ClaimCheck(
                        outcome, f"le titre dit {word} {number.text} ; la figure donne {said}"
                    )
                )
        if not checks:
            raise NotInFigureError(f"la figure n’a pas de valeur à comparer à « {number.text} »")
        return worst(checks)

    def overtakes(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« passe devant »: ahead now, and behind before."""
        subject = self.party_before(line, match.start())
        other = self.party_after(line, match.end())
        if subject is None or other is None or subject.quantifier or other.quantifier:
            return None
        if subject.dimension != other.dimension:
            return None
        self.use(subject)
        self.use(other, as_object=True)
        wanted = {*subject.keys, *other.keys}
        checks = []
        before = self.groups(subject, "base")
        for group in self.groups(subject, "level"):
            if not wanted <= set(group):
                continue
            now = [
                order_of(group[one], group[two], 1) for one in subject.keys for two in other.keys
            ]
            said = self.list_with_values(subject.dimension, group, [*subject.keys, *other.keys])
            if False in now:
                checks.append(
                    ClaimCheck(
                        "contradicted",
                        f"le titre met {self.names(subject)} devant {self.names(other)} ; la "
                        f"figure donne {said}",
                    )
                )
                continue
            former = next((g for g in before if wanted <= set(g)), None) or self._earliest(wanted)
            if former is None or None in now:
                checks.append(
                    ClaimCheck(
                        "unverified", f"la figure ne dit pas qui était devant avant : {said}"
                    )
                )
                continue
            then = [
                order_of(former[two], former[one], 1) for one in subject.keys for two in other.keys
            ]
            was = self.list_with_values(subject.dimension, former, [*subject.keys, *other.keys])
            outcome: Verdict = (
                "contradicted" if False in then else "unverified" if None in then else "confirmed"
            )
            checks.append(ClaimCheck(outcome, f"la figure donne {said}, et avant {was}"))
        if not checks:
            raise NotInFigureError("la figure n’a pas les deux valeurs que le titre compare")
        return worst(checks)

    def _earliest(self, wanted: set[str]) -> dict[str, Fact] | None:
        """The first levels of territories whose curves begin at one date."""
        if not all(key in self.evidence.territories for key in wanted):
            return None
        first = {key: series[0] for key in wanted if len(series := self.evidence.series(key)) > 1}
        dates = {fact.period for fact in first.values()}
        return first if len(first) == len(wanted) and len(dates) == 1 else None


def _rank_of(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word.startswith("second"):
        return 2
    return ORDINALS.index(word) + 2 if word in ORDINALS else None
