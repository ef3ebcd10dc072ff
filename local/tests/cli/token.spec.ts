import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";

import { scripts } from "../../../package.json";
import { openDataFolder } from "../../cli/data-folder";
import { LocalIssuer } from "../../issuer/issuer";

/** Runs the command as npm does. */
async function run(...args: string[]) {
  const [command = "", ...words] = scripts.token.split(" ");
  const child = spawn(command, [...words, ...args], { cwd: join(__dirname, "..", "..", "..") });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number]>,
  ]);
  return { stdout, stderr, exitCode };
}

describe("npm run token", function () {
  this.timeout(60_000);
  let dir: string;
  let issuer: LocalIssuer;
  const notices: string[] = [];

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "token-"));
    await (await openDataFolder(dir, false)).release();
    issuer = new LocalIssuer({
      dataDir: dir,
      audience: "demo",
      notify: (line) => notices.push(line),
    });
    await issuer.start();
    writeOutputs({ oidcIssuer: issuer.url });
  });

  afterEach(async () => {
    await issuer.stop();
    rmSync(dir, { recursive: true });
    assert.deepEqual(notices.splice(0), []);
  });

  function writeOutputs(outputs: object): void {
    writeFileSync(join(dir, "outputs.json"), JSON.stringify(outputs));
  }

  it("prints a token that the issuer vouches for, and nothing else, before anybody has asked it", async () => {
    const { stdout, stderr, exitCode } = await run("--user", "Zoë Ñ", "--data", dir);
    assert.deepEqual([stderr, exitCode], ["", 0]);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const keys = createRemoteJWKSet(new URL(`${issuer.url}/jwks`));
    const { payload } = await jwtVerify(stdout.trim(), keys, {
      issuer: issuer.url,
      audience: "demo",
    });
    assert.equal(payload.sub, "Zoë Ñ");
    assert.equal("role" in payload, false);
    assert.equal(Number(payload.exp) - Number(payload.iat), 3600);
  });

  it("says what it is told to, once the run has ended, too", async () => {
    await issuer.stop();
    const args = ["--user=ada", "--admin", "--expires=60", "--audience=api", `--data=${dir}`];
    const { stdout } = await run(...args);
    const { sub, role, aud, iss, iat = 0, exp = 0 } = decodeJwt(stdout.trim());
    assert.deepEqual([sub, role, aud, iss], ["ada", "admin", "api", issuer.url]);
    assert.equal(exp - iat, 60);
  });

  it("prints its help", async () => {
    const { stdout, exitCode } = await run("--help");
    assert.equal(exitCode, 0);
    for (const option of ["--user", "--admin", "--expires", "--audience", "--data"]) {
      assert.ok(stdout.includes(option), option);
    }
  });

  for (const [args, problem] of [
    [[], /required option '--user <name>' not specified/],
    [["--user", ""], /'--user <name>'.*A user name is needed\./],
    [["--user", "x".repeat(256)], /at most 255 characters; this one has 256/],
    [["--user", "a\nb"], /no control characters/],
    [["--user", "ada", "--expires", "0"], /an integer from 1 to 31622400/],
    [["--user", "ada", "--expires", "1.5"], /an integer from 1 to 31622400/],
    [["--user", "ada", "--expires", "31622401"], /an integer from 1 to 31622400/],
    [["--user", "ada", "--audience", ""], /must not be empty/],
    [["--user", "ada", "--role", "x"], /unknown option '--role'/],
    [["ada"], /required option|too many arguments/],
  ] as const) {
    it(`refuses ${JSON.stringify(args).slice(0, 60)}`, async () => {
      const { stdout, stderr, exitCode } = await run(...args, "--data", dir);
      assert.deepEqual([stdout, exitCode], ["", 1]);
      assert.match(stderr, problem);
    });
  }

  it("says how to start a run where there is none", async () => {
    const none = join(dir, "none");
    const { stdout, stderr, exitCode } = await run("--user", "ada", "--data", none);
    assert.deepEqual([stdout, exitCode], ["", 1]);
    assert.equal(
      stderr,
      `error: There is no local run in the folder ${none}: start it with npm start -- -c oidcIssuer=local, or name its folder with --data.\n`,
    );
  });

  for (const [name, outputs] of [
    ["takes no tokens", { apiUrl: "http://127.0.0.1:4000/v1" }],
    ["takes those of another issuer", { oidcIssuer: "https://id.example.com" }],
  ] as const) {
    it(`says how to start the run again where its stack ${name}`, async () => {
      writeOutputs(outputs);
      const { stdout, stderr, exitCode } = await run("--user", "ada", "--data", dir);
      assert.deepEqual([stdout, exitCode], ["", 1]);
      assert.equal(
        stderr,
        `error: The local run in ${dir} takes no tokens of its own issuer: start it with npm start -- -c oidcIssuer=local.\n`,
      );
    });
  }
});
