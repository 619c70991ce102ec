"""The worker: the follower of the journal and the watch over what expires, each in a thread; the
runner of jobs, and their sweeper."""

import asyncio
import signal
import threading
from contextlib import suppress

import psycopg
import structlog
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from pervichka.surfaces.jobs.expiry import watch
from pervichka.surfaces.jobs.follower import follow

log = structlog.get_logger()
_HEARTBEAT = 2.0
_AFTER_A_FAULT = 3.0
# A job whose worker has not been heard of for this long (seconds) is taken up again.
_LOST_AFTER = 10.0


async def run_worker(stopping: threading.Event) -> None:
    """Run until the process is told to stop (SIGINT, SIGTERM), finishing the job at hand.

    A database that goes away is waited for.
    """
    follower = threading.Thread(target=follow, args=[stopping], name="follower", daemon=True)
    follower.start()
    expiry = threading.Thread(target=watch, args=[stopping], name="expiry", daemon=True)
    expiry.start()
    told = asyncio.Event()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, told.set)
    try:
        while not told.is_set():
            await _run_jobs(told)
            if not told.is_set():
                log.warning("worker.fault")
                await asyncio.sleep(_AFTER_A_FAULT)
    finally:
        stopping.set()
        follower.join(timeout=10)
        expiry.join(timeout=10)


async def _run_jobs(told: asyncio.Event) -> None:
    """Run jobs until told to stop or until the database goes away."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector has it
    with (
        suppress(exceptions.ConnectorException, psycopg.Error),
        app.replace_connector(connector) as worker_app,
    ):
        async with worker_app.open_async():
            running = asyncio.create_task(
                worker_app.run_worker_async(
                    concurrency=1,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=_HEARTBEAT,
                    stalled_worker_timeout=_LOST_AFTER,
                )
            )
            sweeping = asyncio.create_task(_sweep(worker_app))
            stop = asyncio.create_task(told.wait())
            await asyncio.wait([running, stop], return_when=asyncio.FIRST_COMPLETED)
            sweeping.cancel()
            stop.cancel()
            # Cancelled, it finishes the job at hand first.
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def _sweep(worker_app: App) -> None:
    """Take up the jobs of workers that were killed; each may be run twice."""
    while True:
        try:
            await take_up_lost_jobs(worker_app)
        except exceptions.ConnectorException as error:
            log.warning("sweeper.fault", error=type(error).__name__)
        await asyncio.sleep(_LOST_AFTER / 2)


async def take_up_lost_jobs(worker_app: App, lost_after: float = _LOST_AFTER) -> None:
    """Put back the jobs whose worker has not been heard of for so many seconds."""
    jobs = worker_app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=lost_after):
        log.info("job.taken_up_again", job=job.id, task=job.task_name)
        try:
            await jobs.retry_job(job)
        except exceptions.UniqueViolation:
            # The same was asked for since, and waits behind this one: it does for both.
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
