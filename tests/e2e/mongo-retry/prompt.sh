#!/bin/bash
# A document goes in while the producer is still there: no batch waits for more than --linger.
. "$CASE_DIR/servers.bash"
mock
mkfifo pipe
mongo-retry insert --uri "$uri" --into d.c <pipe &
exec 3>pipe
for i in 1 2 3; do
    echo "{\"_id\":$i}" >&3
    for _ in {1..200}; do
        [ "$(mongo-retry count --uri "$uri" --from d.c)" != "$i" ] || break
        sleep 0.02
    done
    mongo-retry count --uri "$uri" --from d.c
done
exec 3>&-
wait %2
