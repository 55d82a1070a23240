#!/bin/bash
# The full style comes back byte for byte, also through a program that reads and writes JSON.
. "$CASE_DIR/java.bash"
java_classes
java streams.Program streams
external='streams.Writers$External = v:int name:utf list:object flag:bool'
same=0
files=0
for file in streams/*.ser; do
    files=$((files + 1))
    jdata-dump objects --style=full --class "$external" "$file" >full.json &&
        jdata-dump encode full.json | cmp - "$file" && same=$((same + 1))
done
[ "$same" -eq "$files" ] && [ "$files" -gt 150 ] && echo "all identical"
# Numbers beyond 2^53 and the depth of some streams are too much for jq.
for name in annotated class custom enum exception-nested external hash-map no-default-many proxy shared; do
    file=streams/$name.ser
    jdata-dump objects --style=full --long=string "$file" | jq -c . >jq.json
    jdata-dump encode jq.json | cmp - "$file" && echo "$name: identical through jq"
done
# Without the magic in front, and with bytes in base64.
tail -c +5 streams/bean.ser >bare
jdata-dump objects --no-header --style=full bare | jdata-dump encode --no-header | cmp - bare && echo "without a header"
jdata-dump objects --style=full --bytes=base64 streams/array-byte.ser | jdata-dump encode --bytes=base64 |
    cmp - streams/array-byte.ser && echo "in base64"
# Java reads what encode wrote.
mkdir written
for file in streams/*.ser; do
    jdata-dump objects --style=full --class "$external" "$file" | jdata-dump encode >"written/${file##*/}"
done
java streams.Program --verify written | sed 's/[0-9][0-9]*/N/g'
# A few lines as they are.
for name in enum no-default-before protocol-1-external exception-nested; do
    echo "# $name"
    jdata-dump objects --style=full --class "$external" "streams/$name.ser"
done
