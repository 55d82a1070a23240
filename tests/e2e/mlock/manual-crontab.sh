#!/bin/bash
# The manual's line for crontab(5), run as cron does: by sh -c, in the home folder, with a short PATH and the variables
# of the table. Of two hosts one runs the job; the other says who does, and that is no failure.
. "$CASE_DIR/servers.bash"
page '^MLOCK_STORE=' '^17 ' >table
mkdir bin
ln -s "$(command -v mlock)" bin/mlock
# The minute for late clocks passes when the test says so.
mkfifo minute
printf '#!/bin/sh\ncd "$FOLDER" && echo "$1 seconds" >>slept && read -r line <minute\n' >bin/sleep
printf '#!/bin/sh\necho "a backup in $PWD" >>"$FOLDER/ran"\n' >"$HOME/backup.sh"
chmod 755 bin/sleep "$HOME/backup.sh"
(umask 077 && echo "file:$PWD/locks" >store)
assignment=$(grep '^[A-Z_]*=' table | sed "s#@.*#@$PWD/store#")
command=$(sed -n 's/^17 3 \* \* \* //p' table)
cron() {
    env -i -C "$HOME" HOME="$HOME" LOGNAME=root SHELL=/bin/sh PATH="$PWD/bin:/usr/bin:/bin" FOLDER="$PWD" "$assignment" \
        /bin/sh -c "$command"
}
cron >first 2>&1 &
first=$!
pids+=("$first")
mlock wait --held --store=@store nightly
until_true test -s slept
try cron | sed 's/held by root@[^ ]*/held by root@HOST/'
echo >minute
wait "$first"
echo "exit code $?"
cat first slept
sed "s#$HOME#HOME#" ran
try mlock status --store=@store nightly
echo '# a backup that fails is one'
printf '#!/bin/sh\nexit 9\n' >"$HOME/backup.sh"
echo >minute &
try cron
