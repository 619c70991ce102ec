"""The demo organisation: made up from a seed, loaded in bulk, marked as invented for good."""
