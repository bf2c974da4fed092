"""The words for verdicts, courses and kinds of findings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.outcomes.models import FindingKind
from participation.responses.models import Course, Progress, Verdict

VERDICTS = {
    Verdict.ACCEPT: _l("We accept this"),
    Verdict.ACCEPT_IN_PART: _l("We accept this in part"),
    Verdict.REJECT: _l("We do not accept this"),
    Verdict.STUDY: _l("We will study this further"),
}
COURSES = {
    Course.GO: _l("The system goes ahead"),
    Course.GO_WITH_CONDITIONS: _l("The system goes ahead under conditions"),
    Course.CHANGE: _l("The plan is changed first"),
    Course.STOP: _l("The system is not used"),
}
PROGRESS = {
    Progress.PLANNED: _l("Planned"),
    Progress.DONE: _l("Done"),
    Progress.ABANDONED: _l("Given up"),
}
#: What people said, as the beginning of a sentence that the statement ends. It must be true without groups as well.
SAID = {
    FindingKind.SHARED_AGREEMENT: _l("Common ground: people agree with this."),
    FindingKind.SHARED_DISAGREEMENT: _l("Common ground: people disagree with this."),
    FindingKind.DIVIDES: _l("People are divided about this:"),
    FindingKind.UNCERTAIN: _l("Many people are not sure about this:"),
    FindingKind.MINORITY: _l("A smaller part of the people says this:"),
}
