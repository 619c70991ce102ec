"""Typed, keyword-only builders for tests. Each calls the real action; none writes to a table."""
