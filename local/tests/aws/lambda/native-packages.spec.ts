import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { zipSync } from "fflate";

import { hostPlatform, type Platform } from "../../../aws/lambda/host-platform";
import { useNativePackagesOfHost } from "../../../aws/lambda/native-packages";
import { LocalLambda } from "./support/local-lambda";

const mac: Platform = { os: "darwin", cpu: "arm64" };
const windows: Platform = { os: "win32", cpu: "x64" };
const alpine: Platform = { os: "linux", cpu: "x64", libc: "musl" };
const debian: Platform = { os: "linux", cpu: "x64", libc: "glibc" };
const graviton: Platform = { os: "linux", cpu: "arm64", libc: "glibc" };

const platforms = { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] };

describe("useNativePackagesOfHost", () => {
  let folder: string;
  let taskRoot: string;
  let sourceDir: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "native-"));
    taskRoot = join(folder, "task");
    sourceDir = join(folder, "project");
    await mkdir(taskRoot);
    await mkdir(sourceDir);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function put(root: string, path: string, manifest: object): Promise<void> {
    await mkdir(join(root, path), { recursive: true });
    await writeFile(join(root, path, "package.json"), JSON.stringify(manifest));
  }

  const archive = (path: string, more: object = {}): Promise<void> =>
    put(taskRoot, path, { version: "1.2.3", ...platforms, ...more });
  const install = (path: string, version = "1.2.3"): Promise<void> =>
    put(sourceDir, path, { version });
  const use = (host: Platform): Promise<void> =>
    useNativePackagesOfHost({ taskRoot, sourceDir, host });

  const isArchived = (path: string): boolean => existsSync(join(taskRoot, path));

  const siblings: [archived: string, host: Platform, sibling: string][] = [
    ["@img/sharp-linux-arm64", debian, "@img/sharp-linux-x64"],
    ["@img/sharp-linux-arm64", alpine, "@img/sharp-linuxmusl-x64"],
    ["@img/sharp-linux-arm64", mac, "@img/sharp-darwin-arm64"],
    ["@img/sharp-linux-arm64", windows, "@img/sharp-win32-x64"],
    ["@esbuild/linux-arm64", mac, "@esbuild/darwin-arm64"],
    ["@napi-rs/canvas-linux-arm64-gnu", alpine, "@napi-rs/canvas-linux-x64-musl"],
    ["@napi-rs/canvas-linux-arm64-gnu", mac, "@napi-rs/canvas-darwin-arm64"],
    ["@napi-rs/canvas-linux-arm64-gnu", windows, "@napi-rs/canvas-win32-x64-msvc"],
  ];
  for (const [archived, host, sibling] of siblings) {
    it(`puts ${sibling} in place of ${archived}`, async () => {
      await archive(`node_modules/${archived}`);
      await install(`node_modules/${sibling}`);
      await use(host);
      assert.equal(isArchived(`node_modules/${archived}`), false);
      const link = await readlink(join(taskRoot, "node_modules", sibling));
      assert.equal(join(link), join(sourceDir, "node_modules", sibling));
    });
  }

  it("finds packages at any depth, and the project's in the same place or further out", async () => {
    const path = "bundle/node_modules/a/node_modules/b/node_modules/lib";
    await archive(`${path}-linux-arm64`);
    await archive("deep/er/node_modules/other-linux-arm64");
    await install("node_modules/lib-darwin-arm64", "9.9.9");
    await install("node_modules/b/node_modules/lib-darwin-arm64");
    await put(folder, "node_modules/other-darwin-arm64", { version: "1.2.3" });
    await use(mac);
    const linked = await readFile(join(taskRoot, `${path}-darwin-arm64/package.json`), "utf8");
    assert.equal(linked, '{"version":"1.2.3"}');
    assert.ok(isArchived("deep/er/node_modules/other-darwin-arm64/package.json"));
  });

  it("leaves packages that run here, that have no siblings or whose sibling is there", async () => {
    await archive("node_modules/lib-linux-arm64");
    await use(graviton);
    assert.ok(isArchived("node_modules/lib-linux-arm64"));
    await archive("node_modules/lib-darwin-arm64", { os: ["darwin"], libc: undefined });
    await archive("node_modules/fsevents", { os: ["linux"] });
    await archive("node_modules/anywhere-linux-arm64", {
      os: ["!win32"],
      cpu: undefined,
      libc: [],
    });
    await use(mac);
    for (const name of [
      "lib-linux-arm64",
      "lib-darwin-arm64",
      "fsevents",
      "anywhere-linux-arm64",
    ]) {
      assert.ok(isArchived(`node_modules/${name}`), name);
    }
  });

  it("says what to do where the machine's package is not installed", async () => {
    await archive("node_modules/@img/sharp-linux-arm64");
    await assert.rejects(use(debian), {
      code: "InvalidParameterValueException",
      message:
        "The archive has @img/sharp-linux-arm64 1.2.3, but functions run on this machine, linux x64 glibc: " +
        `it needs @img/sharp-linux-x64 1.2.3, which is not installed in ${join(sourceDir, "node_modules")}. ` +
        "Run: npm install --include=optional",
    });
  });

  it("refuses another version, and names it", async () => {
    await archive("node_modules/lib-linux-arm64");
    await install("node_modules/lib-linux-x64", "1.2.4");
    await assert.rejects(
      use(debian),
      /it needs lib-linux-x64 1\.2\.3, of which there is version 1\.2\.4/,
    );
    assert.ok(isArchived("node_modules/lib-linux-arm64"));
  });

  it("does without a part that other platforms do not have", async () => {
    await archive("node_modules/sharp-linux-arm64", {
      optionalDependencies: { "libvips-linux-arm64": "1.2.3" },
    });
    await archive("node_modules/libvips-linux-arm64");
    await put(taskRoot, "node_modules/sharp", {
      optionalDependencies: {
        "libvips-darwin-arm64": "1.2.3",
        "libvips-linux-arm64": "1.2.3",
        "sharp-linux-arm64": "1.2.3",
        "sharp-win32-x64": "1.2.3",
      },
    });
    await install("node_modules/sharp-win32-x64");
    await use(windows);
    assert.ok(isArchived("node_modules/sharp-win32-x64/package.json"));
    await install("node_modules/sharp-darwin-arm64");
    await archive("node_modules/sharp-linux-arm64");
    await assert.rejects(use(mac), /it needs libvips-darwin-arm64/);
  });

  it("takes what is no manifest for a package of all platforms", async () => {
    await mkdir(join(taskRoot, "node_modules/odd-linux-arm64"), { recursive: true });
    await writeFile(join(taskRoot, "node_modules/odd-linux-arm64/package.json"), "{");
    await use(mac);
  });

  it("lets a function that was packed for another platform use sharp here", async () => {
    const { os, cpu, libc } = hostPlatform();
    const packed = cpu === "arm64" ? "x64" : "arm64";
    const files: Record<string, Uint8Array> = {};
    for (const name of ["sharp", "@img/colour", "detect-libc", "semver"]) {
      addFolder(files, `node_modules/${name}`, `bundle/node_modules/${name}`);
    }
    const own = `${os}${libc === "musl" ? "musl" : ""}-${cpu}`;
    const installed = readdirSync("node_modules/@img").filter((name) => name.endsWith(own));
    assert.notDeepEqual(installed, []);
    for (const name of installed) {
      const text = readFileSync(`node_modules/@img/${name}/package.json`, "utf8");
      const foreign = { ...(JSON.parse(text) as object), os: [os], cpu: [packed] };
      const path = `bundle/node_modules/@img/${name.replace(new RegExp(`${cpu}$`), packed)}`;
      files[`${path}/package.json`] = Buffer.from(JSON.stringify(foreign));
    }
    files["bundle/index.js"] = Buffer.from(`exports.handler = async () => {
      const image = { create: { width: 8, height: 8, channels: 3, background: "red" } };
      const small = await require("sharp")(image).resize(4, 2).png().toBuffer();
      return (await require("sharp")(small).metadata()).width;
    };`);
    const local = await LocalLambda.start({ sourceDir: process.cwd() });
    try {
      await local.create("", {
        zip: zipSync(files),
        handler: "bundle/index.handler",
        memoryMb: 1024,
        timeoutSeconds: 20,
      });
      assert.deepEqual(await local.invoke(), { functionError: undefined, result: 4 });
    } finally {
      await local.stop();
    }
  });

  /** Adds a folder of the project to an archive. */
  function addFolder(files: Record<string, Uint8Array>, folder: string, path: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !dirname(file).slice(folder.length).includes("node_modules")) {
        files[path + file.slice(folder.length).replaceAll("\\", "/")] = readFileSync(file);
      }
    }
  }
});
