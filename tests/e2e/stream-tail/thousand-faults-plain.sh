# labels: slow
# 1,000 faults of every kind between stream-tail and a server that replays its last records on reconnect, lines plain.
. "$SUPPORT/feed_case.sh"
outlive 1000 "${SEED:-1}" --crlf
