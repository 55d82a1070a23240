#!/bin/bash
# labels: engine slow
# A hundred thousand documents through 200 faults of the way and two crashes of the engine, on a server to which the
# driver sends nothing twice: the collection is the input, no more and no less.
# A connection of which one half is closed costs the socket timeout, hence a short one.
. "$CASE_DIR/servers.bash"
engine
"$SUPPORT/fault_proxy.py" --to "$address" --faults 200 --seed 7 --between 60000 --log proxy.log >proxy.port 2>proxy.err &
pids+=($!)
port=$(first_line proxy.port)
awk 'BEGIN {
    srand(7)
    for (i = 0; i < 100000; ++i) {
        text = sprintf("%*s", 10 + int(rand() * 110), "")
        gsub(/ /, "x", text)
        printf "{\"_id\":%d,\"text\":\"%s\"}\n", i, text
    }
}' >input
for _ in 1 2; do
    sleep 10
    "$SUPPORT/engine.sh" kill "$PWD/engine"
    sleep 1
    "$SUPPORT/engine.sh" cont "$PWD/engine"
done >crashes 2>&1 &
crashes=$!
mongo-retry insert -q --uri "mongodb://127.0.0.1:$port/?socketTimeoutMS=1000" --into d.c --batch 500 input
echo "exit code $?"
wait "$crashes"
grep -c '"fault"' proxy.log
mongo-retry find --uri "$uri" --from d.c | cmp - input && echo same
