"""What a title claims, each claim read against the facts of its figure."""

from __future__ import annotations

import re
from collections.abc import Callable

from atlas.publications.finding_check.change_claims import ChangeClaims
from atlas.publications.finding_check.number_claims import NumberClaims
from atlas.publications.finding_check.order_claims import ORDINALS, OrderClaims
from atlas.publications.finding_check.parties import (
    ClaimCheck,
    NotInFigureError,
)

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


class ClaimReader(OrderClaims, ChangeClaims, NumberClaims):
    """Reads the claims of one title against the facts of its figure."""

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
        found += self.plain_numbers()
        found += self.dates(bool(found))
        return found, line

    def _apply(self, rule: Rule, match: re.Match[str], line: str) -> ClaimCheck | None:
        try:
            return rule(self, match, line)
        except NotInFigureError as silence:
            return ClaimCheck("unverified", str(silence))


Rule = Callable[[ClaimReader, re.Match[str], str], ClaimCheck | None]

_RANK = rf"(?P<rank>\d+(?=e\b|eme\b|nde?\b)|{'|'.join(ORDINALS)}|seconde?)(?:eme|e|nde?)?"
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
