#!/bin/bash
# Makes a CA and the two servers' certificates, once: what is there is left as it is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "${ES_HOME:-/usr/share/elasticsearch}"
certs=${CERTS:-config/certs}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
if [ ! -f "$certs/ca/ca.crt" ]; then
    bin/elasticsearch-certutil ca --silent --pem --out "$work/ca.zip"
    unzip -q -o "$work/ca.zip" -d "$certs"
fi
if [ ! -f "$certs/kibana/kibana.crt" ]; then
    bin/elasticsearch-certutil cert --silent --pem --in "$here/instances.yaml" --out "$work/certs.zip" \
        --ca-cert "$certs/ca/ca.crt" --ca-key "$certs/ca/ca.key"
    unzip -q -o "$work/certs.zip" -d "$certs"
fi
# the servers run as others: all may read a certificate, group 0 (that of Elastic's images) a key, root alone the CA's
find "$certs" -type d -exec chmod 755 {} \;
find "$certs" -name '*.crt' -exec chmod 644 {} \;
find "$certs" -name '*.key' -exec chmod 640 {} \;
chmod 600 "$certs/ca/ca.key"
