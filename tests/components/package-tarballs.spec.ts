import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LockedPackage } from "../../components/locked-packages";
import { checkTarballs, downloadByNpm } from "../../components/package-tarballs";

function locked(name: string, content: string): LockedPackage {
  const integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;
  return { folder: `node_modules/${name}`, name, version: "1.0.0", integrity };
}

describe("package tarballs", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tarballs-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are known by what they are locked with, whatever they are called", () => {
    writeFileSync(path.join(folder, "1.tgz"), "b's");
    writeFileSync(path.join(folder, "2.tgz"), "a's");
    const packages = [locked("@s/a", "a's"), locked("b", "b's")];
    assert.deepEqual(
      [...checkTarballs(packages, folder)].map(([{ name }, file]) => [name, file]),
      [
        ["@s/a", path.join(folder, "2.tgz")],
        ["b", path.join(folder, "1.tgz")],
      ],
    );
  });

  it("that are others than those that are locked are refused by name", () => {
    writeFileSync(path.join(folder, "a-1.0.0.tgz"), "another");
    assert.throws(
      () => checkTarballs([locked("a", "a's")], folder),
      /^Error: The registry has another a@1\.0\.0 than package-lock\.json says\.$/,
    );
  });

  it("that npm cannot get are an error with what npm says", () => {
    const registry = process.env.npm_config_registry;
    process.env.npm_config_registry = "http://127.0.0.1:1/";
    process.env.npm_config_fetch_retries = "0";
    try {
      assert.throws(() => {
        downloadByNpm([locked("@darkroom/absent", "")], folder);
      }, /^Error: npm pack failed: npm error code ECONNREFUSED/);
    } finally {
      delete process.env.npm_config_fetch_retries;
      delete process.env.npm_config_registry;
      Object.assign(process.env, registry === undefined ? {} : { npm_config_registry: registry });
    }
  });
});
