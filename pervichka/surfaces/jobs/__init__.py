"""Background work: the follower of the journal, and jobs kept in PostgreSQL."""
