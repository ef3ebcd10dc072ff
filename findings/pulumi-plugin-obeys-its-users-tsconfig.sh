#!/usr/bin/env bash
# @pulumi/pulumi 3.276.0, cmd/run-plugin: by it the engine runs a package of components that is given as TypeScript, and names
# the folder of whoever uses the package as its working directory (https://github.com/pulumi/pulumi/pull/17836).
# Expected: a package is compiled by the tsconfig.json beside it, the same for all who use it.
# Seen: by the one in its user's folder. What compiles for its author fails in a program whose rules are stricter.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.276.0 typescript@5.9.3 ts-node@10.9.2
mkdir components author user
printf '{"name":"example","version":"1.0.0","main":"index.ts"}\n' >components/package.json
printf '{"compilerOptions":{"noUnusedLocals":false}}\n' | tee components/tsconfig.json >author/tsconfig.json
printf '{"compilerOptions":{"noUnusedLocals":true}}\n' >user/tsconfig.json
printf 'const spare = 1;\nconsole.log("the package runs");\nprocess.exit(0);\n' >components/index.ts
export PATH="$work/node_modules/.bin:$PATH"
run_for() {
  node node_modules/@pulumi/pulumi/cmd/run-plugin --pwd "$work/$1" "$work/components" 127.0.0.1:1 2>&1 || true
}
for who in author user; do
  echo "for $who: $(run_for "$who")"
done
[[ $(run_for author) == "the package runs" ]]
[[ $(run_for user) == *"components/index.ts(1,7): error TS6133"* ]]
