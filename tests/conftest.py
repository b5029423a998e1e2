"""Profiles of hypothesis: the same examples in every run of CI, fresh ones on request."""

import functools
import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from streamlit.components.v2 import manifest_scanner

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)

# Shrinking is left to "search": a failure of random figures may take minutes to shrink.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=SLOW_IS_FINE,
)
settings.register_profile(
    "search", deadline=None, max_examples=1000, suppress_health_check=SLOW_IS_FINE
)
settings.load_profile(os.environ.get("VANDAN_HYPOTHESIS", "steady"))


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> Iterator[None]:
    """What is installed is looked up once: Streamlit would read every package at every page run."""
    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="module", autouse=True)
def settled() -> None:
    """What earlier files of tests left is not looked through again and again (a tenth of the time)."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What is given back at the end is everything: DuckDB complains of what is still held."""
    gc.unfreeze()
