"""The channels that alerts go to: console, JSON lines, signed webhook, and whatever Apprise knows."""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import apprise

from schemas.channels import Channel
from schemas.errors import BadFile, Problem, UserError
from schemas.kept import Notice
from schemas.rules import Rules
from transforms.clients.jsonl import Jsonl
from transforms.clients.notices import (
    BODY,
    SHORT_BODY,
    TITLE,
    Templates,
    for_chat,
    for_terminal,
    render,
    template_fault,
)
from transforms.clients.webhook import Clock, Webhook, open_client, signing_key
from transforms.clock import utc_now
from transforms.protocols import Notifier, NotifyError

Write = Callable[[str], object]


class Means(NamedTuple):
    """What channels use of the process they run in."""

    write: Write
    environ: Mapping[str, str]
    clock: Clock


class Console:
    """Notices for eyes; nothing that came from the web reaches the terminal as a command."""

    def __init__(self, write: Write, templates: Templates) -> None:
        self.write = write
        self.templates = templates

    def send(self, notice: Notice) -> None:
        """Write the notice; raises NotifyError where nobody takes it."""
        words = render(notice, self.templates, for_terminal)
        text = "\n    ".join([f"ALERT {words.title}", *words.body.splitlines()]) + "\n"
        try:
            self._write(text)
        except OSError as e:
            raise NotifyError(f"console: {e.strerror}", transient=True) from e

    def _write(self, text: str) -> None:
        try:
            self.write(text)
        except UnicodeEncodeError:  # a terminal that is not UTF-8
            self.write(text.encode("ascii", "backslashreplace").decode())

    def close(self) -> None:
        """Nothing is held."""


class Chat:
    """Any service that Apprise knows: mail, Slack, Telegram and a hundred others."""

    def __init__(self, service: apprise.NotifyBase, templates: Templates) -> None:
        self.service = service
        self.templates = templates

    def send(self, notice: Notice) -> None:
        """Hand the notice over; raises NotifyError where the service did not take it (Apprise does not tell why)."""
        words = render(notice, self.templates, for_chat)
        if not self.service.notify(title=words.title, body=words.body, body_format=apprise.NotifyFormat.TEXT):
            raise NotifyError("the service did not take it", transient=True)

    def close(self) -> None:
        """Nothing is held."""


class Closed:
    """A channel that could not be opened; its alerts wait until the user has mended that."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def send(self, notice: Notice) -> None:
        """Raise NotifyError."""
        raise NotifyError(f"{self.reason} (notice {notice.id})", transient=True)

    def close(self) -> None:
        """Nothing is held."""


def open_notifiers(
    rules: Rules, *, write: Write | None = None, environ: Mapping[str, str] | None = None, clock: Clock = utc_now
) -> dict[str, Notifier]:
    """Return every channel that some rule sends to, by its id; one that cannot be opened refuses its alerts."""
    means = Means(write or sys.stderr.write, os.environ if environ is None else environ, clock)
    return {channel.id: _opened(channel, means) for channel in rules.used_channels()}


def check_channels(rules: Rules, *, environ: Mapping[str, str] | None = None) -> None:
    """Raise BadFile for secrets that are not there, addresses that are none and templates that fail."""
    means = Means(sys.stderr.write, os.environ if environ is None else environ, utc_now)
    problems: list[Problem] = []
    for c, channel in enumerate(rules.channels):
        for key in ("title", "body"):
            fault = template_fault(getattr(channel, key))
            problems += [rules.problem(("channels", c, key), fault)] if fault else []
        try:
            open_notifier(channel, means).close()
        except UserError as e:
            problems.append(rules.problem(("channels", c), str(e)))
    if problems:
        raise BadFile(problems)


def _opened(channel: Channel, means: Means) -> Notifier:
    try:
        return open_notifier(channel, means)
    except UserError as e:
        return Closed(str(e))


def open_notifier(channel: Channel, means: Means) -> Notifier:
    """Return the channel, ready to send; raises UserError where its secret or address is missing or wrong."""
    title, body = channel.title or TITLE, channel.body or BODY
    if channel.console:
        return Console(means.write, Templates(title, channel.body or SHORT_BODY))
    if channel.jsonl:
        return Jsonl(Path(channel.jsonl))
    if channel.webhook:
        key = signing_key(secret(channel.webhook.secret_env, channel.webhook.secret_file, means.environ))
        url = channel.webhook.url.get_secret_value()
        return Webhook(url, key, client=open_client(), templates=Templates(title, body), clock=means.clock)
    return Chat(_service(channel, means.environ), Templates(title, body))


def secret(variable: str, file: str, environ: Mapping[str, str]) -> str:
    """Return the secret that stands in the variable or the file; raises UserError where there is none."""
    where = f"the variable {variable}" if variable else f"the file {file}"
    try:
        found = environ.get(variable, "") if variable else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise UserError(f"{where} cannot be read ({type(e).__name__})") from None
    if not found.strip():
        raise UserError(f"{where} is empty or not set")
    return found.strip()


def _service(channel: Channel, environ: Mapping[str, str]) -> apprise.NotifyBase:
    url = channel.url.get_secret_value() if channel.url else secret(channel.url_env, channel.url_file, environ)
    # it logs what it cannot send, address and all; we tell in our own words
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    service = apprise.Apprise.instantiate(url, asset=apprise.AppriseAsset(async_mode=False, app_id="newswatch"))
    if service is None:
        raise UserError("Apprise does not know this address (https://appriseit.com lists its forms)")
    return service
