"""The made-up people must be the same every time, and as uneven as real ones."""

from collections import Counter
from statistics import median

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score

from deliberation.ballot import Choice
from participation.demonstration.content import load_content
from participation.demonstration.simulation import (
    CAMP_SHARES,
    DEMONSTRATION_SEED,
    LANGUAGE_SHARES,
    Simulation,
    simulate,
)

STATEMENTS = load_content().statements
INDEX = {statement.key: index for index, statement in enumerate(STATEMENTS)}
COMMON_GROUND = [
    "human-decides",
    "publish-error-rates",
    "independent-audit",
    "honest-mistakes",
    "staff-training",
    "paper-and-desks",
    "plain-letters",
    "see-and-correct",
]
UNCERTAIN = ["random-checks", "small-local-model", "power-use"]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(STATEMENTS, seed=DEMONSTRATION_SEED)


def share(simulation: Simulation, key: str, choice: Choice, camp: str | None = None) -> float:
    """The share of those who voted on a statement, all or those of one camp, who chose this."""
    choices = [
        vote.choice
        for vote in simulation.votes
        if vote.statement == INDEX[key] and camp in {None, simulation.people[vote.person].camp}
    ]
    return choices.count(choice) / len(choices)


def test_the_same_seed_gives_the_same_result(simulation: Simulation) -> None:
    assert simulate(STATEMENTS, seed=DEMONSTRATION_SEED) == simulation
    assert simulate(STATEMENTS, seed=DEMONSTRATION_SEED + 1) != simulation


def test_there_are_as_many_people_as_asked_for(simulation: Simulation) -> None:
    assert len(simulation.people) == 400
    assert len(simulate(STATEMENTS, seed=1, people=30).people) == 30


def test_camps_are_uneven_and_some_people_belong_to_none(simulation: Simulation) -> None:
    sizes = Counter(person.camp for person in simulation.people)
    assert sizes["rights"] > sizes["enforcement"] > sizes["service"] > sizes[None] > 0
    assert set(sizes) == {*CAMP_SHARES, None}


def test_people_speak_all_languages(simulation: Simulation) -> None:
    sizes = Counter(person.language for person in simulation.people)
    assert set(sizes) == set(LANGUAGE_SHARES)
    assert min(sizes.values()) >= 60


def test_votes_are_in_order_of_time_and_nobody_votes_twice(simulation: Simulation) -> None:
    times = [vote.time for vote in simulation.votes]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= 1
    pairs = {(vote.person, vote.statement) for vote in simulation.votes}
    assert len(pairs) == len(simulation.votes)


def test_only_published_statements_that_had_appeared_get_votes(simulation: Simulation) -> None:
    for vote in simulation.votes:
        statement = STATEMENTS[vote.statement]
        assert statement.state == "published"
        assert statement.arrival <= simulation.people[vote.person].came <= vote.time


def test_every_published_statement_gets_enough_votes_to_say_something(simulation: Simulation) -> None:
    votes = Counter(vote.statement for vote in simulation.votes)
    assert all(votes[INDEX[s.key]] >= 25 for s in STATEMENTS if s.state == "published")


def test_many_votes_are_missing(simulation: Simulation) -> None:
    votes = Counter(vote.person for vote in simulation.votes)
    published = sum(statement.state == "published" for statement in STATEMENTS)
    assert 14 <= median(votes.values()) <= 22
    assert min(votes.values()) <= 3
    assert max(votes.values()) == published
    assert 0.3 < len(simulation.votes) / (len(simulation.people) * published) < 0.7


@pytest.mark.parametrize("key", COMMON_GROUND)
@pytest.mark.parametrize("camp", CAMP_SHARES)
def test_common_ground_is_agreed_in_every_camp(simulation: Simulation, key: str, camp: str) -> None:
    assert share(simulation, key, Choice.AGREE, camp) >= 0.7


def test_the_rest_is_not_common_ground(simulation: Simulation) -> None:
    for statement in STATEMENTS:
        if statement.state == "published" and statement.key not in COMMON_GROUND:
            least = min(share(simulation, statement.key, Choice.AGREE, camp) for camp in CAMP_SHARES)
            assert least < 0.7, statement.key


@pytest.mark.parametrize("key", UNCERTAIN)
def test_some_statements_leave_many_uncertain(simulation: Simulation, key: str) -> None:
    assert share(simulation, key, Choice.PASS) >= 0.3


def test_authors_speak_the_language_came_before_and_wrote_once(simulation: Simulation) -> None:
    written = {index for index, statement in enumerate(STATEMENTS) if statement.author == "participant"}
    assert set(simulation.authors) == written
    assert len(set(simulation.authors.values())) == len(written)
    for index, author in simulation.authors.items():
        assert simulation.people[author].language == STATEMENTS[index].language
        assert simulation.people[author].came < STATEMENTS[index].arrival


def test_camps_can_be_told_apart_but_not_perfectly(simulation: Simulation) -> None:
    votes = np.zeros((len(simulation.people), len(STATEMENTS)))
    for vote in simulation.votes:
        votes[vote.person, vote.statement] = vote.choice
    counts = Counter(vote.person for vote in simulation.votes)
    regular = [n for n, person in enumerate(simulation.people) if person.camp and counts[n] >= 10]
    places = PCA(2).fit_transform(votes[regular] / np.sqrt([[counts[n]] for n in regular]))
    labels = KMeans(3, n_init=10, random_state=0).fit_predict(places)
    agreement = adjusted_rand_score([simulation.people[n].camp for n in regular], labels)
    assert 0.35 < agreement < 0.9
