"""A dossier's draft as a whole: how far it is, as people would read it, as a file, and made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.deployments.actions import DossierNotValidError, publish_version, replace_draft
from participation.deployments.changes import changes_between
from participation.deployments.checking import completeness_of
from participation.deployments.exchange import FORMATS, read_dossier
from participation.deployments.forms import UploadForm
from participation.deployments.progress import has_news, states_of
from participation.deployments.views import what_a_dossier_shows
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.permissions import Permission, for_deployment, may_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from participation.deployments.models import Deployment

pages = Blueprint("dossier_draft", __name__, url_prefix="/<language>/desk/d/<slug>")

Answer = str | tuple[str, int] | Response


@pages.get("")
@for_deployment(Permission.DOSSIER_EDIT)
def overview(deployment: Deployment) -> str:
    return _overview(deployment, UploadForm())


@pages.get("/preview")
@for_deployment(Permission.DOSSIER_READ)
def preview(deployment: Deployment) -> str:
    """The draft as people would read it."""
    return render_template(
        "deployments/preview.html",
        deployment=deployment,
        may_edit=deployment.organisation is not None
        and may_at(Permission.DOSSIER_EDIT, deployment.organisation),
        **what_a_dossier_shows(deployment.draft, deployment.id),
    )


@pages.route("/publish", methods=["GET", "POST"])
@for_deployment(Permission.DOSSIER_EDIT)
def publish(deployment: Deployment) -> Answer | AnyResponse:
    """Show what would change for the public, then make it public."""
    refusal = None
    if request.method == "POST":
        try:
            version = publish_version(deployment, seen=request.form.get("seen", ""))
        except DomainError as error:
            refusal = error
        else:
            flash(_("The dossier is public now, and this version stays as it is."), "success")
            return redirect(url_for("deployments.version", slug=deployment.slug, number=version.number))
    latest = deployment.latest
    page = render_template(
        "deployments/publish.html",
        deployment=deployment,
        latest=latest,
        is_news=has_news(deployment),
        changes=changes_between(latest.content, deployment.draft) if latest else [],
        completeness=completeness_of(deployment.draft),
        seen=fingerprint_of(deployment.draft),
        refusal=refusal,
    )
    return (page, refusal.status) if refusal else page


@pages.get("/files/<name>")
@for_deployment(Permission.DOSSIER_READ)
def download(deployment: Deployment, name: str) -> AnyResponse:
    form = FORMATS.get(name) or abort(404)
    try:
        file = form.write(deployment.draft)
    except ValueError:
        flash(
            _("The Dutch register takes Dutch, English or Frisian, and this dossier is in none of them."),
            "error",
        )
        return redirect(url_for(".preview", slug=deployment.slug))
    disposition = f"attachment; filename={deployment.slug}-draft.{form.ending}"
    return Response(file, mimetype=form.media_type, headers={"Content-Disposition": disposition})


@pages.post("/upload")
@for_deployment(Permission.DOSSIER_EDIT)
def upload(deployment: Deployment) -> Answer | AnyResponse:
    """Let a file take the place of the draft."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _overview(deployment, form), 400
    try:
        text = form.file.data.read().decode()
        replace_draft(deployment, read_dossier(text, lambda _slug: deployment.draft))
    except (ValueError, RecursionError):
        form.file.errors = [
            _(
                "This is none of the files that can be read here. Download the draft to see what one looks like."
            )
        ]
        return _overview(deployment, form), 422
    except DossierNotValidError as error:
        return _overview(deployment, form, problems=error.problems), error.status
    flash(
        _("The draft says what the file says now. Look at the differences before you publish it."), "success"
    )
    return redirect(url_for(".publish", slug=deployment.slug))


def _overview(deployment: Deployment, form: UploadForm, problems: Sequence[str] = ()) -> str:
    return render_template(
        "deployments/overview.html",
        deployment=deployment,
        completeness=completeness_of(deployment.draft),
        sections=states_of(deployment.draft),
        is_news=has_news(deployment),
        form=form,
        formats=FORMATS,
        problems=problems,
    )
