"""The reporting person's and the office's tools for a terminal; they load no code from any server."""
