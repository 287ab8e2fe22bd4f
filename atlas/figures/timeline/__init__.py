"""What the service gained, year after year, on one line of time."""
