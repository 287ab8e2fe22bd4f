"""Documents by corridor: one territory, several side by side, one corridor everywhere."""
