# Words for what a set puts into the API server.
# shellcheck shell=bash disable=SC2034,SC2154

create() { kubectl create --validate=false "$@" >/dev/null || fail "could not create what the plane needs"; }

# create_calling FILE PORT: the objects in FILE, which call a service behind PORT
create_calling() {
  sed "s/\"@PORT@\"/$2/g; s/@CA@/$(base64 -w0 <"$plane/pki/ca.crt")/g" "$1" | create -f -
}

established() { kubectl wait --for=condition=Established customresourcedefinitions --all --timeout=60s >/dev/null; }

# known RESOURCE: whether kubectl finds it, without what it remembers of earlier answers
known() {
  rm -rf -- "$plane/kubectl"
  kubectl get "$1" --all-namespaces
}

# account FILE NAME NAMESPACE: a kubeconfig that is a service account, with no more than its rights
account() { user "$1" "system:serviceaccount:$3:$2" "system:serviceaccounts,system:serviceaccounts:$3"; }

# namespace_with_service NAME SERVICE PORT: a namespace, and in it a name for what listens on this machine
namespace_with_service() {
  cat <<EOF
---
apiVersion: v1
kind: Namespace
metadata: {name: $1, labels: {pod-security.kubernetes.io/enforce: privileged}}
---
apiVersion: v1
kind: Service
metadata: {name: $2, namespace: $1}
spec: {type: ExternalName, externalName: localhost, ports: [{port: $3}]}
EOF
}

# bundle NAMESPACE NAME KEY CERTIFICATE: a ConfigMap with a certificate in it
bundle() {
  printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s}\ndata:\n  %s: |\n' "$2" "$1" "$3"
  sed 's/^/    /' "$plane/pki/$4.crt"
}

# furnish ROOT PROGRAM: a root folder for an enclosure, with the program and a kubeconfig
furnish() {
  mkdir -p "$plane/$1/bin" "$plane/$1/tmp"
  ln -- "$2" "$plane/$1/bin/" 2>/dev/null || cp -- "$2" "$plane/$1/bin/"
  cp -- "$plane/$1.kubeconfig" "$plane/$1/kubeconfig"
}

# lay ROOT FOLDER CERTIFICATE: a certificate and its key, where the program in ROOT looks for them
lay() {
  mkdir -p "$plane/$1/$2"
  cp -- "$plane/pki/$3.crt" "$plane/$1/$2/tls.crt"
  cp -- "$plane/pki/$3.key" "$plane/$1/$2/tls.key"
}
