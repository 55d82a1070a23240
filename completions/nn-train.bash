# bash completion for nn-train; printed by: nn-train --generate=bash

_nn_train() {
    local at=$COMP_CWORD current=''
    [[ ${COMP_WORDS[at]} == @(=|@|=@) ]] || current=${COMP_WORDS[at--]}
    [[ ${COMP_WORDS[at]} != @(=|@|=@) ]] || ((at--))
    case ${COMP_WORDS[at]} in
        --config|-o|--output|-c|--recipe|--log|--plot|-i|--input|--valid|-m|--model)
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
        --set|--delimiter|--names|-y|--target|--task|--features|--ignore|--categorical|--weight-col|--class-weight|--missing|--missing-values|--missing-in|--unknown|--scale|--inputs|--fit-on|--split|--split-by|--split-col|--hidden|--act|--layers|--init|--init-bias|--dropout|--cost|--batch|--lr|--rule|--momentum|--lr-decay|--schedule-offset|--epochs|--patience|--min-delta|--stop|--monitor|--l2|--l1|--max-col-norm|--clip|--restarts|--time-budget|--seed|--weight-seed|--shuffle-seed|--precision|--compat|--cv|--repeat|--require|--threads|--map|--top|--digits|--positive|--keep|--symbol)
            COMPREPLY=()
            return
            ;;
        --format)
            mapfile -t COMPREPLY < <(compgen -W 'auto csv tsv ndjson' -- "$current")
            return
            ;;
        --report)
            mapfile -t COMPREPLY < <(compgen -W 'auto table json' -- "$current")
            return
            ;;
        --on-error)
            mapfile -t COMPREPLY < <(compgen -W 'fail skip null' -- "$current")
            return
            ;;
        --out)
            mapfile -t COMPREPLY < <(compgen -W 'label prob all append' -- "$current")
            return
            ;;
        --out-format)
            mapfile -t COMPREPLY < <(compgen -W 'csv tsv ndjson' -- "$current")
            return
            ;;
        --to)
            mapfile -t COMPREPLY < <(compgen -W 'c awk sql onnx' -- "$current")
            return
            ;;
    esac
    local words='--config -v --verbose -q --quiet --log-format --progress --line-buffered -h --help -V --version'
    local word command=''
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            train)
                command=train
                words+=' -o --output -c --recipe --set --log --plot --history --resume -i --input --format --delimiter --no-header --names -y --target --task --features --ignore --categorical --weight-col --class-weight --missing --missing-values --missing-in --unknown --scale --inputs --fit-on --split --split-by --split-col --valid --hidden --act --layers --init --init-bias --dropout --cost --batch --lr --rule --momentum --lr-decay --schedule-offset --epochs --patience --min-delta --stop --monitor --l2 --l1 --max-col-norm --clip --restarts --time-budget --seed --weight-seed --shuffle-seed --precision --compat --cv --repeat --report --require --threads -h --help'
                ;;
            predict)
                command=predict
                words+=' -m --model -i --input --format --delimiter --no-header --names --columns-from-model --map --on-error --out --out-format --top --digits --no-output-header -h --help'
                ;;
            eval)
                command=eval
                words+=' -m --model -i --input --format --delimiter --no-header --names --columns-from-model --map --on-error --report --positive --require -h --help'
                ;;
            inspect)
                command=inspect
                words+=' --weights --settings --history --json -h --help'
                ;;
            export)
                command=export
                words+=' --to --keep --symbol -o --output -h --help'
                ;;
            verify)
                command=verify
                words+=' -i --input --format --delimiter --no-header --names --threads -h --help'
                ;;
        esac
    done
    if [[ -z $command && $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'train predict eval inspect export verify' -- "$current")
        return
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}
complete -o filenames -F _nn_train nn-train
