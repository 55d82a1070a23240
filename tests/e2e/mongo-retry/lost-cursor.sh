#!/bin/bash
# A cursor that is lost is opened again behind the last document: none is missing, none comes twice.
. "$CASE_DIR/servers.bash"
gone='"error": {"code": 43, "codeName": "CursorNotFound", "errmsg": "cursor id 1 not found"}'
mock '{"rules": [{"on": "getMore", "nth": 2, '"$gone"'}, {"on": "getMore", "nth": 5, "cut": "before"},
    {"on": "getMore", "nth": 9, "cut": "after"}, {"on": "find", "nth": 3, "cut": "after"}]}'
for i in {1..60}; do echo "{\"_id\":$i}"; done >lines
mongo-retry insert --uri "$uri" --into d.c lines
mongo-retry find --uri "$uri" --from d.c --batch 7 2>messages | cmp - lines && echo same
steady <messages | sort | uniq -c | sed 's/^ *//'
