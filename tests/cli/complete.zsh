# What zsh offers for lines: `zsh -f complete.zsh SCRIPT LINE…` prints the words, a line each, behind the line's number and
# a tab. The completion system runs only in an interactive shell, so one is started behind a pseudo-terminal, with a
# compadd that writes down what it adds.
zmodload zsh/zpty
hits=$(mktemp)
setup=$(mktemp)
cat > $setup <<'SETUP'
PROMPT=
autoload -U compinit && compinit -u -D
source $MTR_SCRIPT
compadd() {
  # With -O, -A or -D it is asked about words, not to offer them.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a found
  builtin compadd -O found "$@"
  print -lr -- $found >> $MTR_HITS
  builtin compadd "$@"
}
# The completion system forgets it after each call.
finish() { print END >> $MTR_HITS; comppostfuncs=(finish) }
comppostfuncs=(finish)
bindkey '^I' complete-word
bindkey '^U' kill-whole-line
print READY >> $MTR_HITS
SETUP
await() {
  for ((i = 0; i < 400; i++)); do
    grep -qx $1 $hits && return
    zpty -rt z _ 2>/dev/null
    sleep 0.05
  done
  print -u2 "zsh does not get $1: $(cat $hits)"
}
export MTR_SCRIPT=$1 MTR_HITS=$hits TERM=dumb
shift
zpty -b z zsh -f -i
zpty -w z "source $setup"
await READY
for ((n = 1; n <= $#; n++)); do
  : > $hits
  # Ctrl-U: what the last completion left on the line is taken away.
  zpty -n -w z $'\025'"${@[n]}"$'\t'
  await END
  grep -vx -e END -e '' $hits | sed "s/^/$n\t/"
done
zpty -d z
rm -f $hits $setup
