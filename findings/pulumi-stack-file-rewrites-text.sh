#!/usr/bin/env bash
# Pulumi CLI 3.276.0 (built from its Go module, which takes minutes), Pulumi.<stack>.yaml.
# Expected: config is text, and a value that is not quoted arrives as it is written, as `pulumi config set` keeps it.
# Seen: it is typed as YAML and written out again: account ids lose a zero or are read as octal, dates get a time.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
cd "$work"
printf 'module seen\n\ngo 1.26\n' >go.mod
printf '//go:build pin\n\npackage seen\n\nimport _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"\n' >pin.go
go get github.com/pulumi/pulumi/pkg/v3@v3.276.0 2>/dev/null
go build -mod=mod -o pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi 2>/dev/null
export PULUMI_HOME=$work/home PULUMI_BACKEND_URL=file://$work PULUMI_CONFIG_PASSPHRASE=example PULUMI_SKIP_UPDATE_CHECK=1
printf 'name: seen\nruntime: nodejs\n' >Pulumi.yaml
./pulumi stack init dev --non-interactive >/dev/null 2>&1
while read -r written expected; do
  printf 'config:\n  seen:value: %s\n' "$written" >Pulumi.dev.yaml
  seen=$(./pulumi config get value)
  echo "$written -> $seen"
  [[ $seen == "$expected" ]] || exit 1
done <<'VALUES'
"012345670123" 012345670123
012345670123 1402433619
012345678901 12345678901
1_000 1000
2012-10-17 2012-10-17 00:00:00 +0000 UTC
VALUES
