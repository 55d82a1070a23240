#!/bin/bash
# Rows that are odd: an exit code and a line that says where, or a model.
try() {
    echo "# $1"
    # shellcheck disable=SC2059 # the rows are written with escapes
    printf "$2" | nn-train train -q -y y -o model.json "${@:3}" 2>&1
    echo "exit code $?"
}
try word 'x,y\n1,a\nz,b\n3,a\n'
try infinite 'x,y\n1,a\ninf,b\n3,a\n'
try missing 'x,y\n1,a\nnan,b\n3,a\n'
try filled 'x,y\n1,a\nnan,b\n3,a\n' --missing mean
try short 'x,y\n1,a\n2\n3,a\n'
try long 'x,y\n1,a\n2,b,c\n3,a\n'
try empty ''
try header 'x,y\n'
try 'one class' 'x,y\n1,a\n2,a\n'
try CRLF 'x,y\r\n1,a\r\n2,b\r\n'
try 'byte order mark' '\357\273\277x,y\n1,a\n2,b\n'
try quotes '"x",y\n"1","a ""q"""\n2,b\n'
try 'open quote' '"x",y\n1,a\n2,"b'
try 'no last line end' 'x,y\n1,a\n2,b'
try 'a name twice' 'x,x,y\n1,2,a\n2,3,b'
try 'no such column' 'x,yy\n1,a\n2,b\n'
try 'no header' '1,2\n3,4\n'
try 'header not wanted' '1,2\n3,4\n' --no-header -y 2
try JSON '{"x":1,"y":"a"}\n{"x":2,"y":"b"}\n'
try 'torn JSON' '{"x":1,"y":"a"}\n{"x":2,"y":"b"\n'
try 'nested JSON' '{"x":1,"y":"a"}\n{"x":[2],"y":"b"}\n'
try TSV 'x\ty\n1\ta\n2\tb\n'
try regression 'x,y\n1,.5\n2,1.5\n'
# A model goes to a device or through a link without taking its place.
try device 'x,y\n1,a\n2,b\n' -o /dev/null
[ -c /dev/null ] || echo '/dev/null is no device any more'
printf 'x,y\n1,a\n2,b\n' >r.csv
ln -s there.json link.json && : >there.json
nn-train train -q -i r.csv -y y -o link.json
[ -L link.json ] && [ -s there.json ] && echo 'the link stays'
