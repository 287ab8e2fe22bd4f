"""Library behind the dashboard "4 ans de Mon espace santé": figures, shapes, charts, exports."""

__version__ = "0.4.0"
