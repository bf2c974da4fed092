"""How far the draft of a dossier is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.deployments.checking import Completeness, completeness_of
from participation.deployments.schema import SECTIONS, Section
from participation.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from participation.deployments.models import Content, Deployment


def states_of(draft: Content) -> list[tuple[Section, Completeness]]:
    """How complete each section is, in their order."""
    return [(section, completeness_of(draft, section.fields)) for section in SECTIONS]


def has_news(deployment: Deployment) -> bool:
    """Whether the draft says something that the public does not know."""
    latest = deployment.latest
    return latest is None or latest.sha256 != fingerprint_of(deployment.draft)
