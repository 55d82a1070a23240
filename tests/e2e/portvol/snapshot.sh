#!/bin/bash
# SIGUSR1 prints a report of the rows so far, --every one each so many rows; neither disturbs the figures.
mkfifo rows
cp "$SOURCE/tests/data/good-eustock.csv" prices.csv
portvol -w equal -o json --show=vol,contrib --boot=0 rows >reports.json &
watched=$!
exec 7>rows
wait_for_lines() {
    for _ in $(seq 400); do
        [ "$(wc -l <reports.json)" -lt "$1" ] || return 0
        # A signal that came before the rows were taken shows fewer of them: ask again.
        [ "$2" = '' ] || kill -USR1 $watched
        sleep 0.05
    done
    echo "report $1 did not come"
}
# Before there are two returns there is nothing to tell, and nothing ends.
sed -n 1,2p prices.csv >&7
for _ in $(seq 200); do
    [ "$(grep '^SigCgt' /proc/$watched/status | grep -c '[2367abef]..$')" -eq 0 ] || break
    sleep 0.05
done
kill -USR1 $watched
sed -n 3,500p prices.csv >&7
wait_for_lines 1 again
exec 7>&-
wait $watched
echo "exit code $?"
head -n 500 prices.csv >part.csv
portvol -w equal -o json --show=vol,contrib --boot=0 part.csv >wanted
tail -n 1 reports.json | cmp - wanted && echo same
echo "# --every"
portvol -w equal -o json --show=vol --boot=0 --every=400 prices.csv >reports.json
wc -l <reports.json
for rows in 401 801 1201 1601 1860; do
    head -n $((rows + 1)) prices.csv | portvol -w equal -o json --show=vol --boot=0
done | cmp - reports.json && echo same
head -n 6 prices.csv | portvol -w equal -o json --show=audit --every=1 | jq -c .audit.returns
