"""The dashboard's own HTML: cards, timeline, and the style sheet they share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.figures.profile.profile import Fact
from atlas.french import keep_with_punctuation
from atlas.settings import Milestone

# Borders and muted texts are drawn from the text colour, so that they follow light and dark.
# Streamlit's own words are in English: its toolbar, which saves images without caption, its hints
# and its button of files.
STYLE = """<style>
[data-testid=stMainBlockContainer]{padding-top:3.2rem;padding-bottom:3rem}
.cartes{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(230px,100%),1fr));gap:.8rem}
.carte{border:1px solid color-mix(in srgb,currentColor 22%,transparent);border-radius:.5rem;
 padding:.8rem .9rem;display:flex;flex-direction:column;gap:.15rem}
.carte .nom{font-size:.92rem;font-weight:600;line-height:1.25}
.carte .valeur{font-size:1.7rem;font-weight:700;line-height:1.15;margin:.2rem 0}
.carte .long{font-size:1.25rem}
.carte .absente{font-size:1.1rem;font-weight:400;opacity:.85}
.carte .quand{font-size:.9rem}
.carte small,.carte details{font-size:.8rem;opacity:.85;line-height:1.35}
.carte .etat{font-size:.8rem;font-weight:600}
.fictif{display:inline-block;font-weight:700;color:#fff;background:#a3260c;padding:.05rem .6rem;
 border-radius:.3rem;margin:0 0 .4rem}
h3.titre{padding:0;margin:0;font-size:1.25rem;line-height:1.3}
.sous-titre{margin:.1rem 0 .3rem;opacity:.8}
ul.legende{padding:0!important;margin-left:0!important;list-style:none;display:flex;
 flex-wrap:wrap;gap:.25rem .9rem;
 font-size:.85rem;align-items:center;margin-top:.5rem}
.legende b{flex-basis:100%}
.legende li{white-space:nowrap;margin:0;padding:0}
.legende i{display:inline-block;width:1.3rem;height:.8rem;margin-right:.35rem;
 vertical-align:-.05rem;border:1px solid color-mix(in srgb,currentColor 45%,transparent)}
.hachures{background-image:repeating-linear-gradient(115deg,#5a6072 0 1px,transparent 1px 5px)}
.notes p{font-size:.82rem;margin:0 0 .15rem;line-height:1.4;opacity:.88}
.frise{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(190px,100%),1fr));
 gap:.6rem 1rem;list-style:none;padding:0;margin:0}
.frise li{border-top:3px solid currentColor;padding-top:.4rem;margin:0;font-size:.9rem}
.frise .an{font-size:1.3rem;font-weight:700}
.frise ul{padding-left:1rem;margin:.2rem 0 0}
.frise ul li{border:0;padding:0;list-style:disc}
[data-testid=stElementToolbar],[data-testid=InputInstructions]{display:none}
[data-testid=stFileUploaderDropzone] button p,
[data-testid=stFileUploaderDropzoneInstructions] span{font-size:0!important}
[data-testid=stFileUploaderDropzone] button p::after{content:"Choisir un fichier";
 font-size:.9rem}
[data-testid=stFileUploaderDropzoneInstructions] span::after{content:"ou déposez-le ici";
 font-size:.85rem}
.problemes{width:100%;border-collapse:collapse;font-size:.9rem;display:block;overflow-x:auto}
.problemes td,.problemes th{border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent);
 padding:.35rem .5rem;text-align:left;vertical-align:top}
/* Two maps are one above the other on a phone. */
@media(max-width:640px){
.st-key-deux-dates0_chart,.st-key-evolution0_chart{flex:none!important}
.st-key-deux-dates0_chart,.st-key-deux-dates0_chart>div{height:690px!important}
.st-key-evolution0_chart,.st-key-evolution0_chart>div{height:340px!important}}
</style>"""


def cards(found: list[KeyFigure], *, with_place: bool = False) -> str:
    """A grid of key figures. with_place: each names its territory."""
    return f"<div class='cartes'>{''.join(_card(card, with_place) for card in found)}</div>"


def _card(card: KeyFigure, with_place: bool) -> str:
    widest = max(map(len, card.value.split(" ")))  # hard spaces do not break
    long = " long" if len(card.value) > 16 or widest > 13 else ""
    place = f", {card.place}" if with_place else ""
    lines = [
        f"<span class='nom'>{_safe(card.label + place)}</span>",
        f"<span class='valeur{long}'>{_safe(card.value)}</span>",
        f"<span class='quand'>{_safe(card.period)}</span>",
        _line(card.change, "quand"),
        _line(card.nation, "quand"),
        _line("Calculé : " + card.derived if card.derived else "", "etat"),
        _line("Chiffre incertain" if card.uncertain else "", "etat"),
        f"<small>Source : {_safe(card.source)}</small>",
        f"<small>{_safe(card.note)}</small>" if card.note else "",
    ]
    if card.others:
        listed = "".join(f"<li>{_safe(text)}</li>" for text in card.others)
        lines.append(
            f"<details><summary>Autres valeurs publiées ({len(card.others)})</summary>"
            f"<ul>{listed}</ul></details>"
        )
    return f"<article class='carte'>{''.join(lines)}</article>"


def _line(text: str, kind: str) -> str:
    return f"<span class='{kind}'>{_safe(text)}</span>" if text else ""


def facts(found: tuple[Fact, ...]) -> str:
    """The figures in large of one territory."""
    return f"<div class='cartes'>{''.join(_fact(fact) for fact in found)}</div>"


def _fact(fact: Fact) -> str:
    lines = [
        f"<span class='nom'>{_safe(fact.label)}</span>",
        f"<span class='valeur{_size(fact)}'>{_safe(fact.value)}</span>",
        *(_line(text, "quand") for text in fact.lines),
        _line(fact.state, "etat"),
        f"<small>Source : {_safe(fact.source)}</small>" if fact.source else "",
        f"<small>{_safe(fact.note)}</small>" if fact.note else "",
    ]
    return f"<article class='carte'>{''.join(lines)}</article>"


def _size(fact: Fact) -> str:
    if fact.absent:
        return " absente"
    return " long" if len(fact.value) > 16 else ""


def remarks(said: Sequence[str]) -> str:
    """Sentences in small letters, one under the other."""
    return f"<div class='notes'>{''.join(f'<p>{_safe(text)}</p>' for text in said)}</div>"


def timeline(milestones: tuple[Milestone, ...]) -> str:
    """What the service gained, year by year."""
    items = "".join(
        f"<li><span class='an'>{m.year}</span><br><b>{_safe(m.title)}</b><ul>"
        + "".join(f"<li>{_safe(point)}</li>" for point in m.points)
        + "</ul></li>"
        for m in milestones
    )
    return f"<ol class='frise'>{items}</ol>"


def _safe(text: str) -> str:
    return keep_with_punctuation(escape(text))
