import assert from "node:assert/strict";
import { lockedPackages, type LockFile } from "../../components/locked-packages";

const platform = { os: "linux", cpu: "arm64", libc: "glibc" };

function entry(dependencies: string[] = [], optional: string[] = [], rest: object = {}) {
  const ranges = (names: string[]) => Object.fromEntries(names.map((name) => [name, "*"]));
  return {
    version: "1.0.0",
    integrity: "sha512-x",
    dependencies: ranges(dependencies),
    optionalDependencies: ranges(optional),
    ...rest,
  };
}

function folders(packages: LockFile["packages"]): string[] {
  return lockedPackages({ packages }, "a", platform).map(({ folder }) => folder);
}

describe("lockedPackages", () => {
  it("finds a package and what it depends on, each once, though they depend on each other", () => {
    const packages = {
      "node_modules/a": entry(["b", "@s/c"]),
      "node_modules/b": entry(["@s/c"]),
      "node_modules/@s/c": entry(["a"]),
      "node_modules/other": entry(),
    };
    assert.deepEqual(folders(packages), ["node_modules/@s/c", "node_modules/a", "node_modules/b"]);
  });

  it("says of each where it lies, its name, its version and its integrity", () => {
    const packages = { "node_modules/a": entry() };
    assert.deepEqual(lockedPackages({ packages }, "a", platform), [
      { folder: "node_modules/a", name: "a", version: "1.0.0", integrity: "sha512-x" },
    ]);
  });

  it("takes the nearest of several versions, as Node.js does", () => {
    const packages = {
      "node_modules/a": entry(["@s/b", "c"]),
      "node_modules/@s/b": entry(["c"]),
      "node_modules/@s/b/node_modules/d": entry(),
      "node_modules/a/node_modules/c": entry(["d"]),
      "node_modules/c": entry(),
      "node_modules/d": entry(),
    };
    assert.deepEqual(folders(packages), [
      "node_modules/@s/b",
      "node_modules/a",
      "node_modules/a/node_modules/c",
      "node_modules/c",
      "node_modules/d",
    ]);
  });

  for (const [what, rest, taken] of [
    ["for this platform", { os: ["linux"], cpu: ["x64", "arm64"], libc: ["glibc"] }, true],
    ["for any", {}, true],
    ["for all but others", { os: ["!win32", "!darwin"] }, true],
    ["for another system", { os: ["darwin"] }, false],
    ["for another processor", { os: ["linux"], cpu: ["x64"] }, false],
    ["for another C library", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }, false],
    ["not for this system", { os: ["!linux"] }, false],
    ["not for this one, though listed", { os: ["linux", "!linux"] }, false],
  ] as const) {
    it(`${taken ? "takes" : "leaves out"} an optional dependency that is ${what}`, () => {
      const packages = {
        "node_modules/a": entry([], ["n"]),
        "node_modules/n": entry([], [], { ...rest, os: "os" in rest ? [...rest.os] : undefined }),
      } as LockFile["packages"];
      assert.equal(folders(packages).includes("node_modules/n"), taken);
    });
  }

  it("passes over an optional dependency that is locked for no machine", () => {
    assert.deepEqual(folders({ "node_modules/a": entry([], ["absent"]) }), ["node_modules/a"]);
  });

  it("refuses a lock file without a package that is needed", () => {
    assert.throws(
      () => folders({ "node_modules/a": entry(["b"]) }),
      /package-lock\.json does not have b, of node_modules\/a\./,
    );
    assert.throws(() => folders({}), /does not have a, of the project\./);
  });

  for (const integrity of [undefined, "sha1-x"]) {
    it(`refuses a package whose integrity is ${integrity ?? "not stated"}`, () => {
      const packages = { "node_modules/a": { ...entry(), integrity } };
      assert.throws(() => folders(packages), /no version with a SHA-512/);
    });
  }
});
