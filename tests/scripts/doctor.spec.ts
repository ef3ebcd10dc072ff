import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { devDependencies, dependencies } from "../../package.json";
import { examine as examineStack } from "../../scripts/doctor/examine";
import type { Finding } from "../../scripts/doctor/finding";
import { reportOf } from "../../scripts/doctor/report";
import { keepEnvironment } from "../support/environment";

const projectDir = path.join(__dirname, "../..");

/** What the tests set of where it looks. */
interface Surroundings {
  commands?: typeof tools;
  env?: NodeJS.ProcessEnv;
}

interface Report {
  exitCode: number | null;
  ready: boolean;
  of: (what: string) => Finding[];
  text: string;
}

/** What the commands on the PATH answer; nothing for a command that is not there. */
const tools: Readonly<Record<string, string | undefined>> = {
  node: 'echo "v24.1.0"',
  npm: 'echo "11.0.0"',
  pulumi: `case "$1" in
    version) echo "v${dependencies["@pulumi/pulumi"]}" ;;
    plugin) echo '[{"name":"aws","kind":"resource","version":"${dependencies["@pulumi/aws"]}"}]' ;;
  esac`,
};

const accepted = `config:
  darkroom:alertEmail: ops@darkroom.dev
secretsprovider: awskms://alias/bootstrap-darkroom-state?region=us-east-1
encryptedkey: AQICAHg=
`;

describe("npm run doctor", function () {
  // Some start a process that loads the program's config.
  this.timeout(60_000);

  let dir: string;
  let project: string;
  let server: Server | undefined;

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), "doctor-"));
    project = path.join(dir, "project");
    mkdirSync(project);
    for (const part of ["index.ts", "scripts", "package.json", "tsconfig.json"]) {
      cpSync(path.join(projectDir, part), path.join(project, part), { recursive: true });
    }
    for (const part of ["components", "handlers", "local", "node_modules"]) {
      symlinkSync(path.join(projectDir, part), path.join(project, part));
    }
  });

  beforeEach(() => {
    for (const file of ["Pulumi.yaml", "package-lock.json"]) {
      cpSync(path.join(projectDir, file), path.join(project, file));
    }
    mkdirSync(path.join(project, "policy-pack/dist"), { recursive: true });
    writeFileSync(path.join(project, "policy-pack/dist/index.js"), "");
    writeFileSync(path.join(project, "Pulumi.production.yaml"), accepted);
  });

  afterEach(async () => {
    if (server) {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      server = undefined;
    }
    rmSync(path.join(dir, "bin"), { recursive: true, force: true });
  });

  after(() => {
    rmSync(dir, { recursive: true });
  });

  function install(commands: Readonly<Record<string, string | undefined>>): string {
    const bin = path.join(dir, "bin");
    mkdirSync(bin, { recursive: true });
    for (const [name, script] of Object.entries(commands)) {
      if (script !== undefined) {
        writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
        chmodSync(path.join(bin, name), 0o755);
      }
    }
    return bin;
  }

  function environmentOf({ commands = tools, env = {} }: Surroundings): NodeJS.ProcessEnv {
    return {
      PATH: install(commands),
      HOME: dir,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      AWS_EC2_METADATA_DISABLED: "true",
      PULUMI_BACKEND_URL: "https://api.pulumi.com",
      ...env,
    };
  }

  /** The command as people run it. */
  async function run(args: string[], surroundings: Surroundings = {}) {
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/doctor.ts", ...args], {
      cwd: project,
      env: environmentOf(surroundings),
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
    const [exitCode] = (await once(child, "close")) as [number | null];
    return { exitCode, ...output };
  }

  async function runForJson(surroundings: Surroundings = {}): Promise<Report> {
    const { exitCode, stdout, stderr } = await run(["--json"], surroundings);
    assert.equal(stderr, "");
    return readReport(stdout, exitCode);
  }

  /** What the command with `--json` does, without a process of its own. */
  async function examine(surroundings: Surroundings = {}): Promise<Report> {
    const restore = keepEnvironment();
    const environment = Object.entries(environmentOf(surroundings));
    try {
      for (const name of Object.keys(process.env)) {
        Reflect.deleteProperty(process.env, name);
      }
      Object.assign(
        process.env,
        Object.fromEntries(environment.filter(([, value]) => value !== undefined)),
      );
      const findings = await examineStack(project, "production");
      const { text, exitCode } = reportOf("production", findings, true);
      return readReport(text, exitCode);
    } finally {
      restore();
    }
  }

  function readReport(text: string, exitCode: number | null): Report {
    const { ready, findings } = JSON.parse(text) as { ready: boolean; findings: Finding[] };
    const of = (what: string) => findings.filter((finding) => finding.what === what);
    return { exitCode, ready, of, text };
  }

  async function listen(answer: RequestListener): Promise<string> {
    server = createServer(answer);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const credentials = (endpoint: string) => ({
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLEEXAMPLE12",
    AWS_SECRET_ACCESS_KEY: "not-to-be-shown-anywhere",
    AWS_ENDPOINT_URL: endpoint,
  });

  it("finds all that there is, without a network, and says what it could not ask", async () => {
    const report = await runForJson();
    assert.deepEqual([report.exitCode, report.ready], [0, true]);
    for (const what of ["Node.js", "npm", "packages", "Pulumi CLI", "AWS plugin", "policy pack"]) {
      assert.equal(report.of(what)[0]?.state, "good", what);
    }
    for (const what of ["config", "region", "secrets", "back end"]) {
      assert.equal(report.of(what)[0]?.state, "good", what);
    }
    assert.deepEqual(
      report.of("credentials").map(({ state, seen }) => [state, seen]),
      [["open", "none that the AWS SDK finds"]],
    );
    assert.equal(report.of("quotas")[0]?.state, "open");
  });

  it("prints a line for each, with the way out of what is missing", async () => {
    writeFileSync(path.join(project, "Pulumi.production.yaml"), "config: {}\n");
    const { exitCode, stdout } = await run([], { commands: { ...tools, pulumi: undefined } });
    assert.equal(exitCode, 1);
    assert.match(stdout, /^✓ Node\.js +24\.1\.0$/m);
    assert.match(
      stdout,
      /^✗ Pulumi CLI +none on the PATH\n +→ install it: https:\/\/www\.pulumi\.com/m,
    );
    assert.match(
      stdout,
      /^✗ config +alertEmail is not set; accepted: an e-mail address\n +→ pulumi config set --stack production alertEmail <value>$/m,
    );
    assert.match(stdout, /^– credentials /m);
    assert.match(stdout, /^2 missing for the stack production: each → says the way out\.$/m);
  });

  it("says of the config what the program says, all of it", async () => {
    writeFileSync(
      path.join(project, "Pulumi.production.yaml"),
      "config:\n  darkroom:prefix: Darkroom\n  darkroom:maxImagesPerUser: 5\n",
    );
    const { exitCode, of } = await examine();
    assert.equal(exitCode, 1);
    assert.deepEqual(
      of("config").map(({ seen, wayOut }) => [seen.split("; accepted: ")[0], wayOut]),
      [
        ['prefix is "Darkroom"', "pulumi config set --stack production prefix <value>"],
        ["alertEmail is not set", "pulumi config set --stack production alertEmail <value>"],
        [
          'maxImagesPerUser is "5" without an oidcIssuer',
          "pulumi config set --stack production maxImagesPerUser <value>",
        ],
      ],
    );
  });

  it("says that there is no such stack, and how to make it", async () => {
    const { exitCode, stdout } = await run(["--stack", "staging", "--json"]);
    assert.equal(exitCode, 1);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    const config = findings.find(({ what }) => what === "config");
    assert.equal(config?.seen, "there is no Pulumi.staging.yaml");
    assert.equal(config.wayOut, "pulumi stack init staging");
  });

  it("doubts an address that is an example", async () => {
    const file = path.join(project, "Pulumi.production.yaml");
    writeFileSync(file, accepted.replace("ops@darkroom.dev", "alerts@example.com"));
    const { exitCode, of } = await examine();
    assert.equal(exitCode, 0);
    assert.deepEqual([of("config")[0]?.state, of("config").length], ["open", 1]);
    assert.match(of("config")[0]?.seen ?? "", /alerts@example\.com is an example/);
  });

  const faults: [what: string, fault: string, commands: typeof tools, seen: RegExp][] = [
    ["Node.js", "is not there", { node: undefined }, /none on the PATH/],
    ["Node.js", "is too old", { node: 'echo "v20.19.0"' }, /^20\.19\.0, but the Pulumi CLI runs/],
    ["Node.js", "does not run", { node: "exit 1" }, /does not run$/],
    ["npm", "is not there", { npm: undefined }, /none on the PATH/],
    ["Pulumi CLI", "does not run", { pulumi: "exit 3" }, /does not run$/],
    [
      "Pulumi CLI",
      "is too old",
      { pulumi: 'echo "v3.99.0"' },
      /^3\.99\.0 is older than the program's @pulumi\/pulumi/,
    ],
  ];
  for (const [what, fault, commands, seen] of faults) {
    it(`tells of ${what} that it ${fault}`, async () => {
      const { exitCode, of } = await examine({ commands: { ...tools, ...commands } });
      assert.equal(exitCode, 1);
      assert.equal(of(what)[0]?.state, "missing");
      assert.match(of(what)[0]?.seen ?? "", seen);
      assert.ok(of(what)[0]?.wayOut);
    });
  }

  it("leaves the plugin to the CLI, unless that may not download it", async () => {
    const commands = { ...tools, pulumi: (tools.pulumi ?? "").replace('"aws"', '"gcp"') };
    const [open] = (await examine({ commands })).of("AWS plugin");
    assert.equal(open?.state, "open");
    assert.equal(open.wayOut, `pulumi plugin install resource aws v${dependencies["@pulumi/aws"]}`);
    const env = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
    assert.equal((await examine({ commands, env })).of("AWS plugin")[0]?.state, "missing");
  });

  it("finds packages that are not those of the lock file", async () => {
    const file = path.join(project, "package-lock.json");
    const lock = readFileSync(file, "utf8");
    const changed = JSON.parse(lock) as { packages: Record<string, { version: string }> };
    changed.packages["node_modules/mocha"] = { version: `${devDependencies.mocha}0` };
    writeFileSync(file, JSON.stringify(changed));
    const [packages] = (await examine()).of("packages");
    assert.deepEqual(packages, {
      what: "packages",
      state: "missing",
      seen: "1 are not as package-lock.json has them, such as mocha",
      wayOut: "npm ci",
    });
  });

  it("misses a pack that is not compiled", async () => {
    rmSync(path.join(project, "policy-pack/dist"), { recursive: true });
    const [pack] = (await examine()).of("policy pack");
    assert.deepEqual(
      [pack?.state, pack?.wayOut],
      ["missing", "npm run build --workspace policy-pack"],
    );
  });

  it("knows where the CLI is logged in, and shows no password of it", async () => {
    const env = { PULUMI_BACKEND_URL: undefined, PULUMI_HOME: dir };
    assert.equal((await examine({ env })).of("back end")[0]?.state, "missing");
    writeFileSync(
      path.join(dir, "credentials.json"),
      JSON.stringify({ current: "https://user:hidden-word@api.example.com?token=hidden-word" }),
    );
    const report = await examine({ env });
    assert.deepEqual(report.of("back end"), [
      { what: "back end", state: "good", seen: "https://api.example.com" },
    ]);
    assert.doesNotMatch(report.text, /hidden-word/);
    const [local] = (await examine({ env: { PULUMI_BACKEND_URL: "file:///state" } })).of(
      "back end",
    );
    assert.deepEqual([local?.state, local?.seen], ["open", "file:///state, on this machine alone"]);
  });

  it("asks for the passphrase of a stack that has one", async () => {
    const file = path.join(project, "Pulumi.production.yaml");
    writeFileSync(
      file,
      "config:\n  darkroom:alertEmail: ops@darkroom.dev\nencryptionsalt: v1:a:b\n",
    );
    assert.equal((await examine()).of("secrets")[0]?.state, "open");
    const env = { PULUMI_CONFIG_PASSPHRASE: "hidden-word" };
    const report = await examine({ env });
    assert.equal(report.of("secrets")[0]?.state, "good");
    assert.doesNotMatch(report.text, /hidden-word/);
  });

  it("tells the region of the stack from that of other commands", async () => {
    const [region] = (await examine({ env: { AWS_REGION: "eu-west-1" } })).of("region");
    assert.deepEqual(region, {
      what: "region",
      state: "open",
      seen: "us-east-1 for the stack, eu-west-1 for other commands",
      wayOut: "export AWS_REGION=us-east-1",
    });
  });

  const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>A</UserId><Account>123456789012</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>`;

  it("tells whose credentials there are, and what the account allows", async () => {
    writeFileSync(
      path.join(project, "Pulumi.production.yaml"),
      accepted.replace(
        "config:\n",
        "config:\n  darkroom:reservedConcurrency: [upload-image=901]\n",
      ),
    );
    const endpoint = await listen((request, response) => {
      if (request.url === "/") {
        response.setHeader("Content-Type", "text/xml").end(identity);
      } else if (request.url?.endsWith("/account-settings") === true) {
        const AccountLimit = { ConcurrentExecutions: 1000 };
        response
          .setHeader("Content-Type", "application/json")
          .end(JSON.stringify({ AccountLimit }));
      } else {
        response.writeHead(request.url?.startsWith("/nosuch") === true ? 404 : 200).end();
      }
    });
    const env = { ...credentials(endpoint), PULUMI_BACKEND_URL: "s3://state?region=us-east-1" };
    const report = await examine({ env });
    assert.deepEqual(
      report.of("credentials").map(({ state, seen }) => [state, seen]),
      [["good", "arn:aws:iam::123456789012:user/ada of account 123456789012"]],
    );
    assert.equal(report.of("state bucket")[0]?.state, "good");
    assert.deepEqual(
      report.of("quotas").map(({ state, seen }) => [state, seen]),
      [["missing", "Lambda runs 1000 functions at a time, of which 901 cannot be reserved"]],
    );
    assert.doesNotMatch(report.text, /not-to-be-shown/);
    const other = await examine({ env: { ...env, PULUMI_BACKEND_URL: "s3://nosuch" } });
    assert.deepEqual(
      other.of("state bucket").map(({ state, seen }) => [state, seen]),
      [["missing", "there is no nosuch"]],
    );
  });

  it("tells that AWS refuses the credentials", async () => {
    const endpoint = await listen((_request, response) => {
      response
        .writeHead(403, { "Content-Type": "text/xml" })
        .end(
          "<ErrorResponse><Error><Code>ExpiredToken</Code><Message>It has expired</Message></Error></ErrorResponse>",
        );
    });
    const report = await examine({ env: credentials(endpoint) });
    assert.equal(report.exitCode, 1);
    assert.equal(report.of("credentials")[0]?.state, "missing");
    assert.match(
      report.of("credentials")[0]?.seen ?? "",
      /^refused by AWS: ExpiredToken\w*: It has expired/,
    );
    assert.doesNotMatch(report.text, /not-to-be-shown/);
  });

  it("does not wait for an AWS that does not answer, and takes that for no fault", async () => {
    const endpoint = await listen(() => undefined);
    const report = await runForJson({ env: credentials(endpoint) });
    assert.equal(report.exitCode, 0);
    assert.deepEqual(
      report.of("credentials").map(({ state }) => state),
      ["open"],
    );
  });
});
