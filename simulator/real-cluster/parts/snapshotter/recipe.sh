# The snapshot controller, its definitions, and the sidecar of a CSI driver that makes snapshots.
# shellcheck shell=bash disable=SC2034,SC2154
version=$SNAPSHOTTER

make_part() {
  local own=github.com/kubernetes-csi/external-snapshotter
  requires "$own/v8" "v$SNAPSHOTTER" "v$SNAPSHOTTER"
  programs "$own/v8/cmd/snapshot-controller" "$own/v8/cmd/csi-snapshotter"
  compile "main.version=v$SNAPSHOTTER"
  snapshot_definitions
}
