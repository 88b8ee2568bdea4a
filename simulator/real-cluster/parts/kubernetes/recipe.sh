# Kubernetes' parts and etcd as one program. Its libraries have version 0.x where it has 1.x.
# shellcheck shell=bash disable=SC2034,SC2154
version=$KUBERNETES-etcd-$ETCD

make_part() {
  local minor=${KUBERNETES#*.} variables=k8s.io/component-base/version
  requires k8s.io/kubernetes "v$KUBERNETES" "v0.${KUBERNETES#*.}"
  requires go.etcd.io/etcd/server/v3 "v$ETCD" "v$ETCD"
  compile "$variables.gitVersion=v$KUBERNETES" "$variables.gitMajor=${KUBERNETES%%.*}" "$variables.gitMinor=${minor%%.*}"
}
