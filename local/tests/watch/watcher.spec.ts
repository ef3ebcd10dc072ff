import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Watcher, type WatcherOptions } from "../../watch/watcher";

describe("Watcher", () => {
  let folder: string;
  let watcher: Watcher;
  let deliveries: string[][];
  let errors: Error[];
  let wake: () => void;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "watched-")));
    deliveries = [];
    errors = [];
    wake = () => undefined;
    mkdirSync(join(folder, "handlers", "inner"), { recursive: true });
    write("handlers/a.ts");
  });

  afterEach(() => {
    watcher.stop();
    rmSync(folder, { recursive: true });
  });

  function write(path: string): void {
    writeFileSync(join(folder, path), "");
  }

  function start(options: Partial<WatcherOptions> = {}): void {
    watcher = new Watcher({ folder, onError: (error) => errors.push(error), ...options });
    watcher.subscribe((changed) => {
      deliveries.push([...changed].map((path) => relative(folder, path)).sort());
      wake();
    });
    watcher.start();
  }

  /** All that was delivered, once `path` is among it. The test's own timeout bounds the wait. */
  async function delivered(path: string): Promise<string[]> {
    while (!deliveries.flat().includes(path)) {
      await new Promise<void>((resolve) => {
        // Watching keeps no process alive, so somebody has to.
        const alive = setInterval(() => undefined, 1000);
        wake = () => {
          clearInterval(alive);
          resolve();
        };
      });
    }
    return [...new Set(deliveries.flat())];
  }

  it("tells of a file that is written", async () => {
    start();
    write("handlers/a.ts");
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
  });

  it("tells of a file in the folder itself", async () => {
    start();
    write("Pulumi.yaml");
    assert.deepEqual(await delivered("Pulumi.yaml"), ["Pulumi.yaml"]);
  });

  it("tells of a file that an editor writes beside it and renames", async () => {
    start();
    write("handlers/.a.ts.swp");
    renameSync(join(folder, "handlers/.a.ts.swp"), join(folder, "handlers/a.ts"));
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
    deliveries = [];
    write("handlers/a.ts");
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
  });

  it("tells of a file that an editor has made a backup of by its name", async () => {
    start();
    renameSync(join(folder, "handlers/a.ts"), join(folder, "handlers/a.ts~"));
    write("handlers/a.ts");
    assert.deepEqual((await delivered("handlers/a.ts")).sort(), [
      "handlers/a.ts",
      "handlers/a.ts~",
    ]);
  });

  it("tells of a file that is removed", async () => {
    start();
    rmSync(join(folder, "handlers/a.ts"));
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
  });

  it("tells what is in a folder that is made later, and what comes into it afterwards", async () => {
    start();
    mkdirSync(join(folder, "new", "deep"), { recursive: true });
    write("new/deep/b.ts");
    assert.ok((await delivered("new/deep/b.ts")).includes("new/deep"));
    write("new/deep/c.ts");
    await delivered("new/deep/c.ts");
  });

  it("tells of all that is in a folder that is moved in, and of its changes by its new name", async () => {
    start();
    write("handlers/inner/b.ts");
    await delivered("handlers/inner/b.ts");
    deliveries = [];
    renameSync(join(folder, "handlers/inner"), join(folder, "outer"));
    const moved = await delivered("outer/b.ts");
    assert.ok(moved.includes("handlers/inner"), moved.join());
    deliveries = [];
    write("outer/b.ts");
    assert.deepEqual(await delivered("outer/b.ts"), ["outer/b.ts"]);
  });

  it("goes on in a folder that is removed and made again", async () => {
    start();
    rmSync(join(folder, "handlers"), { recursive: true });
    await delivered("handlers");
    mkdirSync(join(folder, "handlers"));
    write("handlers/b.ts");
    await delivered("handlers/b.ts");
    deliveries = [];
    write("handlers/b.ts");
    assert.deepEqual(await delivered("handlers/b.ts"), ["handlers/b.ts"]);
  });

  it("delivers a burst at once", async () => {
    start({ quietMs: 200 });
    const names = Array.from({ length: 200 }, (_, index) => `handlers/${index}.ts`);
    names.forEach(write);
    await delivered("handlers/199.ts");
    assert.deepEqual(deliveries, [names.sort()]);
  });

  it("delivers while changes go on and on", async () => {
    start({ quietMs: 60_000, longestMs: 100 });
    write("handlers/a.ts");
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
  });

  it("leaves out packages, what begins with a dot and what it is told to ignore", async () => {
    mkdirSync(join(folder, "data"));
    mkdirSync(join(folder, "bundle"));
    start({ ignored: [join(folder, "data")] });
    watcher.ignore(join(folder, "bundle"));
    for (const name of ["node_modules", ".git", "handlers/node_modules"]) {
      mkdirSync(join(folder, name));
      write(`${name}/a.ts`);
    }
    for (const name of ["data/a.ts", "bundle/a.ts", ".env", "handlers/a.ts"]) {
      write(name);
    }
    assert.deepEqual(await delivered("handlers/a.ts"), ["handlers/a.ts"]);
  });

  it("delivers to each listener until it is taken off", async () => {
    start();
    const heard: string[] = [];
    const leave = watcher.subscribe((changed) => heard.push(...changed));
    write("handlers/a.ts");
    await delivered("handlers/a.ts");
    leave();
    deliveries = [];
    write("handlers/a.ts");
    await delivered("handlers/a.ts");
    assert.deepEqual(heard, [join(folder, "handlers/a.ts")]);
  });

  it("says why a folder cannot be watched", () => {
    start({ folder: join(folder, "nothing", "\0") });
    assert.equal(errors.length, 1);
  });

  it("keeps no process alive", () => {
    start();
    assert.deepEqual(watchedBy("watcher.start();"), { status: 0, watches: 3 });
  });

  it("leaves no watch behind when it stops", () => {
    start();
    assert.deepEqual(watchedBy("watcher.start(); watcher.stop();"), { status: 0, watches: 0 });
  });

  /** How a process ends that does no more than that, and how many folders it watches then. */
  function watchedBy(action: string) {
    const script = `
      const { readdirSync, readFileSync } = require("node:fs");
      const { Watcher } = require(process.argv[1]);
      const watcher = new Watcher({ folder: process.argv[2], onError: console.log });
      ${action}
      const infos = readdirSync("/proc/self/fd").map((fd) => {
        try {
          return readFileSync("/proc/self/fdinfo/" + fd, "utf8");
        } catch {
          return "";
        }
      });
      console.log(infos.join("").match(/^inotify wd/gm)?.length ?? 0);`;
    const file = join(__dirname, "../../watch/watcher.ts");
    const args = ["--import", "tsx", "-e", script, file, folder];
    const { status, stdout } = spawnSync(process.execPath, args, { timeout: 15_000 });
    return { status, watches: Number(stdout) };
  }
});
