"""What this room stores. No private key, no passphrase and no word of a report is ever among it."""

from fairline.offices.models.access import Attempts, CalendarKey, Newcomer, Session, SignIn, Vault, Wrap
from fairline.offices.models.keys import DeskDrill, KeyFile
from fairline.offices.models.laws import AdoptedLaw, ConfirmedRow, OwnLawRow
from fairline.offices.models.notebook import NotebookPage
from fairline.offices.models.office import Desk, Document, Office, RosterEntry, SetupCode
from fairline.offices.models.people import Invitation, Joining, Member
from fairline.offices.models.proposals import Proposal, ProposalSignature

__all__ = [
    "AdoptedLaw",
    "Attempts",
    "CalendarKey",
    "ConfirmedRow",
    "Desk",
    "DeskDrill",
    "Document",
    "Invitation",
    "Joining",
    "KeyFile",
    "Member",
    "Newcomer",
    "NotebookPage",
    "Office",
    "OwnLawRow",
    "Proposal",
    "ProposalSignature",
    "RosterEntry",
    "Session",
    "SetupCode",
    "SignIn",
    "Vault",
    "Wrap",
]
