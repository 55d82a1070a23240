# bash completion for portvol; printed by: portvol --generate=bash

_portvol() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        -w|--weights|--holdings|--date|--ticker|--value|--from|--to|--cols|--sep|--decimal|--na|--jump|--period|--cov|--ddof|--lambda|--half-life|--var|--tail|--confidence|--roll|--benchmark|--stress|--boot|--block|--rng|--solve|--bounds|--keep|--every|--alert|--show|--digits|--width)
            COMPREPLY=()
            return
            ;;
        --hold)
            mapfile -t COMPREPLY < <(compgen -W 'constant drift' -- "$current")
            return
            ;;
        --in)
            mapfile -t COMPREPLY < <(compgen -W 'auto csv tsv ndjson pricedb' -- "$current")
            return
            ;;
        --shape)
            mapfile -t COMPREPLY < <(compgen -W 'auto wide long' -- "$current")
            return
            ;;
        --kind)
            mapfile -t COMPREPLY < <(compgen -W 'prices returns' -- "$current")
            return
            ;;
        --order)
            mapfile -t COMPREPLY < <(compgen -W 'asc desc' -- "$current")
            return
            ;;
        --duplicates)
            mapfile -t COMPREPLY < <(compgen -W 'fail last mean' -- "$current")
            return
            ;;
        --returns)
            mapfile -t COMPREPLY < <(compgen -W 'simple log' -- "$current")
            return
            ;;
        --missing)
            mapfile -t COMPREPLY < <(compgen -W 'drop pairwise ffill zero fail' -- "$current")
            return
            ;;
        --seed)
            mapfile -t COMPREPLY < <(compgen -W 'first cov zero normalised backcast' -- "$current")
            return
            ;;
        --matrix)
            mapfile -t COMPREPLY < <(compgen -W 'covariance correlation' -- "$current")
            return
            ;;
        --psd)
            mapfile -t COMPREPLY < <(compgen -W 'check clip higham fail' -- "$current")
            return
            ;;
        --compat)
            mapfile -t COMPREPLY < <(compgen -W 'none article pandas sklearn performanceanalytics riskmetrics' -- "$current")
            return
            ;;
        --state|--plot|--config)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        -o|--output)
            mapfile -t COMPREPLY < <(compgen -W 'table json ndjson csv' -- "$current")
            return
            ;;
        --unit)
            mapfile -t COMPREPLY < <(compgen -W 'pct dec' -- "$current")
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
    local words='-w --weights --holdings --normalize --hold --in --shape --kind --date --ticker --value --from --to --cols --sep --decimal --na --no-header --order --duplicates --returns --missing --jump --period --strict --cov --ddof --lambda --half-life --seed --matrix --psd --compat --var --tail --confidence --roll --benchmark --stress --boot --block --rng --solve --bounds --keep --follow --every --alert --state -o --output --show --digits --unit --ascii --width --plot --config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    local word command=''
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            diff)
                command=diff
                words+=' -h --help'
                ;;
        esac
    done
    if [[ -z $command && $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'diff' -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _portvol portvol
