#!/bin/bash
# labels: engine
# What there is for a store in MongoDB only.
. "$CASE_DIR/servers.bash"
engine
export MLOCK_STORE=$uri
echo '# a collection is a world of its own'
mlock acquire --collection=mine.locks job >lock
try mlock status job
try mlock status --collection=mine.locks job
mongo-retry count --uri "$uri" --from mine.locks
echo '# a document for each name, which stays'
mlock run job -- true
mlock run job -- true
mongo-retry find --uri "$uri" --from locks.mlock --projection '{"_id":0,"locked":1,"owner":1,"timestamp":1,"expire":1,"nonce":1}'
echo '# a weak write concern, when it is wanted'
try mlock run --store="$uri?w=1" job -- echo never
try mlock run --store="$uri?w=1" --allow-weak job -- sh -c 'echo taken; mlock status --allow-weak job'
try mlock run --store="$uri?w=majority&journal=true" job -- echo taken
echo '# what the command is told, and what not'
try mlock run job -- sh -c 'echo "$MLOCK_STORE"'
try mlock run --collection=mine.locks other -- sh -c 'mlock check --collection=mine.locks other && echo current'
echo '# names and owners that a database might take for something else'
for name in '$where' 'a.b' '$' '' '{"$gt":""}' $'line\nfeed'; do try mlock run --owner='$$NOW' "$name" -- mlock status "$name"; done
try mlock run --owner='$owner' "$(printf 'x%.0s' {1..500})" -- mlock list | cut -c -20
