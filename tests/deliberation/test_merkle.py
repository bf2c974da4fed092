"""The tree of RFC 6962: against the vectors of Certificate Transparency, and against what must hold for any list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proofs,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
    roots,
)

# The leaves that the tests of Certificate Transparency use, and the roots of the first 1 to 8 of them.
DATA = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
LEAVES = [leaf_hash(bytes.fromhex(data)) for data in DATA]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATH_OF_THE_FIRST_OF_8 = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
lists = st.lists(st.binary(max_size=3), min_size=1, max_size=40).map(
    lambda data: [leaf_hash(one) for one in data]
)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_a_path_is_that_of_certificate_transparency() -> None:
    (path,) = inclusion_proofs(LEAVES, [0])
    assert tuple(one.hex() for one in path) == PATH_OF_THE_FIRST_OF_8


def test_an_empty_list_has_the_root_of_the_standard() -> None:
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_tree_splits_as_the_standard_says() -> None:
    def by_definition(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        split = max(1 << power for power in range(10) if 1 << power < len(leaves))
        return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))

    many = [leaf_hash(bytes([number])) for number in range(70)]
    for size in range(1, 71):
        assert root(many[:size]) == by_definition(many[:size])


@given(lists, st.data())
def test_whatever_stands_in_a_list_can_be_shown(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    (path,) = inclusion_proofs(leaves, [index])
    assert is_included(leaves[index], index, len(leaves), path, root(leaves))


@given(lists, st.data())
def test_what_does_not_stand_there_cannot(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    (path,) = inclusion_proofs(leaves, [index])
    assert not is_included(leaf_hash(b"another"), index, len(leaves), path, root(leaves))
    assert not is_included(leaves[index], index, len(leaves), [*path, EMPTY_ROOT], root(leaves))
    assert not is_included(leaves[index], len(leaves), len(leaves), path, root(leaves))
    if path:
        assert not is_included(leaves[index], index, len(leaves), path[:-1], root(leaves))


@given(lists, st.data())
def test_a_list_that_grew_can_show_so(leaves: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(leaves)))
    path = consistency_proof(leaves, first)
    assert is_consistent(first, len(leaves), root(leaves[:first]), root(leaves), path)


@given(lists, st.data())
def test_a_list_that_was_changed_cannot(leaves: list[bytes], data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    before = [*leaves[: first - 1], leaf_hash(b"what stood there before")]
    path = consistency_proof(leaves, first)
    assert not is_consistent(first, len(leaves), root(before), root(leaves), path)
    assert not is_consistent(
        first, len(leaves), root(leaves[:first]), root(leaves), [*path, leaf_hash(b"more")]
    )


def test_roots_of_a_growing_list_are_roots_of_its_beginnings() -> None:
    many = [leaf_hash(bytes([number])) for number in range(70)]
    assert list(roots(many)) == [root(many[:size]) for size in range(1, 71)]


def test_nothing_is_shown_of_leaves_that_are_not_there() -> None:
    for index in (-1, 8):
        with pytest.raises(IndexError):
            inclusion_proofs(LEAVES, [index])
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, 9)
    assert not is_consistent(9, 8, root(LEAVES), root(LEAVES), [])
