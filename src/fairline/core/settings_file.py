"""The settings of one installation: one TOML file and the environment, read once and refused with a sentence.

The file is the one that ``FAIRLINE_CONFIG`` names, else ``fairline.toml`` in the data folder, else none. A setting
``[report] port`` is ``FAIRLINE_REPORT_PORT`` in the environment, which wins. Nothing here imports Django: the
supervisor reads the same settings and should stay small.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from fairline.core.notice_settings import (
    MAIL_SETTINGS,
    WEBHOOK_SETTINGS,
    BadNoticeError,
    Mail,
    Webhook,
    hour_of,
    mail_of,
    webhook_of,
)

DOORS: Final = ("report", "office", "public")
LANGUAGES: Final = ("en", "zh-hans", "ar")
DEFAULT_PORTS: Final = MappingProxyType({"report": 8001, "office": 8002, "public": 8003})

TEXT_SETTINGS: Final = (
    "database", "public_database", "blobs", "language", "test_clock", "test_easier", "trusted_proxy",
    "notice_hour",
)  # fmt: skip
FLAG_SETTINGS: Final = ("demo", "test", "test_roomy")
DOOR_SETTINGS: Final = ("host", "port", "origin", "onion", "database", "content")
"""``database`` and ``content``: the URLs by which this door, in a role of its own, reaches the sealed store and the
public content; without them it uses the installation's."""
TABLES: Final = MappingProxyType(
    {
        **dict.fromkeys(DOORS, DOOR_SETTINGS),
        "mail": MAIL_SETTINGS,
        "webhook": (*WEBHOOK_SETTINGS, "offices"),
        "peers": ("private",),
    }
)
FILE_ONLY: Final = "webhook_offices"
ENVIRONMENT_ONLY: Final = ("FAIRLINE_CONFIG", "FAIRLINE_DATA")


class SettingsError(Exception):
    """A setting is unknown or cannot be obeyed. The message is a sentence for the operator."""


@dataclass(frozen=True)
class Door:
    """One of the three sites: where its process listens, what browsers call it, and which database role it uses."""

    name: str
    host: str
    port: int
    origin: str
    """Scheme, host and port as browsers see them, without a trailing slash."""
    onion: str
    """The door's second address, an onion service; empty where it has none."""
    database: str
    """The URL by which this door reaches the sealed store; empty on the public door, which does not."""
    content: str
    """The URL by which it reaches the public content."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Every origin that this door answers to, its own first; on a loopback port both usual names of it."""
        parts = urlsplit(self.origin)
        own = [self.origin]
        if parts.hostname in {"localhost", "127.0.0.1"}:
            tail = f":{parts.port}" if parts.port else ""
            own = [f"{parts.scheme}://{name}{tail}" for name in ("localhost", "127.0.0.1")]
        return (*own, self.onion) if self.onion else tuple(own)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Values of the Host header that this door answers to."""
        return tuple(urlsplit(origin).netloc for origin in self.origins)

    @property
    def secure(self) -> bool:
        """Whether browsers reach this door over TLS."""
        return self.origin.startswith("https://")

    @property
    def sealing(self) -> bool:
        """Whether browsers seal at the door's own address: over TLS, as an onion service, or on the same machine."""
        return self.secure or urlsplit(self.origin).hostname in {"localhost", "127.0.0.1"} or is_onion(self.origin)


@dataclass(frozen=True)
class Settings:
    """All that an operator decides about one installation."""

    data: Path
    database: str
    public_database: str
    blobs: str
    language: str
    demo: bool
    test: bool
    test_clock: Path | None
    test_easier: int
    """Bits that the report door's arithmetic is easier by, in tests only."""
    test_roomy: bool
    """Whether the disk counts as empty, in tests only: theirs is not ours."""
    trusted_proxy: str
    doors: Mapping[str, Door]
    notice_hour: int
    """The hour of each office's own day at which the daily message goes."""
    mail: Mail | None
    webhook: Webhook | None
    peers_private: bool
    """Whether other offices may lie in private networks and, without TLS, on this machine."""


def is_onion(origin: str) -> bool:
    """Return whether ``origin`` is an onion service: its name is its key, so it needs no certificate."""
    return re.fullmatch(r"http://[a-z2-7]{56}\.onion", origin) is not None


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the file and ``environ`` (the process's own by default).

    Raises:
        SettingsError: with a sentence that names the setting and says what it may be.
    """
    env = {k: v for k, v in (os.environ if environ is None else environ).items() if k.startswith("FAIRLINE_")}
    data = Path(env.get("FAIRLINE_DATA") or "var").absolute()
    given = _from_file(_file(env, data))
    given.update(_from_environment(env))
    return _settled(data, given)


def _file(env: Mapping[str, str], data: Path) -> Path | None:
    named = env.get("FAIRLINE_CONFIG")
    if named:
        path = Path(named)
        if not path.is_file():
            raise SettingsError(f"FAIRLINE_CONFIG names {path}, and there is no such file.")
        return path
    path = data / "fairline.toml"
    return path if path.is_file() else None


def _from_file(path: Path | None) -> dict[str, object]:
    """Flatten the file's tables: ``[report] port`` becomes ``report_port``."""
    if path is None:
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not a TOML file: {error}.") from error
    flat: dict[str, object] = {}
    for name, value in tables.items():
        if name in TABLES:
            if not isinstance(value, dict):
                raise SettingsError(f"In {path}, {name} must be a table: [{name}].")
            for inner, setting in value.items():
                if name == "public" and inner == "database":
                    raise SettingsError("The public door reaches public content only: [public] has no database.")
                if inner not in TABLES[name]:
                    raise SettingsError(f"In {path}, [{name}] has no setting {inner!r}.")
                flat[f"{name}_{inner}"] = setting
        elif name in TEXT_SETTINGS or name in FLAG_SETTINGS:
            flat[name] = value
        else:
            raise SettingsError(f"In {path}, there is no setting {name!r}.")
    return flat


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    known = {*TEXT_SETTINGS, *FLAG_SETTINGS, *(f"{table}_{name}" for table, names in TABLES.items() for name in names)}
    known.discard(FILE_ONLY)
    found: dict[str, object] = {}
    for variable, value in env.items():
        if variable in ENVIRONMENT_ONLY:
            continue
        name = variable.removeprefix("FAIRLINE_").lower()
        if name not in known:
            raise SettingsError(f"The environment sets {variable}, and there is no such setting.")
        found[name] = value
    return found


def _text(given: Mapping[str, object], name: str, default: str) -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise SettingsError(f"The setting {name} must be text in quotes.")
    return value


def _flag(given: Mapping[str, object], name: str) -> bool:
    value = given.get(name, False)
    if isinstance(value, str):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
        if value.lower() not in words:
            raise SettingsError(f"The setting {name} is yes or no, not {value!r}.")
        return words[value.lower()]
    if not isinstance(value, bool):
        raise SettingsError(f"The setting {name} is true or false, not {value!r}.")
    return value


def _settled(data: Path, given: Mapping[str, object]) -> Settings:
    database = _database("database", _text(given, "database", ""), data / "fairline.sqlite3")
    public = _database("public_database", _text(given, "public_database", ""), data / "public.sqlite3")
    if database == public:
        raise SettingsError("database and public_database must differ: the public door may reach public content only.")
    language = _text(given, "language", "en")
    if language not in LANGUAGES:
        raise SettingsError(f"The setting language is one of {', '.join(LANGUAGES)}, not {language!r}.")
    demo, test = _flag(given, "demo"), _flag(given, "test")
    clock = _text(given, "test_clock", "")
    if clock and not (demo or test):
        raise SettingsError("test_clock moves the days, so it is accepted only where demo or test is set.")
    easier = _text(given, "test_easier", "0")
    if not (easier.isascii() and easier.isdigit()) or (easier != "0" and not test):
        raise SettingsError("test_easier is a number of bits, and is accepted only where test is set.")
    roomy = _flag(given, "test_roomy")
    if roomy and not test:
        raise SettingsError("test_roomy is accepted only where test is set.")
    doors = {name: _door(name, given, database, public) for name in DOORS}
    if len({(door.host, door.port) for door in doors.values()}) < len(DOORS):
        raise SettingsError("Two doors have the same host and port; each needs one of its own.")
    origins = [origin for door in doors.values() for origin in (door.origin, door.onion) if origin]
    if len(set(origins)) < len(origins):
        raise SettingsError("Two doors have the same origin; a flaw behind one would open the other.")
    try:
        hour, mail = hour_of(given.get("notice_hour")), mail_of(given)
        webhook = webhook_of(given, private=_flag(given, "webhook_private"))
    except BadNoticeError as error:
        raise SettingsError(str(error)) from error
    return Settings(
        data=data,
        database=database,
        public_database=public,
        blobs=_blobs(_text(given, "blobs", ""), data),
        language=language,
        demo=demo,
        test=test,
        test_clock=Path(clock).absolute() if clock else None,
        test_easier=int(easier),
        test_roomy=roomy,
        trusted_proxy=_proxy(_text(given, "trusted_proxy", "")),
        doors=MappingProxyType(doors),
        notice_hour=hour,
        mail=mail,
        webhook=webhook,
        peers_private=_flag(given, "peers_private"),
    )


def _proxy(address: str) -> str:
    """Whoever is not named by a number could be anybody, and anybody could then say what only the proxy knows."""
    try:
        return str(ipaddress.ip_address(address)) if address else ""
    except ValueError as error:
        raise SettingsError(
            f"The setting trusted_proxy is the proxy's address, like 127.0.0.1, not {address!r}."
        ) from error


def _without_secrets(url: str) -> str:
    """What may stand in a journal of an address that was refused: neither password nor options."""
    parts = urlsplit(url)
    return repr(f"{parts.scheme}://…@{parts.hostname or ''}{parts.path}" if parts.username or parts.query else url)


def _database(name: str, url: str, default: Path) -> str:
    if not url:
        return f"sqlite:///{default}"
    scheme = urlsplit(url).scheme
    if scheme == "sqlite" and url.startswith("sqlite:////"):
        return url
    if scheme == "postgresql" and urlsplit(url).path.strip("/"):
        return url
    raise SettingsError(
        f"The setting {name} is sqlite:////an/absolute/path or postgresql://user:password@host/name,"
        f" not {_without_secrets(url)}."
    )


def _blobs(url: str, data: Path) -> str:
    if not url:
        return f"file://{data / 'blobs'}"
    parts = urlsplit(url)
    if (parts.scheme == "file" and parts.path.startswith("/")) or (parts.scheme == "s3" and parts.netloc):
        return url
    raise SettingsError(
        f"The setting blobs is file:///an/absolute/folder or s3://bucket/prefix, not {_without_secrets(url)}."
    )


def _door(name: str, given: Mapping[str, object], database: str, public: str) -> Door:
    host = _text(given, f"{name}_host", "127.0.0.1")
    if not host or any(mark in host for mark in "/: "):
        raise SettingsError(f"The setting {name}_host is an address or a name to listen on, not {host!r}.")
    port = _port(name, given.get(f"{name}_port", DEFAULT_PORTS[name]))
    origin = _text(given, f"{name}_origin", f"http://localhost:{port}")
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
        raise SettingsError(f"The setting {name}_origin is like https://report.example.org, not {origin!r}.")
    onion = _text(given, f"{name}_onion", "")
    if onion and not is_onion(onion):
        raise SettingsError(
            f"The setting {name}_onion is like http://….onion, with 56 letters and digits, not {onion!r}."
        )
    if onion and name == "office":
        # Its cookie is for TLS alone, as browsers have it: a second address without TLS would get none.
        raise SettingsError("The office door has one address: let [office] origin be the onion service, or have none.")
    content = _text(given, f"{name}_content", "")
    content = _database(f"{name}_content", content, Path()) if content else public
    if name == "public":
        return Door(name, host, port, origin, onion, "", content)
    sealed = _text(given, f"{name}_database", "")
    sealed = _database(f"{name}_database", sealed, Path()) if sealed else database
    return Door(name, host, port, origin, onion, sealed, content)


def _port(name: str, value: object) -> int:
    highest = 65535
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= highest:
        raise SettingsError(f"The setting {name}_port is a number from 1 to {highest}, not {value!r}.")
    return value
