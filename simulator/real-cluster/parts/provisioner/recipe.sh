# The sidecar of a CSI driver that makes volumes.
# shellcheck shell=bash disable=SC2034,SC2154
version=$PROVISIONER

make_part() {
  local own=github.com/kubernetes-csi/external-provisioner
  requires "$own/v6" "v$PROVISIONER" "v$PROVISIONER"
  programs "$own/v6/cmd/csi-provisioner"
  compile "main.version=v$PROVISIONER"
}
