import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { create } from "tar";
import { createHash } from "node:crypto";
import { nativeModuleFiles, provideNativeModules } from "../../components/native-modules";
import type { Download } from "../../components/package-tarballs";

/** Files of a package by name. */
type Files = Record<string, string>;

const sharp: Files = {
  "package.json": "{}",
  "dist/index.cjs": "loaded",
  "dist/index.mjs": "not loaded",
  "dist/index.d.cts": "types",
  "install/build.js": "installs",
  "src/pipeline.cc": "source",
  LICENSE: "read by people",
  "README.md": "read by people",
};
const native: Files = {
  "package.json": '{"cpu":["arm64"]}',
  "lib/sharp.node": "native code",
  "lib/glib-2.0/include/glibconfig.h": "builds",
};

describe("provideNativeModules", () => {
  const projectRoot = process.cwd();
  let project: string;
  let registry: string;
  let downloads: number;

  const download: Download = (packages, folder) => {
    downloads++;
    assert.deepEqual(
      packages.map(({ name, version }) => `${name}@${version}`),
      ["@img/sharp-linux-arm64@2.0.0", "sharp@1.0.0"],
    );
    cpSync(registry, folder, { recursive: true });
  };

  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "project-"));
    registry = mkdtempSync(path.join(tmpdir(), "registry-"));
    downloads = 0;
    const lock = {
      packages: {
        "node_modules/sharp": {
          version: "1.0.0",
          integrity: pack("sharp", sharp),
          optionalDependencies: {
            "@img/sharp-linux-arm64": "2.0.0",
            "@img/sharp-win32-x64": "2.0.0",
          },
        },
        "node_modules/@img/sharp-linux-arm64": {
          version: "2.0.0",
          integrity: pack("native", native),
          os: ["linux"],
          cpu: ["arm64"],
          libc: ["glibc"],
        },
        "node_modules/@img/sharp-win32-x64": { version: "2.0.0", os: ["win32"], cpu: ["x64"] },
      },
    };
    writeFileSync(path.join(project, "package-lock.json"), JSON.stringify(lock));
    process.chdir(project);
  });
  afterEach(() => {
    process.chdir(projectRoot);
    rmSync(project, { recursive: true });
    rmSync(registry, { recursive: true });
  });

  it("lays out what functions load of the packages for their platform, and nothing else", () => {
    provideNativeModules(download);
    assert.deepEqual(nativeModuleFiles("sharp"), [
      "./bundle/node_modules/@img/sharp-linux-arm64/lib/sharp.node",
      "./bundle/node_modules/@img/sharp-linux-arm64/package.json",
      "./bundle/node_modules/sharp/dist/index.cjs",
      "./bundle/node_modules/sharp/package.json",
    ]);
    for (const file of nativeModuleFiles("sharp")) {
      assert.ok(statSync(file).isFile(), file);
    }
    assert.equal(
      readFileSync("bundle/node_modules/@img/sharp-linux-arm64/lib/sharp.node", "utf8"),
      "native code",
    );
    assert.deepEqual(readdirSync("bundle").sort(), ["native-modules.json", "node_modules"]);
    assert.deepEqual(readdirSync("bundle/node_modules/sharp").sort(), ["dist", "package.json"]);
  });

  it("downloads nothing where nothing has changed", () => {
    provideNativeModules(download);
    provideNativeModules(download);
    assert.equal(downloads, 1);
  });

  it("lays out anew a file that was changed or removed", () => {
    const file = "bundle/node_modules/@img/sharp-linux-arm64/lib/sharp.node";
    provideNativeModules(download);
    writeFileSync(file, "native c0de");
    provideNativeModules(download);
    assert.equal(readFileSync(file, "utf8"), "native code");
    rmSync(file);
    provideNativeModules(download);
    assert.equal(readFileSync(file, "utf8"), "native code");
    assert.equal(downloads, 3);
  });

  it("takes what another run has laid out at the same time for its own", () => {
    provideNativeModules((packages, folder) => {
      provideNativeModules(download);
      download(packages, folder);
    });
    provideNativeModules(download);
    assert.equal(downloads, 2);
  });

  it("refuses another package than the locked one, says so and leaves nothing", () => {
    pack("native", { ...native, "lib/sharp.node": "another" });
    assert.throws(
      () => {
        provideNativeModules(download);
      },
      (error: Error) => {
        assert.equal(
          error.message,
          "The native modules of the functions, sharp for linux arm64 glibc, are not in bundle/ and cannot " +
            "be installed: The registry has another @img/sharp-linux-arm64@2.0.0 than package-lock.json " +
            "says. Run `npm run prepare` where npm reaches its registry.",
        );
        return true;
      },
    );
    assert.deepEqual(readdirSync("bundle"), []);
    assert.throws(() => nativeModuleFiles("sharp"), /not laid out yet/);
  });

  it("says why nothing could be downloaded, and what to do", () => {
    assert.throws(() => {
      provideNativeModules(() => {
        throw new Error("npm pack failed: offline.");
      });
    }, /cannot be installed: npm pack failed: offline\. Run `npm run prepare` where npm reaches/);
    assert.deepEqual(readdirSync("bundle"), []);
  });

  /** Puts a tarball into the registry. @returns its integrity. */
  function pack(name: string, files: Files): string {
    const folder = mkdtempSync(path.join(tmpdir(), "package-"));
    for (const [file, content] of Object.entries(files)) {
      const to = path.join(folder, "package", file);
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(to, content);
      utimesSync(to, 499162500, 499162500);
    }
    const tarball = path.join(registry, `${name}.tgz`);
    create({ file: tarball, cwd: folder, gzip: true, portable: true, sync: true }, ["package"]);
    rmSync(folder, { recursive: true });
    return `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  }
});
