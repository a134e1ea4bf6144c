"""The group of commands, and how everything that can go wrong ends: one line and an exit code."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import click

from tracker import __version__
from tracker.cli.say import say
from tracker.errors import TrackerError, at

COMMANDS = (
    "claims",
    "control",
    "compare",
    "export",
    "explain",
    "map",
    "import",
    "ledger",
    "mentions",
    "locate",
    "gazetteer",
    "score",
)


class LazyGroup(click.Group):
    """Commands live in modules of their own, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, from the module of that name."""
        if cmd_name not in COMMANDS:
            return None
        # "import" is no name for a module.
        module = "import_" if cmd_name == "import" else cmd_name
        command = importlib.import_module(f"tracker.cli.{module}").command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all well, 1 something in the data is wrong, 2 the call is wrong.",
)
@click.version_option(__version__, prog_name="tracker")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Read reports of towns taken and left, and map who held what on which day.

    \b
    Example:
      tracker map reports/ -o frontline.html
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code; errors have been said on standard error."""
    try:
        code = cli.main(None if args is None else list(args), "tracker", standalone_mode=False)
    except click.exceptions.Abort as error:
        # Click's word for the key; outside of this room it is the key that counts.
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        say(_usage(error))
        return error.exit_code
    except TrackerError as error:
        say(str(error))
        return error.exit_code
    except OSError as error:
        say(_system(error))
        return 1
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """Click's message in one line, with where to read more."""
    ctx = getattr(error, "ctx", None)
    message = " ".join(error.format_message().split()).rstrip(".")
    return f"{message}; see {ctx.command_path} --help" if ctx else message


def _system(error: OSError) -> str:
    problem = error.strerror or str(error)
    if error.filename is None:
        return problem
    from tracker.reports import printable

    return at(printable(error.filename), None, problem)
