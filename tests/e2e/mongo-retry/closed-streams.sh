#!/bin/bash
# A full device, a closed standard output, a reader that goes away, dead letters that cannot be written.
. "$CASE_DIR/servers.bash"
mock
seq 1 3000 | sed 's/.*/{"_id":&}/' | mongo-retry insert --uri "$uri" --into d.c
mongo-retry find --uri "$uri" --from d.c >/dev/full
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c >&-
echo "exit code $?"
mongo-retry count --uri "$uri" --from d.c >/dev/full
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c --batch 10 | head -n 1
echo "exit code ${PIPESTATUS[0]}"
echo nonsense | mongo-retry insert --uri "$uri" --into d.c --dead=/dev/full
echo "exit code $?"
mongo-retry insert --uri "$uri" --into d.c <&-
echo "exit code $?"
mongo-retry insert --uri "$uri" --into d.c no-such-file
echo "exit code $?"
