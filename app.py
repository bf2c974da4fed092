"""Baraza, from here: `create_app` joins the parts, and reads as their table of contents."""

from __future__ import annotations

from flask import Flask

from participation import (
    assets,
    errors,
    extensions,
    formatting,
    headers,
    health,
    i18n,
    logs,
    permissions,
    routing,
)
from participation.accessibility import views as accessibility
from participation.accounts import own_views as own_account
from participation.accounts import recovery_views as recovery
from participation.accounts import views as accounts
from participation.admission import mail_views as by_mail
from participation.admission import views as admission
from participation.building import correction_views as corrections
from participation.building import views as building
from participation.cli import register_commands
from participation.comparison import views as comparison
from participation.config import Config
from participation.consultations import views as consultations
from participation.contributions import views as contributions
from participation.deployments import editing_views as dossiers
from participation.deployments import publishing_views as dossier_draft
from participation.deployments import views as deployments
from participation.design import views as design
from participation.following import views as following
from participation.moderation import author_views as authors
from participation.moderation import log_views as moderation_log
from participation.moderation import views as moderation
from participation.monitoring import views as monitoring
from participation.opinions import views as opinions
from participation.organisations import description_views as description
from participation.organisations import invitation_views as invitations
from participation.organisations import views as organisations
from participation.outcomes import desk_views as report_desk
from participation.outcomes import report_views as reports
from participation.outcomes import views as outcomes
from participation.outcomes.formats import views as report_files
from participation.packages import request_views as data_requests
from participation.packages import views as packages
from participation.paper import batch_views as batches
from participation.paper import views as paper
from participation.previews import views as previews
from participation.questions import views as questions
from participation.register import views as register
from participation.responses import views as responses
from participation.rooms import kiosk_views as kiosk
from participation.rooms import room_views as room
from participation.rooms import views as rooms
from participation.statements import views as statements
from participation.translation import views as translation
from participation.transparency import file_views as transparency_files
from participation.transparency import receipt_views as receipts
from participation.transparency import views as transparency
from participation.votes import views as votes

PAGES = (
    accounts,
    own_account,
    recovery,
    organisations,
    description,
    invitations,
    deployments,
    dossiers,
    dossier_draft,
    consultations,
    building,
    corrections,
    previews,
    admission,
    by_mail,
    statements,
    moderation,
    moderation_log,
    authors,
    translation,
    votes,
    questions,
    paper,
    batches,
    rooms,
    room,
    kiosk,
    opinions,
    monitoring,
    outcomes,
    packages,
    data_requests,
    reports,
    comparison,
    responses,
    register,
    report_files,
    report_desk,
    contributions,
    transparency,
    transparency_files,
    receipts,
    following,
    accessibility,
    design,
)


def create_app(config: Config | None = None) -> Flask:
    """Build the application.

    Args:
        config: how to run; read from the environment when left out.

    Raises:
        ConfigError: a setting is missing or cannot be understood.

    """
    config = config or Config.from_environment()
    app = Flask(__name__, instance_path=str(config.instance))
    app.config.from_mapping(config.flask_settings())
    app.extensions["baraza_config"] = config

    logs.set_up(app)
    routing.set_up(app)
    extensions.set_up(app)
    i18n.set_up(app)
    assets.set_up(app)
    permissions.set_up(app)
    formatting.set_up(app)
    headers.set_up(app)
    errors.set_up(app)
    for slice_ in PAGES:
        app.register_blueprint(slice_.pages)
    following.set_up(app)
    kiosk.set_up(app)
    app.register_blueprint(health.pages)
    register_commands(app)
    return app
