"""A data folder with the beat's samples loaded."""

from pathlib import Path

from media_monitor import pipeline
from media_monitor.beat import Beat
from media_monitor.config import PACKAGE, Settings
from media_monitor.launch.samples import ON_LOOPBACK, serving


def loaded(folder: Path) -> Settings:
    """The settings of a data folder, made in the folder, that holds the samples."""
    as_of = Beat.load("dprk_russia").settings["samples"]["as_of"]
    made = Settings(home=folder / "home", feeds=folder / "feeds.opml", as_of=as_of, semantic="off", **ON_LOOPBACK)
    with serving(PACKAGE / "beats" / "dprk_russia" / "samples", folder / "feeds.opml"):
        pipeline.run(made)
    return made
