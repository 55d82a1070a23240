#!/bin/bash
# labels: engine
# Connections cut while a collection is read whose _ids are of many types: none is missing, none comes twice.
. "$CASE_DIR/servers.bash"
engine
for i in {1..400}; do
    echo "{\"_id\":{\"\$numberInt\":\"$i\"}}"
done >lines
for i in {1000..1400}; do echo "{\"_id\":\"s$i\"}"; done >>lines
for i in {1000..1400}; do echo "{\"_id\":{\"k\":\"$i\"}}"; done >>lines
for i in {1000..1400}; do echo "{\"_id\":{\"\$oid\":\"56e1fc72e0c917e9c471$i\"}}"; done >>lines
for i in {1000..1400}; do echo "{\"_id\":{\"\$date\":{\"\$numberLong\":\"$i\"}}}"; done >>lines
mongo-retry insert --uri "$uri" --into d.c lines
"$SUPPORT/fault_proxy.py" --to "$address" --faults 25 --seed 3 --between 3000 --on find,getMore \
    --kinds cut-before,cut-after,rst,drop-reply >proxy.port 2>proxy.err &
pids+=($!)
port=$(first_line proxy.port)
mongo-retry find -q --uri "mongodb://127.0.0.1:$port/" --from d.c --json=canonical --batch 40 | cmp - lines && echo same
