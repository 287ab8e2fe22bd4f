"""geo/departements.geojson → projected shapes with insets, one TopoJSON file per view.

``ensure_prepared`` is what the dashboard calls: it checks the file, prepares the shapes when
something changed, and returns where they are. GeoPandas is imported for that alone.
"""

from __future__ import annotations

from atlas.geometry.cache import SHIPPED_CREDIT, MapView, Shapes, ensure_prepared
from atlas.geometry.departements import read_departements
from atlas.geometry.hierarchy import Hierarchy, hierarchy_of
from atlas.geometry.outlines_3d import Outlines3D

__all__ = [
    "SHIPPED_CREDIT",
    "Hierarchy",
    "MapView",
    "Outlines3D",
    "Shapes",
    "ensure_prepared",
    "hierarchy_of",
    "read_departements",
]
