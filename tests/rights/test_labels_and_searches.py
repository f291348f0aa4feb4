"""Rights 1, 3 and 4 at the workbench: labels are of work and closed; a search is over what one has opened, not kept."""

from __future__ import annotations

import json
import re

import pytest

from fairline.seal.errors import MalformedError
from fairline.seal.labels import LABELS
from fairline.seal.notes import read_note
from rights import surface

ROUTE = surface.ROOT / "web" / "office" / "arrivals" / "route.ts"
ABOUT_PEOPLE = (
    r"person|people|subject|suspect|suspicio|repeat|known|liar|credib|trust|risk|danger|score|foreign|nation|ethnic|relig|"
    r"politic|gender|race|language|troll|crank|frequent"
)


def test_every_label_says_what_is_to_be_done_and_none_what_somebody_is():
    assert LABELS == ("answer", "waiting", "translation", "second", "event", "elsewhere", "urgent")
    assert not surface.holding(ABOUT_PEOPLE, list(LABELS))


@pytest.mark.parametrize("label", ["suspect", "credible", "Urgent", "urgent ", "", "watch", "migrant"])
def test_no_other_label_is_read_by_anybody(label):
    body = json.dumps({"text": "", "language": "en", "labels": [label]}).encode()
    with pytest.raises(MalformedError):
        read_note(body)


def test_no_address_and_no_column_could_add_a_label_or_keep_a_search():
    assert not surface.holding(r"label|tag\b|tags|search|query|filter|saved", surface.addresses())
    # The tag by which an entry is fetched; whether a request for access was ended before all cases were looked through.
    known = {"line.Post.tag", "requests.AccessRequest.unsearched"}
    assert not surface.holding(r"label|\.tags?$|search|query|filter|saved", set(surface.columns()) - known)


def test_nothing_says_of_anybody_that_they_are_a_child():
    """Right 20: help for children stands in every mailbox of a desk; no address, column or label tells whose it is."""
    about_age = r"child|minor|infant|juvenile|young|birth|\bage\b"
    assert not surface.holding(about_age, surface.addresses())
    assert not surface.holding(about_age, surface.columns())
    assert not surface.holding(about_age, list(LABELS))
    assert not surface.holding(about_age, [ROUTE.read_text()])


def test_an_addresses_filters_are_desk_state_label_turn_and_days_and_nothing_else():
    """Whatever can be shared, bookmarked or found in a history is named in one place."""
    named = set(re.findall(r"query\.set\(\"(\w+)\"", ROUTE.read_text("utf-8")))
    assert named == {"desk", "show", "sort", "label", "state", "since", "until"}


def test_the_list_has_no_facet_for_persons_or_grounds():
    text = ROUTE.read_text("utf-8")
    lists = re.findall(r"\[(.*?)\] as const", text)
    words = [word for one in lists for word in re.findall(r'"([\w-]+)"', one)]
    assert "unread" in words
    assert not surface.holding(ABOUT_PEOPLE, words)
