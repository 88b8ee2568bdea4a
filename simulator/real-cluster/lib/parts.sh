# How a plane starts its parts, waits for them, and finds places for them.
# shellcheck shell=bash disable=SC2034,SC2154
names=()
pids=()

# start NAME COMMAND…: a part dies with this script, however this script dies.
start() {
  local name=$1
  shift
  HOME=$plane setpriv --pdeathsig KILL -- "$@" >"$plane/log/$name.log" 2>&1 </dev/null &
  names+=("$name") pids+=($!)
}

# Asks until the answer is there. What ended by then, or does not answer in time, says why.
until_answers() { # WHAT COMMAND…
  local what=$1 began=$SECONDS
  shift
  until "$@" >/dev/null 2>&1; do
    all_alive || fail "it ended while $what was awaited"
    ((SECONDS - began < ${FIRN_REAL_PATIENCE:-120})) || { last_words; fail "no answer in $((SECONDS - began)) s: $what"; }
    sleep 0.1
  done
}

all_alive() {
  local i
  for i in "${!pids[@]}"; do
    kill -0 "${pids[i]}" 2>/dev/null && continue
    say "${names[i]} has ended; its last lines:"
    tail -n 20 "$plane/log/${names[i]}.log" >&2
    return 1
  done
}

last_words() { tail -n 5 "$plane"/log/*.log >&2; }

# free_port: sets $port to one that nobody listens on. Below those that the kernel gives to clients,
# and from a place that chance picks, so that two planes that start at once do not meet.
free_port() {
  while :; do
    port=$((16384 + RANDOM % 14000))
    [[ " ${given[*]} " == *" $port "* ]] && continue
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  given+=("$port")
}
given=()

# property NAME VALUE: a line for plane.properties
property() { printf '%s=%s\n' "$1" "${2//\\/\\\\}" >>"$plane/properties"; }
