"""Claims of change: who gained how much, and whether it rises."""

from __future__ import annotations

import re
from dataclasses import replace

from atlas import french
from atlas.publications.finding_check.amounts import (
    SaidDate,
    SaidDuration,
    SaidNumber,
    agreement,
)
from atlas.publications.finding_check.evidence import (
    Gain,
    as_times,
    gains_of,
)
from atlas.publications.finding_check.parties import (
    ClaimCheck,
    NotInFigureError,
    Party,
    TitleParties,
    amount_said,
    same_date,
    signed,
    worst,
)


class ChangeClaims(TitleParties):
    """Reads the claims of change of one title."""

    def gains(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« gagne 7,8 points », « +204 % »."""
        return self._gain_claim(match, line, 1)

    def loses(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« perd 2 points », « en baisse de 3 % »."""
        return self._gain_claim(match, line, -1)

    def _gain_claim(self, match: re.Match[str], line: str, sign: int) -> ClaimCheck | None:
        place = int(match[match.lastgroup or "number"])
        number = self.reading.tokens[place]
        assert isinstance(number, SaidNumber)
        if re.match(r" (?:a|jusqu'a) N\d", line[match.end() :]):
            return None  # « de 7,2 à 24 millions »: two levels
        if match[0].startswith("multipli"):
            number = replace(number, unit="times")
        party = self.party_before(line, match.start()) or self.party_after(line, match.end())
        party = party or self.only_party()
        if party is None:
            raise NotInFigureError(f"le titre ne dit pas qui gagne « {number.text} »")
        self.use(party)
        self.reading.used.add(place)
        if number.has_sign and number.text.lstrip().startswith("-"):
            sign, number = -sign, _without_sign(number)
        if party.quantifier:
            raise NotInFigureError(
                f"« {number.text} » de plusieurs territoires ne se lit pas dans la figure"
            )
        return worst([self._gain_of(party, key, number, sign) for key in party.keys])

    def _gain_of(self, party: Party, key: str, number: SaidNumber, sign: int) -> ClaimCheck:
        name = self.name(party.dimension, key)
        gains = [
            gain
            for territory, corridor in self.cells(party, key)
            for gain in gains_of(self.evidence, territory, corridor)
        ]
        if not gains:
            raise NotInFigureError(f"la figure n’a pas d’évolution pour {name}")
        dated = [gain for gain in gains if self._fits_dates(gain)]
        candidates = dated or gains
        if number.unit == "times":
            candidates = [
                Gain(as_times(g.known), g.start, g.end)
                for g in candidates
                if g.known.unit == "percent"
            ] + [gain for gain in candidates if gain.known.unit == "times"]
        same = [gain for gain in candidates if gain.known.unit == number.unit]
        if not same:
            raise NotInFigureError(
                f"l’évolution de la figure ne se dit pas comme « {number.text} »"
            )
        answers = [agreement(number, signed(gain.known, sign)) for gain in same]
        told = french.join_with_ou(list(dict.fromkeys(self._gain_text(gain) for gain in same[:2])))
        if True in answers:
            if dated:
                return ClaimCheck("confirmed", f"{name} : {told}")
            if all(gain.months is None for gain in same):
                return ClaimCheck(
                    "unverified", f"{name} : {told}, dont la source ne dit pas la durée"
                )
            return ClaimCheck(
                "contradicted", f"la période du titre n’est pas celle de la figure : {name}, {told}"
            )
        if None in answers:
            return ClaimCheck("unverified", f"{name} : {told}, connu à une marge près")
        return ClaimCheck(
            "contradicted", f"le titre dit « {number.text} » pour {name} ; la figure donne {told}"
        )

    def _gain_text(self, gain: Gain) -> str:
        return amount_said(gain.known.amount, gain.known.unit)

    def _fits_dates(self, gain: Gain) -> bool:
        """True where nothing that the title says of time is unlike the gain."""
        durations = [t for _, t in self.reading.of(SaidDuration) if isinstance(t, SaidDuration)]
        if durations:
            if gain.months is None:
                return False
            if not any(
                abs(gain.months - one.months) <= max(1, one.months * 0.1) for one in durations
            ):
                return False
        dates = [t.period for _, t in self.reading.of(SaidDate) if isinstance(t, SaidDate)]
        if not dates:
            return True
        if not gain.start and len(dates) > 1:
            return False
        ends = [end for end in (gain.start, gain.end) if end]
        return all(any(same_date(date, end) for end in ends) for date in dates)

    def multiplies(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« double », « triple »."""
        word = match["factor"]
        factor = 2 if word.startswith("doubl") else 3 if word.startswith("tripl") else 4
        party = self.party_before(line, match.start()) or self.only_party()
        if party is None or party.quantifier:
            return None
        self.use(party)
        number = SaidNumber(*match.span(), word, float(factor), "times", 0.2, 0)
        return worst([self._gain_of(party, key, number, 1) for key in party.keys])

    def rises(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« progresse », « en hausse »."""
        return self._trend(match, line, 1)

    def falls(self, match: re.Match[str], line: str) -> ClaimCheck | None:
        """« recule », « en baisse »."""
        return self._trend(match, line, -1)

    def _trend(self, match: re.Match[str], line: str, sign: int) -> ClaimCheck | None:
        after = self.party_after(line, match.end())
        party = self.party_before(line, match.start()) or after or self.only_party()
        if party is None:
            return None
        self.use(party)
        word = "en hausse" if sign > 0 else "en baisse"

        def moves(key: str) -> bool | None:
            return self._moves(party, key, sign)

        if party.quantifier:
            keys = {
                getattr(fact, party.dimension)
                for fact in self.evidence.facts
                if gains_of(self.evidence, fact.territory, fact.corridor)
            }
            counted = [key for key in keys if self.is_counted(party.quantifier, key)]
            return self.quantified(party, counted, moves, word, "change")
        answers = [moves(key) for key in party.keys]
        if None in answers:
            raise NotInFigureError(f"la figure n’a pas d’évolution pour {self.names(party)}")
        told = french.join_with_et(
            [
                f"{self.name(party.dimension, key)} ({self._gain_text(gains[0])})"
                for key in party.keys
                if (gains := self._gains(party, key))
            ]
        )
        if False in answers:
            return ClaimCheck("contradicted", f"le titre dit {word} ; la figure donne {told}")
        return ClaimCheck("confirmed", f"{word} : {told}")

    def _gains(self, party: Party, key: str) -> list[Gain]:
        every = [
            gain
            for territory, corridor in self.cells(party, key)
            for gain in gains_of(self.evidence, territory, corridor)
        ]
        return [gain for gain in every if self._fits_dates(gain)] or every

    def _moves(self, party: Party, key: str, sign: int) -> bool | None:
        gains = self._gains(party, key)
        if not gains:
            return None
        longest = max(gains, key=lambda gain: gain.months or 0)
        return sign * longest.known.amount > 0


def _without_sign(number: SaidNumber) -> SaidNumber:
    return replace(number, amount=abs(number.amount), has_sign=False)
