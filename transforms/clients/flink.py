"""A Flink cluster's manager, asked over REST."""

import httpx2

from schemas.errors import UserError

TIMEOUT_S = 30.0
ENDED = {"FINISHED", "CANCELED", "FAILED"}


def cancel(manager: str, name: str) -> None:
    """Take the jobs of that name off the cluster; raises UserError where its manager cannot be asked."""
    try:
        with httpx2.Client(base_url=manager, timeout=TIMEOUT_S) as client:
            for job in client.get("/jobs/overview").raise_for_status().json()["jobs"]:
                if job["name"] == name and job["state"] not in ENDED:
                    client.patch(f"/jobs/{job['jid']}", params={"mode": "cancel"}).raise_for_status()
    except (httpx2.HTTPError, ValueError, KeyError) as e:
        raise UserError(f"{manager}: {e}", transient=True) from None
