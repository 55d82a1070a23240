#!/bin/bash
# Schemas of what classes write by themselves, of streams that are records, and what is said when they do not fit.
. "$CASE_DIR/java.bash"
java_classes
java streams.Program streams
run() {
    echo "# ${*:3}"
    "$@" 2>&1 | sed 's/0\{100,\}/0.../g'
    code=${PIPESTATUS[0]}
    [ "$code" -eq 0 ] || echo "exit code $code"
}
external='streams.Writers$External = v:int name:utf list:object flag:bool'
for style in natural flat; do
    run jdata-dump objects --style=$style --class "$external" streams/external-twice.ser
    run jdata-dump objects --style=$style --class "$external" streams/protocol-1-external.ser
done
custom='streams.Writers$Custom = n:int extra:utf name:object none:object zeros:bytes<3000> half:double numbers:object'
run jdata-dump objects --class "$custom" --class "$external" streams/custom-below.ser
run jdata-dump objects --class 'streams.Writers$IntsOnly = a:int b:int' streams/no-default-above.ser
run jdata-dump objects --class 'streams.Writers$Custom = rest:{ b:bytes<*> o:object }[3] tail:bytes<*>' streams/custom.ser
echo "## what does not fit"
run jdata-dump objects --class 'streams.Writers$External = v:int' streams/external.ser
run jdata-dump objects --class 'streams.Writers$External = o:object' streams/external.ser
run jdata-dump objects --class 'streams.Writers$External = v:int name:utf list:object flag:long' streams/external.ser
run jdata-dump objects streams/protocol-1-external.ser
run jdata-dump objects --class 'streams.Writers$External = v:int' streams/protocol-1-external.ser
run jdata-dump objects --class 'no equals sign' streams/external.ser
run jdata-dump objects --class 'C = v:itn' streams/external.ser
run jdata-dump objects --class ' = v:int' streams/external.ser
echo "## records"
primitives='z:bool b:byte s:short c:char i:int j:long f:float d:double u:utf ten:bytes<3> eleven:utf16<12> raw:bytes<2>'
run jdata-dump objects -s "a:{$primitives} o:object b:{$primitives}" streams/primitives.ser
run jdata-dump objects --style=flat -s "a:{$primitives} o:object b:{$primitives}" streams/primitives.ser
run jdata-dump objects -s 'zeros:byte[3000] text:utf more:bytes<256>' streams/block-long.ser | cut -c1-60
run jdata-dump objects -s "$primitives" streams/primitives.ser
run jdata-dump objects -s 'o:object' streams/strings.ser
run jdata-dump objects -s 'o:object p:object q:object' streams/strings.ser
run jdata-dump objects -s 'i:int' streams/strings.ser
run jdata-dump objects --style=full -s 'o:object' streams/strings.ser
