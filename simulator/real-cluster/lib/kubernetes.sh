# etcd, kube-apiserver and kube-controller-manager: what every plane has.
# shellcheck shell=bash disable=SC2034,SC2154

kubectl() { KUBECACHEDIR=$plane/kubectl HOME=$plane "$kubernetes/bin/kubernetes" kubectl --kubeconfig "$plane/simulator.kubeconfig" "$@"; }

# ask PATH: what the API server answers. Cheaper than kubectl, for questions that are asked again and again.
ask() { curl -fs --cacert "$plane/pki/ca.crt" -H "@$plane/pki/bearer" "https://127.0.0.1:$api$1"; }

# user FILE NAME GROUPS: a kubeconfig whose user is known by a token
user() {
  local token
  token=$(openssl rand -hex 24)
  printf '%s,%s,%s,"%s"\n' "$token" "$2" "$2" "$3" >>"$plane/pki/tokens"
  cat >"$plane/$1" <<EOF
apiVersion: v1
kind: Config
clusters: [{name: real, cluster: {server: "https://127.0.0.1:$api", certificate-authority-data: $(base64 -w0 <"$plane/pki/ca.crt")}}]
users: [{name: "$2", user: {token: $token}}]
contexts: [{name: real, context: {cluster: real, user: "$2"}}]
current-context: real
EOF
}

prepare_kubernetes() {
  free_port; api=$port
  authority ca
  certificate server /CN=kube-apiserver DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1
  certificate front /CN=front-proxy
  certificate kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
  certificate kubelet /CN=system:node:node DNS:localhost,IP:127.0.0.1,IP:"$node_address"
  signing_key accounts
  user kubeconfig admin system:masters
  user simulator.kubeconfig simulator system:masters
  sed -n 's/^\([^,]*\),simulator,.*/Authorization: Bearer \1/p' "$plane/pki/tokens" >"$plane/pki/bearer"
  user controllers.kubeconfig system:kube-controller-manager system:masters
  property kubeconfig "$plane/kubeconfig"
  property simulator.kubeconfig "$plane/simulator.kubeconfig"
  property kubelet.certificate "$plane/pki/kubelet.crt"
  property kubelet.key "$plane/pki/kubelet.key"
  property kubelet.client.ca "$plane/pki/ca.crt"
  property node.address "$node_address"
  property audit.log "$plane/log/audit.log"
}

start_etcd() {
  local clients peers
  free_port; clients=http://127.0.0.1:$port
  free_port; peers=http://127.0.0.1:$port
  start etcd "$kubernetes/bin/kubernetes" etcd --data-dir "$plane/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$clients" --advertise-client-urls "$clients" \
    --listen-peer-urls "$peers" --initial-advertise-peer-urls "$peers" --initial-cluster "default=$peers"
  etcd=$clients
  until_answers etcd curl -fs "$etcd/health"
}

# Kubelets are reached by the address of their node, and prove nothing: as kubeadm sets it up.
start_apiserver() {
  local pki=$plane/pki
  start kube-apiserver "$kubernetes/bin/kubernetes" kube-apiserver --etcd-servers "$etcd" \
    --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --secure-port "$api" \
    --tls-cert-file "$pki/server.crt" --tls-private-key-file "$pki/server.key" \
    --client-ca-file "$pki/ca.crt" --token-auth-file "$pki/tokens" --authorization-mode RBAC --allow-privileged \
    --service-cluster-ip-range 10.0.0.0/24 --endpoint-reconciler-type none \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$pki/accounts.key" \
    --service-account-signing-key-file "$pki/accounts.key" \
    --requestheader-client-ca-file "$pki/ca.crt" --requestheader-allowed-names front-proxy \
    --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
    --requestheader-extra-headers-prefix X-Remote-Extra- \
    --proxy-client-cert-file "$pki/front.crt" --proxy-client-key-file "$pki/front.key" \
    --kubelet-client-certificate "$pki/kubelet-client.crt" --kubelet-client-key "$pki/kubelet-client.key" \
    --kubelet-preferred-address-types InternalIP \
    --audit-policy-file "$here/lib/audit-policy.yaml" --audit-log-path "$plane/log/audit.log"
}

# Nodes here may be modelled and send no heartbeat: nobody takes them for lost.
start_controllers() {
  start kube-controller-manager "$kubernetes/bin/kubernetes" kube-controller-manager \
    --kubeconfig "$plane/controllers.kubeconfig" --leader-elect=false --secure-port 0 \
    --controllers '*,-node-lifecycle-controller' \
    --service-account-private-key-file "$plane/pki/accounts.key" --root-ca-file "$plane/pki/ca.crt" \
    --kube-api-qps 200 --kube-api-burst 400
}

start_kubernetes() {
  start_etcd
  start_apiserver
  until_answers kube-apiserver ask /readyz
  start_controllers
  until_answers "the first service account" ask /api/v1/namespaces/default/serviceaccounts/default
}
