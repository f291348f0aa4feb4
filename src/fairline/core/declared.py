"""How long core's own rows are kept."""

from __future__ import annotations

from fairline.core.erasure import keep_for_ever
from fairline.core.models import NightRun
from fairline.core.published.models import PublicFile

keep_for_ever(NightRun, why="one row a job, about the machine; each run overwrites the last")
keep_for_ever(PublicFile, why="it was made public; the record must stay checkable by whoever kept a promise")
