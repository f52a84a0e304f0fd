"""`python -m fuzz.inside TARGET [libFuzzer's options]`: fuzzes one target, then ends; `run` starts it."""

import sys

import atheris  # wheels for Linux on x86-64 alone

INSTRUMENTED = ["media_monitor.collect", "media_monitor.beat", "feedparser", "feedparser_sgmllib", "tomllib"]

if __name__ == "__main__":
    with atheris.instrument_imports(include=INSTRUMENTED):
        from fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
