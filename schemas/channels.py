"""Channels: where alerts go, and where the secrets for that are found."""

from collections.abc import Iterator

from pydantic import Field, SecretStr

from schemas.delivery import Delivery, Fault, Id, Part, delivery_faults


class Webhook(Part):
    """An address that takes signed JSON, and where the secret to sign with is found."""

    url: SecretStr
    secret_env: str = ""
    secret_file: str = ""


class Channel(Delivery):
    """Somewhere that alerts go: exactly one of an Apprise URL, a webhook, the console or a file."""

    id: Id
    url: SecretStr | None = None
    url_env: str = ""
    url_file: str = ""
    webhook: Webhook | None = None
    console: bool = False
    jsonl: str = ""
    title: str = Field(default="", description="Jinja template of the notice's title.")
    body: str = Field(default="", description="Jinja template of the notice's text.")

    def ways(self) -> list[str]:
        """Return the keys that say where to send; a good channel has one."""
        return [name for name in ("url", "url_env", "url_file", "webhook", "console", "jsonl") if getattr(self, name)]


def channel_faults(channel: Channel) -> Iterator[Fault]:
    """Yield what is wrong between the parts of a channel."""
    yield from delivery_faults(channel)
    ways = channel.ways()
    if len(ways) != 1:
        said = f"not {' and '.join(ways)}" if ways else "none is given"
        yield (), f"a channel has one of url, url_env, url_file, webhook, console, jsonl: {said}"
    if channel.jsonl and (channel.title or channel.body):
        yield (), "a jsonl channel holds whole records: title and body do not belong to it"
    hook = channel.webhook
    if hook and not hook.url.get_secret_value().lower().startswith(("http://", "https://")):
        yield ("webhook", "url"), "a webhook's address begins with https:// or http://"
    if hook and bool(hook.secret_env) == bool(hook.secret_file):
        yield ("webhook",), "a webhook needs secret_env or secret_file: where the secret to sign with is found"
