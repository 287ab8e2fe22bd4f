"""What a press kit may hold: one module per part, found in `registry`."""
