"""How every DuckDB of ours is opened."""

# Nothing may try the network: an extension that is not in the wheel is an error, not a download.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
