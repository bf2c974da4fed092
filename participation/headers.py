"""Security headers on every answer. No inline script or style is ever allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from secure import (
    ContentSecurityPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

if TYPE_CHECKING:
    from flask import Flask, Response


def content_security_policy(frame_ancestors: str) -> ContentSecurityPolicy:
    """What a page may load, and who may show it in a frame."""
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors(frame_ancestors)
    )


def set_up(app: Flask) -> None:
    """Add the headers to every answer."""
    production = app.extensions["baraza_config"].production
    # Written out once: they are the same on every answer, but for the page that is made for frames.
    policy, policy_in_frames = (
        Secure(
            csp=content_security_policy("*" if framed else "'none'"),
            hsts=StrictTransportSecurity().max_age(31_536_000) if production else None,
            xcto=XContentTypeOptions().nosniff(),
            xfo=None if framed else XFrameOptions().deny(),
            referrer=ReferrerPolicy().same_origin(),
            permissions=PermissionsPolicy().geolocation().camera().microphone(),
        ).headers
        for framed in (False, True)
    )

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(policy_in_frames if g.get("may_be_framed") else policy)
        # Pages carry a person's own votes and a form token: no cache between us may keep them.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
