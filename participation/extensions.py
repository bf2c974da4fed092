"""The libraries that the application is built on, each made once and told about the app here."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from participation.config import ROOT
from participation.database import db

if TYPE_CHECKING:
    from flask import Flask


def rate_limit_key(about: str | None = None) -> str:
    """Whom to count, under a keyed hash: neither the counts nor the log hold an address or a name.

    By default the network address; of IPv6 the part that one household has.
    """
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, (about or _household()).encode(), hashlib.sha256).hexdigest()


def _household() -> str:
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004 - IPv6


babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(key_func=rate_limit_key, storage_uri="memory://")
login_manager = LoginManager()
# Nothing here asks for a fresh sign-in, so no request need hash the address and browser it comes from.
login_manager.session_protection = None
migrate = Migrate(directory=str(ROOT / "participation" / "migrations"), render_as_batch=True)


def set_up(app: Flask) -> None:
    """Tell each extension about the app."""
    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    compress.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    if proxies := app.extensions["baraza_config"].proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]  # Flask documents this assignment
