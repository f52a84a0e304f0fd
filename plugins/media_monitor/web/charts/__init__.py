"""Charts as data: `<id>.sql` (its rows), `<id>.json` (Vega-Lite), and an entry in `charts.toml`."""
