"""The room of what one office passes on to another."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """Registers referrals on their way, and what the office says of those that it may refer to."""

    name = "fairline.referral"
    label = "referral"
    verbose_name = "Referral to other offices"
