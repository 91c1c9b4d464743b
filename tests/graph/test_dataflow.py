"""The main job as Dataflow would get it, bounded and as a stream: translated with the network closed.

Its steps are found whole by a fresh process. That the service takes it, and that it runs there, is not tried: it would
need an account.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from apache_beam.portability.api import beam_runner_api_pb2 as api

from tests.conftest import ROOT
from tests.graph.dataflow_job import PARTS, STREAM

LARGEST = 10_000_000
"""Bytes of a job that the service takes at most."""


def said(*command: str) -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


Told = list[dict[str, Any]]


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    pytest.importorskip("google.cloud.dataflow", reason="google-cloud-dataflow-client is not installed")
    folder = tmp_path_factory.mktemp("dataflow")
    return folder, said("tests.graph.dataflow_job", str(folder))


def test_the_main_job_and_its_parts_are_translated_and_nobody_is_asked(jobs: tuple[Path, Told]) -> None:
    folder, (*told, last) = jobs
    assert last == {"asked": []}
    kinds = dict.fromkeys(PARTS, "JOB_TYPE_BATCH") | {STREAM: "JOB_TYPE_STREAMING"}
    assert {job["part"]: job["type"] for job in told} == kinds
    assert all("registry.invalid/newswatch" in image for job in told for image in job["images"])
    assert max((folder / part).stat().st_size for part in kinds) < LARGEST / 20


def test_every_step_is_found_by_a_worker_and_brings_no_code_of_ours_along(jobs: tuple[Path, Told]) -> None:
    steps = said("tests.graph.unpickled", str(jobs[0] / "whole"), str(jobs[0] / STREAM))
    for job in ("whole", STREAM):
        of_job = [step for step in steps if step["file"] == job]
        ours = {step["name"].split("/")[0] for step in of_job if step["function"] == "transforms.stage._StageFn"}
        assert ours >= {"Poll", "Fetch", "Extract", "Stories", "Read", "Index readings", "Judge", "Build alerts"}
        assert [step["name"] for step in of_job if step["by_value"] or step["of_main"]] == []
    assert not any(step["secret"] for step in steps)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_built_needs_nothing_that_only_some_runners_have(part: str, jobs: tuple[Path, Told]) -> None:
    found = api.Pipeline.FromString((jobs[0] / part).read_bytes())
    assert not [need for need in found.requirements if "stateful" in need or "timer" in need]
    assert {of_one.is_bounded for of_one in found.components.pcollections.values()} == {api.IsBounded.BOUNDED}


def test_a_stream_needs_no_more_than_a_source_that_can_be_split(jobs: tuple[Path, Told]) -> None:
    found = api.Pipeline.FromString((jobs[0] / STREAM).read_bytes())
    assert [need for need in found.requirements if "splittable" in need]
    assert not [need for need in found.requirements if "stateful" in need or "timer" in need]
