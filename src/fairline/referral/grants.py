"""What the office door may do with this room's tables; the other doors know nothing of it."""

from __future__ import annotations

from fairline.core.grants import grant
from fairline.referral.models import Competence, Referral, ReferralPart

grant("office", Referral, "select", "insert", "update", "delete")
grant("office", ReferralPart, "select", "insert", "update", "delete")
grant("office", Competence, "select", "insert", "update")
