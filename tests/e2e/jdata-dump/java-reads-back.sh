#!/bin/bash
# What encode writes, Java reads: every primitive at its edges, and records of all sorts.
. "$CASE_DIR/java.bash"
java_classes
java Primitives write primitives.bin
java Primitives schema >primitives.jds
jdata-dump -S primitives.jds primitives.bin >primitives.json
jdata-dump encode -S primitives.jds primitives.json >back.bin
java Primitives read back.bin && echo "primitives: Java reads the same"
schema='id:int ts:long price:double symbol:utf flag:bool v:float[short]'
java Records write data 20000 data.bin
java Records write rand 20000 rand.bin
for kind in data rand; do
    jdata-dump -s "$schema" "$kind.bin" >"$kind.json"
    jdata-dump encode -s "$schema" "$kind.json" | cmp - "$kind.bin" && echo "$kind: identical"
    jdata-dump --jobs=3 -s "$schema" "$kind.bin" | cmp - "$kind.json" && echo "$kind: the same with three threads"
    # Java spells some numbers longer than need be, so numbers are compared, not digits.
    java Records json "$kind.bin" >java.json
    python3 -c 'import itertools, json, struct, sys
single = lambda row: [struct.pack(">f", value) for value in row]
for ours, java in itertools.zip_longest(open(sys.argv[1]), open(sys.argv[2])):
    ours, java = json.loads(ours), json.loads(java)
    assert single(ours.pop("v")) == single(java.pop("v"))
    assert ours == java, (ours, java)' "$kind.json" java.json && echo "$kind: the same values as Java's own"
done
