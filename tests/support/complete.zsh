# What zsh offers for a command line, one candidate a line.   zsh -f complete.zsh FOLDER_OF_COMPLETIONS 'LINE'
# Completion works in an interactive shell only, so one is driven through a pseudo terminal.
emulate -R zsh
zmodload zsh/zpty || exit 1
setup=$(mktemp) || exit 1
trap 'rm -f $setup' EXIT

print -r -- "fpath=( ${(q)1} \$fpath )" >$setup
cat >>$setup <<'END'
PROMPT= RPROMPT=
unsetopt zle_bracketed_paste prompt_sp prompt_cr 2>/dev/null
autoload -Uz compinit && compinit -D -u
bindkey '^I' complete-word
# The shell ends after one completion, and so the reading of its terminal.
comppostfuncs=( exit )
compadd() {
    # -A, -D and -O fill arrays for the completion functions themselves: nothing is offered then.
    if [[ ${@[1,(i)(-|--)]} == *-(A|D|O)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    local -a hits before
    builtin compadd -A hits "$@"
    # An @ is kept aside: typed already in IPREFIX, or to be inserted by -P.
    zparseopts -E P:=before
    (( $#hits )) && print -rl -- "@@${IPREFIX##*[^@]}${before[2]}"$^hits
    builtin compadd "$@"
}
print ready
END

zpty shell zsh -f -i
zpty -w shell "source ${(q)setup}"
while zpty -r shell line; do
    [[ $line == *ready* && $line != *source* ]] && break
done
zpty -n -w shell "$2"$'\t'
while zpty -r shell line; do
    [[ $line == *@@* ]] || continue
    line=${line#*@@}
    print -r -- ${line%%[$'\r\n']*}
done
zpty -d shell
