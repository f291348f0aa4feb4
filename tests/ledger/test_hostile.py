"""Whatever bytes come, a reader of the record answers with a refusal of its own or a value, never with a fault."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.ledger import acts, batches, checkpoints, keeping, notes, promises
from fairline.ledger.errors import LedgerError
from fairline.seal.primitives import public_key

KEY = public_key(bytes(32))
NOTE = checkpoints.sign(checkpoints.Checkpoint("a/b/arrivals", 256, bytes(32), "2026-03-02", bytes(32)), bytes(32))
PROMISE = promises.make(bytes(16), bytes(96), "2026-03-02", bytes(32)).document()
ROW = acts.row(b'{"act":"fill"}', None, "2026-03-02T00:00:00Z").written()
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
NAMED = st.text(max_size=8)
JSON = st.recursive(LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMED, part, max_size=3))
READERS = {
    "note": notes.parse,
    "checkpoint": lambda raw: checkpoints.opened(raw, "a/b/arrivals", KEY),
    "checkpoint text": checkpoints.parse,
    "promise": promises.parse,
    "row": acts.parse_row,
    "what": acts.parse_what,
    "batch": lambda raw: batches.split(raw, "acts"),
    "broken promise": lambda raw: keeping.check_broken(raw, "a/b/arrivals", KEY, KEY),
}


def mutated(valid):
    """The valid bytes with a stretch of them replaced."""
    cut = st.integers(0, len(valid))
    return st.tuples(cut, cut, st.binary(max_size=8)).map(
        lambda parts: valid[: parts[0]] + parts[2] + valid[parts[1] :]
    )


ANY = st.one_of(st.binary(max_size=300), JSON.map(lambda value: json.dumps(value).encode()),
                mutated(NOTE.written()), mutated(NOTE.text), mutated(PROMISE), mutated(ROW))  # fmt: skip


@pytest.mark.parametrize("name", list(READERS))
@given(raw=ANY)
def test_readers_refuse_in_their_own_words(name, raw):
    try:
        READERS[name](raw)
    except LedgerError as error:
        said = error
    else:
        return
    assert said.code
    assert said.sentence.endswith(".")


@given(served=JSON)
def test_notices_of_any_shape_are_refused(served):
    with pytest.raises(LedgerError, match="notice-shape"):
        promises.read_notice(served, KEY)
