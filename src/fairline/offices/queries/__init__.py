"""What other rooms and the doors may ask this room."""

from fairline.offices.queries.charters import charter_file, desks_ended, peers, profiles_of, sheet_doc
from fairline.offices.queries.laws import (
    Adoption,
    AskedRow,
    OwnRows,
    adoptions,
    confirmed_rows,
    law_at,
    law_versions,
    own_rows,
)
from fairline.offices.queries.offices import (
    DeskFacts,
    OfficeFacts,
    desk_in_force,
    desks,
    fingerprints,
    office,
    offices,
    taking,
    zone_of,
)
from fairline.offices.queries.people import MemberFacts, member, members
from fairline.offices.queries.roster import roles_in_force

__all__ = [
    "Adoption",
    "AskedRow",
    "DeskFacts",
    "MemberFacts",
    "OfficeFacts",
    "OwnRows",
    "adoptions",
    "charter_file",
    "confirmed_rows",
    "desk_in_force",
    "desks",
    "desks_ended",
    "fingerprints",
    "law_at",
    "law_versions",
    "member",
    "members",
    "office",
    "offices",
    "own_rows",
    "peers",
    "profiles_of",
    "roles_in_force",
    "sheet_doc",
    "taking",
    "zone_of",
]
