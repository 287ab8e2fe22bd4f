"""Several processes of the dashboard on one machine, behind nginx; knows nothing of the rest."""
