"""`fairline caddy`: prints Caddy's configuration for this installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from fairline.core.assets import assets
from fairline.core.caddyfile import Certificates, caddyfile
from fairline.core.settings_file import SettingsError


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--certificate", nargs=2, metavar=("FILE", "KEY"), help="the office's own certificate")
    kinds.add_argument("--internal", action="store_true", help="certificates of Caddy's own making, to try it out")


def run(arguments: argparse.Namespace) -> int:
    """Print the configuration; return 0.

    Raises:
        SettingsError: a door has no https address, or the pages are not built.
    """
    try:
        files = [Path(one.url).name for one in assets().values()]
    except ImproperlyConfigured as error:
        raise SettingsError(str(error)) from error
    if arguments.certificate:
        file, key = (str(Path(path).absolute()) for path in arguments.certificate)
        certificates = Certificates(file, key)
    else:
        certificates = Certificates(internal=arguments.internal)
    print(caddyfile(settings.FAIRLINE, files, Path(settings.ASSETS), certificates), end="")
    return 0
