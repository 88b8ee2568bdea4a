# CDI's controller and API server, and what its operator would install.
# shellcheck shell=bash disable=SC2034,SC2154
version=$CDI-snapshots-$SNAPSHOTTER

make_part() {
  local own=kubevirt.io/containerized-data-importer
  requires "$own" "v$CDI" "v$CDI"
  programs "$own/cmd/cdi-controller" "$own/cmd/cdi-apiserver"
  cp -- "$here/lib/objects.go" manifests/
  compile
  snapshot_definitions
  out/bin/manifests out/manifests
  rm out/bin/manifests
}
