"""The practices that Article 5 of Regulation (EU) 2024/1689 prohibits, each as a question, in the article's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.deployments.rights.law import ARTICLE_5, INTIMATE_IMAGES, Law

if TYPE_CHECKING:
    from flask_babel import LazyString


@dataclass(frozen=True)
class Practice:
    """One prohibited practice."""

    key: str
    #: Where it stands in the regulation; empty where the letter is not known yet.
    point: str
    label: LazyString
    question: LazyString
    #: What the law leaves out of the prohibition, or says besides.
    limits: LazyString
    #: The rule that prohibits it: since when, by which source, and who looked.
    law: Law = ARTICLE_5


_NO_EXCEPTION = _l("The law knows no exception.")

PRACTICES = (
    Practice(
        "manipulation",
        "5(1)(a)",
        _l("Influencing people without their knowing"),
        _l("Does it steer people without their knowing, so that they may come to serious harm?"),
        _NO_EXCEPTION,
    ),
    Practice(
        "vulnerability",
        "5(1)(b)",
        _l("Using people's age, disability or hardship against them"),
        _l("Does it use people's age, disability or hardship, so that they may come to serious harm?"),
        _NO_EXCEPTION,
    ),
    Practice(
        "social_scoring",
        "5(1)(c)",
        _l("A score from one part of life that costs people in another"),
        _l(
            "Does a score from one part of people's lives cost them something in another, or more than is fair?"
        ),
        _l("The law binds companies here as it binds authorities."),
    ),
    Practice(
        "crime_prediction",
        "5(1)(d)",
        _l("Calling someone a likely offender from their profile alone"),
        _l("Is anybody called a likely offender from their profile or character alone?"),
        _l("The law allows help for people who judge by facts about a deed that can be checked."),
    ),
    Practice(
        "face_scraping",
        "5(1)(e)",
        _l("Collecting faces from the internet or cameras"),
        _l("Does it rest on faces that were gathered from the internet or from cameras, whoever they were?"),
        _NO_EXCEPTION,
    ),
    Practice(
        "emotions",
        "5(1)(f)",
        _l("Reading feelings at work or in education"),
        _l("Does it read the feelings of people at work or in education?"),
        _l("The law allows it for medical reasons and for safety."),
    ),
    Practice(
        "biometric_sorting",
        "5(1)(g)",
        _l("Sorting people by their bodies into beliefs or origins"),
        _l(
            "Does it conclude from people's bodies what they believe, where they come from or whom they love?"
        ),
        _l("The law allows sorting lawfully gathered data, among them those of the police."),
    ),
    Practice(
        "live_identification",
        "5(1)(h)",
        _l("Recognising people in public places as they pass"),
        _l("Does it recognise people in public places as they pass, for the police?"),
        _l(
            "The law allows it only for missing people and victims, against an attack or danger to life that is "
            "near, and for suspects of serious crimes; with a law of the country and leave beforehand."
        ),
    ),
    Practice(
        "intimate_images",
        "",
        _l("Making intimate images of people, or of children"),
        _l("Can it make intimate images of people who did not agree, or sexual images of children?"),
        _NO_EXCEPTION,
        law=INTIMATE_IMAGES,
    ),
)
