#!/bin/bash
# A store that may give a lock out twice is refused, unless that is wanted.
. "$CASE_DIR/servers.bash"
for option in w=1 w=0 w=2 w=tag journal=false; do try mlock run "--store=mongodb://127.0.0.1:1/?$option" job -- echo never; done
echo '# and these are not'
for option in w=majority 'w=majority&journal=true' 'wtimeoutMS=500'; do
    try mlock run --lease=600ms "--store=mongodb://127.0.0.1:1/?$option" job -- echo never | grep 'exit code'
done
try mlock run --lease=600ms --allow-weak '--store=mongodb://127.0.0.1:1/?w=1' job -- echo never | grep 'exit code'
echo '# too old to decide by itself'
mock '{"hello": {"maxWireVersion": 7}}'
try mlock run "--store=$uri" job -- echo never
try mlock status "--store=$uri" job
mock '{"hello": {"maxWireVersion": 3}}'
try mlock run "--store=$uri" job -- echo never
echo '# that says so itself'
for error in '59, "codeName": "CommandNotFound"' '238, "codeName": "NotImplemented"'; do
    mock "{\"rules\": [{\"on\": \"findAndModify\", \"times\": 0, \"error\": {\"code\": $error, \"errmsg\": \"no\"}}]}"
    try mlock run "--store=$uri" job -- echo never
done
echo '# that never has a majority'
mock '{"rules": [{"on": "findAndModify", "times": 0, "error": {"code": 100, "codeName": "UnsatisfiableWriteConcern", "errmsg": "not enough members"}}]}'
try mlock run "--store=$uri" job -- echo never
echo '# that may not be read or written'
mock '{"rules": [{"on": "*", "times": 0, "error": {"code": 13, "codeName": "Unauthorized", "errmsg": "not authorized on locks"}}]}'
try mlock run "--store=$uri" job -- echo never
try mlock status "--store=$uri" job
