import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { endTree, ended } from "../../scripts/descendants";

const script = join(__dirname, "../../scripts/test-engine.ts");

/** Runs it where there is no CLI. */
function run(...args: string[]) {
  return spawnSync(process.execPath, ["--import", "tsx", script, ...args], {
    encoding: "utf8",
    env: { ...process.env, PATH: dirname(script) },
  });
}

/**
 * Stands where the CLI would, and does not end; nor does what it starts in a group of its own, as the
 * CLI starts plugins.
 */
const hangingCli = `#!${process.execPath}
const { spawn } = require("node:child_process");
const forever = "setInterval(() => undefined, 1_000_000)";
const plugin = spawn(process.execPath, ["-e", forever], { detached: true });
require("node:net")
  .connect(Number(process.env.TEST_PORT), "127.0.0.1")
  .write(process.pid + " " + plugin.pid);
`;

describe("npm run test:engine", () => {
  it("says that there is no CLI, and passes", () => {
    const { status, stdout } = run();
    assert.match(stdout, /^There is no Pulumi CLI on the PATH/);
    assert.equal(status, 0);
  });

  it("fails without a CLI where it is required", () => {
    assert.equal(run("--required").status, 1);
  });

  it("leaves no process and no file when it is interrupted", async () => {
    const dir = await mkdtemp(join(tmpdir(), "test-engine-spec-"));
    await mkdir(join(dir, "tmp"));
    await mkdir(join(dir, "bin"));
    await writeFile(join(dir, "bin/pulumi"), hangingCli, { mode: 0o755 });
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", script, "--grep", "in each form of YAML"],
      {
        stdio: ["ignore", "ignore", "inherit"],
        env: {
          ...process.env,
          PATH: [join(dir, "bin"), process.env.PATH].join(delimiter),
          TMPDIR: join(dir, "tmp"),
          TEST_PORT: String((server.address() as AddressInfo).port),
        },
      },
    );
    try {
      const [connection] = (await once(server, "connection")) as [Socket];
      const [pids] = (await once(connection, "data")) as [Buffer];
      child.kill("SIGINT");
      const [code] = (await once(child, "exit")) as [number | null];
      assert.equal(code, 130);
      await ended(pids.toString().split(" ").map(Number));
      // But for what tsx keeps of compiled files there.
      const left = (await readdir(join(dir, "tmp"))).filter((name) => !name.startsWith("tsx-"));
      assert.deepEqual(left, []);
    } finally {
      server.close();
      if (child.pid !== undefined && child.exitCode === null) {
        endTree(child.pid);
      }
      await rm(dir, { recursive: true });
    }
  });
});
