"""`/api/v1`: the same actions, queries and permissions as the pages, for other programs."""
