#!/bin/bash
# The script of the manual that fences its writes: a holder that was late writes nothing.
. "$CASE_DIR/servers.bash"
page '^total=' 'changed" = 1' >report.sh
# Without the program, its database by Python's module of the same.
if ! command -v sqlite3 >/dev/null; then
    mkdir bin
    cat >bin/sqlite3 <<'END'
#!/usr/bin/python3
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2].split(";"):
    for row in database.execute(statement):
        print("|".join(map(str, row)))
END
    chmod 755 bin/sqlite3
    PATH=$PWD/bin:$PATH
fi
sqlite3 report.db "CREATE TABLE report (day TEXT PRIMARY KEY, total INTEGER, fence INTEGER);
    INSERT INTO report VALUES ('monday', 0, 0)"
seq 5 >records
export MLOCK_STORE=file:locks
show() { sqlite3 report.db "SELECT total, fence = $1 FROM report"; }
echo '# a holder writes, and writes again'
try mlock run --lease=5m report -- sh -c 'sh report.sh && seq 6 >records && sh report.sh; echo "$MLOCK_TOKEN" >token'
show "$(cat token)"
echo '# one that slept through the end of its lease comes too late'
mlock acquire --export --lease=100ms report >late
mlock wait report
seq 7 >records
try mlock run --lease=5m report -- sh -c 'sh report.sh; echo "$MLOCK_TOKEN" >token'
seq 8 >records
try sh -c '. ./late; sh report.sh'
show "$(cat token)"
echo '# mlock check tells it too'
try sh -c '. ./late; mlock check "$MLOCK_NAME"' | sed 's/token .* is/token TOKEN is/'
