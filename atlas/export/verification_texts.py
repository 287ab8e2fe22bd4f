"""What is said of a verified image, in French: the same on the page and on the command line."""

from __future__ import annotations

from atlas import french
from atlas.export.verification import Verdict
from atlas.rendering.image_kinds.changes import Region, TextChange
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

NBSP = "\u00a0"
# What a table of altered regions and texts says.
REGION_HEADINGS = ("Cadre", "Où", "Surface modifiée", "Ce qui devrait s’y lire")
TEXT_HEADINGS = ("Où", "Sur l’image", "Redessinée")
_LAYERS = {
    "titre": "titre",
    "legende": "légende",
    "dessin": "dessin",
    "notes": "notes",
    "filet": "filet",
    "logo": "logo",
    "fond": "fond",
}


def headline(verdict: Verdict) -> str:
    """The verdict in one or two sentences."""
    return {
        "certified": _certified,
        "modified": _modified,
        "outdated": _outdated,
        "gone": _gone,
        "uncertified": _uncertified,
    }[verdict.state](verdict)


def details(verdict: Verdict) -> list[str]:
    """What is to be known beside it, a sentence each."""
    said = []
    changes = verdict.drawing.changes
    if verdict.drawing.state in ("modified", "uncertain"):
        said += [f"{french.capitalize_first(reason)}." for reason in changes.reasons]
    if changes.regions:
        said.append(
            french.capitalize_first(
                f"{_share(changes.share)} des points de l’image diffèrent de ceux de l’image "
                f"redessinée{_how_many_regions(verdict)}."
            )
        )
    if verdict.drawing.state == "uncertain":
        said.append(
            "Ces différences peuvent venir de la version, ou d’une retouche : rien ne permet de "
            "trancher."
        )
    said.append(signature_sentence(verdict))
    if finding := verdict.known.request.get("title", ""):
        said.append(
            f"Le constat «{NBSP}{finding}{NBSP}» a été écrit par qui a fait l’image : il n’est pas "
            "vérifié."
        )
    return said


def signature_sentence(verdict: Verdict) -> str:
    """« Signée par la clé … »."""
    signature = verdict.signature
    return {
        "none": "Elle n’est pas signée.",
        "valid": f"Elle est signée par la clé de «{NBSP}{signature.name}{NBSP}» "
        f"({signature.key}) : elle n’a pas changé depuis.",
        "invalid": f"Sa signature est invalide : elle se dit de «{NBSP}{signature.name}{NBSP}» "
        f"({signature.key}), et l’image ou ce qu’elle dit d’elle-même a changé depuis.",
        "unknown": f"Elle porte la signature d’une clé que config/server.yaml ne connaît pas "
        f"({signature.key[:40]}) : cette signature ne prouve rien ici.",
    }[signature.state]


def place(region: Region) -> str:
    """Where a region is on the page: « en haut à gauche », « en bas, sur toute la largeur »."""
    wide, tall = region.right - region.left > 2 / 3, region.bottom - region.top > 2 / 3
    if wide and tall:
        return "sur presque toute l’image"
    across = _third((region.left + region.right) / 2, ("à gauche", "au centre", "à droite"))
    down = _third((region.top + region.bottom) / 2, ("en haut", "au milieu", "en bas"))
    if wide:
        return f"{down}, sur toute la largeur"
    if tall:
        return f"{across}, sur toute la hauteur"
    return "au centre" if (down, across) == ("au milieu", "au centre") else f"{down} {across}"


def region_rows(verdict: Verdict) -> list[tuple[str, str, str, str]]:
    """The regions that have changed, under REGION_HEADINGS."""
    return [
        (
            str(number),
            place(part.region),
            _share(part.region.share),
            french.join_with_et([f"«{NBSP}{text}{NBSP}»" for text in part.expected]),
        )
        for number, part in enumerate(verdict.drawing.parts, 1)
    ]


def text_rows(verdict: Verdict) -> list[tuple[str, str, str]]:
    """The texts and marks that have changed, under TEXT_HEADINGS."""
    return [_text_row(change) for change in verdict.drawing.changes.texts]


def _text_row(change: TextChange) -> tuple[str, str, str]:
    return _LAYERS.get(change.where, ""), change.given or "absent", change.drawn or "absent"


def _certified(verdict: Verdict) -> str:
    start = f"À jour : tous les chiffres de l’image sont encore ceux publiés ({_data(verdict)})"
    if verdict.drawing.state == "identical":
        return f"{start}, et l’image, redessinée à l’instant, est la même{_how_same(verdict)}."
    return (
        f"{start}. Elle n’a pas pu être comparée à un nouveau dessin ({verdict.drawing.reason}), "
        f"mais la signature de «{NBSP}{verdict.signature.name}{NBSP}» prouve qu’elle n’a pas été "
        "retouchée depuis son export."
    )


def _modified(verdict: Verdict) -> str:
    said = "Image modifiée : ce n’est plus celle que le tableau de bord a dessinée."
    if verdict.values.state == "current":
        return (
            f"{said} Les chiffres inscrits dans ses métadonnées sont ceux publiés, mais ce qu’on y "
            "voit n’est pas certifié."
            if verdict.drawing.state == "modified"
            else "Signature invalide : ce que l’image dit d’elle-même a changé depuis sa signature."
        )
    return f"{said} De plus, ses chiffres ne sont plus ceux publiés."


def _outdated(verdict: Verdict) -> str:
    count = len(verdict.values.differences)
    many = f"{count} valeurs de l’image ont" if count > 1 else f"{count} valeur de l’image a"
    return f"À refaire : {many} changé. {_not_drawn(verdict)}"


def _gone(verdict: Verdict) -> str:
    return f"Cette figure ne peut plus être faite : {verdict.values.reason} {_not_drawn(verdict)}"


def _not_drawn(verdict: Verdict) -> str:
    if verdict.signature.state == "valid":
        return (
            f"La signature de «{NBSP}{verdict.signature.name}{NBSP}» prouve qu’elle est restée "
            "telle qu’elle a été exportée."
        )
    return (
        "Son dessin n’est pas certifié : sans les anciens chiffres, elle ne peut pas être "
        "redessinée."
    )


def _uncertified(verdict: Verdict) -> str:
    return (
        "Non certifiée : les valeurs inscrites dans ses métadonnées sont encore celles publiées "
        f"({_data(verdict)}), mais rien ne prouve que l’image les montre : "
        f"{verdict.drawing.reason}. Seules ces valeurs ont été comparées ; exportez l’image de "
        "nouveau pour en avoir une qui puisse être certifiée."
    )


def _data(verdict: Verdict) -> str:
    return "mêmes données" if verdict.same_data else "données modifiées depuis"


def _how_same(verdict: Verdict) -> str:
    label = IMAGE_KINDS[verdict.kind].label
    return ", point par point" if label == "PNG" else f", élément par élément du {label}"


def _how_many_regions(verdict: Verdict) -> str:
    changes = verdict.drawing.changes
    shown, more = len(changes.regions), changes.regions_left_out
    if shown == 1:
        return ", en un endroit"
    if more:
        return f", en {shown + more} endroits, dont les {shown} plus grands sont encadrés"
    return f", en {shown} endroits"


def _share(share: float) -> str:
    if share < 0.0005:
        return f"moins de 0,1{NBSP}%"
    return f"{french.format_number(100 * share, 1)}{NBSP}%"


def _third(middle: float, words: tuple[str, str, str]) -> str:
    return words[0] if middle < 1 / 3 else words[2] if middle > 2 / 3 else words[1]
