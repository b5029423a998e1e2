"""The warehouse: one append-only DuckDB database; nothing outside this folder writes SQL."""
