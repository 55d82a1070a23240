#!/bin/bash
# A line an object: cycles and deep streams are rows that other programs join.
. "$CASE_DIR/java.bash"
java_classes
java streams.Program streams
for name in bean inheritance cycle enum shared cycle-containers exception-nested external custom-below; do
    echo "# $name"
    jdata-dump objects --style=flat "streams/$name.ser" | sed 's/0\{100,\}/0.../g'
done
echo "# joined: the names along the chain from the root"
jdata-dump objects --style=flat streams/deep-chain.ser >rows.json
wc -l <rows.json
jq -rs 'INDEX(."$id" // "root") as $rows
    | [$rows.root."$root"."$ref" | recurse($rows[tostring].next."$ref" // empty) | $rows[tostring].name]
    | "\(length) \(.[0]) \(.[-1])"' rows.json
echo "# joined: what a cycle comes back to"
jdata-dump objects --style=flat streams/cycle.ser |
    jq -rs 'INDEX(."$id" // "root") as $rows | $rows.root."$root"."$ref" | tostring
        | $rows[.].next."$ref" | tostring | $rows[$rows[.].next."$ref" | tostring].name'
echo "# objects by class"
cat streams/no-default-many.ser >stream
jdata-dump objects --style=flat stream | jq -r '."$class" // empty' | sort | uniq -c | sed 's/^ *//'
