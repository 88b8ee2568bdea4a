# Shared by all scripts here: what they are called, where they keep things, how they fail.
# shellcheck shell=bash disable=SC2034,SC2154
# shellcheck source=versions
. "$here/versions"
cache=${FIRN_REAL_DIR:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/firn-real}

say() { printf 'real-cluster: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
need() { command -v "$1" >/dev/null || fail "$1 is missing: install $2 (Debian's name)"; }

# The version of a part, from the line in its recipe.
# shellcheck disable=SC1090,SC1091
version_of() { (. "$here/parts/$1/recipe.sh" && echo "$version"); }

# The folder that holds a part once it is built: another version or another source is another folder.
folder_of() {
  local digest sources=("parts/$1")
  [[ ! -d $here/parts/$1/manifests ]] || sources+=(lib/objects.go)
  digest=$(cd -- "$here" && find "${sources[@]}" -type f -print0 | sort -z | xargs -0 cat | sha256sum)
  echo "$cache/$1-$(version_of "$1")-${digest:0:8}"
}

# exports FOLDER: what whoever uses the plane in FOLDER has in its environment, as lines for a shell
exports() { printf 'export %s=%q\n' FIRN_REAL_PLANE "$1" FIRN_CONTRACT_KUBECONFIG "$1/kubeconfig"; }
