# What bash offers for words: `bash complete.bash SCRIPT WORD…`, the last of them being typed, prints a line each. The words
# are split as bash splits them: `--format=js` is three.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
# Outside of a completion there is nothing whose options could be set.
compopt() { :; }
_mtr
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
