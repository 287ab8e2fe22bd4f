"""Choropleths of one period, the ranking beside them, and their classes."""
