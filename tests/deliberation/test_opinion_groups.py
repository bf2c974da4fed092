"""Groups are found where they are, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from deliberation.analysis import Settings, analyse
from deliberation.evidence import doubt
from deliberation.latent_classes import fit_classes
from deliberation.opinion_groups import find_groups
from deliberation.opinion_map import fit_axes, place
from deliberation.search import find_classes, likeliest, starting_memberships
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange
from tests.deliberation.planting import continuum, planted

if TYPE_CHECKING:
    from deliberation.results import Analysis

QUICK = Settings(resamples=0)


@pytest.mark.parametrize("sizes", [(120, 100), (120, 100, 100)])
def test_planted_groups_are_found(sizes: tuple[int, ...]) -> None:
    votes, groups = planted(sizes)

    places = analyse(votes, QUICK).places

    assert places.memberships.shape[1] == len(sizes)
    assert adjusted_rand_score(groups, places.memberships.argmax(axis=1)) > 0.85


def test_the_largest_group_comes_first() -> None:
    analysis = analyse(planted((40, 150, 80)).votes, QUICK)

    sizes = [group.size for group in analysis.groups]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 3


@pytest.mark.parametrize("seed", range(3))
def test_people_who_vote_at_random_form_no_groups(seed: int) -> None:
    assert analyse(planted((250,), seed=seed).votes, QUICK).number_of_groups == 0


@pytest.mark.parametrize("seed", range(3))
def test_people_who_differ_by_degree_form_no_groups(seed: int) -> None:
    analysis = analyse(continuum(300, seed=seed), QUICK)

    assert analysis.number_of_groups == 0
    assert not analysis.too_few_for_groups
    assert analysis.evidence is not None
    assert analysis.evidence.degree_predicts_better


def test_under_fifty_voters_it_is_too_early() -> None:
    analysis = analyse(planted((25, 24)).votes, QUICK)

    assert analysis.too_few_for_groups
    assert analysis.number_of_groups == 0
    assert analysis.evidence is None


def test_a_group_below_the_stated_size_is_not_published() -> None:
    votes = planted((150, 60)).votes

    assert analyse(votes, QUICK).number_of_groups == 2
    assert analyse(votes, Settings(resamples=0, minimum_group_size=70)).number_of_groups == 0


def test_a_group_below_the_stated_stability_is_not_published() -> None:
    votes = planted((100, 90)).votes

    assert analyse(votes, Settings(resamples=1)).number_of_groups == 2
    assert analyse(votes, Settings(resamples=1, minimum_stability=1.01)).number_of_groups == 0


def test_memberships_are_probabilities() -> None:
    places = analyse(planted((90, 80, 70), votes=15).votes, QUICK).places

    np.testing.assert_allclose(places.memberships.sum(axis=1), 1.0)
    assert (places.memberships >= 0).all()


def test_someone_who_said_little_is_not_assigned() -> None:
    votes, _groups = planted((100, 90, 80), votes=12)
    silent = votes.participant_ids.max() + 1
    with_silent = type(votes).from_votes(
        np.append(votes.participant_ids[votes.rows], silent),
        np.append(votes.statement_ids[votes.columns], 0),
        np.append(votes.choices, 0),
        statement_ids=votes.statement_ids.tolist(),
    )

    analysis = analyse(with_silent, QUICK)

    assert analysis.places.groups[-1] == -1
    assert analysis.share_unassigned > 0


def test_clear_groups_are_found_again(two_groups: Analysis) -> None:
    assert two_groups.resamples == 5
    assert two_groups.stability is not None
    assert two_groups.stability > 0.8
    assert [group.found_again for group in two_groups.groups] == [5, 5]


def test_without_resamples_stability_is_unmeasured() -> None:
    analysis = analyse(planted((100, 90)).votes, QUICK)

    assert analysis.stability is None
    assert {group.stability for group in analysis.groups} == {None}
    assert analysis.sensitivity == ()
    assert analysis.axes_beyond_chance is None


def test_no_more_groups_than_asked_for() -> None:
    assert analyse(planted((100, 90, 80)).votes, Settings(resamples=0, max_groups=2)).number_of_groups <= 2
    assert analyse(planted((100, 90)).votes, Settings(resamples=0, max_groups=1)).number_of_groups == 0


def test_a_setting_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="max_groups must be at least 1"):
        Settings(max_groups=0)


def test_of_several_searches_the_likelier_answer_counts() -> None:
    table = arrange(planted((90, 80, 70, 60), votes=8).votes).table
    places = place(table, fit_axes(table)).means
    answers = [fit_classes(table, starting_memberships(places[:, :axes], 4, 0)) for axes in (1, 2, 3, 4)]
    evidence = [answer.evidence(table) for answer in answers]

    assert likeliest(table, answers) is answers[int(np.argmax(evidence))]
    assert find_classes(table, places, 4, 0).evidence(table) == max(evidence)
    assert min(evidence) < max(evidence)


def test_hidden_votes_also_say_how_sure_each_number_of_groups_may_be() -> None:
    evidence = analyse(planted((120, 100)).votes, QUICK).evidence

    assert evidence is not None
    assert len(evidence.confidence) == len(evidence.log_loss) == Settings().max_groups
    assert evidence.confidence[1] == 1.0


def test_memberships_are_less_sure_in_the_mean_of_several_fits() -> None:
    """Each was hidden other votes, so they disagree about some people; those on whom they agree stay sure."""
    table = arrange(planted((100, 90, 80), votes=12).votes).table
    groups = find_groups(table, lambda: place(table, fit_axes(table)).means, QUICK)

    assert groups.classes is not None
    assert groups.evidence is not None
    memberships = doubt(groups.classes.memberships(table), groups.evidence.confidence[groups.number - 1])
    of_one_fit, in_the_mean = memberships.max(axis=1), groups.memberships.max(axis=1)

    assert in_the_mean.mean() < of_one_fit.mean() - 0.01
    assert (in_the_mean[of_one_fit > 0.999] > 0.8).mean() > 0.95


def test_a_group_to_which_people_only_lean_is_none() -> None:
    """Two camps of forty who waver on every seventh vote: a third group drew some from both, and had no member."""
    people, statements, choices = [], [], []
    for person in range(80):
        camp = 1 if person % 2 else -1
        for statement in range(700, 709):
            wavers = (person * 5 + statement) % 7 == 0
            people.append(person)
            statements.append(statement)
            choices.append(1 if statement == 700 else -camp if wavers else camp)
    analysis = analyse(VoteMatrix.from_votes(people, statements, choices), Settings(resamples=26))
    assert [group.size for group in analysis.groups] == [40, 40]
    assert analysis.statements[0].common_ground_agree > 0.9
