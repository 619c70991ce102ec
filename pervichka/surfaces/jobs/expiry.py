"""The thread that sees to what ends by itself: files of exports whose time is over."""

import threading

import structlog
from django.db import connection

from pervichka.foundation import clock
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.disclosure.actions import destroy_expired_exports

log = structlog.get_logger()
# Between two looks; nobody gets at an expired file meanwhile.
_EVERY = 60.0


def watch(stopping: threading.Event) -> None:
    """Look until told to stop; a fault is logged, and looked again later."""
    while True:
        try:
            end_what_is_over()
        except Exception as error:  # noqa: BLE001 - a watch that died would go unnoticed
            log.warning("expiry.fault", error=type(error).__name__)
        finally:
            connection.close()
        if stopping.wait(_EVERY):
            return


def end_what_is_over() -> None:
    """Destroy what may be kept no longer. Run twice, it finds nothing the second time."""
    with acting_as(SYSTEM):
        gone = destroy_expired_exports(by=SYSTEM, at=clock.now())
    if gone:
        log.info("exports.destroyed", exports=gone)
