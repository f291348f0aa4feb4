"""Fairline: the reporting line that both the reporter and the person reported can trust."""

__version__ = "0.1.0"
