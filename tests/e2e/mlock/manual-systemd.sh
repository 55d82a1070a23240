#!/bin/bash
# The manual's units are what systemd takes; and their command, run as systemd runs it, backs up once and stops cleanly.
. "$CASE_DIR/servers.bash"
awk '/^\[Unit\]/ { inside = 1 } /^\.Ed/ { inside = 0 } inside { gsub(/\\e/, "\\"); print }' "$BUILD/man/mlock.1" >units
cut_unit() { awk "/^\[Unit\]/ { ++unit } unit == $1" units; }
# The one that says it is ready is past its fork: a shell's child may lose a signal that comes before it runs sleep.
printf '#!/bin/sh\ntrap "echo cleaned up; exit 143" TERM\necho "$MLOCK_NAME"\n[ ! -e slow ] || { sh -c "echo >ready; exec sleep 100" & wait; }\n' >backup.sh
chmod 755 backup.sh
cut_unit 1 | sed "s#/usr/bin/mlock#$(command -v mlock)#; s#/usr/local/bin/backup.sh#$PWD/backup.sh#" >nightly.service
cut_unit 2 >nightly.timer
if command -v systemd-analyze >/dev/null; then
    # It looks for the machine's units too, and may have words about them.
    systemd-analyze verify ./nightly.service ./nightly.timer 2>&1 | grep -E '(^|/)nightly\.(service|timer)'
fi
# A value, with lines that end in a backslash put together.
setting() { sed -e ':more' -e '/\\$/ { N; s/\\\n */ /; b more' -e '}' nightly.service | sed -n "s/^$1=//p"; }
read -ra start <<<"$(setting ExecStart)"
for key in Type KillMode TimeoutStopSec EnvironmentFile SuccessExitStatus; do echo "$key=$(setting $key)"; done
store=file:$PWD/locks
run=(env -i PATH=/usr/bin:/bin "MLOCK_STORE=$store" "${start[@]}")
echo '# once'
try "${run[@]}"
echo '# held elsewhere: an end that counts as success'
mlock acquire "--store=$store" nightly >lock
"${run[@]}" >/dev/null 2>&1
code=$?
[ "$code" = "$(setting SuccessExitStatus)" ] && echo success
mlock release --force "--store=$store" nightly
echo '# systemctl stop: SIGTERM to mlock alone'
touch slow
"${run[@]}" >out 2>&1 &
pid=$!
pids+=("$pid")
until_true test -s ready
kill -TERM "$pid"
wait "$pid"
echo "exit code $?"
cat out
try mlock status "--store=$store" nightly
