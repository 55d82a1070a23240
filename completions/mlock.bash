# bash completion for mlock; printed by: mlock --generate=bash

_mlock() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        --store)
            compopt +o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current" | while read -r name; do printf '@%q\n' "$name"; done)
            return
            ;;
        --collection|-l|--lease|-w|--wait|--count|--owner|-k|--grace|-E|--conflict-code|--lost-code|--status-fd|--nonce|--prefix|--token)
            COMPREPLY=()
            return
            ;;
        --config)
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
        --left-behind)
            mapfile -t COMPREPLY < <(compgen -W 'wait end leave' -- "$current")
            return
            ;;
    esac
    local words='--store --collection --compat-lockerroom --allow-weak --config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    local word command=''
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            run)
                command=run
                words+=' -l --lease -w --wait --count --owner -k --grace --left-behind -E --conflict-code --lost-code --status-fd -h --help'
                ;;
            acquire)
                command=acquire
                words+=' -l --lease -w --wait --count --owner --export -h --help'
                ;;
            renew)
                command=renew
                words+=' --nonce -l --lease -w --wait -h --help'
                ;;
            release)
                command=release
                words+=' --nonce --force -w --wait -h --help'
                ;;
            status)
                command=status
                words+=' --json -h --help'
                ;;
            list)
                command=list
                words+=' --prefix --expired --all --json -h --help'
                ;;
            wait)
                command=wait
                words+=' -w --wait --held -h --help'
                ;;
            check)
                command=check
                words+=' --token -h --help'
                ;;
        esac
    done
    if [[ -z $command && $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'run acquire renew release status list wait check' -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _mlock mlock
