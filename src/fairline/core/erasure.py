"""What is kept, for how long, and how it is forgotten: a registry in which every model must stand.

A room's ``erasure.py`` declares each of its models::

    keep(Session, until="it ends, at the latest ten hours after sign-in", shred=shred_sessions)
    keep_for_ever(Leaf, why="the record proves that nothing was lost; a leaf tells outsiders nothing")
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

Shredder = Callable[[datetime], int]
"""Deletes what is due as of an instant and returns how many rows went; twice does no harm."""


@dataclass(frozen=True)
class Kept:
    """One kind of stored thing: how long it stays, in words for people, and what deletes it (None: it stays)."""

    until: str
    shred: Shredder | None


Forgetter = Callable[[bytes, bytes], None]
"""Deletes what a room holds of one case: office id and thread id in. In the transaction that deletes the case."""

Objector = Callable[[bytes, bytes], None]
"""Raises a problem where a case must not be deleted yet: office id and thread id in. Under the lock of its deletion."""

_with_case: list[Forgetter] = []
_objectors: list[Objector] = []
_kept: dict[type[Model], Kept] = {}


def keep(model: type[Model], *, until: str, shred: Shredder) -> None:
    """Declare that rows of ``model`` are kept until what ``until`` says, and that ``shred`` deletes them then."""
    _kept[model] = Kept(until, shred)


def keep_for_ever(model: type[Model], *, why: str) -> None:
    """Declare that rows of ``model`` are never deleted, and say why that harms nobody."""
    _kept[model] = Kept(why, None)


def with_its_case(forget: Forgetter) -> Forgetter:
    """Let ``forget`` be called whenever two people delete a case: what is of it in other rooms goes at once."""
    _with_case.append(forget)
    return forget


def before_its_case(refuse: Objector) -> Objector:
    """Let ``refuse`` be asked whenever somebody wants a case deleted: another room may still need it."""
    _objectors.append(refuse)
    return refuse


def require_nothing_stands(office: bytes, thread: bytes) -> None:
    """Refuse the deletion of a case that another room still needs.

    Raises:
        Problem: 409, as the room says it.
    """
    declared()
    for refuse in _objectors:
        refuse(office, thread)


def forget_case(office: bytes, thread: bytes) -> None:
    """Delete what all rooms hold of a case, within the caller's transaction."""
    declared()
    for forget in _with_case:
        forget(office, thread)


def declared() -> Mapping[type[Model], Kept]:
    """Return the declarations of all rooms."""
    importlib.import_module("fairline.core.declared")
    autodiscover_modules("erasure")
    return dict(_kept)


def shred_due(now: datetime) -> dict[str, int]:
    """Let every shredder delete what is due as of ``now``; return how many rows of each kind went.

    One that fails keeps nothing else alive: all others run, and then the night says that it failed.

    Raises:
        ExceptionGroup: what went wrong with each that failed.
    """
    counts: dict[str, int] = {}
    failures: list[Exception] = []
    for model, kept in declared().items():
        if kept.shred is None:
            continue
        try:
            counts[model._meta.label] = kept.shred(now)
        except Exception as error:  # noqa: BLE001 - raised below, with all the others
            failures.append(error)
    if failures:
        raise ExceptionGroup("not everything that is due was deleted", failures)
    return counts


@register()
def every_model_is_declared(**_options: object) -> list[CheckMessage]:
    """Refuse the start while a model says neither how long it is kept nor what deletes it."""
    known = declared()
    return [
        Error(f"{model._meta.label} is in no erasure.py: say how long it is kept and what deletes it.", obj=model)
        for model in apps.get_models()
        if model not in known
    ]
