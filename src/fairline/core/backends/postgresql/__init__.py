"""PostgreSQL as our processes use it."""
