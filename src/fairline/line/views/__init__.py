"""HTTP in, service, HTTP out; each act a small view."""
