#!/bin/bash
# labels: engine
# Every type through a real engine: what is read is what was written, in the order of _id over all its types, and a
# number is the same _id whatever its type.
. "$CASE_DIR/servers.bash"
engine
cat >lines <<'END'
{"_id":{"$numberInt":"1"},"int":{"$numberInt":"-1"},"long":{"$numberLong":"5"},"double":{"$numberDouble":"1.0"}}
{"_id":{"$numberLong":"5000000000"},"nan":{"$numberDouble":"NaN"},"inf":{"$numberDouble":"-Infinity"},"zero":{"$numberDouble":"-0.0"}}
{"_id":"a","decimal":{"$numberDecimal":"1.20E+3"},"uuid":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}}}
{"_id":{"a":{"$numberInt":"1"}},"date":{"$date":{"$numberLong":"1356351330501"}},"old":{"$date":{"$numberLong":"-1"}}}
{"_id":{"$oid":"56e1fc72e0c917e9c4714161"},"regex":{"$regularExpression":{"pattern":"a*b","options":"ix"}},"ts":{"$timestamp":{"t":5,"i":6}}}
{"_id":true,"code":{"$code":"f()"},"min":{"$minKey":1},"max":{"$maxKey":1},"undefined":{"$undefined":true}}
{"_id":{"$date":{"$numberLong":"0"}},"text":"a\u0000b é \"\\","empty":{},"array":[[],null,true,false],"ref":{"$ref":"c","$id":{"$numberInt":"1"}}}
END
mongo-retry insert --uri "$uri" --into d.c lines
mongo-retry find --uri "$uri" --from d.c --json=canonical --batch 2 | diff lines - && echo same
printf '%s\n' '{"_id":1.0,"new":true}' '{"_id":7,"n":1}' '{"_id":{"$numberLong":"7"},"n":2}' | mongo-retry upsert --uri "$uri" --into d.c
mongo-retry find --uri "$uri" --from d.c --filter '{"_id":{"$in":[1,7]}}' --projection '{"_id":0}'
mongo-retry count --uri "$uri" --from d.c
echo '{"_id":"a"}' | mongo-retry insert --uri "$uri" --into d.c 2>&1 | sed 's/:1: .*/:1: duplicate/'
