"""Tables that stand on their own: data, coverage, findings, imports."""
