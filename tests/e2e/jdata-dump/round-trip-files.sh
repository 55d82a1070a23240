#!/bin/bash
# Files that others made come back byte for byte from their lines: a JDK's own, key stores, a heap dump, NBT.
. "$CASE_DIR/java.bash"
java_files
round_trip() {
    jdata-dump -s "$1" "$2" >lines.json && jdata-dump encode -s "$1" lines.json >back && cmp "$2" back && echo "$1 ${2##*/}: identical"
    printf '%s %s bytes %s lines %s\n' "$1" "${2##*/}" "$(stat -c %s "$2")" "$(wc -l <lines.json)" >&9
}
round_trip @tzdb "$FILES/tzdb.dat"
round_trip @currency "$FILES/currency.data"
round_trip @jks "$FILES/keystore.jks"
round_trip @jceks "$FILES/keystore.jceks"
round_trip @hprof "$FILES/heap.hprof"
for file in "$FILES"/nbt/*.nbt; do
    round_trip @nbt "$file"
done
count=1000
[ -z "$SANITIZE" ] || count=40
find "$FILES/classes" -name '*.class' | sort | head -n "$count" >classes
same=0
while read -r file; do
    jdata-dump -s @class "$file" >class.json && jdata-dump encode -s @class class.json | cmp - "$file" && same=$((same + 1))
done <classes
[ "$same" -eq "$count" ] && echo "class files: all identical"
