#!/bin/bash
# Every type goes in and comes out as it was, in the canonical form; in the relaxed one as people write it.
. "$CASE_DIR/servers.bash"
mock
cat >lines <<'END'
{"_id":{"$numberInt":"1"},"oid":{"$oid":"56e1fc72e0c917e9c4714161"},"int":{"$numberInt":"-1"},"long":{"$numberLong":"5"},"double":{"$numberDouble":"1.0"}}
{"_id":{"$numberInt":"2"},"nan":{"$numberDouble":"NaN"},"inf":{"$numberDouble":"-Infinity"},"zero":{"$numberDouble":"-0.0"}}
{"_id":{"$numberInt":"3"},"decimal":{"$numberDecimal":"1.20E+3"},"uuid":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}}}
{"_id":{"$numberInt":"4"},"date":{"$date":{"$numberLong":"1356351330501"}},"old":{"$date":{"$numberLong":"-1"}}}
{"_id":{"$numberInt":"5"},"regex":{"$regularExpression":{"pattern":"a*b","options":"ix"}},"ts":{"$timestamp":{"t":5,"i":6}}}
{"_id":{"$numberInt":"6"},"code":{"$code":"f()"},"scope":{"$code":"g()","$scope":{"x":{"$numberInt":"1"}}},"min":{"$minKey":1},"max":{"$maxKey":1}}
{"_id":{"$numberInt":"7"},"text":"a\u0000b é \"\\","empty":{},"array":[[],null,true,false],"$set":{"$numberInt":"1"},"ref":{"$ref":"c","$id":{"$numberInt":"1"}}}
END
mongo-retry insert --uri "$uri" --into d.c lines
mongo-retry find --uri "$uri" --from d.c --json=canonical | diff - lines && echo same
mongo-retry find --uri "$uri" --from d.c
