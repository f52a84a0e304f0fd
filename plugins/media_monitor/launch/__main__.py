"""`python -m media_monitor.launch once|up|prepare`: what `make run` and `make up` call."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from media_monitor.errors import MediaMonitorError
from media_monitor.launch import home, once, up

app = typer.Typer(add_completion=False, help="Airflow on one machine, inside the checkout.")
_Var = Annotated[Path, typer.Option(help="Folder of everything that is written")]


@app.command("once")
def run_once(feeds: Path | None = None, var: _Var = home.CHECKOUT / "var") -> None:
    """Run the DAG once, on the samples or on the feeds of an OPML file."""
    raise typer.Exit(once.run(feeds, var))


@app.command("up")
def run_up(port: int = 8080, var: _Var = home.CHECKOUT / "var") -> None:
    """Serve Airflow until Ctrl-C."""
    raise typer.Exit(up.run(var, port))


@app.command()
def prepare() -> None:
    """Make the metadata database and the pool, in the environment given."""
    home.prepare()


if __name__ == "__main__":
    try:
        app(standalone_mode=True)
    except MediaMonitorError as error:
        sys.exit(f"error: {error}")
