# The plane's certificates: one authority that signs all of them, valid for two days. In $plane/pki.
# shellcheck shell=bash disable=SC2034,SC2154
authority() { # NAME [rsa:BITS]: a certificate authority of its own
  local kind=(ec -pkeyopt ec_paramgen_curve:prime256v1)
  (($# < 2)) || kind=("$2")
  openssl req -x509 -newkey "${kind[@]}" -nodes -days 2 -subj "/CN=real-cluster-$1" \
    -keyout "$plane/pki/$1.key" -out "$plane/pki/$1.crt" 2>/dev/null
}

certificate() { # NAME SUBJECT [NAMES]: signed by the authority "ca"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "$2" \
    -CA "$plane/pki/ca.crt" -CAkey "$plane/pki/ca.key" -addext basicConstraints=critical,CA:FALSE \
    -addext "subjectAltName=${3:-DNS:localhost,IP:127.0.0.1}" \
    -keyout "$plane/pki/$1.key" -out "$plane/pki/$1.crt" 2>/dev/null
}

signing_key() { # NAME: a pair of RSA keys, for tokens
  openssl genrsa -traditional -out "$plane/pki/$1.key" 2048 2>/dev/null
  openssl rsa -in "$plane/pki/$1.key" -pubout -out "$plane/pki/$1.pub" 2>/dev/null
}
