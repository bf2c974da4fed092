"""What the ways of taking part are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.models import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel import LazyString

CHANNEL_NAMES: Mapping[Channel, LazyString] = {
    Channel.ONLINE: _l("On a device of their own"),
    Channel.PAPER: _l("On paper"),
    Channel.KIOSK: _l("At a public device"),
    Channel.GROUP: _l("In a group session"),
}
