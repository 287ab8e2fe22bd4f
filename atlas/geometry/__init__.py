"""geo/departements.geojson → projected shapes with insets, one TopoJSON file per view.

``ensure_prepared`` is what the dashboard calls: it checks the file, prepares the shapes when
something changed, and returns where they are. GeoPandas is imported for that alone.
"""

from __future__ import annotations

from atlas.geometry.outlines_3d import Outlines3D
from atlas.geometry.reading import read_departements
from atlas.geometry.store import SHIPPED_CREDIT, Shapes, View, ensure_prepared
from atlas.geometry.tables import Tables, tables_of

__all__ = [
    "SHIPPED_CREDIT",
    "Outlines3D",
    "Shapes",
    "Tables",
    "View",
    "ensure_prepared",
    "read_departements",
    "tables_of",
]
