#!/bin/bash
# What Java's own classes, and classes of every form, are in the natural style.
. "$CASE_DIR/java.bash"
java_classes
java streams.Program streams
show() {
    jdata-dump objects "$@" 2>&1 |
        awk '{ if (length($0) > 240) printf "%s ... %d bytes\n", substr($0, 1, 161), length($0); else print }'
}
for file in streams/*.ser; do
    name=${file##*/}
    echo "# ${name%.ser}"
    case $name in
        # Every run of Java has an order of its own.
        set-of-many.ser) jdata-dump objects "$file" | jq -cS '.[0] |= sort' ;;
        # Tables that come with the JDK.
        time-zone.ser) jdata-dump objects "$file" | jq -c 'map({ID, rawOffset})' ;;
        # The compiler names the method.
        lambda.ser) jdata-dump objects "$file" | jq -c '{functionalInterfaceClass, capturedArgs, capturingClass}' ;;
        many.ser) jdata-dump objects "$file" >many.json && head -n 5 many.json && wc -l <many.json ;;
        *) show "$file" ;;
    esac
done
echo "# with ids"
for name in cycle cycle-containers bean unshared; do
    show --ids "streams/$name.ser"
done
echo "# every line is JSON"
for file in streams/*.ser; do
    for style in natural flat full; do
        jdata-dump objects --style=$style --class 'streams.Writers$External = v:int name:utf list:object flag:bool' "$file" ||
            echo "$file in style $style"
    done
done | python3 -c 'import json, sys
rows = [json.loads(line) for line in sys.stdin]
print(len(rows) > 5000)'
