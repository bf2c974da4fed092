"""Polis' signs, its order of rows and columns, moderation and caps."""

from collections.abc import Callable

from deliberation.polis import Comment, Conversation
from deliberation.polis.rating_matrix import counted_votes, rating_matrix

Converse = Callable[..., Conversation]


def test_agreement_is_minus_one_inside(converse: Converse) -> None:
    matrix = rating_matrix(converse([(1, 1, 1), (1, 2, 0), (1, 3, -1)]))
    assert matrix.ratings.tolist() == [-1, 0, 1]


def test_people_stand_in_order_of_arrival_and_statements_in_order_of_id(converse: Converse) -> None:
    matrix = rating_matrix(converse([(9, 5, 1), (2, 3, 1), (9, 3, -1), (4, 5, 0)]))
    assert matrix.participants.tolist() == [9, 2, 4]
    assert matrix.statements.tolist() == [3, 5]
    cells = zip(matrix.rows.tolist(), matrix.columns.tolist(), matrix.ratings.tolist(), strict=True)
    assert list(cells) == [(0, 0, 1), (0, 1, -1), (1, 0, -1), (2, 1, 0)]


def test_a_later_vote_replaces_an_earlier_one(converse: Converse) -> None:
    matrix = rating_matrix(converse([(1, 1, 1), (2, 1, 1), (1, 1, -1)]))
    assert matrix.ratings.tolist() == [1, -1]
    assert matrix.votes_per_participant().tolist() == [1, 1]


def test_a_statement_without_votes_has_no_column(converse: Converse) -> None:
    matrix = rating_matrix(
        converse([(1, 1, 1)], comments=[Comment(0, moderated=1), Comment(2, moderated=-1)])
    )
    assert matrix.statements.tolist() == [1]


def test_rejected_and_meta_statements_are_zeroed_and_unseen_ones_are_not(converse: Converse) -> None:
    comments = [
        Comment(0, moderated=-1),
        Comment(1, moderated=0),
        Comment(2, moderated=1),
        Comment(3, moderated=1, is_meta=True),
    ]
    matrix = rating_matrix(converse([(1, i, 1) for i in range(4)], comments=comments))
    assert matrix.zeroed.tolist() == [True, False, False, True]
    assert matrix.votes_per_participant().tolist() == [4]


def test_there_is_room_for_so_many_people_and_statements(converse: Converse) -> None:
    conversation = converse([(1, 1, 1), (2, 1, 1), (3, 1, 1), (2, 2, 1), (1, 3, 1), (1, 2, -1), (4, 2, 1)])
    assert counted_votes(conversation).all()
    taken = counted_votes(conversation, most_participants=2, most_statements=2)
    assert taken.tolist() == [True, True, False, True, False, True, False]


def test_a_vote_that_is_turned_away_takes_no_room(converse: Converse) -> None:
    # Voter 2 brings a statement too many; that must not use up the last place for a person.
    conversation = converse([(1, 1, 1), (2, 9, 1), (3, 1, 1), (2, 1, 1)])
    taken = counted_votes(conversation, most_participants=2, most_statements=1)
    assert taken.tolist() == [True, False, True, False]
