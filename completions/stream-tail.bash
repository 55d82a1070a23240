# bash completion for stream-tail; printed by: stream-tail --generate=bash

_stream_tail() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        -X|--request|-A|--user-agent|--noproxy|--resolve|--connect-timeout|--max-message|--queue-bytes|-c|--count|-t|--duration|--retry|--retry-max-time|--retry-auth|--stall|--backoff-net|--backoff-http|--backoff-limit|--jitter|--on-event)
            COMPREPLY=()
            return
            ;;
        -d|--data|--data-urlencode|-H|--header|-u|--user|--password|--oauth2-bearer|-x|--proxy)
            compopt +o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current" | while read -r name; do printf '@%q\n' "$name"; done)
            return
            ;;
        --oauth1|--netrc-file|--cacert|-E|--cert|--unix-socket|--rejects|--config)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --on-invalid)
            mapfile -t COMPREPLY < <(compgen -W 'reject fail pass' -- "$current")
            return
            ;;
        --log-format)
            mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$current")
            return
            ;;
        --progress)
            mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current")
            return
            ;;
    esac
    local words='-X --request -d --data --data-urlencode -G --get -H --header -A --user-agent --no-compressed -u --user --password --oauth2-bearer --oauth1 -n --netrc --netrc-file -x --proxy --noproxy --cacert -E --cert -k --insecure --resolve --unix-socket --connect-timeout --no-validate --on-invalid --rejects --max-message --queue-bytes -c --count -t --duration --retry --retry-max-time --retry-auth --no-reconnect --stall --backoff-net --backoff-http --backoff-limit --jitter --on-event --config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _stream_tail stream-tail
