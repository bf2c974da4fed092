"""What the kinds of organisations and the roles in them are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.organisations.models import Kind, Role

KINDS = {
    Kind.CITY: _l("City or municipality"),
    Kind.MINISTRY: _l("Ministry"),
    Kind.AGENCY: _l("Agency or other public body"),
    Kind.CIVIL_SOCIETY: _l("Civil-society organisation"),
}
ROLES = {
    Role.OWNER: _l("Owner: everything, and who belongs to the organisation"),
    Role.FACILITATOR: _l("Facilitator: runs consultations, moderates and translates"),
    Role.MODERATOR: _l("Moderator: decides about statements"),
    Role.TRANSLATOR: _l("Translator: translates texts and statements"),
    Role.OFFICIAL: _l("Official: answers what a consultation has found"),
    Role.AUDITOR: _l("Auditor: reads everything but who voted what"),
}
ROLE_NAMES = {
    Role.OWNER: _l("Owner"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.MODERATOR: _l("Moderator"),
    Role.TRANSLATOR: _l("Translator"),
    Role.OFFICIAL: _l("Official"),
    Role.AUDITOR: _l("Auditor"),
}
