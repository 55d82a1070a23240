#!/bin/bash
# shellcheck disable=SC2154 # tools is shared with tools.sh
# cmake --install puts everything where GNU programs, man and the shells look for it, and what is installed works.
. "$SUPPORT/tools.sh"

if ! DESTDIR=$PWD/stage cmake --install "$BUILD" --prefix /usr >log 2>&1; then
    cat log
    exit 1
fi
usr=$PWD/stage/usr

{
    for tool in "${tools[@]}"; do
        echo "755 bin/$tool"
        echo "644 share/man/man1/$tool.1"
        echo "644 share/bash-completion/completions/$tool"
        echo "644 share/zsh/site-functions/_$tool"
        echo "644 share/fish/vendor_completions.d/$tool.fish"
    done
    echo '644 share/man/man5/bradawl-formats.5'
    echo '644 share/man/man7/bradawl.7'
    echo '644 share/doc/bradawl/README.md'
    echo '644 share/doc/bradawl/LICENSE'
} | sort >wanted
find stage -type f -printf '%m %P\n' | sed 's| usr/| |' | grep -v ' share/doc/bradawl/licences/' | sort >installed
diff wanted installed | sed -n 's/^</not installed: /p; s/^>/installed too: /p'
if [ "$LINK" = static ] && [ ! -s "$usr/share/doc/bradawl/licences/curl" ]; then
    echo 'the licences of what is linked in are not installed'
fi

# The tools by their installed paths, in pipes.
for tool in "${tools[@]}"; do
    "$usr/bin/$tool" --version | grep -q "^$tool (bradawl) " || echo "$tool: --version through a pipe"
    page=$(man -M "$usr/share/man" -w "$tool" 2>&1)
    [ "$page" = "$usr/share/man/man1/$tool.1" ] || echo "man finds for $tool: $page"
done
records --count 50 >records
/usr/bin/python3 "$SUPPORT/feed_server.py" --records records --at-end hold --max-seconds 60 >port &
server=$!
until [ -s port ]; do sleep 0.02; done
timeout 30 "$usr/bin/stream-tail" -c 50 "http://127.0.0.1:$(cat port)/" | cmp records || echo 'the installed stream-tail prints something else'
kill "$server"
wait "$server"

# The shells find the completions by themselves.
export XDG_DATA_DIRS=$usr/share
bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader stream-tail; complete -p stream-tail' 2>&1 |
    grep -q '_stream_tail' || echo 'bash-completion does not find the completion'
fish -c 'complete -C "stream-tail --on-invalid "' 2>&1 | grep -q '^reject' || echo 'fish does not find the completion'
zsh -fc 'fpath=($XDG_DATA_DIRS/zsh/site-functions $fpath); autoload -U compinit; compinit -D -u; print $_comps[stream-tail]' |
    grep -qx '_stream-tail' || echo 'zsh does not find the completion'
