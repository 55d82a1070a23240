# bash completion for mongo-retry; printed by: mongo-retry --generate=bash

_mongo_retry() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        --uri)
            compopt +o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current" | while read -r name; do printf '@%q\n' "$name"; done)
            return
            ;;
        --retry-for|--backoff|--into|--id-from|--batch|--batch-bytes|--max-line|--linger|--wtimeout|--from|--filter|--sort|--projection|--limit|--skip)
            COMPREPLY=()
            return
            ;;
        --config|--dead)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
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
        --json)
            mapfile -t COMPREPLY < <(compgen -W 'relaxed canonical' -- "$current")
            return
            ;;
    esac
    local words='--uri --retry-for --backoff --config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    local word command=''
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            insert)
                command=insert
                words+=' --into --id-from --dead --strict --legacy --batch --batch-bytes --max-line --linger --wtimeout -h --help'
                ;;
            upsert)
                command=upsert
                words+=' --into --id-from --dead --strict --legacy --batch --batch-bytes --max-line --linger --wtimeout -h --help'
                ;;
            find)
                command=find
                words+=' --from --filter --sort --projection --limit --skip --json --batch -h --help'
                ;;
            count)
                command=count
                words+=' --from --filter -h --help'
                ;;
        esac
    done
    if [[ -z $command && $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'insert upsert find count' -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _mongo_retry mongo-retry
