import assert from "node:assert/strict";
import { isProgramSource, ProgramWatch } from "../../watch/program-watch";
import type { ChangeListener } from "../../watch/watcher";

/** A watch of which each application ends when the test says so. */
function watched(isSource = (path: string) => path.endsWith(".ts")) {
  let listener: ChangeListener = () => undefined;
  const applications: { signal: AbortSignal; finish: () => void }[] = [];
  const verdicts: ((mayApply: boolean) => void)[] = [];
  let isHeld = false;
  let held = 0;
  const watch = new ProgramWatch({
    subscribe: (other) => {
      listener = other;
      return () => (listener = () => undefined);
    },
    isSource,
    mayApply: () =>
      isHeld
        ? new Promise((resolve) => {
            verdicts.push(resolve);
          })
        : Promise.resolve(true),
    onHeld: () => (held += 1),
    apply: (signal) =>
      new Promise((resolve) => {
        applications.push({ signal, finish: resolve });
      }),
  });
  const soon = () => new Promise(setImmediate);
  const change = async (...paths: string[]) => {
    listener(new Set(paths));
    await soon();
  };
  const finishLast = async () => {
    applications.at(-1)?.finish();
    await soon();
  };
  /** From now on the verdict is waited for; each call is one. */
  const hold = () => {
    isHeld = true;
  };
  const judge = async (mayApply: boolean) => {
    verdicts.at(-1)?.(mayApply);
    await soon();
  };
  return { watch, applications, change, finishLast, hold, judge, verdicts, held: () => held };
}

describe("The watch of a program", () => {
  it("applies it when one of its sources changes, and not for other files", async () => {
    const { watch, applications, change } = watched();
    watch.start();
    await change("/p/notes.md");
    assert.equal(applications.length, 0);
    await change("/p/notes.md", "/p/index.ts");
    assert.equal(applications.length, 1);
  });

  it("applies it at once when a source has changed before it was watched", async () => {
    const { watch, applications } = watched();
    watch.start(new Set(["/p/index.ts"]));
    await new Promise(setImmediate);
    assert.equal(applications.length, 1);
  });

  it("applies it once more for all changes while it is applied, and says so to the one under way", async () => {
    const { watch, applications, change, finishLast } = watched();
    watch.start();
    await change("/p/index.ts");
    assert.equal(applications[0]?.signal.aborted, false);
    await change("/p/a.ts");
    await change("/p/b.ts");
    assert.equal(applications.length, 1);
    assert.equal(applications[0].signal.aborted, true);
    await finishLast();
    assert.equal(applications.length, 2);
    assert.equal(applications[1]?.signal.aborted, false);
    await finishLast();
    assert.equal(applications.length, 2);
    await change("/p/a.ts");
    assert.equal(applications.length, 3);
  });

  it("waits at its end for what is under way, and begins nothing more", async () => {
    const { watch, applications, change, finishLast } = watched();
    watch.start();
    await change("/p/index.ts");
    await change("/p/a.ts");
    const stopped = watch.stop();
    await finishLast();
    await stopped;
    await change("/p/a.ts");
    assert.equal(applications.length, 1);
  });
});

describe("The watch of a program that may not be applied yet", () => {
  it("waits for the verdict, and is applied when that is good", async () => {
    const { watch, applications, change, hold, judge, held } = watched();
    hold();
    watch.start();
    await change("/p/index.ts");
    assert.equal(applications.length, 0);
    await judge(true);
    assert.equal(applications.length, 1);
    assert.equal(held(), 0);
  });

  it("holds it back, says so once, and considers it again with each change, of whatever file", async () => {
    const { watch, applications, change, finishLast, hold, judge, held, verdicts } = watched();
    hold();
    watch.start();
    await change("/p/index.ts");
    await judge(false);
    await change("/p/only-of-functions.js");
    await judge(false);
    assert.deepEqual([applications.length, held()], [0, 1]);
    await change("/p/only-of-functions.js");
    await judge(true);
    assert.equal(applications.length, 1);
    await finishLast();
    await change("/p/only-of-functions.js");
    assert.equal(verdicts.length, 3);
  });

  it("heeds the verdict on the last of several changes alone", async () => {
    const { watch, applications, change, hold, judge, verdicts } = watched();
    hold();
    watch.start();
    await change("/p/index.ts");
    await change("/p/a.ts");
    verdicts[0]?.(true);
    await judge(false);
    assert.equal(applications.length, 0);
  });

  it("ends without a verdict", async () => {
    const { watch, applications, change, hold, judge } = watched();
    hold();
    watch.start();
    await change("/p/index.ts");
    await watch.stop();
    await judge(true);
    assert.equal(applications.length, 0);
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
