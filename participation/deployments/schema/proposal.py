"""What is proposed, by whom, why, and by what right."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.deployments.rights.practices import PRACTICES
from participation.deployments.schema.fields import (
    LIVE,
    RECOMMENDED,
    Section,
    choice,
    choices,
    date,
    line,
    link,
    number,
    record,
    records,
    text,
    yes_no,
)

TITLE, ADDRESS, BY, ON = _l("Title"), _l("Web address"), _l("By whom"), _l("When")

IDENTITY = Section(
    "identity",
    _l("What it is"),
    (
        text("name", _l("Name"), longest=99),
        text(
            "summary_plain",
            _l("In short"),
            longest=399,
            help=_l("Two or three sentences that everybody understands."),
        ),
        choices(
            "policy_theme",
            _l("Subject"),
            choices={
                "benefits": _l("Social benefits"),
                "education": _l("Education"),
                "employment": _l("Work"),
                "environment": _l("Environment"),
                "health": _l("Health"),
                "housing": _l("Housing"),
                "justice": _l("Justice"),
                "migration": _l("Migration and asylum"),
                "mobility": _l("Traffic and transport"),
                "safety": _l("Police and safety"),
                "taxes": _l("Taxes"),
                "administration": _l("Public administration"),
                "other": _l("Something else"),
            },
        ),
        line("area", _l("Area"), help=_l("A code of ISO 3166-2 or NUTS, or the name of a place.")),
        choice(
            "level",
            _l("Level of government"),
            choices={
                "local": _l("Local"),
                "regional": _l("Regional"),
                "national": _l("National"),
                "supranational": _l("Several countries together"),
            },
        ),
        choice(
            "lifecycle_status",
            _l("How far it is"),
            choices={
                "idea": _l("An idea"),
                "design": _l("Being designed"),
                "procurement": _l("Being bought"),
                "pilot": _l("On trial"),
                "live": _l("In use"),
                "suspended": _l("Stopped for now"),
                "retired": _l("No longer in use"),
            },
        ),
        date("planned_start", _l("Planned start")),
        date("planned_end", _l("Planned end"), tier=RECOMMENDED),
        choice(
            "publication_category",
            _l("How far-reaching it is"),
            choices={
                "prohibited_suspect": _l("It may be prohibited: lawyers have to look at it"),
                "high_risk": _l("High risk"),
                "impactful": _l("It affects people, without being high risk in law"),
                "other": _l("Little effect on people"),
            },
        ),
        records(
            "register_links",
            _l("Entries in public registers"),
            text("register", _l("Register")),
            link("url", ADDRESS),
            tier=LIVE,
        ),
    ),
)

OWNER = Section(
    "owner",
    _l("Who is responsible, and who decides"),
    (
        text("responsible_body", _l("Responsible organisation")),
        text("team", _l("Team"), tier=RECOMMENDED),
        text("accountable_role", _l("Who answers for it"), help=_l("An office, not the name of a person.")),
        text("contact_point", _l("Contact"), help=_l("An address of an office, not of a person.")),
        text("decision_body", _l("Who decides")),
        text("decision_type", _l("What kind of decision it is")),
        date("decision_due_on", _l("Decision due")),
        text("decision_still_open", _l("What can still change")),
        records(
            "supplier",
            _l("Suppliers"),
            text("name", _l("Name")),
            line("company_id", _l("Company number")),
            text("role", _l("Its part in this")),
            text("procurement_procedure", _l("How it was chosen")),
            line("contract_ref", _l("Contract")),
            text("data_access_terms", _l("Which data it may see")),
        ),
    ),
)

PURPOSE = Section(
    "purpose",
    _l("Why, and what else was considered"),
    (
        text("problem", _l("The problem")),
        text("purpose_and_impact", _l("What it is for, and what it changes")),
        text("benefits_expected", _l("Expected benefits")),
        records("success_measures", _l("How success will be measured"), text("measure", _l("Measure"))),
        text("previous_process", _l("How it is done today")),
        records(
            "alternatives_considered",
            _l("Alternatives"),
            text("alternative", _l("Alternative")),
            choice(
                "kind",
                _l("Kind"),
                choices={
                    "other_ai": _l("Another AI system"),
                    "no_ai": _l("Without AI"),
                    "do_nothing": _l("Leave it as it is"),
                },
            ),
            text("assessment", _l("What speaks for and against it")),
        ),
        text("consequence_of_not_deploying", _l("What happens without it")),
        text("considerations", _l("Why it is thought to be worth it")),
        record(
            "costs",
            _l("Costs"),
            number("build", _l("To build")),
            number("run", _l("To run, each year")),
            line("currency", _l("Currency")),
            tier=RECOMMENDED,
        ),
        text("cost_note", _l("About the costs"), tier=RECOMMENDED),
    ),
)

LAW = Section(
    "law",
    _l("Law"),
    (
        records("legal_basis", _l("Legal basis"), text("title", TITLE), link("url", ADDRESS)),
        yes_no("authority_new_needed", _l("Is a new law needed?")),
        record(
            "data_protection",
            _l("Data protection"),
            yes_no("personal_data", _l("Does it use personal data?")),
            yes_no("special_categories", _l("Also especially sensitive data?")),
            text("legal_ground", _l("Legal ground")),
            yes_no("decides_alone", _l("Does it decide alone about people?")),
            choice(
                "assessment",
                _l("Assessment of the effects on privacy"),
                choices={
                    "planned": _l("Planned"),
                    "running": _l("Under way"),
                    "done": _l("Done"),
                    "not_needed": _l("Not needed"),
                },
            ),
            link("assessment_url", ADDRESS),
        ),
    ),
)

RIGHTS = Section(
    "rights",
    _l("Rights"),
    (
        records(
            "ai_act_art5_screen",
            _l("Looked at for prohibited practices"),
            choice(
                "practice",
                _l("Practice"),
                choices={practice.key: practice.label for practice in PRACTICES},
            ),
            choice(
                "answer",
                _l("Answer"),
                choices={
                    "no": _l("No"),
                    "unclear": _l("Unclear: lawyers have to look at it"),
                    "yes": _l("Yes: lawyers have to look at it"),
                },
            ),
            text("note", _l("Why")),
            text("by", BY),
            date("on", ON),
            wants=tuple(practice.key for practice in PRACTICES),
        ),
        choices(
            "ai_act_annex_iii",
            _l("Areas of high risk that it touches"),
            help=_l(
                "Where mistakes weigh most. In the European Union they are those of Annex III "
                "of Regulation (EU) 2024/1689."
            ),
            choices={
                "none": _l("None"),
                "biometrics": _l("Biometrics"),
                "infrastructure": _l("Critical infrastructure"),
                "education": _l("Education"),
                "employment": _l("Work"),
                "essential_services": _l(
                    "Essential services: public benefits, credit, insurance, emergency calls"
                ),
                "law_enforcement": _l("Law enforcement"),
                "migration": _l("Migration and asylum"),
                "justice": _l("Justice and democracy"),
            },
        ),
        record(
            "ai_act_annex_iii_answered",
            _l("Who named these areas"),
            text("by", BY),
            date("on", ON),
            tier=RECOMMENDED,
        ),
        yes_no(
            "art6_3_exemption_claimed", _l("Does the organisation say that it is not high risk after all?")
        ),
        record(
            "human_rights_compatibility",
            _l("Human rights"),
            text("rights_affected", _l("Rights that are affected")),
            text("necessity", _l("Why it is needed")),
            text("proportionality", _l("Why no milder means is enough")),
            text("moratorium_considered", _l("Whether doing without was considered")),
        ),
    ),
)
