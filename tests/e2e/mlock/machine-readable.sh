#!/bin/bash
# What programs read: JSON for jq, and lines for eval of a shell, whatever the names are.
. "$CASE_DIR/servers.bash"
export MLOCK_STORE="file:a folder's \$HOME"
name="it's \"\$HOME\" \\ \`id\` é" owner=$'two\nlines; $(id)'
mlock acquire --owner="$owner" "$name" >lock
jq -c 'map_values(type)' lock
jq -j .name lock | cmp - <(printf %s "$name") && echo same name
jq -j .owner lock | cmp - <(printf %s "$owner") && echo same owner
jq -r .store lock | steady
mlock status --json "$name" | jq -c '[.name, .holders[0].owner], map_values(type), (.holders[0] | map_values(type))'
mlock list --json | jq -c .name
jq -c '.token < 9007199254740992' lock
mlock release "--nonce=$(jq -r .nonce lock)" "$name"
mlock status --json "$name" | jq -c 'map_values(type), .holders, .expired'
echo '# eval'
for shell in dash bash zsh; do
    if ! command -v "$shell" >/dev/null; then
        echo "$shell is not installed: sh tests/setup.sh" >&2
        exit 77
    fi
    mlock acquire --export --owner="$owner" "$name" >exports
    grep -c '^export MLOCK_[A-Z]*=' exports
    "$shell" -c '
        eval "$(cat exports)"
        printf "%s\n" "$MLOCK_NAME" "$MLOCK_OWNER" "$MLOCK_STORE"
        sh -c "echo \${MLOCK_TOKEN:+has a token} \${MLOCK_NONCE:+and a nonce}"
        mlock check "$MLOCK_NAME" && mlock renew "$MLOCK_NAME" && mlock release "$MLOCK_NAME" && echo released' | steady
done
echo '# a lock that is not had prints nothing'
mlock acquire --lease=1h "$name" >lock
for form in '' --export; do
    # shellcheck disable=SC2086
    mlock acquire $form "$name" 2>/dev/null
    echo "exit code $?"
done
echo '# a reader that went away, a full device, no standard output'
mkfifo pipe
mlock list --json >pipe &
exec 3<pipe 3<&- # opened and closed: the other end has gone once mlock writes
wait $!
code=$?
[ "$code" = 0 ] || [ "$code" = 141 ] || echo "exit code $code"
for command in "status 'x'" list 'list --json' 'acquire other' 'acquire --export third'; do
    eval "mlock $command" >/dev/full
    echo "exit code $?"
    eval "mlock $command" >&-
    echo "exit code $?"
done 2>&1 | steady
echo '# what was not told is not held'
try mlock status other
try mlock status third
