import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { zipSync } from "fflate";
import { bundleHandlers } from "../../components/bundle";
import { HandlerFunction } from "../../components/functions/handler-function";
import { lockedPackages, type LockFile } from "../../components/locked-packages";
import { functionPlatform } from "../../components/native-modules";
import { runMocked } from "../support/pulumi";
import { readElf } from "./elf";

const environment = {
  IMAGES_BUCKET: "images",
  IMAGES_TABLE: "images",
  RENDITIONS_BUCKET: "renditions",
  ORIGIN_SECRET_HASHES: createHash("sha256").update("secret").digest("hex"),
  RENDITION_SETTINGS: JSON.stringify({ presets: {}, presetsOnly: false, publicPresets: [] }),
};

/** What Amazon Linux has: https://docs.aws.amazon.com/linux/al2023/ug/compare-with-al2.html */
const libraries = [
  "ld-linux-aarch64.so.1",
  "libc.so.6",
  "libdl.so.2",
  "libgcc_s.so.1",
  "libm.so.6",
  "libpthread.so.0",
  "libresolv.so.2",
  "libstdc++.so.6",
];
const glibcVersion = 34;

describe("the archive of a function with native modules", () => {
  let files: Map<string, Buffer>;

  before(async () => {
    bundleHandlers();
    const { run } = await runMocked(
      () =>
        new HandlerFunction("f", {
          operation: "render-image",
          environment,
          statements: [],
          logRetentionDays: 30,
          memoryMegabytes: 2048,
          nativeModules: ["sharp"],
        }),
    );
    const { code, memorySize } = run.inputs("aws:lambda/function:Function", "f");
    assert.equal(memorySize, 2048);
    files = await filesOf(code);
  });

  it("has the bundle, what loads it, and the files of the native modules alone", () => {
    const others = [...files.keys()].filter((name) => !name.startsWith("bundle/node_modules/"));
    assert.deepEqual(others.sort(), ["__index.js", "bundle/render-image.js"]);
    const packages = lockedPackages(
      JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile,
      "sharp",
      functionPlatform,
    );
    for (const { folder, version } of packages) {
      const manifest = files.get(`bundle/${folder}/package.json`);
      assert.equal((JSON.parse(String(manifest)) as { version: string }).version, version, folder);
    }
  });

  it("is smaller than 10 MB", () => {
    const zipped = zipSync(Object.fromEntries(files), { level: 6 });
    assert.ok(zipped.length < 10_000_000, String(zipped.length));
  });

  it("has native code for the function's processor, and all that it links", () => {
    const native = [...files].filter(([name]) => /\.node$|\.so[.\d]*$/.test(name));
    const shipped = native.map(([name]) => path.basename(name));
    assert.equal(native.length, 2);
    for (const [name, bytes] of native) {
      const { machine, needed, glibc } = readElf(bytes);
      assert.equal(machine, "aarch64", name);
      const missing = needed.filter((library) => ![...shipped, ...libraries].includes(library));
      assert.deepEqual(missing, [], name);
      assert.ok(glibc <= glibcVersion, `${name} needs glibc 2.${glibc}`);
    }
    const [addon] = native.filter(([name]) => name.endsWith(".node"));
    const { needed } = readElf(addon?.[1] ?? Buffer.alloc(0));
    assert.ok(shipped.some((library) => needed.includes(library)));
  });

  it("answers in an empty folder, and loads every script that it has", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "darkroom-"));
    try {
      for (const [name, bytes] of files) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), bytes);
      }
      takeNativeCodeOfThisMachine(folder);
      const { statusCode, loaded } = runAlone(folder);
      assert.equal(statusCode, 403);
      const scripts = [...files.keys()].filter((name) => /\.c?js$/.test(name) && !isNative(name));
      assert.deepEqual(loaded.filter((name) => !isNative(name)).sort(), scripts.sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Packages that are made for a platform. */
function isNative(name: string): boolean {
  return name.includes("@img/sharp-");
}

/** Puts the packages that are installed here in place of those for the functions. */
function takeNativeCodeOfThisMachine(folder: string): void {
  const scope = path.join(folder, "bundle/node_modules/@img");
  for (const name of readdirSync(scope).filter((entry) => entry.startsWith("sharp-"))) {
    rmSync(path.join(scope, name), { recursive: true });
  }
  for (const name of readdirSync("node_modules/@img").filter((entry) =>
    entry.startsWith("sharp-"),
  )) {
    cpSync(path.join("node_modules/@img", name), path.join(scope, name), { recursive: true });
  }
}

/** Has the function handle a request in a process of its own, as Lambda does. */
function runAlone(folder: string) {
  const script = `
    const event = { rawPath: "/", headers: {}, requestContext: { requestId: "1", http: { method: "GET" } } };
    require("./__index.js").handler(event, {}).then(({ statusCode }) => {
      const scripts = Object.keys(require.cache).filter((file) => /\\.c?js$/.test(file));
      const loaded = scripts.map((file) => require("node:path").relative(process.cwd(), file));
      console.log("RESULT" + JSON.stringify({ statusCode, loaded }));
    });`;
  const output = execFileSync(process.execPath, ["-e", script], {
    cwd: folder,
    env: { AWS_REGION: "us-east-1", ...environment },
    encoding: "utf8",
    stdio: "pipe",
  });
  return JSON.parse(output.slice(output.indexOf("RESULT") + "RESULT".length)) as {
    statusCode: number;
    loaded: string[];
  };
}

interface Asset {
  text?: Promise<string>;
  path?: Promise<string>;
}

async function filesOf(code: unknown): Promise<Map<string, Buffer>> {
  const assets = await (code as { assets: Promise<Record<string, Asset>> }).assets;
  const files = new Map<string, Buffer>();
  for (const [name, asset] of Object.entries(assets)) {
    const [text, source] = await Promise.all([asset.text, asset.path]);
    files.set(name, source === undefined ? Buffer.from(text ?? "") : readFileSync(source));
  }
  return files;
}
