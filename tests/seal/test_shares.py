"""Any k shares rebuild the key, fewer tell nothing, a wrong one is named."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.seal import shares
from fairline.seal.errors import MalformedError, RefusedError
from fairline.seal.primitives import H

SECRET = bytes(range(32))


@given(st.binary(min_size=32, max_size=32), st.integers(2, 9), st.data())
def test_any_k_of_n(secret, n, data):
    k = data.draw(st.integers(2, n))
    dealt = shares.split(secret, n, k)
    hashes = [H(share) for share in dealt]
    chosen = data.draw(st.sampled_from(list(combinations(range(n), k))))
    assert shares.combine({index: dealt[index] for index in chosen}, hashes) == secret


def test_fewer_than_k_give_something_else():
    dealt = shares.split(SECRET, 5, 3)
    hashes = [H(share) for share in dealt]
    assert shares.combine({0: dealt[0], 1: dealt[1]}, hashes) != SECRET


def test_a_wrong_share_is_named():
    dealt = shares.split(SECRET, 3, 2)
    hashes = [H(share) for share in dealt]
    for wrong in ({0: dealt[0], 1: dealt[2]}, {1: dealt[1] + b"x"}, {7: dealt[0]}):
        with pytest.raises(RefusedError) as refused:
            shares.combine(wrong, hashes)
        assert refused.value.code == "share-hash"
    with pytest.raises(MalformedError) as too_few:
        shares.combine({0: dealt[0]}, hashes)
    assert too_few.value.code == "share-count"


@pytest.mark.parametrize(("secret", "n", "k"), [(SECRET, 3, 1), (SECRET, 2, 3), (SECRET, 10, 2), (b"", 3, 2)])
def test_impossible_deals(secret, n, k):
    with pytest.raises(ValueError, match="bytes"):
        shares.split(secret, n, k)


def test_field_arithmetic():
    assert shares._product(0x53, 0xCA) == 1
    assert all(shares._product(value, shares._inverse(value)) == 1 for value in range(1, 256))
