"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.referral.views import peers, referrals

AT = "api/at/<id16:office>/"
REFERRALS = f"{AT}threads/<id16:thread>/referrals"
PEER = f"{AT}peers/<hash32:peer>"
DOOR = f"{PEER}/at/<id16:at>/<path:what>"

urlpatterns = table(
    route("GET", REFERRALS, referrals.listed, access=Access.DESK, name="referral-of"),
    route("POST", REFERRALS, referrals.refer, access=Access.DESK),
    route("POST", f"{REFERRALS}/parts", referrals.part, access=Access.DESK, name="referral-parts"),
    route("POST", f"{REFERRALS}/<id16:referral>/anew", referrals.anew, access=Access.DESK, name="referral-anew"),
    route("POST", f"{REFERRALS}/<id16:referral>/again", referrals.again, access=Access.DESK, name="referral-again"),
    route("POST", f"{REFERRALS}/<id16:referral>/arrival", referrals.found, access=Access.DESK, name="referral-found"),
    route("POST", f"{REFERRALS}/<id16:referral>/withdrawal", referrals.back, access=Access.DESK, name="referral-back"),
    route("GET", f"{AT}referrals", referrals.board, access=Access.DESK, name="referral-board"),
    route("GET", f"{AT}peers", peers.listed, access=Access.SIGNED_IN, name="referral-peers"),
    route("PUT", PEER, peers.say, access=Access.ADMINISTRATOR, name="referral-peer"),
    route("GET", f"{PEER}/manifest", peers.manifest, access=Access.DESK, name="referral-manifest"),
    route("GET", DOOR, peers.public, access=Access.DESK, name="referral-door"),
    route("POST", DOOR, peers.carry, access=Access.DESK),
)
