"""The public log as pages: what stands in it, each entry with its proof, what it proves, and a receipt checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from deliberation.log_entries import canonical, verifier_key
from deliberation.merkle import inclusion_proofs
from deliberation.receipts import UnreadableReceiptError, read_receipt
from participation.consultations.queries import consultation_by_slug, published_consultations
from participation.extensions import limiter
from participation.permissions import anyone
from participation.transparency.forms import read_sent_receipt
from participation.transparency.models import Kind
from participation.transparency.queries import (
    as_entry,
    entries_about,
    entry_at,
    hashes_of,
    keys_of_log,
    latest_head,
    origin,
    size_of_log,
)
from participation.transparency.receipts import Standing, examine
from participation.transparency.words import sentence

pages = Blueprint("transparency", __name__, url_prefix="/<language>/transparency")

ON_A_PAGE = 30
HAS_A_LIST = frozenset({Kind.VOTES_COMMITTED, Kind.VOTES_COUNTED})

if TYPE_CHECKING:
    from participation.transparency.models import LogEntry


@pages.get("")
@anyone
def show() -> str:
    """The log, the latest first; all of it, or what is about one consultation or organisation."""
    page = max(request.args.get("page", 1, type=int), 1)
    about = {
        name: request.args.get(name, "") if request.args.get(name, "").isprintable() else ""
        for name in ("consultation", "organisation")
    }
    entries, found = entries_about(
        consultation=about["consultation"] or None,
        organisation=about["organisation"] or None,
        offset=min(page - 1, 10**6) * ON_A_PAGE,
        limit=ON_A_PAGE,
    )
    head, name = latest_head(), origin()
    keys = keys_of_log()
    return render_template(
        "transparency/show.html",
        entries=entries,
        found=found,
        page=page,
        pages=max(1, -(-found // ON_A_PAGE)),
        about=about,
        consultations={one.slug: one for one in published_consultations()},
        head=head,
        size=size_of_log(),
        verifier=verifier_key(name, keys[-1]) if name and keys else None,
        sentence=sentence,
    )


@pages.get("/proof")
@anyone
def proof() -> str:
    """What all this proves, what not, and how to check it."""
    return render_template("transparency/proof.html")


@pages.get("/<int:index>")
@anyone
def entry(index: int) -> str:
    """One entry, and the hashes that lead from it to the signed head."""
    row = _entry_or_404(index)
    head = latest_head()
    path = inclusion_proofs(hashes_of(head.size), [index])[0] if head and index < head.size else None
    return render_template(
        "transparency/entry.html",
        entry=row,
        sentence=sentence(row),
        about=consultation_by_slug(row.consultation) if row.consultation else None,
        head=head,
        path=path,
        facts_as_text=canonical(vars(as_entry(row))).decode(),
        has_list=row.kind in HAS_A_LIST,
        is_last=index == size_of_log() - 1,
    )


@pages.route("/receipt", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@anyone
def receipt() -> str | tuple[str, int]:
    """Compare a receipt with the log. It is looked at and not kept."""
    if request.method != "POST":
        return render_template("transparency/receipt.html", sent="", examined=None, refused=None)
    sent = read_sent_receipt(request)
    try:
        examined = examine(read_receipt(sent))
    except UnreadableReceiptError:
        refused = (
            _("This is no receipt. Choose the file that you saved, or paste all that is in it.")
            if sent.strip()
            else _("Please choose the file of your receipt, or paste what is in it.")
        )
        page = render_template("transparency/receipt.html", sent=sent, examined=None, refused=refused)
        return page, 422
    return render_template(
        "transparency/receipt.html", sent="", examined=examined, refused=None, Standing=Standing
    )


def _entry_or_404(index: int) -> LogEntry:
    return entry_at(index) or abort(404)
