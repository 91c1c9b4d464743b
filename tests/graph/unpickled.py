"""Takes a job's portable form apart as a worker does, in a fresh process: `python -m tests.graph.unpickled FILE…`.

Prints each step's name and size, and the files of ours whose code its pickle brings along rather than names.
"""

import base64
import bz2
import json
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apache_beam.internal import pickler
from apache_beam.portability import common_urns, python_urns
from apache_beam.portability.api import beam_runner_api_pb2 as api

from tests.graph.dataflow_job import SECRET

OUR_CODE = re.compile(re.escape(str(Path.cwd()).encode()) + rb"/(?!\.venv/)[\w/.-]*\.py")
"""A function that is pickled rather than named brings its file's name along, as some of the libraries' do."""


def steps(job: api.Pipeline) -> Iterator[tuple[str, bytes]]:
    """Yield each step with the pickle of its function."""
    for step in job.components.transforms.values():
        if step.spec.urn == common_urns.primitives.PAR_DO.urn:
            done = api.ParDoPayload.FromString(step.spec.payload).do_fn
            if done.urn == python_urns.PICKLED_DOFN_INFO:  # the others are Beam's own, by name
                yield step.unique_name, done.payload


def opened(pickle: bytes) -> bytes:
    """The pickle itself, out of Beam's wrapping."""
    packed = base64.b64decode(pickle)
    return zlib.decompress(packed) if packed[:1] == b"x" else bz2.decompress(packed)


def told(name: str, pickle: bytes) -> dict[str, Any]:
    function = pickler.loads(pickle)[0]
    return {
        "name": name,
        "bytes": len(pickle),
        "function": f"{type(function).__module__}.{type(function).__name__}",
        "by_value": [name.decode() for name in OUR_CODE.findall(opened(pickle))],
        "of_main": b"__main__" in opened(pickle),
        "secret": SECRET.encode() in opened(pickle),
    }


def main() -> None:
    """Print what is found, a line a step."""
    for file in sys.argv[1:]:
        for name, pickle in steps(api.Pipeline.FromString(Path(file).read_bytes())):
            sys.stdout.write(json.dumps({"file": Path(file).name, **told(name, pickle)}) + "\n")


if __name__ == "__main__":
    main()
