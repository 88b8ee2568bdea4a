# KubeVirt's virt-api and virt-controller, and what its operator would install.
# shellcheck shell=bash disable=SC2034,SC2154
version=$KUBEVIRT

make_part() {
  local variables=kubevirt.io/client-go/version
  requires kubevirt.io/kubevirt "v$KUBEVIRT" "v$KUBEVIRT"
  programs kubevirt.io/kubevirt/cmd/virt-api kubevirt.io/kubevirt/cmd/virt-controller
  cp -- "$here/lib/objects.go" manifests/
  compile "$variables.gitVersion=v$KUBEVIRT"
  mkdir out/manifests
  out/bin/manifests out/manifests
  rm out/bin/manifests
}
