"""The WSGI entry of the public door."""

from __future__ import annotations

from fairline.core.door import application_of

application = application_of("public")
