# virt-api and virt-controller, with what KubeVirt's operator would have set up for them.
# shellcheck shell=bash disable=SC2034,SC2154

prepare_kubevirt() {
  kubevirt=$(folder_of kubevirt)
  definitions+=("$kubevirt/manifests/definitions.json")
  free_port; virt_api=$port
  free_port; virt_controller=$port
  certificate virt-api /CN=virt-api.kubevirt.svc DNS:virt-api.kubevirt.svc,DNS:localhost,IP:127.0.0.1
  certificate handler-client /CN=kubevirt.io:system:client:virt-handler
  certificate handler /CN=kubevirt.io:system:node:virt-handler DNS:localhost,IP:127.0.0.1,IP:"$node_address"
  authority exportca
  account virt-api.kubeconfig kubevirt-apiserver kubevirt
  account virt-controller.kubeconfig kubevirt-controller kubevirt
  user kubevirt.kubeconfig system:serviceaccount:kubevirt:kubevirt-controller system:masters,system:serviceaccounts:kubevirt
  property kubevirt.kubeconfig "$plane/kubevirt.kubeconfig"
  property handler.certificate "$plane/pki/handler.crt"
  property handler.key "$plane/pki/handler.key"
  property handler.ca "$plane/pki/ca.crt"
  property handler.address "$node_address"
  property handler.port 8186
}

# What cannot be created before the definitions are there.
install_kubevirt() {
  until_answers "KubeVirt's definitions" known kubevirts.kubevirt.io
  {
    namespace_with_service kubevirt virt-api "$virt_api"
    bundle kubevirt kubevirt-ca ca-bundle ca
    bundle kubevirt kubevirt-export-ca ca-bundle exportca
    cat <<EOF
---
apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: {name: kubevirt, namespace: kubevirt}
spec:
  configuration:
    developerConfiguration:
      useEmulation: true
      featureGates: [Snapshot, HotplugVolumes, DeclarativeHotplugVolumes, VMExport, ObjectGraph, IncrementalBackup, UtilityVolumes, Sidecar]
EOF
  } | create -f - -f "$kubevirt/manifests/rights.json"
  kubectl -n kubevirt patch kubevirt kubevirt --subresource=status --type=merge -p "$(deployed)" >/dev/null
}

deployed() {
  # shellcheck disable=SC2153
  local version=v$KUBEVIRT
  printf '{"status":{"phase":"Deployed","defaultArchitecture":"amd64","observedDeploymentConfig":"{}",'
  printf '"observedKubeVirtVersion":"%s","targetKubeVirtVersion":"%s"}}' "$version" "$version"
}

start_kubevirt() {
  start virt-api "$here/lib/keep" "$kubevirt/bin/virt-api" --kubeconfig "$plane/virt-api.kubeconfig" \
    --listen 127.0.0.1 --port "$virt_api" --console-server-port 8186 \
    --tls-cert-file "$plane/pki/virt-api.crt" --tls-key-file "$plane/pki/virt-api.key" \
    --handler-cert-file "$plane/pki/handler-client.crt" --handler-key-file "$plane/pki/handler-client.key" -v 2
  furnish virt-controller "$kubevirt/bin/virt-controller"
  lay virt-controller etc/virt-controller/certificates virt-api
  lay virt-controller etc/virt-controller/exportca exportca
  # It shares its machine with builds and tests: its lease outlives a minute in which it does not run.
  start virt-controller "$here/lib/keep" "$enclosure" -root "$plane/virt-controller" \
    -out "$api=$api" -in "$virt_controller=8443" /bin/virt-controller --kubeconfig /kubeconfig \
    --listen 127.0.0.1 --port 8443 --leader-elect-lease-duration 120s --leader-elect-renew-deadline 100s -v 2
}

hook_kubevirt() {
  until_answers virt-api curl -fs --cacert "$plane/pki/ca.crt" "https://127.0.0.1:$virt_api/healthz"
  create_calling "$kubevirt/manifests/hooks.json" "$virt_api"
}

await_kubevirt() {
  until_answers "the subresources of virt-api" ask /apis/subresources.kubevirt.io/v1/version
  until_answers "KubeVirt's webhooks" kubectl create --dry-run=server -f "$here/lib/machine.yaml"
  until_answers virt-controller leads
}

leads() { curl -fsk "https://127.0.0.1:$virt_controller/leader" | grep -q true; }
