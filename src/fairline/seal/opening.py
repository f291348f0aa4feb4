"""Opening a name under seal: what is asked, what a custodian hands over, and how the asker puts it together.

A request tells each custodian who asks, on which ground and why; a release holds one share, for the asker alone.
Nothing here opens a name that was not given under seal: where nobody gave one, the card is empty.
Source: `docs/formats.md` §26.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairline.seal import age
from fairline.seal.author import Where, check_place, prove_member, prove_reporter
from fairline.seal.bodies import BODY_LIMIT, Dealt, IdentityCard, Share, read_identity_card, read_share
from fairline.seal.envelope import Envelope, Kind, read_envelope
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.fields import Fields, as_hash, as_text, document, wrong_type
from fairline.seal.jsontext import write
from fairline.seal.naming import identity_key
from fairline.seal.primitives import H, b64, same
from fairline.seal.recipients import check_recipient, recipient_hash
from fairline.seal.shares import MOST, SHARE_SIZE, combine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.recipients import Identity
    from fairline.seal.roster import ProvenEntry

GROUNDS: Final = ("consent", "authority", "court")
"""The reporting person agreed; a law obliges, in an authority's investigation; or in proceedings before a court."""
CONSENT: Final = "consent"
REASONS_MOST: Final = 4000


@dataclass(frozen=True)
class NameRequest:
    """Why a name is to be opened.

    Attributes:
        message: place on chain r of the report or message that gave the name.
        ground: one of `GROUNDS`.
        reasons: in the asker's words, for the custodians and for the record of the case.
        language: tag of the language they are written in.
        reply: the asker's recipient, to which alone a release is sealed.
        notice: `c` of the notice that told the reporting person before; None where it was withheld.
        withheld: why they were not told before; None where they were.
    """

    message: int
    ground: str
    reasons: str = field(repr=False)
    language: str
    reply: str
    notice: bytes | None = None
    withheld: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Release:
    """One custodian's share, for one request. `request` is its `c`."""

    request: bytes
    index: int
    share: bytes = field(repr=False)


@dataclass(frozen=True)
class ProvenRequest:
    """A request whose author may ask, and to whom a release would go."""

    c: bytes
    asker: ProvenEntry
    request: NameRequest


@dataclass(frozen=True)
class Given:
    """Where a name was given.

    Attributes:
        where: office, desk and thread of the report.
        message: place on chain r of the report or message that gave it.
        dealt: what stands in that report or message.
        sign: the reporting person's key.
    """

    where: Where
    message: int
    dealt: Dealt
    sign: bytes


def read_request(body: bytes) -> NameRequest:
    """The body of a `request`.

    Raises:
        MalformedError: as fields do; `json-type` for no or too long reasons, and unless exactly one of notice and
            withheld is there: who agreed is told.
    """
    return document(body, _request, BODY_LIMIT)


def write_request(request: NameRequest) -> bytes:
    """The reverse of `read_request`."""
    told = {"withheld": request.withheld} if request.notice is None else {"notice": b64(request.notice)}
    return write({"message": request.message, "ground": request.ground, "reasons": request.reasons,
                  "language": request.language, "reply": request.reply} | told)  # fmt: skip


def read_release(body: bytes) -> Release:
    """The body of a `release`."""
    return document(
        body,
        lambda fields: Release(
            fields.hash("request"), fields.integer("index", 0, MOST - 1), fields.raw("share", SHARE_SIZE)
        ),
        BODY_LIMIT,
    )


def write_release(release: Release) -> bytes:
    """The reverse of `read_release`."""
    return write({"request": b64(release.request), "index": release.index, "share": b64(release.share)})


def prove_request(
    content: bytes,
    where: Where,
    charter_of: Callable[[int], ProvenCharter | None],
    own: bytes,
) -> ProvenRequest:
    """Whether a custodian may think of answering. That the asker is assigned to the case the acts say, not this.

    Args:
        content: the envelope.
        where: where it was found.
        charter_of: the proven charter of a number.
        own: the member id of who reads it: nobody hands over to themselves.

    Raises:
        RefusedError: `request-reply` if a release would go to another than its author, `same-person`; `envelope-place`,
            `envelope-author`, `envelope-signature`, `roster-proof`.
        MalformedError: as envelopes and bodies do.
    """
    envelope = outside_the_chains(content, "request", where)
    asker = prove_member(envelope, charter_of, _may_ask)
    if same(asker.id, own):
        raise RefusedError("same-person", "Nobody hands over a share of a name to themselves.")
    request = read_request(envelope.body)
    if not same(recipient_hash(request.reply), asker.recipient):
        raise RefusedError("request-reply", "The shares would go to somebody else than who asks.")
    return ProvenRequest(envelope.c, asker, request)


def share_inside(content: bytes, where: Where, message: int) -> Share:
    """A custodian's share of the name that is asked for, out of its unsealed file.

    Its author is not checked: only who has read the report knows the key, and checks the share against it.

    Raises:
        RefusedError: `envelope-place` if it belongs to another report or message, `share-hash`.
        MalformedError: as envelopes and bodies do.
    """
    envelope = outside_the_chains(content, "share", where)
    _check_message(envelope, message)
    return as_dealt(read_share(envelope.body))


def as_dealt(share: Share) -> Share:
    """The same share, held against the hashes that it carries: raises `RefusedError` `share-hash` for another one."""
    if share.index >= len(share.hashes) or not same(H(share.share), share.hashes[share.index]):
        raise RefusedError("share-hash", "This share is not the one that was dealt.")
    return share


def prove_release(
    content: bytes, where: Where, charter_of: Callable[[int], ProvenCharter | None], request: ProvenRequest
) -> Release:
    """What a custodian handed over for this request.

    Raises:
        RefusedError: `release-request` if it answers another one, `envelope-audience` if it was sealed for somebody
            else too, `same-person`; `envelope-place`, `envelope-author`, `envelope-signature`, `roster-proof`.
        MalformedError: as envelopes and bodies do.
    """
    envelope = outside_the_chains(content, "release", where)
    custodian = prove_member(envelope, charter_of, lambda entry: "custodian" in entry.roles)
    if same(custodian.id, request.asker.id):
        raise RefusedError("same-person", "Nobody hands over a share of a name to themselves.")
    if envelope.header.to != (request.asker.recipient,):
        raise RefusedError("envelope-audience", "A share of a name was sealed for others than who asked.")
    release = read_release(envelope.body)
    if not same(release.request, request.c):
        raise RefusedError("release-request", "This share was handed over for another request.")
    return release


def name_key(releases: Sequence[Release], given: Given) -> Identity:
    """The key of the name, from the shares that were handed over and the half that lies in the report.

    Args:
        releases: proven for one request, one a custodian.
        given: where the name was given.

    Raises:
        RefusedError: `share-hash`, naming the custodian whose share is wrong.
        MalformedError: `share-count` for fewer than two.
    """
    first = combine({one.index: one.share for one in releases}, given.dealt.shares)
    return identity_key(first, given.dealt.K2, given.where.thread)


def card_inside(content: bytes, given: Given) -> IdentityCard:
    """The name, out of its unsealed file.

    Raises:
        RefusedError: `envelope-place`, `envelope-author`, `envelope-signature` if the card is not the reporting
            person's, or of another report or message.
        MalformedError: as envelopes and bodies do.
    """
    envelope = outside_the_chains(content, "identity", given.where)
    _check_message(envelope, given.message)
    prove_reporter(envelope, given.sign)
    return read_identity_card(envelope.body)


def put_together(file: bytes, releases: Sequence[Release], given: Given) -> IdentityCard:
    """The name inside a sealed identity.

    Raises:
        CannotOpenError: `not-mine`, for fewer shares than must agree.
        RefusedError, MalformedError: as `name_key` and `card_inside`.
    """
    return card_inside(age.unseal(file, [name_key(releases, given)]), given)


def outside_the_chains(content: bytes, kind: Kind, where: Where) -> Envelope:
    """An envelope of this kind and place; raises `MalformedError` `envelope-kind`, `RefusedError` `envelope-place`."""
    envelope = read_envelope(content)
    if envelope.header.kind != kind:
        raise MalformedError("envelope-kind", "An envelope is of a kind that does not belong here.")
    check_place(envelope, where)
    return envelope


def _check_message(envelope: Envelope, message: int) -> None:
    if envelope.header.belongs_to != message:
        raise RefusedError("envelope-place", "This was written for another place than where it was found.")


def _may_ask(entry: ProvenEntry) -> bool:
    return any(role.partition("@")[0] in {"handler", "lead"} for role in entry.roles)


def _request(fields: Fields) -> NameRequest:
    request = NameRequest(
        message=fields.integer("message"),
        ground=fields.one("ground", GROUNDS),
        reasons=fields.text("reasons"),
        language=fields.text("language"),
        reply=check_recipient(fields.text("reply")),
        notice=fields.optional("notice", as_hash),
        withheld=fields.optional("withheld", as_text),
    )
    silent = request.notice is None
    if silent != (request.withheld is not None) or (silent and request.ground == CONSENT):
        raise wrong_type()
    if not all(_is_reason(one) for one in (request.reasons, request.withheld) if one is not None):
        raise wrong_type()
    return request


def _is_reason(text: str) -> bool:
    return 0 < len(text) <= REASONS_MOST and " " not in (text[0], text[-1])
