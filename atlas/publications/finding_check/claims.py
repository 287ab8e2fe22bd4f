"""What a title claims, each claim read against the facts of its figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.publications.finding_check.amounts import (
    KnownAmount,
    SaidDate,
    SaidDuration,
    SaidNumber,
    agreement,
    limits,
)
from atlas.publications.finding_check.evidence import (
    Dimension,
    Evidence,
    Fact,
    Gain,
    Measure,
    as_times,
    gains_of,
    known_amount,
    unit_of,
)
from atlas.publications.finding_check.names import Mention
from atlas.publications.finding_check.reading import Quantifier, TitleReading

Verdict = Literal["confirmed", "contradicted", "unverified"]
_SEPARATOR = re.compile(r"[.;?!]")
#: Parts of a whole that are said of any whole: « un département sur trois ».
MAX_PARTS = 10
#: Of how many letters the words between a subject and its verb, or a verb and its object, are.
MAX_LETTERS_BETWEEN = 60
_LIST = re.compile(r"[TC]\d+(?:(?:, | et |, et | comme | ainsi que )[TC]\d+)*|Q\d+")
_PLACES = re.compile(r"[PB]\d+(?:(?:, | et |, et | comme | ainsi que )[TPCB]\d+)*")
_OBJECT = re.compile(r"[TCPB]\d+(?:(?:, | et |, et )[TCPB]\d+)*")
_TOKEN = re.compile(r"[TCPBQNDYH]\d+")
_GROWS = (
    r"(?:progresse(?:nt)?|augmente(?:nt)?|croit|croissent|grandi(?:t|ssent)|gagne(?:nt)?"
    r"|bondi(?:t|ssent)|avance(?:nt)?|grimpe(?:nt)?|monte(?:nt)?"
    r"|(?:a|ont) (?:progresse|augmente|cru|grandi|gagne|bondi|avance|grimpe))"
)
_SHRINKS = (
    r"(?:recule(?:nt)?|baisse(?:nt)?|diminue(?:nt)?|perd(?:ent)?|chute(?:nt)?|regresse(?:nt)?"
    r"|(?:a|ont) (?:recule|baisse|diminue|perdu|chute|regresse))"
)
_HIGH = r"(?:elevee?s?|hautes?|hauts?|fortes?|forts?|grande?s?|importante?s?|actives?|actifs?)"
_LOW = r"(?:basses?|bas|faibles?|petite?s?|modestes?)"


@dataclass(frozen=True)
class ClaimCheck:
    """One claim of a title: how it stands to the figure, in a French sentence without its stop."""

    outcome: Verdict
    reason: str


@dataclass(frozen=True)
class _Party:
    """Who a claim is of: keys of one dimension, or a quantifier of them."""

    dimension: Dimension
    keys: tuple[str, ...] = ()
    quantifier: Quantifier | None = None
    places: tuple[int, ...] = ()


class _NotInFigureError(Exception):
    """The figure cannot answer a claim; the text says why."""


@dataclass(frozen=True)
class ClaimReader:
    """Reads the claims of one title against the facts of its figure."""

    context: FigureContext
    evidence: Evidence
    reading: TitleReading

    def read(self) -> tuple[list[ClaimCheck], str]:
        """Each claim that a rule understands, in the order of the rules, and the words left."""
        found: list[ClaimCheck] = []
        line = self.reading.line
        for pattern, rule in _RULES:
            for match in list(re.finditer(pattern, line)):
                made = self._apply(rule, match, line)
                if made is None:
                    continue
                found.append(made)
                start, end = match.span()
                line = line[:start] + "#" * (end - start) + line[end:]
        found += self._plain_numbers()
        found += self._dates(bool(found))
        return found, line

    def _apply(self, rule: Rule, match: re.Match[str], line: str) -> ClaimCheck | None:
        try:
            return rule(self, match, line)
        except _NotInFigureError as silence:
            return ClaimCheck("unverified", str(silence))

    # Who is spoken of

    def party_before(self, line: str, end: int) -> _Party | None:
        """The subject of a verb: the nearest before it that is not the object of another."""
        start = max((m.end() for m in _SEPARATOR.finditer(line, 0, end)), default=0)
        for pattern in (_LIST, _PLACES):
            for one in reversed(list(pattern.finditer(line, start, end))):
                places = _places_of(one[0])
                if not {_as_object(place) for place in places} <= self.reading.used:
                    return self._party(places)
        return None

    def party_after(self, line: str, start: int) -> _Party | None:
        """The object of a verb, or who is named after a colon."""
        match = _OBJECT.search(line, start, start + MAX_LETTERS_BETWEEN)
        if match is None or _SEPARATOR.search(line, start, match.start()):
            return None
        return self._party(_places_of(match[0]))

    def _party(self, places: tuple[int, ...]) -> _Party | None:
        first = self.reading.tokens[places[0]]
        if isinstance(first, Quantifier):
            dimension: Dimension = "corridor" if first.group == "corridor" else "territory"
            return _Party(dimension, (), first, places)
        mentions = [self.reading.tokens[place] for place in places]
        named = [mention for mention in mentions if isinstance(mention, Mention)]
        if all(mention.corridor for mention in named):
            return _Party("corridor", tuple(m.corridor for m in named), None, places)
        keys = [self.territory_of(m) for m in named if not m.corridor]
        if any(not key for key in keys):
            return None
        return _Party("territory", tuple(keys), None, places)

    def territory_of(self, mention: Mention) -> str:
        """The territory of the figure that a name stands for; empty where it has none."""
        present = self.evidence.territories
        return next((code for code in mention.codes if code in present), "")

    def only_party(self) -> _Party | None:
        """Of whom a figure of one territory speaks when its title does not say."""
        for _, token in self.reading.of(Mention):
            if isinstance(token, Mention) and not token.corridor and not self.territory_of(token):
                return None
        own = self.evidence.territories
        alone = own - {"FR"} or own
        if len(alone) == 1:
            return _Party("territory", tuple(alone))
        return None

    def use(self, *parties: _Party | None, as_object: bool = False) -> None:
        """Remember the tokens that a rule has read."""
        for party in parties:
            for place in party.places if party else ():
                self.reading.used.add(place)
                if as_object:
                    self.reading.used.add(_as_object(place))

    # What is compared

    def groups(self, party: _Party, measure: Measure) -> list[dict[str, Fact]]:
        """The latest facts of a measure by the keys of a dimension, in each of the others that
        the title does not leave out."""
        facts = self.evidence.latest(measure)
        mine, theirs = (
            party.dimension,
            "corridor" if party.dimension == "territory" else "territory",
        )
        scoped = self._scoped(theirs, party)
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

    def _scoped(self, dimension: str, party: _Party) -> set[str]:
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

    def name(self, dimension: Dimension, key: str) -> str:
        """« la Haute-Corse », « les ESMS » as a reason says it."""
        if dimension == "corridor":
            return f"« {self.context.settings.corridors[key].short} »"
        return self.context.territories[key].with_article

    def said(self, dimension: Dimension, key: str, fact: Fact) -> str:
        """« la Haute-Corse (33,0 %) »."""
        return f"{self.name(dimension, key)} ({french.value_text(fact.value)})"

    def said_list(self, dimension: Dimension, group: dict[str, Fact], keys: Collection[str]) -> str:
        """Several of a group, in one list."""
        return french.join_with_et([self.said(dimension, key, group[key]) for key in keys])

    # Claims

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
            raise _NotInFigureError(
                "la figure n’a pas de valeur de ce que le titre met au premier rang"
            )
        checks = [self._extreme_of(party, group, is_last=is_last) for group in groups]
        return _worst(checks)

    def _extreme_of(self, party: _Party, group: dict[str, Fact], *, is_last: bool) -> ClaimCheck:
        dimension = party.dimension
        others = [key for key in group if key not in party.keys and not self._holds(key, party)]
        if not others:
            raise _NotInFigureError(
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
        order = _order(group[worst], group[best], sign)
        shown = self.said_list(dimension, group, lead)
        if order is False:
            return ClaimCheck(
                "contradicted",
                f"le titre met au {place} rang {self._names(party)} ; dans la figure, c’est {shown}",
            )
        if order is None:
            return ClaimCheck(
                "unverified",
                f"l’arrondi ne permet pas de dire qui, de {self.said(dimension, worst, group[worst])} "
                f"ou de {self.said(dimension, best, group[best])}, est au {place} rang",
            )
        silent = self._silent(party, group)
        if silent:
            return ClaimCheck(
                "unverified",
                f"{silent} : rien ne dit que {self._names(party)} reste au {place} rang",
            )
        return ClaimCheck("confirmed", f"au {place} rang de la figure : {shown}")

    def _holds(self, key: str, party: _Party) -> bool:
        """True for France, and for a territory that holds one of the party."""
        if party.dimension == "corridor" or key not in self.context.territories:
            return False
        if key == "FR":
            return "FR" not in party.keys
        return any(self.context.territories.is_within(own, key) for own in party.keys)

    def _silent(self, party: _Party, group: dict[str, Fact]) -> str:
        """« 3 territoires n’ont pas de valeur publiée »; empty where all have one."""
        if party.dimension == "territory":
            silent = {
                code
                for code in self.evidence.missing
                if code not in group and code != "FR" and not self._holds(code, party)
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
            f"{len(silent)} {noun}{'s' if many else ''} "
            f"{'n’ont' if many else 'n’a'} pas de valeur publiée"
        )

    def _names(self, party: _Party) -> str:
        return french.join_with_et([self.name(party.dimension, key) for key in party.keys])

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
            raise _NotInFigureError("la figure n’a pas de valeur du territoire que le titre classe")
        return _worst(checks)

    def _ordinal_of(self, party: _Party, group: dict[str, Fact], rank: int) -> ClaimCheck:
        (key,) = party.keys
        others = [other for other in group if other != key and not self._holds(other, party)]
        orders = [_order(group[other], group[key], 1) for other in others]
        least = 1 + sum(order is True for order in orders)
        most = least + sum(order is None for order in orders)
        own = self.said(party.dimension, key, group[key])
        if not least <= rank <= most:
            span = french.format_ordinal(least)
            return ClaimCheck(
                "contradicted", f"le titre donne le rang {rank} ; dans la figure, {own} est {span}"
            )
        if most > least:
            return ClaimCheck("unverified", f"l’arrondi ne permet pas de fixer le rang : {own}")
        if silent := self._silent(party, group):
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
            raise _NotInFigureError("le titre compare un territoire et un couloir")
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
                return _order(group[key], group[rival], sign)

            word = "devant" if sign > 0 else "derrière"
            object_said = self.said_list(other.dimension, group, other.keys)
            if subject.quantifier:
                counted = [
                    key
                    for key in group
                    if key not in other.keys and self._is_counted(subject.quantifier, key)
                ]
                what = f"{word} {object_said}"
                checks.append(self._quantified(subject, counted, is_ahead, what))
                continue
            orders = [is_ahead(key) for key in subject.keys]
            said = self.said_list(subject.dimension, group, subject.keys)
            if False in orders:
                checks.append(
                    ClaimCheck(
                        "contradicted",
                        f"le titre met {self._names(subject)} {word} {self._names(other)} ; la "
                        f"figure donne {said} et {object_said}",
                    )
                )
            elif None in orders:
                checks.append(
                    ClaimCheck(
                        "unverified",
                        f"l’arrondi ne permet pas de départager {said} et {object_said}",
                    )
                )
            else:
                checks.append(ClaimCheck("confirmed", f"{said}, {word} {object_said}"))
            if gap is not None and len(subject.keys) == len(other.keys) == 1:
                checks.append(self._gap_said(group, subject.keys[0], other.keys[0], gap[1]))
        if gap is not None:
            self.reading.used.add(gap[0])
        return _worst(checks)

    def _by_gap(self, subject: _Party, other: _Party, sign: int) -> ClaimCheck:
        """An order with France that only the gap of a table says."""
        if other.keys == ("FR",):
            gaps = next(iter(self.groups(subject, "gap")), {})
            known = [key for key in subject.keys if key in gaps]
            if subject.keys and len(known) == len(subject.keys):
                said = self.said_list(subject.dimension, gaps, known)
                holds = all(sign * gaps[key].value.number > 0 for key in known)
                outcome: Verdict = "confirmed" if holds else "contradicted"
                return ClaimCheck(outcome, f"écart à la France dans la figure : {said}")
        missing = [
            self.name(party.dimension, key)
            for party in (subject, other)
            for key in party.keys
            if not any(key in group for group in self.groups(party, self.evidence.shown))
        ]
        raise _NotInFigureError(
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
        exact = french.format_number(round(gap, 1), 1 if in_percent else 0)
        unit = " points" if in_percent else ""
        return ClaimCheck(
            "contradicted",
            f"le titre dit un écart de « {number.text} » ; dans la figure, il est de {exact}{unit}",
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
                order = _order(group[one], group[two], sign)
                if order is False:
                    said = self.said_list(subject.dimension, group, (one, two))
                    return ClaimCheck(
                        "contradicted",
                        f"le titre dit « {number.text} de {match['way']} » ; la figure donne {said}",
                    )
                return self._gap_said(group, one, two, number)
        gaps = next(iter(self.groups(subject, "gap")), {})
        if two != "FR" or one not in gaps:
            raise _NotInFigureError("la figure n’a pas les deux valeurs que le titre compare")
        known = known_amount(gaps[one].value)
        said_gap = number if match["way"] == "plus" else replace(number, amount=-number.amount)
        outcome: Verdict = "confirmed" if agreement(said_gap, known) else "contradicted"
        return ClaimCheck(
            outcome,
            f"écart à la France dans la figure : {self.said(subject.dimension, one, gaps[one])}",
        )

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
        self, subject: _Party, number: SaidNumber, sign: int, measure: Measure
    ) -> ClaimCheck:
        checks = []
        for group in self.groups(subject, measure):
            facts = {k: f for k, f in group.items() if unit_of(f.value) == number.unit}
            if not facts:
                continue

            def is_over(key: str, facts: dict[str, Fact] = facts) -> bool | None:
                low, high = _limits(facts[key])
                if sign > 0:
                    return True if low >= number.amount - 1e-9 else _false_if(high < number.amount)
                return True if high <= number.amount + 1e-9 else _false_if(low > number.amount)

            word = "au-dessus de" if sign > 0 else "en dessous de"
            if subject.quantifier:
                counted = [
                    k for k in facts if k != "FR" and self._is_counted(subject.quantifier, k)
                ]
                checks.append(self._quantified(subject, counted, is_over, f"{word} {number.text}"))
            elif set(subject.keys) <= set(facts):
                said = self.said_list(subject.dimension, facts, subject.keys)
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
            raise _NotInFigureError(f"la figure n’a pas de valeur à comparer à « {number.text} »")
        return _worst(checks)

    def _is_counted(self, quantifier: Quantifier, key: str) -> bool:
        if quantifier.group == "corridor":
            return key in self.context.settings.corridors
        if key not in self.context.territories or key == "FR":
            return False
        return quantifier.group == "any" or self.context.territories[key].kind == quantifier.group

    def _quantified(
        self,
        subject: _Party,
        counted: Sequence[str],
        holds: Callable[[str], bool | None],
        what: str,
    ) -> ClaimCheck:
        """A count of those for whom something holds, against what a title says of it."""
        quantifier = subject.quantifier
        assert quantifier is not None
        if not counted:
            raise _NotInFigureError(f"la figure ne montre pas ce que « {quantifier.text} » compte")
        answers = [holds(key) for key in counted]
        least, most = answers.count(True), answers.count(True) + answers.count(None)
        silent = [
            code
            for code in self.evidence.missing
            if self._is_counted(quantifier, code) and code not in counted
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
                "unverified", f"l’arrondi ne permet pas d’en fixer le nombre ; {says}"
            )
        if found:
            return ClaimCheck("confirmed", says)
        return ClaimCheck("contradicted", f"le titre dit « {quantifier.text} » ; {says}")

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
            now = [_order(group[one], group[two], 1) for one in subject.keys for two in other.keys]
            said = self.said_list(subject.dimension, group, [*subject.keys, *other.keys])
            if False in now:
                checks.append(
                    ClaimCheck(
                        "contradicted",
                        f"le titre met {self._names(subject)} devant {self._names(other)} ; la "
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
                _order(former[two], former[one], 1) for one in subject.keys for two in other.keys
            ]
            was = self.said_list(subject.dimension, former, [*subject.keys, *other.keys])
            outcome: Verdict = (
                "contradicted" if False in then else "unverified" if None in then else "confirmed"
            )
            checks.append(ClaimCheck(outcome, f"la figure donne {said}, et avant {was}"))
        if not checks:
            raise _NotInFigureError("la figure n’a pas les deux valeurs que le titre compare")
        return _worst(checks)

    def _earliest(self, wanted: set[str]) -> dict[str, Fact] | None:
        """The first levels of territories whose curves begin at one date."""
        if not all(key in self.evidence.territories for key in wanted):
            return None
        first = {key: series[0] for key in wanted if len(series := self.evidence.series(key)) > 1}
        dates = {fact.period for fact in first.values()}
        return first if len(first) == len(wanted) and len(dates) == 1 else None

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
        party = self.party_before(line, match.start()) or self.party_after(line, match.end())
        party = party or self.only_party()
        if party is None:
            raise _NotInFigureError(f"le titre ne dit pas qui gagne « {number.text} »")
        self.use(party)
        self.reading.used.add(place)
        if number.has_sign and number.text.lstrip().startswith("-"):
            sign, number = -sign, _without_sign(number)
        if party.quantifier:
            raise _NotInFigureError(
                f"« {number.text} » de plusieurs territoires ne se lit pas dans la figure"
            )
        return _worst([self._gain_of(party, key, number, sign) for key in party.keys])

    def _gain_of(self, party: _Party, key: str, number: SaidNumber, sign: int) -> ClaimCheck:
        name = self.name(party.dimension, key)
        gains = [
            gain
            for territory, corridor in self._cells(party, key)
            for gain in gains_of(self.evidence, territory, corridor)
        ]
        if not gains:
            raise _NotInFigureError(f"la figure n’a pas d’évolution pour {name}")
        dated = [gain for gain in gains if self._fits_dates(gain)]
        candidates = dated or gains
        if number.unit == "times":
            candidates = [
                Gain(as_times(g.known), g.start, g.end)
                for g in candidates
                if g.known.unit == "percent"
            ]
        same = [gain for gain in candidates if gain.known.unit == number.unit]
        if not same:
            raise _NotInFigureError(
                f"l’évolution de la figure ne se dit pas comme « {number.text} »"
            )
        answers = [agreement(number, _signed(gain.known, sign)) for gain in same]
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
        decimals = min(gain.known.decimals if gain.known.decimals is not None else 0, 2)
        number = french.format_number(gain.known.amount, decimals, sign=gain.known.unit != "times")
        unit = {"points": " points", "percent": "\u00a0%", "times": " fois", "count": ""}
        return f"{number}{unit[gain.known.unit]}"

    def _cells(self, party: _Party, key: str) -> list[tuple[str, str]]:
        """Territories and corridors of a key, within what else the title names."""
        theirs = "corridor" if party.dimension == "territory" else "territory"
        scoped = self._scoped(theirs, party)
        found = {
            (fact.territory, fact.corridor)
            for fact in self.evidence.facts
            if getattr(fact, party.dimension) == key
            and (not scoped or getattr(fact, theirs) in scoped)
        }
        return sorted(found)

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
        return _worst([self._gain_of(party, key, number, 1) for key in party.keys])

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
            counted = [key for key in keys if self._is_counted(party.quantifier, key)]
            return self._quantified(party, counted, moves, word)
        answers = [moves(key) for key in party.keys]
        if None in answers:
            raise _NotInFigureError(f"la figure n’a pas d’évolution pour {self._names(party)}")
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

    def _gains(self, party: _Party, key: str) -> list[Gain]:
        every = [
            gain
            for territory, corridor in self._cells(party, key)
            for gain in gains_of(self.evidence, territory, corridor)
        ]
        return [gain for gain in every if self._fits_dates(gain)] or every

    def _moves(self, party: _Party, key: str, sign: int) -> bool | None:
        gains = self._gains(party, key)
        if not gains:
            return None
        longest = max(gains, key=lambda gain: gain.months or 0)
        return sign * longest.known.amount > 0

    # Numbers and dates that no verb holds

    def _plain_numbers(self) -> Iterator[ClaimCheck]:
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
        shown = {key for key in self._counted_keys() if self._is_counted(quantifier, key)}
        totals = {len(shown)}
        if quantifier.group not in ("any", "corridor"):
            for code in {"FR", *self.evidence.scope}:
                totals.add(len(self.context.territories.of_kind(quantifier.group, code)))
        if quantifier.group == "corridor":
            totals.add(len(self.context.settings.corridors))
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
            *self.evidence.missing,
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
        values = list(dict.fromkeys(french.value_text(f.value) for f in facts if f.value.is_known))
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

    def _near_party(self, place: int) -> _Party | None:
        line = self.reading.line
        here = line.index(f"N{place}")
        lists = [*_LIST.finditer(line), *_PLACES.finditer(line)]
        best: tuple[int, _Party] | None = None
        for one in lists:
            party = self._party(_places_of(one[0]))
            if party is None or party.quantifier:
                continue
            between = line[one.end() : here] if one.end() <= here else line[here : one.start()]
            if _SEPARATOR.search(between):
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
        cells = {cell for key in party.keys for cell in self._cells(party, key)}
        near = [fact for fact in facts if (fact.territory, fact.corridor) in cells]
        return (near, self._names(party)) if near else (facts, "")

    def _amounts_of(
        self, facts: Sequence[Fact], *, has_sign: bool = False
    ) -> Iterator[KnownAmount]:
        for fact in facts:
            known = known_amount(fact.value)
            yield known
            if fact.measure in ("change", "gap") and not has_sign:
                yield _signed(known, -1)
            if fact.measure == "change" and known.unit == "percent":
                yield as_times(known)

    def _dates(self, has_claims: bool) -> Iterator[ClaimCheck]:
        """A claim is of the dates of the figure."""
        if not has_claims or not self.evidence.dates:
            return
        for _, token in self.reading.of(SaidDate):
            assert isinstance(token, SaidDate)
            if not any(same_date(token.period, date) for date in self.evidence.dates):
                own = sorted(self.evidence.dates, key=periods.last_day)
                names = list(dict.fromkeys(periods.label(date) for date in own))
                told = (
                    french.join_with_et(names) if len(names) <= 4 else f"{names[0]} à {names[-1]}"
                )
                yield ClaimCheck(
                    "contradicted",
                    f"le titre parle de {periods.label(token.period)} ; la figure est de {told}",
                )


Rule = Callable[[ClaimReader, re.Match[str], str], ClaimCheck | None]
_ORDINALS = (
    ["deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme", "dixieme"]
)
_RANK = rf"(?P<rank>\d+(?=e\b|eme\b|nde?\b)|{'|'.join(_ORDINALS)}|seconde?)(?:eme|e|nde?)?"
_MOST = (
    r"\b(?:(?:la|une) )?plus (?:forte?|grande?|nette) "
    r"(?:hausse|progression|croissance|evolution|augmentation)"
)
_LEAST = r"\b(?:(?:la|une) )?plus (?:faible|petite) (?:hausse|progression|croissance|evolution)"
_THE = r"\b(?:le|la|les)"
#: Words, and what reads them; the first that reads a text takes it.
_RULES: tuple[tuple[str, Rule], ...] = (
    (
        r"\bpass(?:e|ent|ee?s?) devant\b|\bdouble(?:nt)? (?=[TC]\d)",
        ClaimReader.overtakes,
    ),
    (
        rf"\b{_GROWS} (?:[a-z]+ ){{0,2}}le plus\b(?: vite| fortement| rapidement)?|{_MOST}"
        rf"|\b(?:a|ont) le plus (?:progresse|augmente|gagne)"
        rf"|(?P<last>\b{_GROWS} (?:[a-z]+ ){{0,2}}le moins\b|{_LEAST})",
        ClaimReader.grows_most,
    ),
    (
        r"\ben tete\b|\bau premier rang\b|\bmene(?:nt)? (?:la danse|le classement)\b"
        r"|\bnumero un\b|\barrive(?:nt)? premiere?s?\b"
        rf"|{_THE} (?:[a-z]+ (?:le|la|les) )?plus {_HIGH}\b|{_THE} meilleure?s?\b"
        r"|(?P<last>\ben queue\b|\bferme(?:nt)? la marche\b|\blanterne rouge\b"
        rf"|\bau dernier rang\b|{_THE} (?:[a-z]+ (?:le|la|les) )?plus {_LOW}\b)",
        ClaimReader.leads,
    ),
    (
        r"(?:\best|\bsont|(?<=\d)|(?<=\d,)) (?:la |le |les )?"
        r"(?:premi(?:er|ere)s?\b|(?P<last>derni(?:er|ere)s?\b))",
        ClaimReader.is_first,
    ),
    (
        rf"\b(?:au |a la |en )?{_RANK} (?:rang|place|position|region|departement|caisse)\b",
        ClaimReader.ordinal,
    ),
    (
        r"\b(?:est|sont) (?:devance|distance|depasse)e?s? par\b|\bderriere\b"
        r"|\b(?:en |au-)dessous(?: de\b| d'|\b)|\bsous (?=[TPN]\d)|\ben retard sur\b",
        ClaimReader.behind,
    ),
    (
        r"\b(?:devance|depasse|distance|surpasse)(?:nt)?\b|\b(?:fait|font) mieux qu(?:e |')"
        r"|\bau-dessus(?: de(?= N)| d'(?=N)|\b)|\bdevant\b",
        ClaimReader.ahead,
    ),
    (
        r"N(?P<number>\d+) (?:de |d')?(?P<way>plus|moins) qu(?:e |')(?=(?:[a-z]+ ){0,3}[TP]\d)",
        ClaimReader.gap_from,
    ),
    (
        rf"\b(?:{_GROWS}(?: de)?|(?:en )?(?:hausse|progression|croissance) de) N(?P<number>\d+)",
        ClaimReader.gains,
    ),
    (
        rf"\b(?:{_SHRINKS}(?: de)?|(?:en )?(?:baisse|recul) de) N(?P<number>\d+)",
        ClaimReader.loses,
    ),
    (
        r"\bmultipli\w+ par N(?P<number>\d+)|N(?P<times>\d+) (?:de )?plus\b",
        ClaimReader.gains,
    ),
    (r"\b(?P<factor>(?:double|triple|quadruple)(?:nt|s)?)\b", ClaimReader.multiplies),
    (rf"\b{_GROWS}\b|\ben (?:hausse|progression|croissance)\b", ClaimReader.rises),
    (rf"\b{_SHRINKS}\b|\ben (?:baisse|recul)\b", ClaimReader.falls),
)


def _places_of(tokens: str) -> tuple[int, ...]:
    return tuple(int(token[1:]) for token in _TOKEN.findall(tokens))


def _as_object(place: int) -> int:
    """How a token that a verb has for its object is remembered, beside those that are read."""
    return -1 - place


def _limits(fact: Fact) -> tuple[float, float]:
    return limits(fact.value)


def _order(one: Fact, two: Fact, sign: int) -> bool | None:
    """True where the first is certainly ahead (sign 1) or behind (sign -1) of the second, False
    where it is not, None where their rounding hides it."""
    (low, high), (other_low, other_high) = _limits(one), _limits(two)
    if sign < 0:
        low, high, other_low, other_high = -high, -low, -other_high, -other_low
    if low >= other_high - 1e-9 and one.value.amount != two.value.amount:
        return True
    if high <= other_low + 1e-9 or one.value.amount == two.value.amount:
        return False
    return None


def _worst(checks: Sequence[ClaimCheck]) -> ClaimCheck:
    """A claim that holds of several holds of each."""
    for outcome in ("contradicted", "unverified"):
        for check in checks:
            if check.outcome == outcome:
                return check
    return ClaimCheck("confirmed", " ; ".join(dict.fromkeys(check.reason for check in checks)))


def _false_if(is_false: bool) -> bool | None:
    return False if is_false else None


def _quantity_holds(quantifier: Quantifier, least: int, most: int, total: int) -> bool | None:
    """Whether a quantifier says a count that is between two, of so many."""
    if quantifier.how == "count":
        return _count_holds(quantifier, least, most, total)
    if quantifier.how == "all":
        if quantifier.count not in (None, total):
            return False
        return True if least == total else _false_if(most < total)
    if quantifier.how == "none":
        return True if most == 0 else _false_if(least > 0)
    if quantifier.how == "most":
        return True if 2 * least > total else _false_if(2 * most <= total)
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
        return True if least >= count else _false_if(most < count)
    if quantifier.side == "under":
        return True if most < count else _false_if(least >= count)
    if not least <= count <= most:
        return False
    return True if least == most else None


def _signed(known: KnownAmount, sign: int) -> KnownAmount:
    if sign > 0:
        return known
    return replace(known, amount=-known.amount, low=-known.high, high=-known.low)


def _without_sign(number: SaidNumber) -> SaidNumber:
    return replace(number, amount=abs(number.amount), has_sign=False)


def _rank_of(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word.startswith("second"):
        return 2
    return _ORDINALS.index(word) + 2 if word in _ORDINALS else None


def same_date(said: str, period: str) -> bool:
    """True where a year or a month of a title is the period of a value, or holds it, or is the
    year whose end it is."""
    return period.startswith(said) or periods.end_month(period) == said or said.startswith(period)
