import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { lastIssuerOf } from "../../local/issuer/issuer";
import { connect } from "../e2e/support/stack";
import { type LocalRun, startLocalRun } from "../support/local-run";
import { localTokens } from "../support/local-tokens";

const projectDir = join(__dirname, "..", "..");

/** Pastes lines into a shell in the project's folder, whose curl fails for what is refused. */
async function paste(lines: readonly string[]): Promise<string> {
  const script = ['curl() { command curl --silent --show-error --fail "$@"; }', ...lines];
  const { stdout } = await promisify(execFile)("sh", ["-euc", script.join("\n")], {
    cwd: projectDir,
  });
  return stdout;
}

/** The commands that a run prints, to be pasted. */
function commandsOf(run: LocalRun): string[] {
  return run
    .output()
    .split("\n")
    .filter((line) => /^([A-Z_]+=|curl )/.test(line));
}

describe("a local run with users", function () {
  this.timeout(180_000);
  let run: LocalRun;

  before(async () => {
    run = await startLocalRun(["-c", "oidcIssuer=local"]);
  });
  after(() => run.remove());

  it("prints commands that work when they are pasted, with a token alone", async () => {
    const commands = commandsOf(run);
    assert.doesNotMatch(commands.join("\n"), /API_KEY/);
    const output = await paste([
      ...commands,
      'echo; curl "$API_URL/me" -H "Authorization: Bearer $TOKEN"',
    ]);
    const me = JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
    assert.equal(me.userId, "ada");
    assert.equal(me.isAdmin, false);
    assert.equal((me.images as { count: number }).count, 1);
  });

  it("takes the token of an admin as such, and prints neither it nor a word of its issuer's package", async () => {
    const [url = ""] = commandsOf(run).filter((line) => line.startsWith("API_URL="));
    const token = `$(npm run --silent token -- --user root --admin --data ${run.dataDir})`;
    const me = JSON.parse(
      await paste([url, `TOKEN=${token}`, 'curl "$API_URL/me" -H "Authorization: Bearer $TOKEN"']),
    ) as Record<string, unknown>;
    assert.deepEqual([me.userId, me.isAdmin], ["root", true]);
    assert.doesNotMatch(run.output(), /oidc-provider|Bearer ey/);
  });

  it("names its issuer to tools and in the stack's outputs", () => {
    const { outputs } = connect(run.dataDir);
    const issuer = lastIssuerOf(run.dataDir)?.url;
    assert.equal((outputs as { oidcIssuer?: string }).oidcIssuer, issuer);
  });
});

describe("a local run with users that starts again", function () {
  this.timeout(180_000);

  it("goes on taking tokens of before, from the same issuer", async () => {
    const args = ["--no-policy", "-c", "oidcIssuer=local"];
    const first = await startLocalRun(args);
    const authorization = `Bearer ${await localTokens(first.dataDir)("ada")}`;
    const issuer = lastIssuerOf(first.dataDir);
    const me = async () => {
      const { apiUrl } = connect(first.dataDir).outputs;
      return (await fetch(`${apiUrl}/me`, { headers: { authorization } })).status;
    };
    assert.equal(await me(), 200);
    assert.equal(await first.stop("SIGINT"), 0);
    await assert.rejects(fetch(issuer?.url ?? ""));

    const second = await startLocalRun(args, first.dataDir);
    try {
      assert.deepEqual(lastIssuerOf(second.dataDir), issuer);
      assert.equal(await me(), 200);
    } finally {
      await second.remove();
    }
  });
});

describe("a local run with users and keys", function () {
  this.timeout(180_000);
  let run: LocalRun;

  before(async () => {
    run = await startLocalRun([
      "--no-policy",
      "--config-path",
      ...["-c", "oidcIssuer=local", "-c", "allowApiKeys=true", "-c", "oidcAudience[0]=other"],
    ]);
  });
  after(() => run.remove());

  it("prints commands for both that work when they are pasted", async () => {
    const commands = commandsOf(run);
    assert.match(commands.join("\n"), /^curl .*x-api-key: \$API_KEY/m);
    assert.match(await paste(commands), /sample\.png/);
  });
});
