#!/bin/bash
# Makes the roles and users and sets their passwords; asked again, it sets them to the same.
set -euo pipefail
url=${ELASTICSEARCH_URL:-https://elasticsearch:9200}
ca=${CA:-/usr/share/elasticsearch/config/certs/ca/ca.crt}
roles=$(dirname "$0")

ask() {  # METHOD PATH, the body from standard input; the password by a file, so that no list of processes shows it
    # a node that has just come up answers 401 until its security index is there
    curl --silent --show-error --fail --cacert "$ca" \
        --retry 45 --retry-delay 2 --retry-all-errors \
        --config <(printf 'user = "elastic:%s"\n' "$ELASTIC_PASSWORD") \
        --header 'Content-Type: application/json' --request "$1" --data-binary @- "$url$2" > /dev/null
}

ask PUT /_security/role/newswatch_writer < "$roles/newswatch_writer.json"
ask PUT /_security/role/newswatch_reader < "$roles/newswatch_reader.json"
printf '{"password": "%s"}' "$KIBANA_PASSWORD" | ask POST /_security/user/kibana_system/_password
printf '{"password": "%s", "roles": ["newswatch_writer"]}' "$NEWSWATCH_PASSWORD" | ask PUT /_security/user/newswatch
printf '{"password": "%s", "roles": ["newswatch_reader"]}' "$ANALYST_PASSWORD" | ask PUT /_security/user/analyst
echo "users and roles are there"
