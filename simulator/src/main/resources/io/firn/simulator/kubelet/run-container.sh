#!/bin/sh
# Runs a container's command in a session of its own. Standard input is a pipe that the simulator
# holds: when it closes it, or dies in whatever way, everything in the session is killed. SIGTERM is
# passed on. The exit code is the command's.
exec 3<&0 </dev/null
if command -v setsid >/dev/null 2>&1; then
  setsid "$@" 3<&- &
else
  "$@" 3<&- &
fi
child=$!

signal() {
  kill -s "$1" -- "-$child" 2>/dev/null || kill -s "$1" "$child" 2>/dev/null
}

(
  while read -r _; do :; done <&3
  signal KILL
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-

trap 'signal TERM' TERM
wait "$child"
code=$?
# A wait that a signal ended says nothing yet about the command.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
signal KILL
kill "$watcher" 2>/dev/null
exit "$code"
