#!/usr/bin/env bash
# openapi-python-client 0.29.1, an operation that takes image/png and application/octet-stream.
# Expected: a client that can send a PNG as image/png.
# Seen: the type is dropped with a warning, and what is left of the body goes as application/octet-stream.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-python-client==0.29.1
cat >api.json <<'JSON'
{
  "openapi": "3.0.3",
  "info": { "title": "seen", "version": "1" },
  "paths": {
    "/images": {
      "post": {
        "operationId": "upload",
        "requestBody": {
          "required": true,
          "content": {
            "image/png": { "schema": { "type": "string", "format": "binary" } },
            "application/octet-stream": { "schema": { "type": "string", "format": "binary" } }
          }
        },
        "responses": { "204": { "description": "Uploaded." } }
      }
    }
  }
}
JSON
venv/bin/openapi-python-client generate --path api.json --output-path client --meta none >log 2>&1 || true
grep -i "unsupported content type" log
grep -rhn "Content-Type" client/api
if grep -rq "image/png" client/api; then
  exit 1
fi
grep -rq '"application/octet-stream"' client/api
