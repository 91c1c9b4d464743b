#!/bin/bash
# Makes a CA and the two servers' certificates, once: what is there is left as it is.
set -euo pipefail
cd /usr/share/elasticsearch
certs=config/certs
if [ ! -f $certs/ca/ca.crt ]; then
    bin/elasticsearch-certutil ca --silent --pem --out /tmp/ca.zip
    unzip -q -o /tmp/ca.zip -d $certs
fi
if [ ! -f $certs/kibana/kibana.crt ]; then
    bin/elasticsearch-certutil cert --silent --pem --in /setup/instances.yaml --out /tmp/certs.zip \
        --ca-cert $certs/ca/ca.crt --ca-key $certs/ca/ca.key
    unzip -q -o /tmp/certs.zip -d $certs
fi
# the servers and newswatch run as others: all may read a certificate, group 0 (Elastic's images) a key, root alone the CA's
find $certs -type d -exec chmod 755 {} \;
find $certs -name '*.crt' -exec chmod 644 {} \;
find $certs -name '*.key' -exec chmod 640 {} \;
chmod 600 $certs/ca/ca.key
