import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { localFolder } from "../../folder";

/**
 * Stands where the CLI would: writes down how it was called, makes a stack as the CLI does, and ends
 * as `TEST_EXIT` says.
 */
const fakeCli = `#!${process.execPath}
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { fileURLToPath } = require("node:url");
const { join } = require("node:path");
const args = process.argv.slice(2);
const file = args[args.indexOf("--config-file") + 1];
appendFileSync(process.env.TEST_CALLS, JSON.stringify({
  args, cwd: process.cwd(), env: process.env,
  passphrase: readFileSync(process.env.PULUMI_CONFIG_PASSPHRASE_FILE, "utf8"),
  ...(args.includes("--config-file") && { config: readFileSync(file, "utf8") }),
}) + "\\n");
if (args[0] === "stack" && args[1] === "init") {
  const folder = args[args.indexOf("--cwd") + 1];
  appendFileSync(join(folder, "Pulumi." + args[2] + ".yaml"), "encryptionsalt: v1:salt\\n");
  const stacks = join(fileURLToPath(process.env.PULUMI_BACKEND_URL), ".pulumi/stacks/demo");
  mkdirSync(stacks, { recursive: true });
  writeFileSync(join(stacks, args[2] + ".json"), "{}");
} else if (args[0] === "config") {
  appendFileSync(file, "added: true\\n");
} else {
  const [, port] = /^aws:(\\d+)/.exec(process.env.PULUMI_DEBUG_PROVIDERS) ?? [];
  console.log("port", port);
  if (port) {
    const socket = require("node:net").connect(Number(port), "127.0.0.1", () => {
      console.log("attached");
      socket.end();
      process.exitCode = Number(process.env.TEST_EXIT ?? 0);
    });
  }
}
`;

interface Call {
  args: string[];
  cwd: string;
  env: Record<string, string>;
  passphrase: string;
  config?: string;
}

describe("npm run pulumi", function () {
  this.timeout(60_000);
  let dir: string;
  let project: string;
  let data: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "pulumi-"));
    project = join(dir, "project");
    data = join(dir, "data");
    await mkdir(join(dir, "bin"));
    await mkdir(project);
    await symlink(join(__dirname, "../../../node_modules"), join(project, "node_modules"));
    await writeFile(join(project, "Pulumi.yaml"), "name: demo\nruntime: nodejs\n");
    await writeFile(join(project, "Pulumi.local.yaml"), "config:\n  # A comment.\n  demo:a: 1\n");
    await writeFile(join(dir, "bin/pulumi"), fakeCli);
    await chmod(join(dir, "bin/pulumi"), 0o755);
  });

  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  async function run(args: string[], env: Record<string, string> = {}) {
    const child = spawn(
      process.execPath,
      [
        ...[join(localFolder, "launch.mjs"), "tests/cli/fixtures/pulumi"],
        ...["--data", data, "--port", "0", ...args],
      ],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          PATH: join(dir, "bin"),
          TEST_CALLS: join(dir, "calls"),
          TEST_PROJECT: project,
          ...env,
        },
      },
    );
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close") as Promise<[number | null]>,
    ]);
    return { stdout, stderr, code };
  }

  const calls = async () =>
    (await readFile(join(dir, "calls"), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Call);

  it("says in one sentence how to get the CLI where there is none", async () => {
    const { code, stderr } = await run(["up"], { PATH: join(dir, "nowhere") });
    assert.equal(code, 1);
    assert.match(stderr, /^error: There is no Pulumi CLI on the PATH: .*docs\/install/);
    assert.equal(stderr.trim().split("\n").length, 1);
  });

  it("lets the CLI attach to the local cloud, with the state in the data folder", async () => {
    const { stdout, stderr, code } = await run(["up", "--yes"]);
    assert.match(stdout, /attached/, stderr);
    assert.equal(code, 0);
    const [init, up, ...others] = await calls();
    assert.deepEqual(init?.args.slice(0, 3), ["stack", "init", "local"]);
    assert.equal(others.length, 0);
    assert.equal(up?.cwd, project);
    assert.equal(up.env.PULUMI_BACKEND_URL, pathToFileURL(join(data, "pulumi")).href);
    assert.equal(up.env.PULUMI_HOME, join(data, "pulumi/home"));
    assert.equal(up.env.PULUMI_STACK, "local");
    assert.match(up.env.PULUMI_DEBUG_PROVIDERS ?? "", /^aws:\d+,random:\d+,tls:\d+$/);
  });

  it("tells the program where the issuer is, the same from run to run", async () => {
    await run(["up"]);
    await run(["up"]);
    const [, first, second] = await calls();
    const issuer = first?.env.LOCAL_OIDC_ISSUER ?? "";
    assert.match(issuer, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(second?.env.LOCAL_OIDC_ISSUER, issuer);
    await assert.rejects(fetch(issuer));
  });

  it("lets functions with native modules have those that are installed beside the program", async () => {
    const source = join(project, "program");
    await mkdir(source);
    await writeFile(join(project, "Pulumi.yaml"), "name: demo\nruntime: nodejs\nmain: program\n");
    const { stderr } = await run(["up", "--yes"]);
    assert.match(stderr, new RegExp(`^packages of functions are from ${source}$`, "m"));
  });

  it("keeps the passphrase for its owner alone, the same from run to run", async () => {
    await run(["stack"]);
    await run(["stack"]);
    const phrases = (await calls()).map(({ passphrase }) => passphrase);
    assert.equal(new Set(phrases).size, 1);
    assert.match(phrases[0] ?? "", /^[\w-]{43}$/);
    const { mode } = await stat(join(data, "pulumi/passphrase"));
    assert.equal(mode & 0o777, 0o600);
  });

  it("gives the CLI the stack's config with its salt, and leaves the project's file alone", async () => {
    await run(["preview"]);
    const { config = "" } = (await calls()).at(-1) ?? {};
    assert.match(config, /# A comment\.\n {2}demo:a: 1\nencryptionsalt: v1:salt/);
    const file = await readFile(join(project, "Pulumi.local.yaml"), "utf8");
    assert.equal(file, "config:\n  # A comment.\n  demo:a: 1\n");
  });

  it("takes over what the config command changes, without the salt", async () => {
    await run(["config", "set", "a", "2"]);
    const file = await readFile(join(project, "Pulumi.local.yaml"), "utf8");
    assert.equal(file, "config:\n  # A comment.\n  demo:a: 1\nadded: true\n");
  });

  it("leaves to the user a stack that says itself how its secrets are encrypted", async () => {
    const file = join(dir, "own-passphrase");
    await writeFile(file, "mine");
    await writeFile(join(project, "Pulumi.local.yaml"), "encryptionsalt: v1:own\n");
    await run(["stack"], { PULUMI_CONFIG_PASSPHRASE_FILE: file });
    assert.deepEqual(
      new Set((await calls()).map(({ passphrase }) => passphrase)),
      new Set(["mine"]),
    );
  });

  it("ends with the exit code of the CLI, and leaves the data folder and no port", async () => {
    const { stdout, code } = await run(["up"], { TEST_EXIT: "255" });
    assert.equal(code, 255);
    const port = Number(/port (\d+)/.exec(stdout)?.[1]);
    const socket = createConnection(port, "127.0.0.1");
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
    assert.equal((await run(["up"])).code, 0);
  });

  it("starts no cloud for what needs none", async () => {
    const { stdout } = await run(["stack", "output"]);
    assert.equal(stdout, "port undefined\n");
  });

  it("tells its own options before the CLI's help", async () => {
    const { stdout, code } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: npm run pulumi --[\s\S]*--data <dir>[\s\S]*port undefined/);
    assert.deepEqual(
      (await calls()).map(({ args }) => args),
      [["--help"]],
    );
  });
});
