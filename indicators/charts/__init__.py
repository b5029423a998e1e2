"""Every picture: pure functions from a result to a figure or to its geometry."""
