"""Key figures as the paragraphs of a press office: sentences that are linked, and say each once.

The words of a figure are those of its note de lecture. What is linked is decided by what the
figures are (indicator, corridor, territory, period); the words are then put together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from atlas import french
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import NBSP
from atlas.sentences.amounts import amount_text
from atlas.sentences.period_phrases import period_phrase, than_phrase

MAX_SENTENCES_PER_PARAGRAPH = 4
# Words that a sentence does not begin with where its territory may stand first.
_AMOUNT_WORDS = ("près", "plus", "environ", "moins", "au", "entre")


@dataclass(frozen=True)
class LinkedSentence:
    """One sentence, with its full stop, and the figures that it says."""

    text: str
    cards: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class _Clause:
    """A sentence that is being made. when: its period; body: the rest, without full stop; tail:
    what is said after it; after: a sentence that follows it."""

    when: str
    body: str
    cards: tuple[KeyFigure, ...]
    tail: str = ""
    after: str = ""

    @property
    def first(self) -> KeyFigure:
        return self.cards[0]

    @property
    def is_single(self) -> bool:
        return len(self.cards) == 1 and not self.tail and not self.after

    @property
    def ends_with_place(self) -> bool:
        return self.body.endswith(f" {self.first.locative}")

    @property
    def body_without_place(self) -> str:
        return self.body.removesuffix(f" {self.first.locative}")


def linked_paragraphs(
    cards: Sequence[KeyFigure], around: Sequence[KeyFigure] = ()
) -> list[tuple[LinkedSentence, ...]]:
    """The figures of a section, in paragraphs. around: all figures of its publication: one that
    another says in brackets (the rate of a rank) is not said again."""
    clauses = [_clause(card) for card in cards if not _said_beside(card, around or cards)]
    for merge in (_with_share, _with_other_act, _with_same_measure, _joined):
        clauses = _merged(clauses, merge)
    return _paragraphs(_sentences(clauses))


def cited_cards(sentence: LinkedSentence, around: Sequence[KeyFigure]) -> list[KeyFigure]:
    """The figures of a sentence, those that it says in brackets too."""
    said = [
        other
        for other in around
        if any(_is_beside(other, card) for card in sentence.cards) and other not in sentence.cards
    ]
    return [*sentence.cards, *said]


#: What a clause becomes with one that comes after it, at once or not (is_next); None when they stay
#: apart.
_Merge = Callable[[_Clause, _Clause, bool], _Clause | None]


def is_doubtful(card: KeyFigure) -> bool:
    """True for a figure that another contradicts, or that its source leaves uncertain."""
    return card.uncertain or bool(card.contradiction)


def _clause(card: KeyFigure) -> _Clause:
    said = card.reading.rstrip().removesuffix(".")
    start = f"{card.when}, "
    dated = bool(card.when) and said.startswith(start)
    return _Clause(card.when if dated else "", said.removeprefix(start if dated else ""), (card,))


def _said_beside(card: KeyFigure, around: Sequence[KeyFigure]) -> bool:
    return any(_is_beside(card, other) for other in around)


def _is_beside(card: KeyFigure, other: KeyFigure) -> bool:
    """True when the sentence of another figure says this one in brackets."""
    level = card.values[0]
    return (
        other is not card
        and other.beside is not None
        and (other.territory, other.corridor) == (card.territory, card.corridor)
        and other.beside.indicator == level.indicator
        and other.beside.amount == level.amount
        and other.beside.period == level.period
    )


def _merged(clauses: list[_Clause], merge: _Merge) -> list[_Clause]:
    """Each clause with those after it that it takes in."""
    found: list[_Clause] = []
    for clause in clauses:
        for place, former in enumerate(found):
            is_next = place == len(found) - 1
            if (taken := merge(former, clause, is_next)) is not None:
                found[place] = taken
                break
        else:
            found.append(clause)
    return found


def _with_share(former: _Clause, clause: _Clause, is_next: bool) -> _Clause | None:
    """« 17 242 370 profils sont activés en France, soit 24,7 % »: a count and the share that it
    makes of the same thing."""
    count, share = former.first.values[0], clause.first.values[0]
    if not (is_next and former.is_single and clause.is_single and _are_plain(former, clause)):
        return None
    if count.indicator is None or share.indicator is None or former.when != clause.when:
        return None
    if count.indicator.in_percent or not share.indicator.in_percent:
        return None
    if not _same_place(former.first, clause.first):
        return None
    counted = _plain(former.body).removeprefix(_plain(amount_text(count)))
    shared = _plain(clause.body).removeprefix(_plain(amount_text(share)))
    if shared.replace(" des ", " ", 1) != counted:
        return None
    return replace(
        former, tail=f", soit {amount_text(share)}", cards=(*former.cards, *clause.cards)
    )


def _with_other_act(former: _Clause, clause: _Clause, is_next: bool) -> _Clause | None:
    """« Les pharmacies ont déposé 2,5 fois plus de documents en 2025 qu’en 2024 (+153 %) et
    consulté 3,4 fois plus de documents (+238 %) »: two growths of those who act in one corridor."""
    one, two = former.first, clause.first
    if not one.corridor or not _same_place(one, two) or one.corridor != two.corridor:
        return None
    if not (former.is_single and clause.is_single) or former.when or clause.when:
        return None
    if any(card.values[0].is_known or not card.values[1].compared_to for card in (one, two)):
        return None
    words, others = former.body.split(" "), clause.body.split(" ")
    same = 0
    while same < min(len(words), len(others)) and words[same] == others[same]:
        same += 1
    if not same or words[same - 1] not in ("ont", "a"):
        return None
    change = two.values[1]
    said = f" {period_phrase(replace(change, is_period_assumed=False))} {than_phrase(change)}"
    rest = " ".join(others[same:])
    if said in former.body:
        rest = rest.replace(said, "")
    return replace(former, body=f"{former.body} et {rest}", cards=(one, two))


def _with_same_measure(former: _Clause, clause: _Clause, is_next: bool) -> _Clause | None:
    """« …étaient activés, contre 19,7 % en décembre 2024. Ce taux était de 33,6 % en France. »:
    the same measure elsewhere, or earlier."""
    one, two = former.first, clause.first
    level = two.values[0]
    indicator = level.indicator
    same = is_next and (one.indicator, one.corridor) == (two.indicator, two.corridor)
    if not same or indicator is None or not clause.is_single or level.printed:
        return None
    if not _are_plain(former, clause) or any(c.indicator != one.indicator for c in former.cards):
        return None
    amount = amount_text(level)
    cards = (*former.cards, two)
    if one.territory == two.territory:
        if not former.is_single or not former.when or not clause.when:
            return None
        return replace(former, tail=f", contre {amount} {clause.when}", cards=cards)
    if former.when != clause.when:
        return None
    if indicator.kind == "count":
        inside = former.is_single and one.territory == two.region
        return (
            replace(former, tail=f", dont {amount} {two.locative}", cards=cards) if inside else None
        )
    if not indicator.in_percent:
        if not (former.is_single and former.ends_with_place):
            return None
        return replace(former, tail=f" et {amount} {two.locative}", cards=cards)
    return _with_rate(former, f"{french.with_de(amount)} {two.locative}", cards)


def _with_rate(former: _Clause, said: str, cards: tuple[KeyFigure, ...]) -> _Clause:
    if not former.after:
        indicator = former.first.values[0].indicator
        name = "Cette part" if indicator is not None and indicator.kind == "share" else "Ce taux"
        verb = "était" if former.when else "est"
        return replace(former, after=f"{name} {verb} {said}", cards=cards)
    before = former.after.replace(" et de ", ", de ")
    return replace(former, after=f"{before} et {said}", cards=cards)


def _joined(former: _Clause, clause: _Clause, is_next: bool) -> _Clause | None:
    """« En Corse, 110 ambassadeurs sont mobilisés et 2 structures sont ambassadrices »: two short
    sentences on one territory at one date."""
    if not (is_next and former.is_single and clause.is_single and _are_plain(former, clause)):
        return None
    if former.when != clause.when or former.first.territory != clause.first.territory:
        return None
    if not (former.ends_with_place and clause.ends_with_place):
        return None
    if is_doubtful(former.first) != is_doubtful(clause.first):
        return None
    if former.first.values[0].printed or clause.first.values[0].printed:
        return None
    return replace(
        former,
        body=f"{former.body_without_place} et {clause.body}",
        cards=(*former.cards, *clause.cards),
    )


def _are_plain(*clauses: _Clause) -> bool:
    """True for levels, said without what they gained."""
    return all(
        clause.first.values[0].is_known and not clause.first.values[1].is_known
        for clause in clauses
    )


def _same_place(one: KeyFigure, two: KeyFigure) -> bool:
    return (one.territory, one.source_key) == (two.territory, two.source_key)


def _plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\u202f", " ")


def _sentences(clauses: Sequence[_Clause]) -> list[LinkedSentence]:
    """With their periods, of which one that was just said is not said again."""
    found: list[LinkedSentence] = []
    when, repeated, place = "", 0, ""
    for clause in clauses:
        repeated = repeated + 1 if clause.when and clause.when == when else 0
        said, place = _placed(clause, place)
        start = _opening(clause.when, repeated)
        text = french.capitalize_first(f"{start}{said}{clause.tail}.")
        if clause.after:
            text = f"{text} {clause.after}."
        found.append(LinkedSentence(french.keep_with_punctuation(text), clause.cards))
        when = clause.when or when
        if clause.ends_with_place and not (clause.tail or clause.after):
            place = clause.first.locative
    return found


def _placed(clause: _Clause, former_place: str) -> tuple[str, str]:
    """The body of a clause without a date with its territory first, where it would begin with an
    amount and the sentence before has not just said it; and the territory that it begins with."""
    word = clause.body.partition(" ")[0]
    begins = word[:1].isdigit() or word in _AMOUNT_WORDS
    place = clause.first.locative
    if clause.when or not begins or not clause.ends_with_place or place == former_place:
        return clause.body, former_place if not clause.when else ""
    return f"{place}, {clause.body_without_place}", place


def _opening(when: str, repeated: int) -> str:
    """« en mars 2026, »; « la même année, » the second time; nothing the third."""
    if not when or repeated > 1:
        return ""
    if not repeated:
        return f"{when}, "
    if when.startswith(("sur ", "depuis ")):
        return "sur la même période, "
    return "la même année, " if len(when) == len("en 2025") else "à la même date, "


def _paragraphs(sentences: Sequence[LinkedSentence]) -> list[tuple[LinkedSentence, ...]]:
    """So many sentences at most, cut where the theme changes when there are more."""
    if len(sentences) <= MAX_SENTENCES_PER_PARAGRAPH:
        return [tuple(sentences)] if sentences else []
    found: list[list[LinkedSentence]] = [[]]
    for sentence in sentences:
        current = found[-1]
        changes = current and current[-1].cards[0].theme != sentence.cards[0].theme
        if (changes and len(current) > 1) or len(current) == MAX_SENTENCES_PER_PARAGRAPH:
            found.append([])
        found[-1].append(sentence)
    return [tuple(paragraph) for paragraph in found]
