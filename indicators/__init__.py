"""The core: catalogue, plans, units, measuring and judging. Pure: no database, no clock, no screen."""
