"""Whom it concerns, how it would work day by day, and how people can object."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.deployments.schema.fields import (
    RECOMMENDED,
    Section,
    choice,
    line,
    link,
    number,
    record,
    records,
    text,
    yes_no,
)

PEOPLE = Section(
    "people",
    _l("Whom it concerns"),
    (
        records(
            "affected_groups",
            _l("Who is affected"),
            text("group", _l("Group")),
            text("how", _l("How")),
            text("size", _l("How many")),
            yes_no("vulnerable", _l("In need of special protection?")),
            yes_no("children", _l("Also children?")),
        ),
        text("excluded_from_use", _l("On whom it must not be used"), tier=RECOMMENDED),
        text("people_least_well_served", _l("For whom it works least well"), tier=RECOMMENDED),
        text("share_of_population", _l("Share of the population"), tier=RECOMMENDED),
        text("users_of_tool", _l("Who works with it"), tier=RECOMMENDED),
        text("required_training", _l("Training they must have"), tier=RECOMMENDED),
    ),
)

OPERATION = Section(
    "operation",
    _l("How it would be used"),
    (
        text("process_description", _l("Step by step")),
        choice(
            "role_of_system",
            _l("What the system does"),
            choices={
                "informs": _l("It informs people who decide"),
                "advises": _l("It advises people who decide"),
                "ranks": _l("It puts cases in order for people who decide"),
                "decides": _l("It decides by itself"),
            },
        ),
        text("discretion_involved", _l("What is left to a person's judgement")),
        text("frequency_and_scale", _l("How often")),
        text("period_of_use", _l("For how long")),
        record(
            "human_oversight",
            _l("How people watch over it"),
            text("who", _l("Who")),
            text("when", _l("When")),
            text("power_to_override", _l("What they may change")),
            text("override_rate_expected", _l("How often that is expected")),
            yes_no("logged", _l("Is it written down each time?")),
        ),
        record(
            "notice_to_people",
            _l("How people are told"),
            text("when", _l("When")),
            text("how", _l("How")),
            line("languages", _l("In which languages")),
        ),
        yes_no("ai_interaction_disclosed", _l("Are people told when they talk to a machine?")),
        text("explanation_of_decisions", _l("How a decision is explained")),
        record(
            "challenge_route",
            _l("How to object"),
            text("what", _l("What can be challenged")),
            text("who_may", _l("Who may object")),
            text("how", _l("How")),
            link("channel_url", _l("Web address")),
            number("deadline_days", _l("Within how many days")),
            yes_no("free", _l("Free of charge?")),
            text("human_reviewer", _l("Who looks at it again")),
        ),
        text("fallback_without_ai", _l("What happens when it fails or is switched off")),
        yes_no("opt_out_possible", _l("Can people refuse that it is used on them?")),
        choice(
            "reversibility",
            _l("Can its effects be undone?"),
            choices={
                "fully": _l("Yes"),
                "with_effort": _l("With effort"),
                "partly": _l("In part"),
                "not": _l("No"),
            },
        ),
        text("impact_duration", _l("How long its effects last")),
        record(
            "error_cost",
            _l("What a mistake costs"),
            text("false_positive", _l("When someone is picked wrongly")),
            text("false_negative", _l("When something is missed")),
        ),
    ),
)

SYSTEM = Section(
    "system",
    _l("The technology"),
    (
        text("technique", _l("Technique"), tier=RECOMMENDED),
        choice(
            "learning",
            _l("Does it go on learning in use?"),
            tier=RECOMMENDED,
            choices={
                "fixed": _l("No"),
                "retrained": _l("Only when people train it anew"),
                "continuous": _l("Yes, all the time"),
            },
        ),
        records(
            "model",
            _l("Models"),
            line("name", _l("Name")),
            line("version", _l("Version")),
            text("developer", _l("Made by")),
            yes_no("open_weights", _l("Can anyone get it?")),
            line("licence", _l("Licence")),
            line("size", _l("Size")),
            line("country", _l("Country")),
            tier=RECOMMENDED,
        ),
        records(
            "smaller_models_considered",
            _l("Smaller and local models"),
            text("model", _l("Model")),
            line("size", _l("Size")),
            text("assessment", _l("What speaks for and against it")),
            tier=RECOMMENDED,
        ),
        records(
            "performance",
            _l("Test results"),
            text("metric", _l("What was measured")),
            line("value", _l("Result")),
            text("group", _l("Group")),
            text("dataset", _l("Tested on")),
            line("when", _l("When")),
            tier=RECOMMENDED,
        ),
        yes_no("tested_by_group", _l("Tested for each group of people?"), tier=RECOMMENDED),
        yes_no("tested_with_disabled_people", _l("Tested with disabled people?"), tier=RECOMMENDED),
        link("source_code_url", _l("Source code"), tier=RECOMMENDED),
        link("open_model_url", _l("The model, for download"), tier=RECOMMENDED),
        yes_no("trade_secret_claimed", _l("Is a trade secret claimed?"), tier=RECOMMENDED),
        text("accessibility_conformance", _l("Accessibility"), tier=RECOMMENDED),
        text("security_measures", _l("Security"), tier=RECOMMENDED),
        text("attack_risk", _l("Who might attack or trick it"), tier=RECOMMENDED),
    ),
)
