"""The lake (Parquet, the truth) and the warehouse (DuckDB, an index of it)."""
