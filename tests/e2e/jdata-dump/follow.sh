#!/bin/bash
# --follow: records come out as they are written; a half one waits for its end. A signal ends it between records.
: >growing.bin
jdata-dump --follow -s 'id:int name:utf' growing.bin >out.json &
follower=$!
wait_for_lines() {
    for _ in $(seq 200); do
        [ "$(wc -l <out.json)" -lt "$1" ] || return 0
        sleep 0.05
    done
    echo "line $1 did not come"
}
printf '\0\0\0\1\0\3one\0\0' >>growing.bin
wait_for_lines 1
printf '\0\2\0\3two\0\0\0' >>growing.bin
wait_for_lines 2
kill -TERM "$follower"
wait "$follower"
echo "exit code $?"
cat out.json
# From a pipe lines come out before a wait, without --follow.
mkfifo pipe
jdata-dump -s 'id:int' pipe >piped.json &
exec 7>pipe
printf '\0\0\0\7' >&7
for _ in $(seq 200); do
    [ ! -s piped.json ] || break
    sleep 0.05
done
cat piped.json
exec 7>&-
wait
