"""Is the title that states a finding true of its figure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.publications.finding_check.claims import ClaimReader
from atlas.publications.finding_check.evidence import Evidence, evidence_of
from atlas.publications.finding_check.names import Mention, plain
from atlas.publications.finding_check.parties import ClaimCheck
from atlas.publications.finding_check.reading import Here, TitleReading, read_title

Outcome = Literal["confirmed", "contradicted", "unverified", "no_claim"]
#: Words that claim something, whoever reads them.
_CLAIM_WORDS = re.compile(
    r"\b(?:record|jamais|historique|pires?|champion\w*|leaders?|exceptionnel\w*|accelere\w*"
    r"|ralenti\w*|stagne\w*|plafonne\w*|explose\w*|envole\w*|rattrape\w*|creuse\w*|resserre\w*"
    r"|(?:devance|depasse|distance|surpasse|domine|mene)(?:nt)?|en tete|en queue"
    r"|au-dessus|en dessous"
    r"|le plus|la plus|les plus|le moins|la moins|les moins|plus vite|davantage|autant que|egalite"
    r"|majorit\w+|plupart|moitie|(?:double|triple|progresse|augmente|recule|diminue)(?:nt)?"
    r"|en hausse|en baisse|mieux que|meilleure?s?|\d+e (?:rang|region|departement|place))\b"
)


@dataclass(frozen=True)
class FindingCheck:
    """outcome: confirmed where every claim of the title is what the figure says, contradicted
    where one is not, unverified where no rule understands one or where the figure cannot answer,
    no_claim where the title only names. reason: a French sentence, empty for no claim."""

    outcome: Outcome
    reason: str = ""


def finding_check(
    context: FigureContext,
    title: str,
    figure: Figure | Sequence[Figure] | None,
    *,
    allowed: Collection[str] = (),
    territory: str = "",
) -> FindingCheck:
    """What the values of a figure, or of several together, say of a title.

    None: the figure would be empty. allowed: codes of territories that a title may name without
    being in the figure, such as the territory of a dossier; territory: the one that is published,
    which « la région » stands for.
    """
    reading = read_title(context, title)
    if title.rstrip().endswith("?"):
        return FindingCheck("no_claim")
    figures = [figure] if isinstance(figure, Figure) else list(figure or ())
    evidence = evidence_of(context, figures)
    strangers = _strangers(context, reading, evidence, {*allowed, territory} - {""})
    if strangers:
        names = french.join_with_et([f"« {name} »" for name in strangers])
        return FindingCheck("contradicted", f"Le titre nomme {names}, que la figure ne montre pas.")
    if _is_elsewhere(context, reading, evidence, territory):
        place = context.territories[territory].with_article
        return FindingCheck(
            "contradicted", f"Le titre dit « la région » ; la figure ne montre rien de {place}."
        )
    if not evidence.facts:
        if reading.tokens and _CLAIM_WORDS.search(reading.line):
            return FindingCheck(
                "unverified", "La figure est vide : rien ne dit si le titre est vrai."
            )
        return FindingCheck("no_claim")
    checks, left = ClaimReader(context, evidence, reading).read()
    unread = _CLAIM_WORDS.search(left)
    if unread:
        checks.append(
            ClaimCheck("unverified", f"« {_as_written(title, unread[0])} » n’est pas compris")
        )
    return _whole(checks)


def makes_claims(context: FigureContext, title: str) -> bool:
    """True for a title that says a number, or words that claim something."""
    reading = read_title(context, title)
    is_number = any(not isinstance(token, Mention | Here) for token in reading.tokens)
    return is_number or _CLAIM_WORDS.search(reading.line) is not None


def _whole(checks: Sequence[ClaimCheck]) -> FindingCheck:
    """A title is true when all that it claims is."""
    for outcome in ("contradicted", "unverified", "confirmed"):
        reasons = dict.fromkeys(check.reason for check in checks if check.outcome == outcome)
        if reasons:
            return FindingCheck(outcome, _sentence(" ; ".join(reasons)))
    return FindingCheck("no_claim")


def _sentence(text: str) -> str:
    return french.keep_with_punctuation(f"{french.capitalize_first(text)}.")


def _as_written(title: str, flat_word: str) -> str:
    """The words of a title whose flat form this is."""
    start = plain(title).find(flat_word)
    return title[start : start + len(flat_word)] if start >= 0 else flat_word


def _strangers(
    context: FigureContext, reading: TitleReading, evidence: Evidence, allowed: Collection[str]
) -> list[str]:
    """Names of territories that are neither in the figure, nor hold all of it, nor are allowed."""
    shown = (evidence.territories | evidence.compared) - {"FR"}
    known = {*shown, *evidence.scope, *allowed, "FR"}
    if len(shown) > 0:
        known |= {
            code
            for code in context.territories.by_code
            if all(context.territories.is_within(own, code) for own in shown)
        }
    found = []
    for _, token in reading.of(Mention):
        assert isinstance(token, Mention)
        if token.corridor:
            continue
        if not known & set(token.codes) and not _is_seat(context, token, known):
            found.append(token.name)
    return list(dict.fromkeys(found))


def _is_seat(context: FigureContext, mention: Mention, known: Collection[str]) -> bool:
    """True for a town that only a caisse is named after, in a territory that is spoken of."""
    return any(
        context.territories[code].kind == "CPAM" and context.territories[code].parent in known
        for code in mention.codes
    )


def _is_elsewhere(
    context: FigureContext, reading: TitleReading, evidence: Evidence, territory: str
) -> bool:
    """True for « la région » over a figure that shows nothing of it."""
    if not territory or not any(isinstance(token, Here) for token in reading.tokens):
        return False
    region = context.territories.region_of(territory)
    own = evidence.territories - {"FR"}
    return bool(own) and not any(context.territories.is_within(code, region) for code in own)
