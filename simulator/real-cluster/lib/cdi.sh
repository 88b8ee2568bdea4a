# CDI's API server and controller, with what its operator would have set up for them.
# shellcheck shell=bash disable=SC2034,SC2154

prepare_cdi() {
  cdi=$(folder_of cdi)
  definitions+=("$cdi/manifests/definitions.json" "$cdi"/manifests/snapshots)
  free_port; cdi_api=$port
  certificate cdi-api /CN=cdi-api.cdi.svc DNS:cdi-api.cdi.svc,DNS:localhost,IP:127.0.0.1
  signing_key cdi-tokens
  authority uploads rsa:2048 # CDI signs with SHA256WithRSA
  account cdi-apiserver.kubeconfig cdi-apiserver cdi
  account cdi-controller.kubeconfig cdi-sa cdi
}

# What cannot be created before the definitions are there.
install_cdi() {
  until_answers "CDI's definitions" known cdis.cdi.kubevirt.io
  {
    namespace_with_service cdi cdi-api "$cdi_api"
    bundle cdi cdi-uploadserver-signer-bundle ca-bundle.crt uploads
    bundle cdi cdi-uploadserver-client-signer-bundle ca-bundle.crt uploads
    cat <<EOF
---
apiVersion: v1
kind: Secret
metadata: {name: cdi-api-signing-key, namespace: cdi}
data: {id_rsa: $(base64 -w0 <"$plane/pki/cdi-tokens.key"), id_rsa.pub: $(base64 -w0 <"$plane/pki/cdi-tokens.pub")}
---
apiVersion: cdi.kubevirt.io/v1beta1
kind: CDI
metadata: {name: cdi}
spec: {config: {featureGates: [HonorWaitForFirstConsumer]}}
status: {phase: Deployed, observedVersion: v$CDI, operatorVersion: v$CDI, targetVersion: v$CDI}
EOF
  } | create -f - -f "$cdi/manifests/rights.json"
}

start_cdi() {
  local keys=cdi-controller/var/run/cdi/token/keys signer
  furnish cdi-apiserver "$cdi/bin/cdi-apiserver"
  lay cdi-apiserver var/run/certs/cdi-apiserver-server-cert cdi-api
  start cdi-apiserver "$here/lib/keep" "$enclosure" -root "$plane/cdi-apiserver" \
    -out "$api=$api" -in "$cdi_api=8443" /bin/cdi-apiserver -kubeconfig /kubeconfig -v 1
  furnish cdi-controller "$cdi/bin/cdi-controller"
  for signer in cdi-uploadserver-signer cdi-uploadserver-client-signer; do
    lay cdi-controller "var/run/certs/$signer" uploads
  done
  mkdir -p "$plane/$keys"
  cp -- "$plane/pki/cdi-tokens.key" "$plane/$keys/id_rsa"
  cp -- "$plane/pki/cdi-tokens.pub" "$plane/$keys/id_rsa.pub"
  start cdi-controller env IMPORTER_IMAGE=cdi-importer CLONER_IMAGE=cdi-cloner UPLOADSERVER_IMAGE=cdi-uploadserver \
    OVIRT_POPULATOR_IMAGE=ovirt-populator UPLOADPROXY_SERVICE=cdi-uploadproxy \
    "$here/lib/keep" "$enclosure" -root "$plane/cdi-controller" -out "$api=$api" \
    /bin/cdi-controller -kubeconfig /kubeconfig -v 1
}

hook_cdi() {
  until_answers cdi-apiserver curl -fs --cacert "$plane/pki/ca.crt" "https://127.0.0.1:$cdi_api/healthz"
  create_calling "$cdi/manifests/hooks.json" "$cdi_api"
}

await_cdi() {
  until_answers "the API of uploads" ask /apis/upload.cdi.kubevirt.io/v1beta1
  until_answers "CDI's webhooks" kubectl create --dry-run=server -f "$here/lib/volume.yaml"
  until_answers "CDI's settings" ask /apis/cdi.kubevirt.io/v1beta1/cdiconfigs/config
}
