"""The command line: the same work without a browser.

Exit codes: 0 done; 1 the input files have problems; 2 the command was not understood, or names
what does not exist; 3 some figures could not be made and are named, the rest is there; 4 the
target exists and --force was not given.
"""

import typer

from atlas.cli.config import config
from atlas.cli.exports import kit
from atlas.cli.files import check_files, figures, prepare
from atlas.cli.images import export

app = typer.Typer(help="4 ans de Mon espace santé : chiffres, contours, images et kits de presse.",
                  no_args_is_help=True, add_completion=False)
for _command in (figures, check_files, prepare, export, kit):
    app.command()(_command)
app.add_typer(config, name="config")
