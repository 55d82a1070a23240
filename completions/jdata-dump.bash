# bash completion for jdata-dump; printed by: jdata-dump --generate=bash

_jdata_dump() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        -s|--schema|--select|--each|--skip|--limit|--offset|--jobs|--class|--max-depth|--max-bytes|--max-output|--max-memory)
            COMPREPLY=()
            return
            ;;
        -S|--schema-file|--config)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --long)
            mapfile -t COMPREPLY < <(compgen -W 'number safe string' -- "$current")
            return
            ;;
        --bytes)
            mapfile -t COMPREPLY < <(compgen -W 'hex base64' -- "$current")
            return
            ;;
        --header)
            mapfile -t COMPREPLY < <(compgen -W 'line drop merge' -- "$current")
            return
            ;;
        --style)
            mapfile -t COMPREPLY < <(compgen -W 'natural full flat' -- "$current")
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
    local words='-s --schema -S --schema-file --select --each --skip --limit --offset --follow --long --bytes --header --strict --lossy-replace --jobs --style --class --no-header --ids --wrap --max-depth --max-bytes --max-output --max-memory --config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    local word command=''
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            decode)
                command=decode
                words+=' -h --help'
                ;;
            encode)
                command=encode
                words+=' -h --help'
                ;;
            objects)
                command=objects
                words+=' -h --help'
                ;;
            annotate)
                command=annotate
                words+=' -h --help'
                ;;
            check)
                command=check
                words+=' -h --help'
                ;;
            schema)
                command=schema
                words+=' -h --help'
                ;;
        esac
    done
    if [[ -z $command && $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'decode encode objects annotate check schema' -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _jdata_dump jdata-dump
