import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { close, listen } from "../../aws/http";
import { run as runCommand } from "../../cli/run";
import { localFolder } from "../../folder";
import { isAlive, until } from "../engine/processes";
import { startFakeCloud } from "./fixtures/fake-cloud";
import { type CommandRun, runCaptured } from "./support/captured-run";

/** A run of the command, and what it has printed so far. */
interface Run {
  process: ChildProcess;
  stdout: string;
  stderr: string;
  exitCode: Promise<number | null>;
}

describe("npm start", function () {
  // Two runs, one after the other, on a machine that is busy.
  this.timeout(60_000);

  let dir: string;
  let data: string;
  const runs: Run[] = [];

  beforeEach(async () => {
    project = "demo";
    dir = await mkdtemp(join(tmpdir(), "start-"));
    data = join(dir, "data");
  });

  afterEach(async () => {
    for (const run of runs.splice(0)) {
      run.process.kill("SIGKILL");
      await run.exitCode;
    }
    await rm(dir, { recursive: true });
  });

  /** The program, a folder in `fixtures`, that is run. */
  let project: string;

  function startRun(...args: string[]): Run {
    const launch = [join(localFolder, "launch.mjs"), "tests/cli/fixtures/main"];
    return runOf(process.execPath, [...launch, "--port=0", `--data=${data}`, ...args]);
  }

  function runOf(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Run {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, TEST_PROJECT: project, ...env },
    });
    const exitCode = once(child, "close").then(([code]) => code as number | null);
    const run: Run = { process: child, stdout: "", stderr: "", exitCode };
    child.stdout.on("data", (chunk: Buffer) => (run.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (run.stderr += chunk.toString()));
    runs.push(run);
    return run;
  }

  async function startReady(...args: string[]): Promise<Run> {
    const run = startRun(...args);
    await until(() => run.stdout.includes("Ready in") || run.process.exitCode !== null);
    assert.equal(run.process.exitCode, null, run.stderr);
    return run;
  }

  /** A run that fails, without a process of its own. */
  async function failedRun(...args: string[]): Promise<CommandRun> {
    const settings = {
      args: ["--port=0", `--data=${data}`, ...args],
      projectDir: join(localFolder, "tests/cli/fixtures", project),
      startCloud: startFakeCloud,
    };
    // If it serves all the same, it is stopped.
    const controller = new AbortController();
    const late = setTimeout(() => {
      controller.abort();
    }, 50_000);
    try {
      const run = await runCaptured(() => runCommand(settings, controller.signal));
      assert.equal(run.exitCode, 1, run.stdout + run.stderr);
      return run;
    } finally {
      clearTimeout(late);
    }
  }

  /** Expects a run to fail with one sentence on stderr. */
  async function assertRefused(args: string[], message: RegExp): Promise<void> {
    const { stderr } = await failedRun(...args);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  }

  describe("without options", () => {
    let folder: string;
    let run: Run;

    // All of them look at one run.
    before(async () => {
      project = "demo";
      folder = join(await mkdtemp(join(tmpdir(), "start-")), "data");
      data = folder;
      run = await startReady();
      // It goes on after the first of them.
      runs.pop();
    });

    after(async () => {
      run.process.kill("SIGKILL");
      await run.exitCode;
      await rm(dirname(folder), { recursive: true });
    });

    it("prints what it creates, the program's messages, the outputs and how to use them", () => {
      assert.match(run.stdout, /^Updating \(local\):\ncloud started\n/);
      assert.match(
        run.stdout,
        /^ \+ {2}test:index:Thing thing created \(\d+\.\ds\)$[^]*^cloud resumed$/m,
      );
      assert.match(
        run.stdout,
        /^Diagnostics:\n {2}pulumi:pulumi:Stack \(demo-local\):\n {4}hello from the program\n/m,
      );
      assert.match(
        run.stdout,
        /^Outputs:\n {4}apiKey: \[secret\]\n {4}apiUrl: "http:\/\/127\.0\.0\.1:4000\/v1"\n/m,
      );
      assert.match(run.stdout, /recorded, not emulated: aws:cloudwatch\/dashboard:Dashboard\n/);
      assert.match(run.stdout, /^curl "\$API_URL\/health"$/m);
      assert.match(run.stdout, /\nReady in \d+\.\d s\. Ctrl-C stops\.\n$/);
      assert.ok(run.stdout.includes(`\nsource ${folder}/aws.env && aws --endpoint-url `));
      assert.doesNotMatch(run.stdout, /t0ken/);
    });

    it("writes outputs and endpoints for the owner only", async () => {
      const read = async (file: string) =>
        JSON.parse(await readFile(join(folder, file), "utf8")) as Record<string, unknown>;
      assert.deepEqual(await read("outputs.json"), {
        apiKey: "t0ken",
        apiUrl: "http://127.0.0.1:4000/v1",
      });
      assert.equal((await read("endpoints.json")).region, "eu-west-1");
      const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
      assert.equal(await modeOf(folder), 0o700);
      assert.equal(await modeOf(join(folder, "outputs.json")), 0o600);
      assert.equal(await modeOf(join(folder, "endpoints.json")), 0o600);
      assert.equal(await modeOf(join(folder, "aws.env")), 0o600);
    });

    it("keeps nothing but an address of an issuer that nobody asks", async () => {
      assert.deepEqual(await readdir(join(folder, "issuer")), ["issuer.json"]);
    });
  });

  it("prints nothing but JSON with --json, without secrets", async () => {
    const run = startRun("--json");
    await until(() => run.stdout.includes('"ready"') || run.process.exitCode !== null);
    const records = run.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const ofType = (type: string) => records.filter((record) => record.type === type);
    assert.deepEqual(ofType("start"), [{ type: "start", project: "demo", stack: "local" }]);
    assert.deepEqual(ofType("outputs"), [
      {
        type: "outputs",
        outputs: { apiKey: "[secret]", apiUrl: "http://127.0.0.1:4000/v1" },
      },
    ]);
    const thing = ofType("step").find(({ name }) => name === "thing");
    assert.deepEqual([thing?.op, thing?.resourceType], ["create", "test:index/thing:Thing"]);
    assert.equal(records.at(-1)?.type, "ready");
    assert.equal(records.at(-1)?.dataFolder, data);
    assert.doesNotMatch(run.stdout, /t0ken/);
  });

  it("prints the result of the start, and what services tell, with --quiet", async () => {
    const { stdout } = await startReady("--quiet");
    assert.match(stdout, /^cloud started\n/);
    assert.match(stdout, /^ {4}apiKey: \[secret\]$/m);
    assert.doesNotMatch(stdout, /Updating|created|API_URL|Resources:|Services:|aws\.env/);
  });

  describe("with an issuer of its own", () => {
    const issuerOf = async () => {
      const endpoints = JSON.parse(await readFile(join(data, "endpoints.json"), "utf8")) as object;
      return "oidcIssuer" in endpoints ? String(endpoints.oidcIssuer) : "";
    };
    const keysOf = async (issuer: string) => (await fetch(`${issuer}/jwks`)).text();

    it("tells the program where that is, and how to get a token", async () => {
      const { stdout } = await startReady("-c", "issuer=local");
      const issuer = await issuerOf();
      assert.match(issuer, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.ok(stdout.includes(`oidcIssuer: "${issuer}"\n`));
      assert.ok(
        stdout.includes(`\nTOKEN=$(npm run --silent token -- --user ada --data ${data})\n`),
      );
      assert.match(stdout, /^curl "\$API_URL\/me" -H "Authorization: Bearer \$TOKEN"$/m);
      assert.doesNotMatch(stdout, /API_KEY/);
      assert.match(await keysOf(issuer), /"kid"/);
      assert.doesNotMatch(stdout, /oidc-provider/i);
    });

    it("has the same address and keys at the next start, and new keys with --fresh", async () => {
      const first = await startReady("-c", "issuer=local");
      const issuer = await issuerOf();
      const keys = await keysOf(issuer);
      first.process.kill("SIGTERM");
      assert.equal(await first.exitCode, 0);
      await assert.rejects(fetch(issuer));
      const second = await startReady("-c", "issuer=local");
      assert.equal(await issuerOf(), issuer);
      assert.equal(await keysOf(issuer), keys);
      second.process.kill("SIGTERM");
      await second.exitCode;
      await startReady("-c", "issuer=local", "--fresh");
      assert.notEqual(await keysOf(await issuerOf()), keys);
    });
  });

  it("hides what the stack keeps secret, wherever it is printed, but not from the program", async () => {
    const word = "open sesame\nand close it again";
    const run = await startReady("--stack=secret", "-c", `word=${word}`);
    assert.match(run.stdout, /The word is \[secret\]\n {4}\[secret\]\.$/m);
    assert.match(run.stdout, /^ {4}echo {2}: "\[secret\]"$/m);
    assert.doesNotMatch(run.stdout + run.stderr, /sesame|close it/);
    const outputs = JSON.parse(await readFile(join(data, "outputs.json"), "utf8")) as unknown;
    assert.deepEqual((outputs as { echo: string }).echo, word);
  });

  it("gives a stack the outputs of another one of the folder, and keeps secret those that are", async () => {
    const first = await startReady("--stack=secret", "-c", "word=any");
    first.process.kill("SIGINT");
    await first.exitCode;
    const second = await startReady("-c", "other=organization/demo/secret");
    assert.match(second.stdout, /^ {4}copy {2}: \[secret\]$/m);
    assert.doesNotMatch(second.stdout + second.stderr, /t0ken/);
    const outputs = JSON.parse(await readFile(join(data, "outputs.json"), "utf8")) as unknown;
    assert.equal((outputs as { copy: string }).copy, "t0ken");
  });

  it("refuses a reference to a stack that the folder does not have", async () => {
    const run = await failedRun("-c", "other=organization/demo/secret");
    assert.match(
      run.stdout,
      /^ {2}pulumi:pulumi:StackReference \(organization\/demo\/secret\):\n {4}error: unknown stack "organization\/demo\/secret"$/m,
    );
  });

  it("hides secrets in an error of the program", async () => {
    const run = await failedRun("--stack=secret", "-c", "word=sesame", "-c", "how=throw");
    assert.match(run.stdout, /Error: boom \[secret\]/);
    assert.doesNotMatch(run.stdout + run.stderr, /sesame/);
  });

  it("warns of config that may not be meant, and refuses a key that no one knows", async () => {
    const run = await startReady("--stack=other");
    assert.equal(
      run.stderr,
      "warning: Pulumi.other.yaml: Pulumi.yaml declares no key 'howe'; did you mean 'how'?\n",
    );
    await assertRefused(["-c", "hwo=fail"], /no key 'hwo'; did you mean 'how'\?/);
  });

  it("ends when nobody reads any more what it prints", async () => {
    const run = startRun();
    await until(() => run.stdout.includes("cloud started"));
    run.process.stdout?.destroy();
    assert.equal(await run.exitCode, 0);
    assert.equal(run.stderr, "");
    assert.deepEqual(
      (await readdir(data)).filter((file) => file.endsWith(".lock")),
      [],
    );
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`stops everything on ${signal}, and leaves the folder to the next run`, async () => {
      const run = await startReady();
      run.process.kill(signal);
      assert.equal(await run.exitCode, 0);
      assert.match(run.stdout, /cloud stopped\n$/);
      assert.deepEqual(
        (await readdir(data)).filter((file) => file.endsWith(".lock")),
        [],
      );
    });
  }

  it("stops with the shell in which npm runs it", async () => {
    const launch = `"${process.execPath}" "${join(localFolder, "launch.mjs")}" tests/cli/fixtures/main`;
    const script = `${launch} --port=0 --data="${data}"; exit`;
    const run = runOf("sh", ["-c", script], { npm_lifecycle_event: "start" });
    await until(() => run.stdout.includes("Ready in"));
    run.process.kill("SIGTERM");
    assert.equal(await run.exitCode, null);
    assert.match(run.stdout, /cloud stopped\n$/);
  });

  it("says how to repeat its faults, and how many there were", async () => {
    const run = await startReady("--faults", "s3=0.1", "--faults-seed", "7");
    assert.match(run.stdout, /^Faults with --faults-seed 7: s3:\*=error:0\.1$/m);
    run.process.kill("SIGINT");
    assert.equal(await run.exitCode, 0);
    assert.match(run.stdout, /^Faults injected: none$/m);
  });

  it("ends by itself when a service does not stop", async () => {
    const run = await startReady("-c", "aws:region=never-stops");
    run.process.kill("SIGINT");
    assert.equal(await run.exitCode, 1);
    assert.equal(run.stderr, "error: not everything could be stopped in time\n");
  });

  it("ends at once when it is interrupted twice", async () => {
    const run = await startReady("-c", "aws:region=never-stops");
    run.process.kill("SIGTERM");
    // Signals of one kind can merge into one while they wait, those of two kinds cannot.
    run.process.kill("SIGINT");
    assert.equal(await run.exitCode, 130);
  });

  it("can be stopped while the program runs", async () => {
    const file = join(dir, "running");
    const run = startRun("--config=how=hang", `--config=file=${file}`);
    await until(() => existsSync(file));
    run.process.kill("SIGINT");
    assert.equal(await run.exitCode, 0);
    assert.match(run.stdout, /cloud stopped\n$/);
  });

  it("prints an error of the program as Pulumi does, and exits with 1", async () => {
    const run = startRun("-c", "how=throw");
    assert.equal(await run.exitCode, 1);
    assert.match(
      run.stdout,
      /Diagnostics:\n {2}pulumi:pulumi:Stack \(demo-local\):\n(?: {4}hello.*\n)? {4}error: Running program '.*' failed with an unhandled exception:\n {4}Error: boom\n {8}at /,
    );
    assert.match(run.stdout, /cloud stopped\n$/);
    assert.equal(run.stderr, "");
  });

  it("prints why a resource could not be created, and exits with 1", async () => {
    const run = await failedRun("-c", "demo:how=fail");
    assert.match(
      run.stdout,
      / {2}test:index:Thing \(thing\):\n {4}error: creating urn:pulumi:local::demo::.*::thing: it is broken\n/,
    );
  });

  it("refuses a stack that does not exist, naming those that do", async () => {
    await assertRefused(
      ["--stack=prod"],
      /^error: There is no stack 'prod'.*local, other, secret\.$/m,
    );
  });

  it("refuses a port that is taken", async () => {
    const server = createServer();
    const port = await listen(server);
    // Only Linux tells whose ports are.
    const holder = process.platform === "linux" ? ` by process ${process.pid} \\(node\\)` : "";
    await assertRefused(
      [`--port=${port}`],
      new RegExp(`^error: Port ${port} is taken${holder}; choose another one with --port\\.$`, "m"),
    );
    await close(server);
  });

  it("refuses a folder that another run uses", async () => {
    const first = await startReady();
    await assertRefused(
      [],
      new RegExp(`^error: The folder .* is in use by process ${first.process.pid ?? ""};`),
    );
  });

  it("refuses a folder that cannot be made", async () => {
    const file = join(dir, "file");
    await writeFile(file, "");
    await assertRefused(
      [`--data=${join(file, "data")}`],
      /^error: The folder .* cannot be used: not a directory;/,
    );
  });

  it("refuses a folder that holds something else, and leaves it alone", async () => {
    await mkdir(data);
    await writeFile(join(data, "thesis.txt"), "");
    await assertRefused(["--fresh"], /holds something else than a local cloud's data/);
    assert.deepEqual(await readdir(data), ["thesis.txt"]);
  });

  it("refuses options that it does not know or understand", async () => {
    await assertRefused(["--port=http"], /an integer from 0 to 65535/);
    for (const processes of ["0", "1001", "1.5", "many"]) {
      await assertRefused([`--processes=${processes}`], /an integer from 1 to 1000/);
    }
    const run = startRun("--verbose");
    assert.equal(await run.exitCode, 1);
    assert.equal(run.stderr, "error: unknown option '--verbose'\n");
  });

  describe("with a policy pack", () => {
    beforeEach(() => {
      project = "guarded";
    });

    it("creates nothing before the pack has accepted the program", async () => {
      const { stdout } = await startReady();
      assert.match(
        stdout,
        /Policies:\n {4}⚠️ things@v1\.0\.0 .*\n(?: {8}.*\n)+ \+ {2}pulumi:pulumi:Stack .*\n \+ {2}test:index:Thing first created/,
      );
      assert.match(stdout, /test:index:Thing second created/);
    });

    it("creates nothing that the pack refuses, prints all that is wrong, and exits with 1", async () => {
      const run = await failedRun("-c", "size=11");
      assert.match(run.stdout, /❌ things@.*\n[^]*\[mandatory\] {2}thing-limit-size/);
      assert.match(run.stdout, /\[advisory\] {2}thing-have-label/);
      assert.doesNotMatch(run.stdout, /Thing .* created/);
      assert.match(run.stdout, /cloud stopped\n$/);
      assert.equal(
        run.stderr,
        "error: a mandatory policy is violated; --no-policy creates the resources all the same\n",
      );
    });

    it("refuses what turns out to violate a policy only when its inputs are known", async () => {
      const run = await failedRun(
        "-c",
        'pack:initial={"thing-limit-size":{"enforcementLevel":"mandatory","limit":4}}',
        "-c",
        "size=1",
      );
      assert.match(run.stdout, /\[mandatory\] {2}thing-limit-size {2}\(.*: second\)/);
      assert.doesNotMatch(run.stdout, /Thing .* created/);
    });

    it("creates everything with --no-policy", async () => {
      const { stdout } = await startReady("--no-policy", "-c", "size=11");
      assert.doesNotMatch(stdout, /Policies:/);
      assert.match(stdout, /Thing second created/);
    });

    it("prints an error of the program once", async () => {
      const run = await failedRun("-c", "how=throw");
      assert.equal(run.stdout.match(/Error: boom/g)?.length, 1);
      assert.equal(run.stderr, "");
    });

    it("says why the pack does not run", async () => {
      const run = await failedRun("-c", "pack:how=fails-to-start");
      assert.match(run.stderr, /^error: The policy pack .* failed to start:\n/);
      assert.doesNotMatch(run.stdout, /Thing .* created/);
    });

    for (const how of ["hang", "succeed"]) {
      it(`leaves no process of the pack after Ctrl-C (${how})`, async () => {
        const pidFile = join(dir, "pid");
        const run = startRun("-c", `how=${how}`, "-c", `pack:pidFile=${pidFile}`);
        await until(() => existsSync(pidFile));
        run.process.kill("SIGINT");
        assert.equal(await run.exitCode, 0);
        const pid = Number(await readFile(pidFile, "utf8"));
        await until(() => !isAlive(pid));
      });
    }
  });
});
