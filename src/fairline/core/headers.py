"""The security headers of each door, as data, and the middleware that sets them on every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
NEAR: Final = "fairline.near"
"""What a door tells its pages of where a request comes from, and all of it: whether it is this machine."""

_DENIED_FEATURES: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip

_COMMON: Final = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "fairline",
    },
)

# No page may compile WebAssembly: a worker loaded by its address obeys the policy of its own response, so the one
# worker that stretches passphrases gets the permission alone (see ARGON2_WORKER), and no page shares it.
_OWN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        # A recording is listened to before it is sealed; it lies in the page's memory.
        "report": {"form-action": "'none'", "media-src": "blob:"},
        # lit-html makes its templates through a policy of its own, from the program's literals only.
        "office": {"trusted-types": "fairline lit-html"},
        "public": {"worker-src": "'none'"},
    },
)

ARGON2_WORKER: Final = "argon2-worker"
# A document in a sandbox has an origin that is nobody's, so that even its own script comes to it from elsewhere.
FOR_SANDBOXES: Final = ("viewer-picture.", "viewer-document.", "style-viewer.")


def content_policy(door: str, changes: Mapping[str, str] | None = None) -> str:
    """Return the Content-Security-Policy of ``door``, with ``changes`` to single directives."""
    directives = {**_COMMON, **_OWN[door], **(changes or {})}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def feature_policy(*own: str) -> str:
    """Return the Permissions-Policy that denies every feature of a device, except ``own`` to the page itself."""
    return ", ".join(f"{feature}={'(self)' if feature in own else '()'}" for feature in _DENIED_FEATURES)


ARGON2_POLICY: Final = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'"


def viewer_policy(origin: str, script: str, style: str) -> str:
    """Return the policy of a viewer of files that nobody trusts, at ``origin``, with one ``script`` and one ``style``.

    The document has no origin of its own, no network, no storage, no frame and no way out. What it may load is named
    file by file: ``'self'`` would name no one in a sandbox.
    """
    return (
        f"sandbox allow-scripts; default-src 'none'; script-src {origin}{script}; style-src {origin}{style}; "
        f"img-src blob:; font-src blob: data:; connect-src 'none'; form-action 'none'; base-uri 'none'; "
        f"frame-ancestors {origin}; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def player_policy(origin: str, folder: str, style: str) -> str:
    """Return the policy of the scriptless document in which files are played and saved.

    Nothing comes to it but what the office's own service worker answers below ``folder``, and what the workbench made.
    """
    return (
        f"default-src 'none'; media-src {origin}{folder} blob:; frame-src {origin}{folder}; "
        f"style-src {origin}{style}; form-action 'none'; base-uri 'none'; frame-ancestors {origin}"
    )


SERVICE_WORKER_POLICY: Final = "default-src 'none'; base-uri 'none'"


def security_headers(door: str) -> dict[str, str]:
    """Return the headers that every answer of ``door`` carries, a page's, a file's or an error's."""
    return {
        "Content-Security-Policy": content_policy(door),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": feature_policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def static_headers(door: str, name: str) -> dict[str, str]:
    """Return the headers of the built file ``name``: a worker obeys those of its own response."""
    headers = security_headers(door)
    if door == "office" and name.startswith(f"{ARGON2_WORKER}."):
        headers["Content-Security-Policy"] = ARGON2_POLICY
    if door == "office" and name.startswith(FOR_SANDBOXES):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return headers


def security_middleware(get_response: Answer, door: str) -> Answer:
    """Return a handler that sets the headers of ``door`` and forbids storing, where the view has not said otherwise.

    Over TLS, browsers remember that the door has no other way in: a first request in clear tells who asks where. At
    an onion service they pass over that line (RFC 6797 §8.1).
    """
    headers = security_headers(door)
    if any(origin.startswith("https://") for origin in settings.OWN_ORIGINS):
        headers["Strict-Transport-Security"] = f"max-age={365 * 24 * 3600}"

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


def report_door(get_response: Answer) -> Answer:
    """Set the report door's headers."""
    return security_middleware(get_response, "report")


def office_door(get_response: Answer) -> Answer:
    """Set the office door's headers."""
    return security_middleware(get_response, "office")


def public_door(get_response: Answer) -> Answer:
    """Set the public door's headers."""
    return security_middleware(get_response, "public")
