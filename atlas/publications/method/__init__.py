"""How the figures are made, in French sections: the page Méthode, and the short form in press kits.

Numbers and thresholds are read from the data and the configuration, never written here, so that
what is said stays true of what is shown.
"""
