# Faults over TLS: a connection that is cut without close_notify, or reset, is a fault like any other.
. "$SUPPORT/feed_case.sh"
"$SUPPORT/certs.sh" certs
cacert=certs/ca.pem scheme=https
outlive 100 "${SEED:-3}" --gzip per-line --tls certs/server.pem certs/server.key
