"""The WSGI entry of the office door."""

from __future__ import annotations

from fairline.core.door import application_of

application = application_of("office")
