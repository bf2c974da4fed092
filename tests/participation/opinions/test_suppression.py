"""Small cells are withheld, and so is what would give them away."""

from __future__ import annotations

from deliberation.results import Share, Tally
from participation.opinions.suppression import publishable


def tally(votes: int) -> Tally:
    share = Share(count=votes, total=votes, share=1.0 if votes else 0.0, low=0.0, high=1.0)
    nothing = Share(count=0, total=votes, share=0.0, low=0.0, high=1.0)
    return Tally(votes=votes, agree=share, disagree=nothing, passed=nothing)


def withheld(*votes: int) -> list[bool]:
    return [kept is None for kept in publishable([tally(count) for count in votes])]


def test_five_votes_are_shown_and_four_are_not() -> None:
    assert withheld(5, 5, 5) == [False, False, False]
    assert withheld(40, 4, 3) == [False, True, True]


def test_a_single_small_cell_takes_the_next_smallest_with_it() -> None:
    assert withheld(40, 4, 9) == [False, True, True]


def test_no_votes_say_nothing_about_anyone() -> None:
    assert withheld(40, 0, 9) == [False, False, False]


def test_cells_that_hide_fewer_than_five_people_together_take_another_with_them() -> None:
    """The total is known: of two cells of one and two votes, three people would be left to guess about."""
    assert withheld(40, 1, 2) == [True, True, True]
    assert withheld(40, 12, 1, 2) == [False, True, True, True]


def test_without_groups_nothing_is_withheld() -> None:
    assert withheld() == []
