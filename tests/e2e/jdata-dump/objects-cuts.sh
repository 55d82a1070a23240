#!/bin/bash
# A stream that is cut off is an error that tells its length, unless the cut is between two contents.
. "$CASE_DIR/java.bash"
java_classes
java streams.Program streams
java_files
external='streams.Writers$External = v:int name:utf list:object flag:bool'
told=0
whole=0
# cuts FILE N WORD...: N cuts spread over a file; what reads it must tell of each.
cuts() {
    local file=$1 n=$2 size cut at
    shift 2
    size=$(stat -c %s "$file")
    [ "$n" -lt "$size" ] || n=$size
    for ((at = 0; at < n; ++at)); do
        cut=$((size * at / n))
        head -c "$cut" "$file" >piece
        "$@" piece >out 2>err
        code=$?
        if [ "$code" -eq 65 ] && grep -q "^jdata-dump: piece: byte $cut " err; then
            told=$((told + 1))
        elif [ "$code" -eq 0 ] && [ ! -s err ]; then
            whole=$((whole + 1))
            echo "${file##*/} ends well at $cut"
        else
            echo "${file##*/} cut at $cut: exit code $code, $(head -c 200 err)"
        fi
    done
}
for name in bean custom-below class no-default-before no-default-many throwable protocol-1-external string-long; do
    cuts "streams/$name.ser" 12 jdata-dump objects --class "$external"
done
for name in annotated external-twice hash-map exception-nested; do
    cuts "streams/$name.ser" 10 jdata-dump objects --style=full
    cuts "streams/$name.ser" 7 jdata-dump objects --style=flat
done
cuts streams/primitives.ser 20 jdata-dump objects
cuts streams/reset.ser 20 jdata-dump objects --ids
cuts "$FILES/keystore.jceks" 20 jdata-dump -s @jceks
cuts "$FILES/tzdb.dat" 8 jdata-dump check -s @tzdb
echo "$told cuts told of, $whole between two contents"
