# The snapshot controller and its definitions.
# shellcheck shell=bash disable=SC2034,SC2154

prepare_snapshots() {
  snapshotter=$(folder_of snapshotter)
  [[ $sets == *" cdi "* ]] || definitions+=("$snapshotter"/manifests/snapshots)
  user snapshots.kubeconfig system:serviceaccount:kube-system:snapshot-controller system:masters,system:serviceaccounts:kube-system
}

install_snapshots() { :; }

start_snapshots() {
  free_port; snapshots=$port
  start snapshot-controller "$here/lib/keep" "$snapshotter/bin/snapshot-controller" \
    --kubeconfig "$plane/snapshots.kubeconfig" --http-endpoint "127.0.0.1:$snapshots" -v 2
}

hook_snapshots() { :; }

await_snapshots() { until_answers snapshot-controller curl -fs "http://127.0.0.1:$snapshots/metrics"; }
