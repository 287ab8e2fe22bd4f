"""data/<year>.csv → one checked frame, or every problem of every file."""
