"""How DuckDB files are opened. DuckDB shares a file among the connections of a process, and refuses a connection with
other settings than the first: so whoever reads the published file beside others opens it as told here."""

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Settings for writing: no extension is fetched."""

SEALED = OFFLINE | {"enable_external_access": False}
"""Settings for reading: besides, no other file and no network."""
