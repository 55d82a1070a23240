#!/bin/bash
# What is wrong is told with its byte, record and field; the whole records before it are out.
run() {
    "$@"
    echo "exit code $?"
}
jdata-dump encode -s 'id:int name:utf tags:[utf]' >events.bin <<'LINES'
{"id":1,"name":"one","tags":["a","b"]}
{"id":2,"name":"two","tags":[]}
LINES
echo cut off in the middle of a record:
head -c 25 events.bin | run jdata-dump -s 'id:int name:utf tags:[utf]' 2>&1
echo a length that lies:
printf '\0\0\0\1\0\3abc\0\0\0\2\0\1x\1\54only twelve.' | run jdata-dump -s 'id:int name:utf tags:[utf]' 2>&1
echo no modified UTF-8:
printf '\0\4\360\237\230\200' | run jdata-dump -s 'name:utf' 2>&1
echo another format:
printf '\316\316\316\316\0\0\0\2' | run jdata-dump -s @jks 2>&1
echo a region with something left over:
printf '\0\0\0\5\0\0\0\1\0' | run jdata-dump -s 'a:int<int>' 2>&1
echo a negative count:
printf '\377\377\377\377' | run jdata-dump -s 'v:[int]' 2>&1
echo a case that is none:
printf '\7' | run jdata-dump -s 't:byte v:switch(t){1->int 2->long}' 2>&1
echo schemas:
run jdata-dump -s 'id:int s:strng' </dev/null
run jdata-dump -s 'n:int v:byte[m]' </dev/null
run jdata-dump -s $'a:int\nb:int<' </dev/null
run jdata-dump -s @jsk </dev/null
run jdata-dump -s 'f={a:f} x:f' </dev/null
run jdata-dump schema 'id:int nmae utf' </dev/null
printf '\312\376\272\276\0\0' | run jdata-dump
run jdata-dump --each=a -s 'a:int' </dev/null
run jdata-dump --select=nmae -s 'name:utf' </dev/null
echo lines of JSON:
for line in '{"score":"abc"}' '{"score":1' '{}' '{"score":1,"more":2}' '[]'; do
    echo "$line" | run jdata-dump encode -s 'score:double' 2>&1
done
echo '{"b":200}' | run jdata-dump encode -s 'b:byte'
echo '{"b":200}' | run jdata-dump encode --wrap -s 'b:byte' | od -An -tx1
python3 -c 'print("{\"s\":\"" + "x" * 70000 + "\"}")' | run jdata-dump encode -s 's:utf'
