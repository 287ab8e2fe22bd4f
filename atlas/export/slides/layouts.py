"""The master and the layouts of the template, as PresentationML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from pptx.oxml.ns import nsdecls
from pptx.util import Length, Pt

# Points; 16:9, 13.333 × 7.5 inches.
WIDTH, HEIGHT = 960.0, 540.0
COVER, CONTENT, TEXT = "Couverture", "Titre et contenu", "Titre et texte"
SUBTITLE, SOURCE, BODY, FOOTER, NUMBER = 13, 14, 1, 11, 12
TITLE_SIZE, COVER_SIZE, SUBTITLE_SIZE, TEXT_SIZE, FOOT_SIZE = 26.0, 40.0, 15.0, 18.0, 10.0


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height for python-pptx."""
        return Pt(self.x), Pt(self.y), Pt(self.width), Pt(self.height)


TITLE_BOX = Box(40, 20, 880, 64)
SUBTITLE_BOX = Box(40, 85, 880, 22)
BODY_BOX = Box(40, 120, 880, 360)
SOURCE_BOX = Box(40, 462, 880, 40)
FOOTER_BOX = Box(136, 509, 724, 18)
NUMBER_BOX = Box(870, 509, 50, 18)
LOGO_BOX = Box(40, 507, 84, 22)
COVER_TITLE, COVER_PLACE = Box(56, 168, 620, 160), Box(56, 350, 620, 92)
COVER_LOGO = Box(56, 44, 220, 72)
STRIPES_FROM = 740.0

_EMPTY = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


@dataclass(frozen=True)
class Slot:
    """A placeholder: kind and idx as PowerPoint knows it, and the style of its text."""

    name: str
    kind: str
    idx: int
    box: Box
    size: float
    prompt: str = ""
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"


TITLE = Slot("Titre", "title", 0, TITLE_BOX, TITLE_SIZE, "Modifiez le titre", bold=True, anchor="b")
FOOT = (
    Slot("Pied de page", "ftr", FOOTER, FOOTER_BOX, FOOT_SIZE, colour="tx2", anchor="ctr"),
    Slot(
        "Numéro de diapositive",
        "sldNum",
        NUMBER,
        NUMBER_BOX,
        FOOT_SIZE,
        colour="tx2",
        anchor="ctr",
        align="r",
    ),
)
BODY_SLOT = Slot("Texte", "body", BODY, BODY_BOX, TEXT_SIZE, "Modifiez le texte")
SUBTITLE_SLOT = Slot(
    "Sous-titre", "body", SUBTITLE, SUBTITLE_BOX, SUBTITLE_SIZE, "Sous-titre", colour="tx2"
)
LAYOUTS = {
    COVER: (
        Slot(
            "Titre",
            "ctrTitle",
            0,
            COVER_TITLE,
            COVER_SIZE,
            "Modifiez le titre",
            bold=True,
            anchor="b",
        ),
        Slot(
            "Lieu et période", "subTitle", 1, COVER_PLACE, 22, "Lieu et période", colour="accent1"
        ),
    ),
    CONTENT: (
        TITLE,
        SUBTITLE_SLOT,
        Slot("Source", "body", SOURCE, SOURCE_BOX, 10.5, "Source", colour="tx2", anchor="b"),
        *FOOT,
    ),
    TEXT: (TITLE, SUBTITLE_SLOT, BODY_SLOT, *FOOT),
}


def master_tree(picture: str) -> str:
    """What all slides share: a band, a rule above the foot, the logo (`picture`)."""
    band = rectangle(20, "Bandeau", Box(0, 0, WIDTH, 7), "accent1")
    rule = rectangle(21, "Filet", Box(40, 504, 880, 0.75), "bg2")
    return _tree(band + rule + picture, (TITLE, BODY_SLOT, *FOOT))


def layout_tree(name: str, stripes: Sequence[str]) -> str:
    """The placeholders of a layout; stripes: colours down the right side of the cover."""
    step = (WIDTH - STRIPES_FROM) / max(len(stripes), 1)
    shapes = (
        "".join(
            rectangle(20 + i, "Bande", Box(STRIPES_FROM + step * i, 0, step + 1, HEIGHT), colour)
            for i, colour in enumerate(stripes)
        )
        if name == COVER
        else ""
    )
    return _tree(shapes, LAYOUTS[name], name)


def _tree(shapes: str, slots: tuple[Slot, ...], name: str = "") -> str:
    named = f" name={quoteattr(name)}" if name else ""
    ground = "" if name else ('<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>')
    made = "".join(placeholder(number, slot) for number, slot in enumerate(slots, start=2))
    return (
        f"<p:cSld {nsdecls('p', 'a', 'r')}{named}>{ground}<p:spTree>{_EMPTY}{shapes}{made}"
        "</p:spTree></p:cSld>"
    )


def placeholder(number: int, slot: Slot) -> str:
    """A placeholder of the master or of a layout."""
    content = (
        number_field("‹N°›")
        if slot.kind == "sldNum"
        else (f'<a:r><a:rPr lang="fr-FR"/><a:t>{slot.prompt}</a:t></a:r>' if slot.prompt else "")
    )
    style = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{slot.align}"><a:buNone/><a:defRPr '
        f'lang="fr-FR" sz="{slot.size * 100:.0f}" b="{slot.bold:d}"><a:solidFill>'
        f'<a:schemeClr val="{slot.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{slot.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{slot.kind}" '
        f'idx="{slot.idx}"/></p:nvPr></p:nvSpPr><p:spPr>{_frame(slot.box)}</p:spPr><p:txBody>'
        f'<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{slot.anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{content}"
        '<a:endParaRPr lang="fr-FR"/></a:p></p:txBody></p:sp>'
    )


def number_field(shown: str) -> str:
    """The number of the slide, which follows it when it moves."""
    return (
        f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" '
        f'type="slidenum"><a:rPr lang="fr-FR"/><a:t>{shown}</a:t></a:fld>'
    )


def rectangle(number: int, name: str, box: Box, colour: str) -> str:
    """A plain area without a border, of a colour of the theme or of one like #2f47b0."""
    fill = (
        f'<a:srgbClr val="{colour[1:].upper()}"/>'
        if colour.startswith("#")
        else f'<a:schemeClr val="{colour}"/>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{_frame(box)}<a:solidFill>{fill}</a:solidFill>"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def picture(number: int, name: str, box: Box, relation: str) -> str:
    """A picture of the part that the relation names."""
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{name}" descr="{name}"/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f"</p:blipFill><p:spPr>{_frame(box)}</p:spPr></p:pic>"
    )


def _frame(box: Box) -> str:
    left, top, width, height = box.emu
    return (
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
