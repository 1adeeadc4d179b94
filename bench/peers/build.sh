#!/usr/bin/env bash
# Builds the peers that benchmarks compare with, at pinned versions, into bench/peers/.built (or $ASSAY_PEERS).
# Needs Go and npm; takes about ten minutes. A peer that cannot be built is left out, and benchmarks say so.
set -u
here=$(cd "$(dirname "$0")" && pwd)
to=${ASSAY_PEERS:-$here/.built}
mkdir -p "$to/bin"
say() { printf '%s\n' "$*" >&2; }

# 2.6.0 needs a newer Go; 2.5.1 is the newest that builds with 1.26.
say 'osv-scanner 2.5.1'
GOBIN="$to/bin" go install github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.1 || say 'osv-scanner: not built'

# better-sqlite3 has to be compiled: its prebuilt binary is not downloaded here. It then runs under this Node alone, which is kept beside it.
say 'cve-lite-cli 1.37.0 and osv-offline-db 3.0.12'
mkdir -p "$to/npm" && cd "$to/npm" && npm init -y >/dev/null &&
  npm install --no-audit --no-fund --ignore-scripts cve-lite-cli@1.37.0 @renovatebot/osv-offline-db@3.0.12 &&
  (cd node_modules/better-sqlite3 && npx --yes node-gyp rebuild --release) &&
  ln -sf "$(node -p process.execPath)" "$to/bin/node" &&
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$to/bin/node" "$to/npm/node_modules/cve-lite-cli/dist/index.js" >"$to/bin/cve-lite" &&
  chmod +x "$to/bin/cve-lite" || say 'cve-lite-cli: not built'

# Trivy's module is not on the proxy: give a clone as $TRIVY_SOURCE (its main branch needs go1.27.0).
if [ -n "${TRIVY_SOURCE:-}" ]; then
  say 'trivy'
  (cd "$TRIVY_SOURCE" && GOTOOLCHAIN=go1.27.0 go build -o "$to/bin/trivy" ./cmd/trivy) || say 'trivy: not built'
else
  say 'trivy: TRIVY_SOURCE is not set, left out'
fi
