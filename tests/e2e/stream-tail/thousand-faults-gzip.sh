# labels: slow
# 1,000 faults of every kind, in gzip flushed after every third record: cut blocks, members, wrong checksums too.
. "$SUPPORT/feed_case.sh"
outlive 1000 "${SEED:-2}" --gzip per-3
