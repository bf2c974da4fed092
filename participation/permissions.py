"""Who may enter where. Every route says so above its view; a route that says nothing is refused."""

from __future__ import annotations

from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, make_response, redirect, request, url_for
from flask_login import current_user

from participation.consultations.queries import consultation_by_slug, roles_in
from participation.deployments.queries import deployment_by_slug
from participation.errors import send_again_page
from participation.organisations.models import Role
from participation.organisations.queries import memberships_of, organisation_by_slug, role_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.deployments.models import Deployment
    from participation.organisations.models import Organisation

P = ParamSpec("P")
R = TypeVar("R")


class Permission(Enum):
    """What a person may do, named subject:deed."""

    CONSULTATION_READ = "consultation:read"
    CONSULTATION_CREATE = "consultation:create"
    CONSULTATION_MANAGE = "consultation:manage"
    STATEMENT_MODERATE = "statement:moderate"
    STATEMENT_TRANSLATE = "statement:translate"
    INTEGRITY_READ = "integrity:read"
    DOSSIER_READ = "dossier:read"
    PAPER_ENTER = "paper:enter"
    DOSSIER_EDIT = "dossier:edit"
    ANSWER_GIVE = "answer:give"
    DATA_GRANT = "data:grant"
    ORGANISATION_FOUND = "organisation:found"
    ORGANISATION_MANAGE = "organisation:manage"
    ACCESSIBILITY_DECLARE = "accessibility:declare"


# What a role allows. Everybody may read what is published; nobody may read who voted what.
ALLOWED = {
    Role.OWNER: frozenset(Permission) - {Permission.ACCESSIBILITY_DECLARE, Permission.ORGANISATION_FOUND},
    Role.FACILITATOR: frozenset(
        {
            Permission.CONSULTATION_READ,
            Permission.CONSULTATION_CREATE,
            Permission.CONSULTATION_MANAGE,
            Permission.STATEMENT_MODERATE,
            Permission.STATEMENT_TRANSLATE,
            Permission.INTEGRITY_READ,
            Permission.DOSSIER_READ,
            Permission.PAPER_ENTER,
            Permission.DOSSIER_EDIT,
            Permission.DATA_GRANT,
        }
    ),
    Role.MODERATOR: frozenset(
        {
            Permission.CONSULTATION_READ,
            Permission.STATEMENT_MODERATE,
            Permission.INTEGRITY_READ,
            Permission.DOSSIER_READ,
            Permission.PAPER_ENTER,
        }
    ),
    Role.TRANSLATOR: frozenset(
        {Permission.CONSULTATION_READ, Permission.STATEMENT_TRANSLATE, Permission.DOSSIER_READ}
    ),
    Role.OFFICIAL: frozenset(
        {
            Permission.CONSULTATION_READ,
            Permission.ANSWER_GIVE,
            Permission.INTEGRITY_READ,
            Permission.DOSSIER_READ,
        }
    ),
    Role.AUDITOR: frozenset(
        {Permission.CONSULTATION_READ, Permission.INTEGRITY_READ, Permission.DOSSIER_READ}
    ),
}
# What the operator of the site lets an account do that may create consultations outside any organisation.
ALLOWED_TO_CREATORS = frozenset(
    {Permission.CONSULTATION_CREATE, Permission.ORGANISATION_FOUND, Permission.ACCESSIBILITY_DECLARE}
)


def may(permission: Permission, consultation: Consultation) -> bool:
    """Whether the person at the screen may do this here. Costs a query only if they are signed in."""
    if permission is Permission.CONSULTATION_READ and consultation.is_published:
        return True
    if not current_user.is_authenticated:
        return False
    roles = roles_in(consultation.id, current_user.id)
    if Role.FACILITATOR in roles and consultation.organisation_id is None:
        # Where no organisation stands behind a consultation, nobody else could answer for it.
        roles = {*roles, Role.OFFICIAL}
    return any(permission in ALLOWED[role] for role in roles)


def may_at(permission: Permission, organisation: Organisation) -> bool:
    """Whether the person at the screen may do this for an organisation."""
    if not current_user.is_authenticated:
        return False
    role = role_at(organisation.id, current_user.id)
    return role is not None and permission in ALLOWED[role]


def organisations_where(permission: Permission) -> list[Organisation]:
    """The organisations for which the person at the screen, who is signed in, may do this."""
    return [
        member.organisation
        for member in memberships_of(current_user.id)
        if permission in ALLOWED[member.role]
    ]


def may_anywhere(permission: Permission) -> bool:
    """Whether the person at the screen may do this outside any one consultation."""
    if not current_user.is_authenticated:
        return False
    if current_user.may_create_consultations and permission in ALLOWED_TO_CREATORS:
        return True
    return bool(organisations_where(permission))


def anyone(view: Callable[P, R]) -> Callable[P, R]:
    """A page that is open to everybody."""
    return _guarded(view)


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """A page for signed-in people whose account has this permission; others are asked to sign in, or refused."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if not may_anywhere(permission):
                abort(403)
            return view(*args, **kwargs)

        return _guarded(guarded)

    return guard


def signed_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """A page for everybody who has an account."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return _guarded(guarded)


def for_consultation(
    permission: Permission = Permission.CONSULTATION_READ,
) -> Callable[[Callable[Concatenate[Consultation, P], R]], Callable[..., R | Response]]:
    """Fetch the consultation that the address names, check the permission, and hand it to the view.

    A draft does not exist for those who may not read it (404); a published consultation asks a
    visitor who wants to change it to sign in, and refuses a signed-in person without the right (403).
    """

    def guard(view: Callable[Concatenate[Consultation, P], R]) -> Callable[..., R | Response]:
        @wraps(view)
        def guarded(slug: str, *args: P.args, **kwargs: P.kwargs) -> R | Response:
            # PostgreSQL cannot even be asked about a text with a NUL in it.
            consultation = consultation_by_slug(slug) if slug.isprintable() else None
            wants_to_work = permission is not Permission.CONSULTATION_READ
            if wants_to_work and not current_user.is_authenticated:
                return ask_to_sign_in()
            if consultation is None or not may(Permission.CONSULTATION_READ, consultation):
                abort(404)
            if wants_to_work and not may(permission, consultation):
                abort(403)
            # Moments on the page are on the clocks of its time zone.
            g.time_zone = ZoneInfo(consultation.time_zone)
            return view(consultation, *args, **kwargs)

        return _guarded(guarded)

    return guard


def for_organisation(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Organisation, P], R]], Callable[..., R | Response]]:
    """Fetch the organisation that the address names, check the permission, and hand it to the view."""

    def guard(view: Callable[Concatenate[Organisation, P], R]) -> Callable[..., R | Response]:
        @wraps(view)
        def guarded(slug: str, *args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            organisation = organisation_by_slug(slug) if slug.isprintable() else None
            if organisation is None:
                abort(404)
            if not may_at(permission, organisation):
                abort(403)
            return view(organisation, *args, **kwargs)

        return _guarded(guarded)

    return guard


def for_deployment(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Deployment, P], R]], Callable[..., R | Response]]:
    """Fetch the dossier that the address names, check the permission at its organisation, and hand it over.

    A dossier that no organisation owns is an operator's, who has commands for it.
    """

    def guard(view: Callable[Concatenate[Deployment, P], R]) -> Callable[..., R | Response]:
        @wraps(view)
        def guarded(slug: str, *args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            deployment = deployment_by_slug(slug) if slug.isprintable() else None
            if deployment is None:
                abort(404)
            if deployment.organisation is None or not may_at(permission, deployment.organisation):
                abort(403)
            return view(deployment, *args, **kwargs)

        return _guarded(guarded)

    return guard


def ask_to_sign_in() -> Response:
    """Send a visitor to the sign-in page, and afterwards back to the page they asked for.

    Someone whose session ended while they filled in a form gets the form back, with all they typed.
    """
    if request.method == "POST":
        return make_response(send_again_page(signed_out=True), 401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


def set_up(app: Flask) -> None:
    """Refuse every view that names no guard."""
    app.before_request(_refuse_unguarded)


def _guarded(view: Callable[P, R]) -> Callable[P, R]:
    view.is_guarded = True  # type: ignore[attr-defined]  # the mark that _refuse_unguarded looks for
    return view


def _refuse_unguarded() -> None:
    if request.endpoint in {None, "static"}:
        return
    view = current_app.view_functions[str(request.endpoint)]
    if not getattr(view, "is_guarded", False):
        current_app.logger.error("the route %s names no guard and is refused", request.endpoint)
        abort(403)
