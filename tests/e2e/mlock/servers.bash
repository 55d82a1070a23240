# For the cases of this folder: servers to talk to, and outputs without what differs from run to run. Sourced.
# shellcheck shell=bash
. "$CASE_DIR/../mongo-retry/servers.bash"
unset "${!MLOCK_@}"
export LOGNAME=eve

steady() {
    local span='([0-9]+\.[0-9]+ s|[0-9]+ (min|h) [0-9]+ (s|min))'
    sed -E "s#$PWD#FOLDER#g; s/127\.0\.0\.1:[0-9]+/HOST:PORT/g; s/eve@$(hostname)/eve@HOST/g
        s/\(host [^ ]+, pid [0-9]+\)/(host HOST, pid PID)/g; s/ for $span/ for AGE/g; s/, $span left/, LEFT left/g
        s/ended $span ago/ended AGO ago/g; s/([ =\":']|^)[0-9]{13}\b/\1TOKEN/g; s/[0-9a-f]{32}/NONCE/g
        s/\"host\":\"[^\"]+\"/\"host\":\"HOST\"/g; s/\"pid\":[0-9]+/\"pid\":PID/g
        s/\"acquired\":\"[^\"]+\"/\"acquired\":\"DATE\"/g; s/\"(time|age|left)\":[^,}]+/\"\1\":TIME/g"
}

# try COMMAND...: runs it, and prints its output, its messages and, when it is not 0, its exit code.
try() {
    local code=0
    "$@" >try.out 2>try.err || code=$?
    steady <try.out
    steady <try.err
    [ "$code" = 0 ] || echo "exit code $code"
}

# until_true COMMAND...: waits for it to succeed.
until_true() {
    local tries
    for tries in {1..400}; do
        ! "$@" 2>/dev/null || return 0
        sleep 0.05
    done
    echo "after $tries tries still not true: $*"
    exit 1
}
# ends PID: waits for a process that is no child of ours to be gone.
gone() { ! kill -0 "$1" 2>/dev/null || [[ $(cut -d' ' -f3 "/proc/$1/stat") = Z ]]; }
ends() { until_true gone "$1"; }

# page FIRST LAST: the lines of the manual from the first that matches FIRST to the next that matches LAST, as a reader
# would type them.
page() {
    awk -v first="$1" -v last="$2" '
        $0 ~ first { inside = found = 1 }
        inside && /^\.(Ed|Bd)/ { exit }
        inside { gsub(/\\e/, "\\"); print }
        inside && $0 ~ last { exit }
        END { if (!found) print "the manual has no " first }' "$BUILD/man/mlock.1"
}
