"""The set-up job of docker/, on a real node with security on: certificates, roles, users, and what each may do."""

import json
import os
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from elasticsearch import AuthenticationException, AuthorizationException

from schemas.errors import UserError
from schemas.query import Query
from schemas.settings import Index as IndexSettings
from tests.conftest import ROOT
from tests.fakes.newsday import DAY, RECORDS
from tests.service import node
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import open_elastic
from transforms.index.facets import FACETS
from transforms.protocols import Written

SETUP = ROOT / "docker" / "setup"
NAMES = ("ELASTIC_PASSWORD", "KIBANA_PASSWORD", "NEWSWATCH_PASSWORD", "ANALYST_PASSWORD")
PASSWORDS = {name: f"{name.split('_')[0].lower()}0123456789" for name in NAMES}

pytestmark = [
    pytest.mark.service,
    pytest.mark.xdist_group("elasticsearch"),
    pytest.mark.skipif(not all(map(shutil.which, ("bash", "curl", "unzip"))), reason="no bash, curl and unzip"),
]


@dataclass
class Secured:
    """A node as docker/compose.yaml has it, set up by the job's own scripts."""

    url: str
    ca: Path

    def settings(self, user: str, password: str) -> IndexSettings:
        return IndexSettings.model_validate(
            {"url": self.url, "username": user, "password": password, "ca_certs": str(self.ca)}
        )


@pytest.fixture(scope="module")
def secured() -> Iterator[Secured]:
    try:
        with node.made("es94") as made:
            ca = prepared(made)
            made.healthy = wants_password
            found = Secured(made.start().replace("http://", "https://"), ca)
            set_up(found)
            yield found
    except node.NoNodeError as e:
        if os.environ.get("CI") == "true":
            pytest.fail(str(e))
        pytest.skip(f"no Elasticsearch: {e}")


def prepared(made: node.Node) -> Path:
    """Give the node the job's certificates and compose's settings; return the CA."""
    compose = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text("utf-8"))
    wanted = compose["services"]["elasticsearch"]["environment"]
    file = made.session / "config" / "elasticsearch.yml"
    settings = yaml.safe_load(file.read_text("utf-8"))
    secure = {key: value for key, value in wanted.items() if key.startswith("xpack.security.")}
    file.write_text(yaml.safe_dump({**settings, **secure}), "utf-8")
    env = node.environment(made.java, made.session)
    env |= {"ES_HOME": str(made.home), "CERTS": str(made.session / "config" / "certs")}
    for _ in range(2):  # asked again it changes nothing
        subprocess.run(["bash", SETUP / "certificates.sh"], env=env, check=True, capture_output=True)
    keystore = made.home / "bin" / "elasticsearch-keystore"
    subprocess.run([keystore, "create"], env=env, check=True, capture_output=True)
    # what Elastic's image does with ELASTIC_PASSWORD
    add = [keystore, "add", "--stdin", "bootstrap.password"]
    subprocess.run(add, env=env, check=True, capture_output=True, input=PASSWORDS["ELASTIC_PASSWORD"].encode())
    return made.session / "config" / "certs" / "ca" / "ca.crt"


def wants_password(url: str) -> bool:
    """Return whether it answers as the health check of compose.yaml wants it: 401."""
    try:
        urllib.request.urlopen(url.replace("http://", "https://"), timeout=3, context=ssl._create_unverified_context())
    except urllib.error.HTTPError as e:
        return e.code == 401
    except OSError:
        return False
    return False


def set_up(found: Secured) -> None:
    env = {**os.environ, **PASSWORDS, "ELASTICSEARCH_URL": found.url, "CA": str(found.ca)}
    for _ in range(2):
        done = subprocess.run(["bash", SETUP / "users.sh"], env=env, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + done.stdout


def test_newswatch_writes_with_its_own_role(secured: Secured):
    opened = open_elastic(secured.settings("newswatch", PASSWORDS["NEWSWATCH_PASSWORD"]))
    opened.prepare()
    opened.prepare()
    assert [answer.error for answer in opened.write(RECORDS) if answer.error] == []
    assert opened.count(Query(kind="statements")) == 7
    assert opened.remove("failures", ["f0", "never"]) == Written("failures")
    assert opened.count(Query(kind="failures")) == 3
    assert opened.kinds() == list(FACETS)
    assert opened.prune("feeds", DAY) == 1
    opened.close()
    with connect(secured.settings("newswatch", PASSWORDS["NEWSWATCH_PASSWORD"])) as client:
        with pytest.raises(AuthorizationException):
            client.index(index="other", document={})
        with pytest.raises(AuthorizationException):
            client.security.get_user()


def test_the_analyst_reads_and_changes_nothing(secured: Secured):
    writer = open_elastic(secured.settings("newswatch", PASSWORDS["NEWSWATCH_PASSWORD"]))
    writer.prepare()
    writer.write(RECORDS)
    writer.close()
    with connect(secured.settings("analyst", PASSWORDS["ANALYST_PASSWORD"])) as client:
        assert client.count(index="newswatch-statements")["count"] == 7
        with pytest.raises(AuthorizationException):
            client.delete(index="newswatch-statements", id="s1")
        asked = {"application": "kibana-.kibana", "privileges": ["read"], "resources": ["*"]}
        told = client.security.has_privileges(application=[asked])
        assert told["has_all_requested"]


def test_kibana_comes_in_with_its_password_and_nobody_without(secured: Secured):
    with connect(secured.settings("kibana_system", PASSWORDS["KIBANA_PASSWORD"])) as client:
        assert json.loads(json.dumps(client.security.authenticate().body))["username"] == "kibana_system"
    with connect(secured.settings("newswatch", "wrong")) as client, pytest.raises(AuthenticationException):
        client.info()


def test_the_certificate_is_not_trusted_without_its_ca(secured: Secured):
    with pytest.raises(UserError, match="no trusted connection"):
        open_elastic(IndexSettings(url=secured.url))
