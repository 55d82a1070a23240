#!/bin/bash
# labels: engine
# Documents as LockerRoom writes them mean for mlock what they mean for LockerRoom, and the other way round.
. "$CASE_DIR/servers.bash"
engine
export MLOCK_STORE=$uri MLOCK_COMPAT_LOCKERROOM=true
now=$(date +%s)000
document() { # NAME FIELDS: as it is stored
    echo "{\"_id\":\"$1\",$2}" | mongo-retry insert --uri "$uri" --into locks.locks
}
date() { echo "{\"\$date\":{\"\$numberLong\":\"$1\"}}"; }
fresh=$(date "$now") old=$(date "$((now - 3600000))")
document forever "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old"
document null-expire "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":null"
document text-expire "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":\"30\""
document held "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$fresh,\"expire\":3600"
document held-real "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$fresh,\"expire\":3600.5"
document held-long "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$fresh,\"expire\":{\"\$numberLong\":\"3600\"}"
document no-date "\"locked\":true,\"owner\":\"ada\",\"timestamp\":\"yesterday\",\"expire\":30"
document no-owner "\"locked\":true,\"owner\":null,\"timestamp\":$fresh,\"expire\":3600"
document lapsed "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":30"
document lapsed-zero "\"locked\":true,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":0"
document released '"locked":false,"owner":null,"timestamp":null,"expire":null'
document released-old "\"locked\":false,\"owner\":\"ada\",\"timestamp\":$old,\"expire\":30"
document touched-while-free "\"locked\":false,\"owner\":null,\"timestamp\":$fresh,\"expire\":3600"
document hardly-anything '"locked":false'
document nothing '"x":1'
echo '# what mlock sees'
try mlock list --all
echo '# what it takes'
for name in held held-long held-real forever null-expire text-expire no-date no-owner lapsed lapsed-zero \
    released released-old touched-while-free hardly-anything nothing never-there; do
    mlock acquire --lease=1h "$name" >lock 2>refused
    echo "$name: exit code $?"
done
echo '# what LockerRoom sees of ours'
mongo-retry find --uri "$uri" --from locks.locks --filter '{"_id":"never-there"}' \
    --projection '{"_id":0,"locked":1,"owner":1,"timestamp":1,"expire":1}' | sed -E 's/eve@[^"]*/eve@HOST/; s/"20[^"]*"/"DATE"/'
mlock release --force never-there
mongo-retry find --uri "$uri" --from locks.locks --filter '{"_id":"never-there"}' \
    --projection '{"_id":0,"locked":1,"owner":1,"timestamp":1,"expire":1}'
echo '# whose lock it is, LockerRoom does not say: it may be released by force only'
try mlock release --nonce=x held
try mlock release --force held
try mlock status held
echo '# a name for itself: mlock has another collection'
MLOCK_COMPAT_LOCKERROOM='' try mlock list --all
try mlock run --collection=other.locks forever -- echo in another collection
