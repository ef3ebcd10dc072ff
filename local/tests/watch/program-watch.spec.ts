import assert from "node:assert/strict";
import { isProgramSource, ProgramWatch } from "../../watch/program-watch";
import type { ChangeListener } from "../../watch/watcher";

/** A watch of which each application ends when the test says so. */
function watched(isSource = (path: string) => path.endsWith(".ts")) {
  let listener: ChangeListener = () => undefined;
  const applications: { signal: AbortSignal; finish: () => void }[] = [];
  const watch = new ProgramWatch({
    subscribe: (other) => {
      listener = other;
      return () => (listener = () => undefined);
    },
    isSource,
    apply: (signal) =>
      new Promise((resolve) => {
        applications.push({ signal, finish: resolve });
      }),
  });
  const change = (...paths: string[]) => {
    listener(new Set(paths));
  };
  const finishLast = async () => {
    applications.at(-1)?.finish();
    await new Promise(setImmediate);
  };
  return { watch, applications, change, finishLast };
}

describe("The watch of a program", () => {
  it("applies it when one of its sources changes, and not for other files", () => {
    const { watch, applications, change } = watched();
    watch.start();
    change("/p/notes.md");
    assert.equal(applications.length, 0);
    change("/p/notes.md", "/p/index.ts");
    assert.equal(applications.length, 1);
  });

  it("applies it at once when a source has changed before it was watched", () => {
    const { watch, applications } = watched();
    watch.start(new Set(["/p/index.ts"]));
    assert.equal(applications.length, 1);
  });

  it("applies it once more for all changes while it is applied, and says so to the one under way", async () => {
    const { watch, applications, change, finishLast } = watched();
    watch.start();
    change("/p/index.ts");
    assert.equal(applications[0]?.signal.aborted, false);
    change("/p/a.ts");
    change("/p/b.ts");
    assert.equal(applications.length, 1);
    assert.equal(applications[0].signal.aborted, true);
    await finishLast();
    assert.equal(applications.length, 2);
    assert.equal(applications[1]?.signal.aborted, false);
    await finishLast();
    assert.equal(applications.length, 2);
    change("/p/a.ts");
    assert.equal(applications.length, 3);
  });

  it("waits at its end for what is under way, and begins nothing more", async () => {
    const { watch, applications, change, finishLast } = watched();
    watch.start();
    change("/p/index.ts");
    change("/p/a.ts");
    const stopped = watch.stop();
    await finishLast();
    await stopped;
    change("/p/a.ts");
    assert.equal(applications.length, 1);
  });
});

describe("The sources of a program", () => {
  const sources = {
    loaded: new Set(["/p/index.ts", "/p/data.json"]),
    settings: new Set(["/p/Pulumi.yaml", "/p/Pulumi.local.yaml"]),
    packDir: "/p/policy-pack",
    programDir: "/p",
    hasFailed: false,
  };

  for (const [path, expected] of [
    ["/p/index.ts", true],
    ["/p/data.json", true],
    ["/p/Pulumi.yaml", true],
    ["/p/Pulumi.local.yaml", true],
    ["/p/Pulumi.production.yaml", false],
    ["/p/policy-pack/index.ts", true],
    ["/p/handlers/only-bundled.ts", false],
    ["/p/README.md", false],
  ] as const) {
    it(`${expected ? "include" : "leave out"} ${path}`, () => {
      assert.equal(isProgramSource(path, sources), expected);
    });
  }

  it("include all TypeScript once it has failed, but no JavaScript that it may write itself", () => {
    const failed = { ...sources, hasFailed: true };
    assert.equal(isProgramSource("/p/missing.ts", failed), true);
    assert.equal(isProgramSource("/p/bundle/main.js", failed), false);
    assert.equal(isProgramSource("/elsewhere/missing.ts", failed), false);
  });
});
