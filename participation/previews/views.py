"""A draft as its invited readers see it, and the page on which their links are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from participation.building.checklist import seeds_of
from participation.consultations.queries import consultation_by_id
from participation.deployments.checking import completeness_of
from participation.deployments.reading import glossary_of
from participation.deployments.schema import SECTIONS
from participation.extensions import limiter
from participation.formatting import in_language
from participation.permissions import Permission, anyone, for_consultation
from participation.previews.actions import PreviewGoneError, comment, make_link, revoke_link
from participation.previews.forms import CommentForm, LinkForm
from participation.previews.queries import link_by_id, links_of
from participation.previews.tokens import read_link, sign_link

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.previews.models import PreviewLink

pages = Blueprint("previews", __name__, url_prefix="/<language>")


@pages.route("/preview/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@anyone
def preview(token: str) -> str | Response | tuple[str, int]:
    """A draft to read and to comment on, for whoever has the link, as long as it is a draft."""
    link, consultation = _open(token)
    form = CommentForm()
    if form.validate_on_submit():
        comment(consultation, link, str(form.name.data), str(form.text.data))
        flash(_("Thank you. Those who run the consultation can read your comment now."))
        return redirect(url_for(".preview", token=token, _anchor="comments"))
    text, version = in_language(consultation.texts, consultation), consultation.dossier_version
    page = render_template(
        "previews/preview.html",
        consultation=consultation,
        text=text,
        glossary=glossary_of(version.content if version else None, text.language),
        completeness=completeness_of(version.content) if version else None,
        sections=SECTIONS,
        seeds=seeds_of(consultation),
        link=link,
        form=form,
    )
    return page, 400 if form.errors else 200


@pages.route("/desk/c/<slug>/previews", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str | Response | tuple[str, int]:
    """The links to a draft and what their readers wrote."""
    form = LinkForm()
    if form.validate_on_submit():
        make_link(consultation, str(form.recipient.data))
        flash(_("The link is there. Copy it from the list below and send it."))
        return redirect(url_for(".manage", slug=consultation.slug))
    page = render_template(
        "previews/manage.html",
        consultation=consultation,
        links=[
            (link, url_for(".preview", token=sign_link(link.id), _external=True))
            for link in links_of(consultation)
        ],
        form=form,
    )
    return page, 400 if form.errors else 200


@pages.post("/desk/c/<slug>/previews/<int:number>/revoke")
@for_consultation(Permission.CONSULTATION_MANAGE)
def revoke(consultation: Consultation, number: int) -> Response:
    revoke_link(consultation, number)
    flash(_("The link opens nothing any more. Its comments stay here."))
    return redirect(url_for(".manage", slug=consultation.slug))


def _open(token: str) -> tuple[PreviewLink, Consultation]:
    link_id = read_link(token)
    link = link_by_id(link_id) if link_id is not None else None
    consultation = consultation_by_id(link.consultation_id) if link else None
    if link is None or consultation is None or link.revoked_at or consultation.is_published:
        raise PreviewGoneError
    return link, consultation
