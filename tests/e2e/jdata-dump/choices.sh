#!/bin/bash
# The options that choose what is shown, and how.
jdata-dump encode -s 'id:int at:{x:int y:float} big:long raw:bytes<int> flag:bool' >data.bin <<'LINES'
{"id":1,"at":{"x":10,"y":0.5},"big":9007199254740993,"raw":"00ff10","flag":true}
{"id":2,"at":{"x":20,"y":-0.0},"big":-7,"raw":"","flag":false}
{"id":3,"at":{"x":30,"y":"NaN"},"big":9223372036854775807,"raw":"fe","flag":2}
LINES
schema='id:int at:{x:int y:float} big:long raw:bytes<int> flag:bool'
dump() {
    echo "# $*"
    jdata-dump "$@" -s "$schema" data.bin
    code=$?
    [ "$code" -eq 0 ] || echo "exit code $code"
}
dump
dump --long=safe --bytes=base64
dump --long=string --select=big,at.x
dump --skip=1 --limit=1
dump --strict
dump --offset=28 --limit=1
dump check
dump annotate --limit=1
dump --jobs=2
for bytes in hex base64; do
    jdata-dump --bytes=$bytes --long=safe -s "$schema" data.bin | jdata-dump encode --bytes=$bytes -s "$schema" | cmp - data.bin && echo same
done
echo "# --each"
jdata-dump encode -s 'kind:byte list:[{name:utf}] end:byte' >lists.bin <<'LINES'
{"kind":1,"list":[{"name":"a"},{"name":"b"}],"end":9}
{"kind":2,"list":[{"name":"c"}],"end":9}
LINES
jdata-dump --each=list -s 'kind:byte list:[{name:utf}] end:byte' lists.bin
jdata-dump --each=list --skip=1 --limit=1 -s 'kind:byte list:[{name:utf}] end:byte' lists.bin
echo "# --header"
sections='_:ubyte=7 version:ubyte / id:byte n:ubyte v:byte[n] / sum:short'
printf '{"version":3}\n{"id":1,"v":[5,6]}\n{"id":2,"n":0,"v":[]}\n{"sum":12}\n' | jdata-dump encode -s "$sections" >sections.bin
od -An -tx1 sections.bin
for form in line drop merge; do
    echo "# $form"
    jdata-dump --header=$form -s "$sections" sections.bin
done
jdata-dump -s "$sections" sections.bin | jdata-dump encode -s "$sections" | cmp - sections.bin && echo same
jdata-dump check --strict -s 's:utf' < <(printf '\0\2\300\201')
echo "exit code $?"
jdata-dump -s 's:utf' < <(printf '\0\2\300\201\0\3\355\240\275\0\2\300\200')
jdata-dump --lossy-replace -s 's:utf' < <(printf '\0\2\300\201\0\3\355\240\275\0\1\377')
jdata-dump schema -s "$sections"
