"""The code on a receipt, by which the author of a statement finds it again on any device, without the cookie.

It is made of the secret in the author's cookie, so that their browser can always make it again; the
database has only its hash, so that nobody can open receipts with a copy of the database.
"""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from participation.participant_cookie import Credential

# 120 bits, 24 letters and digits that survive being read aloud.
LENGTH_IN_BYTES = 15


def code_for(author: Credential, text: str) -> str:
    """The code of the receipt for a statement that this author wrote in these words."""
    digest = hmac.digest(author.secret.encode(), b"receipt " + text.encode(), "sha256")
    return base64.b32encode(digest[:LENGTH_IN_BYTES]).decode().lower()
