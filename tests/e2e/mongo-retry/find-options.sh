#!/bin/bash
# Filter, sort, limit, skip and batches smaller than the answer.
. "$CASE_DIR/servers.bash"
mock
seq 1 20 | sed 's/.*/{"_id":&,"m":"x&"}/' | mongo-retry insert --uri "$uri" --into d.c
mongo-retry find --uri "$uri" --from d.c --batch 3 --limit 7 --filter '{"_id":{"$gte":5}}' | tr '\n' ' '
echo
mongo-retry find --uri "$uri" --from d.c --skip 18 --sort '{"_id":-1}'
mongo-retry count --uri "$uri" --from d.c --filter '{"_id":{"$lt":8}}'
mongo-retry find --uri "$uri" --from d.none
mongo-retry find --uri "$uri" --from d.c --filter '{"_id":'
echo "exit code $?"
mongo-retry find --uri "$uri" --from d.c --filter '{"_id":{"$nonsense":1}}'
echo "exit code $?"
