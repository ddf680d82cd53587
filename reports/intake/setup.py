"""What the settings say, made into the spool and the doors of this process."""

from __future__ import annotations

import functools
import gc
from pathlib import Path

from django.conf import settings

from reports.adapters.discovery import doors
from reports.errors import SpoolFull
from reports.intake.authentication import Gate
from reports.intake.credentials import Proxies, header_key
from reports.intake.fullness import Bounds, Fullness
from reports.intake.rate import Rate
from reports.intake.reception import Cloakroom, Limits
from reports.intake.senders import Senders
from reports.intake.spool import Spool
from reports.intake.tally import Tally


def folder(name: str) -> Path:
    """A folder (or file) of the intake in the folder of all that is kept."""
    return Path(settings.FLEETVIEW_DATA_DIR) / name


def spool() -> Spool:
    """This machine's spool, its folders made; SpoolFull where the disk does not let them be."""
    try:
        return Spool(folder("spool")).make()
    except OSError as error:
        raise SpoolFull(f"the spool cannot be made ({error.strerror}); nothing was taken") from error


def senders_file() -> Path:
    """The snapshot of the senders."""
    return folder("senders.json")


@functools.cache
def cloakroom() -> Cloakroom:
    """One for the whole process: it counts what it takes."""
    gc.freeze()  # what is loaded by the first report stays for ever: not to be looked through again and again
    here = spool()
    bounds = Bounds(
        settings.FLEETVIEW_SPOOL_MAX_BYTES, settings.FLEETVIEW_SPOOL_MAX_FILES, settings.FLEETVIEW_SPOOL_FREE_FLOOR
    )
    limits = Limits(settings.FLEETVIEW_MAX_BODY, settings.FLEETVIEW_MAX_DECOMPRESSED)
    return Cloakroom(here, Fullness(here, bounds), Tally(here.folder), Rate(settings.FLEETVIEW_SENDER_RATE), limits)


@functools.cache
def gates() -> dict[str, Gate]:
    """Door name → the door with all it asks to let somebody in."""
    senders = Senders(senders_file())
    proxies = Proxies(
        settings.FLEETVIEW_TRUSTED_PROXIES,
        header_key(settings.FLEETVIEW_CLIENT_DN_HEADER),
        header_key(settings.FLEETVIEW_CLIENT_VERIFY_HEADER),
    )
    return {name: Gate(door, adapter.tool, senders, proxies) for name, (adapter, door) in doors().items()}
