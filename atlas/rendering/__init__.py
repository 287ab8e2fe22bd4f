"""The process that draws: a specification in, an image out. It knows nothing of the rest.

vl-convert holds the interpreter's lock while it draws, which would freeze every session of a
server: `python -m atlas.rendering` is a process of its own, fed by atlas.export.
"""
