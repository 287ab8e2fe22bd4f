"""The command line: the same work without a browser.

Exit codes: 0 done; 1 the input files have problems, or a finding has no verdict yet; 2 the command
was not understood, or names what does not exist; 3 some figures could not be made and are named,
the rest is there; 4 the target exists and --force was not given; 5, 6 and 7 what `verify` finds of
images.
"""

import typer

from atlas.cli.checking import check
from atlas.cli.config import config
from atlas.cli.coverage import coverage
from atlas.cli.exports import kit
from atlas.cli.files import check_files, figures, prepare
from atlas.cli.images import export
from atlas.cli.importing import import_file
from atlas.cli.keeping import accept_data, backup, recover, restore_files
from atlas.cli.licences import licences
from atlas.cli.serving import run
from atlas.cli.verifying import signing_key, verify

app = typer.Typer(
    help="4 ans de Mon espace santé : chiffres, contours, images et kits de presse.",
    no_args_is_help=True,
    add_completion=False,
)
for _command in (
    figures,
    check_files,
    check,
    coverage,
    prepare,
    export,
    kit,
    verify,
    licences,
    backup,
    recover,
    run,
):
    app.command()(_command)
app.command("import")(import_file)
app.command("restore")(restore_files)
app.command("accept-data")(accept_data)
app.add_typer(config, name="config")
app.add_typer(signing_key, name="signing-key")
