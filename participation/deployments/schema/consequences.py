"""Data, risks, environment, what people are asked, and what came of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.deployments.schema.fields import (
    LIVE,
    RECOMMENDED,
    Section,
    choice,
    date,
    line,
    link,
    number,
    record,
    records,
    text,
    yes_no,
)

URL, WHEN, GROUP, SOURCE = _l("Web address"), _l("When"), _l("Group"), _l("Source")

DATA = Section(
    "data",
    _l("Data"),
    (
        records(
            "data_sources",
            _l("Where the data come from"),
            text("name", _l("Name")),
            link("url", URL),
            choice(
                "purpose",
                _l("For what"),
                choices={"train": _l("To build it"), "operate": _l("In daily use"), "both": _l("Both")},
            ),
            text("content", _l("What they say about people")),
            yes_no("personal", _l("Personal data?")),
            yes_no("sensitive", _l("Especially sensitive?")),
            text("size", _l("How many")),
            line("period", _l("From which years")),
            text("collected_by", _l("Collected by")),
            text("representativeness", _l("Whom they cover well, and whom not")),
            text("known_bias", _l("Known bias")),
            text("sharing", _l("Who else gets them")),
            line("storage_country", _l("Stored in")),
            text("retention", _l("Kept for")),
            yes_no("open", _l("Open to everyone?")),
        ),
        text("proxies_checked", _l("Data that stand in for origin, sex or religion"), tier=RECOMMENDED),
        text("data_governance_body", _l("Who watches over the data"), tier=RECOMMENDED),
    ),
)

RISK = Section(
    "risk",
    _l("Risks, and what is done about them"),
    (
        records(
            "risks",
            _l("Risks"),
            text("harm", _l("What could go wrong")),
            text("group", GROUP),
            choice(
                "scale",
                _l("How bad"),
                choices={
                    "low": _l("Little"),
                    "medium": _l("Noticeable"),
                    "high": _l("Serious"),
                    "very_high": _l("Very serious"),
                },
            ),
            text("scope", _l("How many people")),
            choice(
                "probability",
                _l("How likely"),
                choices={
                    "low": _l("Unlikely"),
                    "medium": _l("Possible"),
                    "high": _l("Likely"),
                    "unknown": _l("Not known"),
                },
            ),
            choice(
                "reversibility",
                _l("Can it be undone?"),
                choices={"fully": _l("Yes"), "partly": _l("In part"), "not": _l("No")},
            ),
            text("mitigation", _l("What is done about it")),
            text("residual", _l("What remains")),
            text("owner", _l("Who sees to it")),
        ),
        record(
            "if_risk_materialises",
            _l("If it goes wrong all the same"),
            text("stop_rule", _l("When it is stopped")),
            text("responsible", _l("Who stops it")),
            text("complaint_body", _l("Where to complain")),
        ),
        records(
            "impact_assessments",
            _l("Assessments of its effects"),
            text("kind", _l("Kind")),
            choice(
                "status",
                _l("State"),
                choices={
                    "planned": _l("Planned"),
                    "running": _l("Under way"),
                    "done": _l("Done"),
                    "not_done": _l("Not done"),
                },
            ),
            date("on", WHEN),
            text("author", _l("By whom")),
            link("url", URL),
            text("summary", _l("What it found")),
            text("reason_if_not_done", _l("Why it was not done")),
        ),
        records(
            "independent_audit",
            _l("Independent audits"),
            text("auditor", _l("By whom")),
            text("scope", _l("What was looked at")),
            date("on", WHEN),
            link("url", URL),
            tier=RECOMMENDED,
        ),
        text("monitoring_plan", _l("How it is watched in use")),
        date("review_on", _l("Looked at again on")),
        text("sunset_clause", _l("When it ends unless it is renewed")),
    ),
)

ENVIRONMENT = Section(
    "environment",
    _l("Environment"),
    (
        record(
            "energy_estimate",
            _l("Energy"),
            number("training_kwh", _l("To build it, in kilowatt hours")),
            number("per_use_wh", _l("For each use, in watt hours")),
            text("method", _l("How this was estimated")),
            tier=RECOMMENDED,
        ),
        line("hosting_region", _l("Where the computers stand"), tier=RECOMMENDED),
        text("environment_note", _l("Other effects"), tier=RECOMMENDED),
    ),
)

PARTICIPATION = Section(
    "participation",
    _l("What people are asked"),
    (
        records(
            "consulted_before",
            _l("Who was asked before"),
            text("who", _l("Who")),
            line("when", WHEN),
            text("concerns", _l("What they said")),
            text("how_addressed", _l("What was done about it")),
            tier=RECOMMENDED,
        ),
        records("questions_for_public", _l("Questions to you"), text("question", _l("Question"))),
        records(
            "not_up_for_discussion",
            _l("What is not open"),
            text("item", _l("Not open")),
            text("why", _l("Why")),
        ),
        records(
            "arguments_for", _l("Arguments for it"), text("argument", _l("Argument")), text("source", SOURCE)
        ),
        records(
            "arguments_against",
            _l("Arguments against it"),
            text("argument", _l("Argument")),
            text("source", SOURCE),
        ),
        records(
            "glossary",
            _l("Words explained"),
            text("term", _l("Word")),
            text(
                "forms",
                _l("Other forms of the word"),
                help=_l("As they stand in the texts, separated by commas."),
            ),
            text("explanation", _l("What it means")),
        ),
    ),
)

AFTER = Section(
    "after",
    _l("What came of it"),
    (
        record(
            "decision",
            _l("Decision"),
            text("outcome", _l("What was decided")),
            date("on", WHEN),
            text("reasons", _l("Why")),
            link("url", URL),
            tier=LIVE,
        ),
        records("conditions", _l("Conditions"), text("condition", _l("Condition")), tier=LIVE),
        records("milestones", _l("Steps"), text("step", _l("Step")), date("on", WHEN), tier=LIVE),
        records(
            "incidents",
            _l("What went wrong"),
            text("incident", _l("What happened")),
            date("on", WHEN),
            text("response", _l("What was done about it")),
            tier=LIVE,
        ),
    ),
)
