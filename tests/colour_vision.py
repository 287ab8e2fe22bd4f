"""How colours look to the colour-blind and without colour, and how far they are then apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from colorspacious import cspace_convert, deltaE

from atlas.settings.colours import luminance

# Of Machado, Oliveira and Fernandes (2009), at their full severity; None for usual sight.
VISIONS = {
    "usuelle": None,
    "deutéranopie": "deuteranomaly",
    "protanopie": "protanomaly",
    "tritanopie": "tritanomaly",
}
GREY = "gris"
ALL_VISIONS = (*VISIONS, GREY)


def as_seen(colour: str, vision: str) -> np.ndarray:
    """Red, green and blue from 0 to 1 of a colour « #rrggbb » in the eyes of somebody."""
    if vision == GREY:
        light = luminance(colour)
        value = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
        return np.full(3, value)
    own = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    kind = VISIONS[vision]
    if kind is None:
        return own
    space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return np.clip(cspace_convert(own, space, "sRGB1"), 0, 1)


def distance(one: str, other: str, vision: str) -> float:
    """CAM02-UCS distance: 1 is hardly seen, 10 is told apart at a glance."""
    seen = [as_seen(colour, vision) for colour in (one, other)]
    return float(deltaE(*seen, input_space="sRGB1"))


def nearest_neighbours(colours: Sequence[str], vision: str) -> float:
    """The smallest distance of two colours that follow each other."""
    return min(distance(one, other, vision) for one, other in itertools.pairwise(colours))


def nearest_pair(colours: Iterable[str], vision: str) -> float:
    """The smallest distance of any two."""
    return min(distance(*pair, vision) for pair in itertools.combinations(colours, 2))
