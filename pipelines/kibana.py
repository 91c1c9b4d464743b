"""The `kibana` commands: write what Kibana shows of the index, and send it there; heavy imports stand inside."""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.options import Config
from schemas.errors import UserError

if TYPE_CHECKING:
    from transforms.clients.kibana import Login

app = typer.Typer(
    help="Dashboards, searches and rules for Kibana, made from the same records as the index.\n\n"
    "Example: newswatch kibana import --url http://localhost:5601",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Prefix = Annotated[str, typer.Option("--prefix", help="The index's prefix; without: that of the settings.")]
Webhook = Annotated[str, typer.Option("--webhook", help="Let the rules also post to this address.")]


@app.command()
def export(
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; without: standard output.")] = None,
    rules: Annotated[Path | None, typer.Option("--rules", help="Write rules and connectors there, as JSON.")] = None,
    webhook: Webhook = "",
    prefix: Prefix = "",
    config: Config = None,
) -> None:
    """Write data views, searches and dashboards as NDJSON, for Kibana 8.19 and 9.

    Example: newswatch kibana export --out newswatch.ndjson --rules rules.json
    """
    from transforms.kibana.rules import rules_of

    named = prefix_of(prefix, config)
    if rules:
        _write(rules, json.dumps(rules_of(named, webhook=webhook), ensure_ascii=False, indent=2) + "\n")
    text = lines_of(named)
    if out:
        _write(out, text)
    else:
        sys.stdout.write(text)


@app.command(name="import")
def import_(
    url: Annotated[str, typer.Option("--url", help="Kibana's address, such as http://localhost:5601.")],
    space: Annotated[str, typer.Option("--space", help="The space to put it in; without: the default one.")] = "",
    api_key_env: Annotated[
        str, typer.Option("--api-key-env", help="The environment variable that holds an API key.")
    ] = "",
    username: Annotated[str, typer.Option("--username", help="A user, where there is no API key.")] = "",
    password_env: Annotated[
        str, typer.Option("--password-env", help="The environment variable that holds the password.")
    ] = "",
    ca_certs: Annotated[str, typer.Option("--ca-certs", help="Trust the certificates of this file (PEM).")] = "",
    rules: Annotated[bool, typer.Option("--rules", help="Also make the alerting rules and their connectors.")] = False,
    webhook: Webhook = "",
    prefix: Prefix = "",
    config: Config = None,
) -> None:
    """Send data views, searches and dashboards to a Kibana, in place of those sent before.

    Example: newswatch kibana import --url https://localhost:5601 --space news --api-key-env KIBANA_API_KEY
    """
    from transforms.clients.kibana import Login

    login = Login(api_key=secret(api_key_env), username=username, password=secret(password_env), ca_certs=ca_certs)
    told = send(url, space, login, prefix=prefix_of(prefix, config), rules=rules or bool(webhook), webhook=webhook)
    sys.stdout.write(f"{told}\n")


def lines_of(prefix: str) -> str:
    """Return all saved objects, a line of JSON each; the same text at every call."""
    from transforms.kibana.content import objects
    from transforms.kibana.objects import packed

    return "".join(f"{packed(found)}\n" for found in objects(prefix))


def send(url: str, space: str, login: "Login", *, prefix: str, rules: bool, webhook: str) -> str:
    """Send the objects, and the rules where they are asked for; return what was done, in one line."""
    from transforms.clients.kibana import open_kibana
    from transforms.kibana.rules import rules_of

    made: dict[str, list[Any]] = rules_of(prefix, webhook=webhook) if rules else {"connectors": [], "rules": []}
    with contextlib.closing(open_kibana(url, space=space, login=login)) as kibana:
        count = kibana.import_objects(lines_of(prefix).encode())
        for connector in made["connectors"]:
            kibana.put_connector(connector["id"], connector["body"])
        for rule in made["rules"]:
            kibana.put_rule(rule["id"], rule["body"])
    also = f", {len(made['connectors'])} connectors, {len(made['rules'])} rules" if rules else ""
    return f"{count} objects{also} imported into {kibana.url}"


def prefix_of(prefix: str, config: Path | None) -> str:
    """Return the prefix that is given, or that of the settings."""
    from schemas.settings import load

    given = {"index": {"prefix": prefix}} if prefix else {}
    return load(config, **given).index.prefix


def secret(variable: str) -> str:
    """Return what the environment variable holds; raises UserError where it is named and empty."""
    found = os.environ.get(variable, "") if variable else ""
    if variable and not found:
        raise UserError(f"the environment variable {variable} is not set")
    return found


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as e:
        raise UserError(f"{file}: {e.strerror}") from None
