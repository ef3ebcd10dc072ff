import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const launcher = join(__dirname, "..", "launch.mjs");
const settings = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_ARENA_MAX"];
const shown = settings.map((name) => `process.env.${name} ?? "unset"`).join(", ");
const show = (when: string) => `process._rawDebug("${when}", process.pid, ${shown});`;

describe("launch.mjs", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "launch-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What a command's process says of itself when it begins and when it ends. */
  function launch(...args: string[]) {
    const preload = join(folder, "preload.cjs");
    writeFileSync(preload, `${show("begin")} process.on("exit", () => { ${show("end")} });`);
    const command = ["--require", preload, launcher, ...args];
    const { stdout, stderr, status, pid } = spawnSync(process.execPath, command, {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const states = stderr.replaceAll(String(pid), "pid").trim().split("\n");
    return { stdout, status, states };
  }

  it("starts a run with settings of memory, as the same process, and shows them to nobody", () => {
    const { stdout, status, states } = launch("main", "--help");
    assert.match(stdout, /^Usage: npm start/);
    assert.equal(status, 0);
    // Other systems have other C libraries.
    const again = process.platform === "linux" ? ["begin pid 1048576 2"] : [];
    assert.deepEqual(states, ["begin pid unset unset", ...again, "end pid unset unset"]);
  });

  it("starts other commands at once", () => {
    const { stdout, states } = launch("logs", "--help");
    assert.match(stdout, /^Usage: npm run logs/);
    assert.deepEqual(states, ["begin pid unset unset", "end pid unset unset"]);
  });

  it("leaves the map to TypeScript's lines beside the code, whose source stays in memory", () => {
    launch("logs", "--help");
    const code = join(launcher, "..", ".logs.cjs");
    assert.match(readFileSync(code, "utf8"), /\n\/\/# sourceMappingURL=\.logs\.cjs\.map\n$/);
    const { sources } = JSON.parse(readFileSync(`${code}.map`, "utf8")) as { sources: string[] };
    assert.ok(sources.includes("cli/logs.ts"));
  });

  /** Runs a command in a shell as npm does: what it prints, once nobody has its output any more. */
  function inNpm(command: string) {
    const script = command.replace("launch", `"${process.execPath}" "${launcher}" logs --help`);
    const env = { ...process.env, NODE_OPTIONS: "", npm_lifecycle_event: "logs" };
    return spawnSync("sh", ["-c", script], { encoding: "utf8", env }).stdout;
  }

  it("runs in a script of npm, in whatever that starts", () => {
    assert.match(inNpm("launch; true"), /^Usage: npm run logs/);
    assert.match(inNpm("sh -c 'launch; true'; true"), /^Usage: npm run logs/);
  });

  it("does not begin when npm has ended before it can look", () => {
    // Once the shell is gone, its child begins.
    const shellIsGone = "while kill -0 $$ 2>/dev/null; do sleep 0.01; done";
    assert.equal(inNpm(`(${shellIsGone}; echo gone; exec launch) &`), "gone\n");
  });
});
