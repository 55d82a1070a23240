# What holds for locks in whatever store: told by two cases each, file-STORY and engine-STORY. Sourced.
# shellcheck shell=bash

# One lock from its first holder to its third.
cycle() {
    echo '# never held'
    try mlock status job
    try mlock status --json job
    try mlock list --all
    try mlock release --force job
    try mlock check --token=5 job
    try mlock wait job
    try mlock wait --held --wait=0 job
    echo '# taken'
    mlock acquire --lease=1h job >lock
    steady <lock
    local token nonce
    token=$(jq .token lock) nonce=$(jq -r .nonce lock)
    try mlock status job
    try mlock status --json job
    try mlock acquire job
    try mlock acquire --wait=300ms job
    try mlock run job -- echo never
    try mlock run -E 9 job -- echo never
    try mlock wait --wait=0 job
    try mlock wait --wait=300ms job
    try mlock wait --held job
    try mlock check "--token=$token" job
    try mlock check "--token=$((token - 1))" job
    try mlock check "--token=$((token + 1))" job
    try mlock renew --nonce=strange job
    try mlock release --nonce=strange job
    echo '# renewed: for another length, and again for the same'
    try mlock renew "--nonce=$nonce" --lease=2h job
    mlock status --json job | jq '.holders[0].left > 7000'
    try mlock renew "--nonce=$nonce" job
    mlock status --json job | jq '.holders[0].left > 7000'
    echo '# released'
    try mlock release "--nonce=$nonce" job
    try mlock status job
    try mlock release "--nonce=$nonce" job
    try mlock renew "--nonce=$nonce" job
    try mlock check "--token=$token" job
    echo '# taken again, with a larger token, and released by force'
    mlock acquire job >second
    jq "[.token > $token, .nonce != \"$nonce\"]" -c second
    try mlock release "--nonce=$nonce" job
    try mlock check "--token=$token" job
    try mlock release --force job
    try mlock release --force job
    echo '# not renewed in time: anybody may take it, and until then its holder may come back'
    mlock acquire --lease=100ms job >third
    try mlock wait job
    try mlock status job
    try mlock check "--token=$(jq .token third)" job
    try mlock list --expired
    try mlock renew "--nonce=$(jq -r .nonce third)" --lease=1m job
    try mlock check "--token=$(jq .token third)" job
    try mlock renew "--nonce=$(jq -r .nonce third)" --lease=100ms job
    try mlock wait job
    try mlock run job -- echo now mine
    try mlock renew "--nonce=$(jq -r .nonce third)" job
    jq -s '[.[].token] | . == (sort | unique)' lock second third
}

# Two processes: one waits until the other has ended, or has died.
handing_over() {
    mkfifo go
    mlock run --lease=1h job -- sh -c 'echo first; read -r line <go' &
    local first=$!
    pids+=("$first")
    mlock wait --held job
    mlock run -v --wait=inf job -- echo second >second.out 2>second.err &
    local second=$!
    until_true test -s second.err
    steady <second.err
    echo >go
    wait "$first" "$second"
    cat second.out
    echo '# died without a word'
    mlock run --lease=500ms job -- sleep 100 2>/dev/null &
    first=$!
    mlock wait --held job
    kill -KILL "$first"
    wait "$first" 2>/dev/null
    try mlock run --wait=inf job -- echo third
}

# A lock with places.
semaphore() {
    mlock acquire --lease=1h --count=2 desks >one
    try mlock status desks
    mlock acquire --lease=1h --count=2 desks >two
    try mlock status desks
    try mlock status --json desks
    try mlock acquire --count=2 desks
    try mlock acquire --count=3 desks
    try mlock acquire desks
    try mlock wait --wait=0 desks
    try mlock wait --held desks
    local token
    for token in "$(jq .token one)" "$(jq .token two)"; do try mlock check "--token=$token" desks; done
    jq -s '.[0].token < .[1].token' one two
    try mlock renew "--nonce=$(jq -r .nonce one)" --lease=2h desks
    mlock status --json desks | jq -c '[.holders[].left > 7000]'
    echo '# one place falls free'
    try mlock release "--nonce=$(jq -r .nonce one)" desks
    try mlock check "--token=$(jq .token one)" desks
    try mlock check "--token=$(jq .token two)" desks
    try mlock wait desks
    try mlock run --count=2 desks -- echo in between
    echo '# a place that is not renewed'
    mlock acquire --lease=100ms --count=2 desks >three
    try mlock run --wait=inf --count=2 desks -- echo after it
    echo '# all places by force; then it may be another kind'
    try mlock release --force desks
    try mlock status desks
    try mlock release --force desks
    mlock acquire desks | jq ".token > $(jq .token three)"
    try mlock acquire --count=2 desks
    try mlock release --force desks
    echo '# eight want one of three'
    local i
    for i in 1 2 3 4 5 6 7 8; do
        mlock run --wait=inf --count=3 desks -- sh -c 'mlock status --json desks | jq ".holders | length > 3"' &
        pids+=($!)
    done >more
    wait
    sort more | uniq -c
}

# Locks with all kinds of names and states.
listing() {
    local name
    for name in a/1 a/2 'b c' 'é%2F' '..' "it's \$HOME"; do mlock acquire --lease=1h "$name" >/dev/null; done
    mlock run free -- true
    mlock acquire --lease=100ms a/late >/dev/null
    mlock wait a/late
    mlock acquire --lease=1h --count=2 many >/dev/null
    mlock acquire --lease=1h --count=2 many >/dev/null
    echo '# held'
    try mlock list
    echo '# prefix'
    try mlock list --prefix=a/
    try mlock list --prefix=..
    try mlock list --prefix=nothing
    echo '# expired'
    try mlock list --expired
    echo '# all'
    try mlock list --all --prefix=a/
    try mlock list --all --prefix=f
    mlock list --all --json | jq -rs '.[] | [.name, .held, .count, (.holders | length), (.expired | length)] | join(" ")'
    mlock list --all --json | jq -c 'keys_unsorted, ((.holders + .expired)[0] | values | keys_unsorted)' | sort -u
}
