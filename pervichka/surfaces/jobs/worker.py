"""The worker: the follower of the journal in a thread, the runner of jobs, their sweeper."""

import asyncio
import threading

import structlog
from procrastinate import App
from procrastinate.contrib.django import app

from pervichka.surfaces.jobs.follower import follow

log = structlog.get_logger()
_HEARTBEAT = 2.0
# A job whose worker has not been heard of for this long (seconds) is taken up again.
_LOST_AFTER = 10.0


async def run_worker(stopping: threading.Event) -> None:
    """Run until the process is told to stop (SIGINT, SIGTERM), finishing the job at hand."""
    follower = threading.Thread(target=follow, args=[stopping], name="follower", daemon=True)
    follower.start()
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector has it
    try:
        with app.replace_connector(connector) as worker_app:
            async with worker_app.open_async():
                sweeper = asyncio.create_task(_sweep(worker_app))
                await worker_app.run_worker_async(
                    concurrency=1,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=_HEARTBEAT,
                    stalled_worker_timeout=_LOST_AFTER,
                )
                sweeper.cancel()
    finally:
        stopping.set()
        follower.join(timeout=10)


async def _sweep(worker_app: App) -> None:
    """Take up the jobs of workers that were killed; each may be run twice."""
    while True:
        for job in await worker_app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=_LOST_AFTER
        ):
            log.info("job.taken_up_again", job=job.id, task=job.task_name)
            await worker_app.job_manager.retry_job(job)
        await asyncio.sleep(_LOST_AFTER / 2)
