"""Security headers on every answer. No inline script or style is ever allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

CONTENT_SECURITY_POLICY = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'")
    .connect_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_ancestors("'none'")
)


def set_up(app: Flask) -> None:
    """Add the headers to every answer."""
    production = app.extensions["baraza_config"].production
    # Written out once: they are the same on every answer.
    policy = Secure(
        csp=CONTENT_SECURITY_POLICY,
        hsts=StrictTransportSecurity().max_age(31_536_000) if production else None,
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        referrer=ReferrerPolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().camera().microphone(),
    ).headers

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(policy)
        # Pages carry a person's own votes and a form token: no cache between us may keep them.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
