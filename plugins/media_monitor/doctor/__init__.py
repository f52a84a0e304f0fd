"""Checks what holds of a data folder whatever happens, and mends what does not: `media-monitor doctor`.

A check is a module with a `find` and mostly a `mend`; `registry.CHECKS` lists them in the order in which they run: what
others rest on comes first. Nothing is written unless repair is asked for, and nothing is deleted: what makes way moves
to `.damaged/`.
"""
