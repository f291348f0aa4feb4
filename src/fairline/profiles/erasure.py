"""What this room must forget: nothing, since all of it is public."""

from __future__ import annotations

from fairline.core.erasure import keep_for_ever
from fairline.profiles.models import KeptDocument

keep_for_ever(KeptDocument, why="reports name the form that they answered by its hash; it says nothing of any person")
