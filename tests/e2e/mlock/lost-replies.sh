#!/bin/bash
# labels: engine
# The first reply to each acquire, renew and release is lost: as a lock, and as a place of a semaphore.
for count in 1 3; do
    "$SUPPORT/lock_lost_replies.py" --rounds 20 --count $count || exit
done
