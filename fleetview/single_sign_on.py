"""Whether the settings of single sign-on make sense together."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def check_single_sign_on(issuer: str, client_id: str, *, is_only: bool) -> None:
    """Refuse what would lock everybody out, or send secrets in the clear to another machine."""
    if not issuer:
        if is_only:
            raise ImproperlyConfigured("FLEETVIEW_OIDC_ONLY needs FLEETVIEW_OIDC_ISSUER: else nobody could log in.")
        return
    if not client_id:
        raise ImproperlyConfigured("FLEETVIEW_OIDC_ISSUER needs FLEETVIEW_OIDC_CLIENT_ID beside it.")
    address = urlsplit(issuer)
    is_here = address.hostname in ("127.0.0.1", "localhost", "::1")
    if not (address.scheme == "https" and address.hostname) and not (address.scheme == "http" and is_here):
        raise ImproperlyConfigured(f"FLEETVIEW_OIDC_ISSUER={issuer!r}: this has to be an https:// address.")
