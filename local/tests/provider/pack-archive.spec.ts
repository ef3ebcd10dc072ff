import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { asset } from "@pulumi/pulumi";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

import { until } from "../engine/processes";
import { packArchive, sourcesOf } from "../../provider/pack-archive";

/** CRC-32 and sizes, stored and unpacked, of the files that an archive's directory lists. */
function checksums(archive: Uint8Array): Record<string, number[]> {
  const zip = Buffer.from(archive);
  const found: Record<string, number[]> = {};
  // https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12
  for (let at = zip.readUInt32LE(zip.length - 6); zip.readUInt32LE(at) === 0x02014b50;) {
    const name = zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28));
    found[name] = [16, 20, 24].map((field) => zip.readUInt32LE(at + field));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30);
  }
  return found;
}

describe("packArchive", () => {
  let projectDir: string;

  beforeEach(async () => {
    projectDir = await mkdtemp(join(tmpdir(), "pack-"));
    await mkdir(join(projectDir, "bundle/inner"), { recursive: true });
    await writeFile(join(projectDir, "bundle/a.js"), "a");
    await writeFile(join(projectDir, "bundle/inner/b.js"), "b");
    await writeFile(join(projectDir, "made.zip"), zipSync({ "z.js": strToU8("z") }));
  });

  afterEach(async () => {
    await rm(projectDir, { recursive: true });
  });

  async function contents(archive: asset.Archive): Promise<Record<string, string>> {
    const files = unzipSync(await packArchive(archive, projectDir));
    return Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, strFromU8(content)]),
    );
  }

  it("packs texts, files, folders, zips and nested archives", async () => {
    const archive = new asset.AssetArchive({
      "__index.js": new asset.StringAsset("text"),
      "one.js": new asset.FileAsset("bundle/a.js"),
      "./bundle": new asset.FileArchive("./bundle"),
      zip: new asset.FileArchive("made.zip"),
      deep: new asset.AssetArchive({ "c.js": new asset.StringAsset("c") }),
    });
    assert.deepEqual(await contents(archive), {
      "__index.js": "text",
      "bundle/a.js": "a",
      "bundle/inner/b.js": "b",
      "deep/c.js": "c",
      "one.js": "a",
      "zip/z.js": "z",
    });
  });

  it("packs a folder at the archive's root", async () => {
    assert.deepEqual(await contents(new asset.FileArchive(join(projectDir, "bundle"))), {
      "a.js": "a",
      "inner/b.js": "b",
    });
  });

  it("takes a zip as it is", async () => {
    assert.deepEqual(await contents(new asset.FileArchive("made.zip")), { "z.js": "z" });
  });

  it("stores files whole, with the checksums that others look at", async () => {
    const files = {
      "a.js": randomBytes(100_000),
      "inner/b.js": strToU8("b"),
      "ü.txt": strToU8(""),
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(projectDir, "bundle", name), content);
    }
    const zip = await packArchive(new asset.FileArchive("bundle"), projectDir);
    assert.deepEqual(checksums(zip), checksums(zipSync(files, { level: 0 })));
    assert.deepEqual(Object.keys(checksums(zip)), Object.keys(files));
  });

  it("gives the same bytes for the same files, in whatever order", async () => {
    const [one, other] = await Promise.all(
      [
        ["a", "b"],
        ["b", "a"],
      ].map((names) =>
        packArchive(
          new asset.AssetArchive(
            Object.fromEntries(names.map((name) => [name, new asset.StringAsset(name)])),
          ),
          projectDir,
        ),
      ),
    );
    assert.deepEqual(one, other);
  });

  it("packs what was packed already once, and anew when a file was changed", async () => {
    const file = join(projectDir, "bundle/a.js");
    const archive = () =>
      new asset.AssetArchive({
        "a.js": new asset.FileAsset("bundle/a.js"),
        "b.js": new asset.StringAsset("b"),
      });
    const isSettled = () => Date.now() - statSync(file).ctimeMs > 200;
    for (const text of ["1", "2", "3"]) {
      await writeFile(file, text);
      assert.deepEqual(await contents(archive()), { "a.js": text, "b.js": "b" });
    }
    await until(isSettled);
    const first = await packArchive(archive(), projectDir);
    assert.equal(await packArchive(archive(), projectDir), first);
    const other = new asset.AssetArchive({ "a.js": new asset.FileAsset("bundle/a.js") });
    assert.deepEqual(await contents(other), { "a.js": "3" });
    const { mtime } = statSync(file);
    await writeFile(file, "4");
    await utimes(file, mtime, mtime);
    await until(isSettled);
    assert.deepEqual(await contents(archive()), { "a.js": "4", "b.js": "b" });
  });

  it("refuses missing files and remote assets", async () => {
    await assert.rejects(contents(new asset.FileArchive("missing")), { code: "ENOENT" });
    await assert.rejects(
      contents(new asset.AssetArchive({ a: new asset.RemoteAsset("https://example.com/a") })),
      /Only local files and texts/,
    );
    await assert.rejects(
      contents(new asset.RemoteArchive("https://example.com/a.zip")),
      /Only local/,
    );
  });

  it("tells where files, folders and zips of an archive come from", async () => {
    const archive = new asset.AssetArchive({
      "__index.js": new asset.StringAsset("text"),
      "./bundle/one.js": new asset.FileAsset("bundle/a.js"),
      inner: new asset.FileArchive("./bundle"),
      deep: new asset.AssetArchive({ "c.js": new asset.FileAsset("bundle/inner/b.js") }),
    });
    assert.deepEqual(Object.fromEntries(await sourcesOf(archive, projectDir)), {
      "bundle/one.js": join(projectDir, "bundle/a.js"),
      inner: join(projectDir, "bundle"),
      "deep/c.js": join(projectDir, "bundle/inner/b.js"),
    });
    const zip = new asset.FileArchive("made.zip");
    assert.deepEqual([...(await sourcesOf(zip, projectDir))], [["", join(projectDir, "made.zip")]]);
  });
});
