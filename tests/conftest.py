"""Profiles of hypothesis: the same examples in every run of CI, fresh ones on request."""

import os

from hypothesis import HealthCheck, Phase, settings

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
