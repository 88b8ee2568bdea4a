# Words for the recipes of parts: each part is a Go module of its own that requires what is published.
# Run in the folder of that module; $go is the compiler.
# shellcheck shell=bash disable=SC2034,SC2154

begin_module() { printf 'module firn.io/real/%s\n\ngo %s\n\n' "$1" "$GO_LEAST" >go.mod; }

# requires MODULE VERSION [LIBRARIES]: Go ignores the replacements of a module that is required, so
# they are taken over. Those that point into the module's own tree are published as LIBRARIES.
requires() {
  local gomod
  printf 'require %s %s\n' "$1" "$2" >>go.mod
  gomod=$(cd / && "$go" mod download -json "$1@$2" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
  [[ -r $gomod ]] || fail "$1 $2 is not served: see which versions are by '$go list -m -versions $1'"
  sed -n 's|^\(replace\)\{0,1\}[[:space:]]*\([^[:space:]()]*\( v[^[:space:]]*\)\{0,1\} => .*\)$|\2|p' "$gomod" \
    | sed "s|^\([^ ]*\)\(.*\) => \.\{1,2\}/.*|\1\2 => \1 ${3:-}|; s|^|replace |" >>go.mod
}

# programs PACKAGE…: programs of the required modules, to be built as they are.
programs() {
  local one
  for one; do printf 'tool %s\n' "$one" >>go.mod; done
}

# compile [VARIABLE=VALUE…]: builds this module's programs and those of others into out/bin.
# Not every package that a test of a test needs is served, which tidy -e forgives.
compile() {
  local flags='-s -w' one packages
  for one; do flags+=" -X $one"; done
  "$go" mod tidy -e >tidy.log 2>&1 || { tail -n 20 tidy.log >&2; fail "go mod tidy failed"; }
  mapfile -t packages < <("$go" list ./... tool 2>/dev/null)
  mkdir -p out/bin
  "$go" build -trimpath -ldflags "$flags" -o out/bin/ "${packages[@]}"
}

# files_of MODULE VERSION: the folder with the files of a module that nothing here requires.
files_of() { (cd / && "$go" mod download -json "$1@$2" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p'); }

# The definitions of snapshots, which CDI's controller looks for once, when it starts.
snapshot_definitions() {
  mkdir -p out/manifests/snapshots
  cp -- "$(files_of github.com/kubernetes-csi/external-snapshotter/client/v8 "v$SNAPSHOTTER")"/config/crd/*.storage.k8s.io_*.yaml out/manifests/snapshots/
}
