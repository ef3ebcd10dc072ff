import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineStack, root } from "./engine-stack";
import { engineSteps, standInSteps, type StepKinds } from "./engine-steps";
import { StandIn } from "./stand-in";

const parts = [
  ...["Pulumi.yaml", "Pulumi.local.yaml", "package.json", "package-lock.json", "tsconfig.json"],
  ...["index.ts", "components", "handlers"],
];

/** Something that is changed in a copy of the project: values of its config, as YAML, or text in a file. */
type ProjectChange =
  | { config: Record<string, unknown> }
  | { file: string; from: string; to: string };

/** What tells users apart. */
const users = {
  oidcIssuer: "https://id.example.com",
  oidcAudience: "[darkroom]",
  maxImagesPerUser: 1000,
};

const changes: Record<string, ProjectChange> = {
  "a handler's source": {
    file: "handlers/get-upload.ts",
    from: "export function createHandler(",
    to: 'globalThis.process.env.CHANGED = "yes";\nexport function createHandler(',
  },
  "a table that is provisioned": { config: { dynamoReadCapacity: 6, dynamoWriteCapacity: 5 } },
  "no traces": { config: { xrayTracing: false } },
  "metrics of each method": { config: { detailedMetrics: true } },
  "a route": {
    file: "components/openapi/routes.ts",
    from: 'path: "/process"',
    to: 'path: "/processing"',
  },
  "a tag": { config: { environment: "Staging" } },
  "the prefix": { config: { prefix: "lightroom" } },
  protection: { config: { protectData: true } },
  "a resource that is removed": {
    file: "components/operations/alert-topic.ts",
    from: "new aws.sns.TopicSubscription(",
    to: "Object.assign(",
  },
  "an environment variable": { config: { maxImagePixels: 5_000_000 } },
  "the days that logs are kept": { config: { logRetentionDays: 60 } },
  "a lock": { config: { resultsLockDays: 2 } },
  "a preset": { config: { presets: '["thumb?width=200", "large?width=1600"]' } },
  "a preset that is public": { config: { publicPresets: "[thumb]" } },
  "another key that signs URLs": { config: { urlSigningKeys: '["2", "1"]' } },
  "smaller images in forms": { config: { maxDirectUploadBytes: 50_000_000 } },
  "no events": { config: { publishEvents: false } },
  "a role for logs that another stack sets": { config: { manageApiGatewayAccount: false } },
  "a firewall": { config: { firewall: true } },
  "origins of pages": { config: { allowedOrigins: '["https://a.example", "https://b.example"]' } },
};

const deployment = "aws:apigateway/deployment:Deployment darkroom-api";

/** What there is only where users are told apart. */
const ofUsers = [
  ...["get-me", "authorize"].flatMap((operation) => [
    `aws:cloudwatch/logGroup:LogGroup /aws/lambda/darkroom-${operation}`,
    `aws:iam/policy:Policy darkroom-${operation}-policy`,
    `aws:iam/role:Role darkroom-${operation}-role`,
    `aws:iam/rolePolicyAttachment:RolePolicyAttachment darkroom-${operation}-policy`,
    `aws:lambda/function:Function darkroom-${operation}`,
    `aws:lambda/permission:Permission darkroom-${operation}-invoke`,
  ]),
  "aws:lambda/permission:Permission darkroom-get-me-invoke-head",
  "aws:ssm/parameter:Parameter /api-key/darkroom-authorize",
  "aws:dynamodb/table:Table darkroom-users",
].sort();

/** Types and names of the resources of AWS to which something of this kind happens. */
function stepsOfKind(steps: StepKinds, kind: string): string[] {
  return Object.entries(steps)
    .filter(([, step]) => step.kind === kind)
    .map(([urn]) => urn.split("::").slice(2).join(" ").split("$").at(-1) ?? "")
    .filter((name) => /^aws:\w+\//.test(name))
    .sort();
}

describe("The program on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let engine: EngineStack;
  let standIn: StandIn;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "project-"));
    restoreProject();
    await symlink(join(root, "node_modules"), join(dir, "node_modules"));
    engine = await EngineStack.start(dir);
    standIn = await StandIn.start(dir);
  });

  after(async () => {
    await standIn.stop();
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  function restoreProject(): void {
    for (const part of parts) {
      cpSync(join(root, part), join(dir, part), { recursive: true });
    }
  }

  function edit(file: string, from: string, to: string): void {
    const path = join(dir, file);
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(from), `${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  function apply(change: ProjectChange): void {
    if ("file" in change) {
      edit(change.file, change.from, change.to);
      return;
    }
    for (const [key, value] of Object.entries(change.config)) {
      const path = join(dir, "Pulumi.local.yaml");
      const lines = readFileSync(path, "utf8").split("\n");
      const others = lines.filter((line) => !line.includes(`darkroom:${key}:`));
      writeFileSync(path, `${others.join("\n").trimEnd()}\n  darkroom:${key}: ${String(value)}\n`);
    }
  }

  /** What a preview shows; afterwards, there is nothing more to do. */
  async function deploy(): Promise<StepKinds> {
    const steps = engineSteps(await engine.run("preview", "--json"));
    const { code, stdout, stderr } = await engine.run("up", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(engineSteps(await engine.run("preview", "--json")), {});
    return steps;
  }

  it("creates what the stand-in creates", async () => {
    const steps = standInSteps(await standIn.steps({ create: true }));
    const preview = engineSteps(await engine.run("preview", "--json"));
    assert.deepEqual(Object.keys(preview).sort(), Object.keys(steps).sort());
    const { code, stdout, stderr } = await engine.run("up", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`\\+ ${Object.keys(steps).length} created`));
  });

  it("changes nothing when it is previewed, or refreshed and previewed, again", async () => {
    assert.deepEqual(engineSteps(await engine.run("preview", "--json")), {});
    assert.equal((await engine.run("refresh", "--yes", "--skip-preview")).code, 0);
    assert.deepEqual(engineSteps(await engine.run("preview", "--json")), {});
    assert.deepEqual(standInSteps(await standIn.steps()), {});
  });

  for (const [title, change] of Object.entries(changes)) {
    it(`changes the same as the stand-in with ${title}`, async () => {
      restoreProject();
      apply(change);
      const [preview, steps] = await Promise.all([
        engine.run("preview", "--json"),
        standIn.steps(),
      ]);
      const expected = engineSteps(preview);
      assert.notDeepEqual(expected, {});
      assert.deepEqual(standInSteps(steps), expected);
    });
  }

  // What the API is made of is not known before there are its new functions, so that a preview of the
  // engine shows more than is changed in the end.
  it("makes what is for users of an issuer, and replaces nothing but the deployment of the API", async () => {
    restoreProject();
    apply({ config: users });
    const steps = await deploy();
    assert.deepEqual(stepsOfKind(steps, "create"), ofUsers);
    assert.deepEqual(stepsOfKind(steps, "replace"), [deployment]);
    assert.deepEqual(stepsOfKind(steps, "delete"), []);
    const expected = standInSteps(await standIn.steps());
    assert.deepEqual(stepsOfKind(expected, "create"), ofUsers);
    assert.deepEqual(stepsOfKind(expected, "replace"), [deployment]);
  });

  it("takes API keys besides, by the same resources", async () => {
    restoreProject();
    apply({ config: { ...users, allowApiKeys: true } });
    const steps = await deploy();
    assert.deepEqual(stepsOfKind(steps, "create"), []);
    assert.deepEqual(stepsOfKind(steps, "replace"), [deployment]);
    assert.deepEqual(stepsOfKind(steps, "delete"), []);
  });

  it("removes what is for users when there is no issuer any more, and nothing else", async () => {
    restoreProject();
    const steps = await deploy();
    assert.deepEqual(stepsOfKind(steps, "delete"), ofUsers);
    assert.deepEqual(stepsOfKind(steps, "replace"), [deployment]);
    assert.deepEqual(stepsOfKind(steps, "create"), []);
  });

  it("updates in place what can be, and then changes nothing more", async () => {
    restoreProject();
    apply({ config: { logRetentionDays: 60, dynamoReadCapacity: 7, dynamoWriteCapacity: 5 } });
    const { code, stdout, stderr } = await engine.run("up", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(engineSteps(await engine.run("preview", "--json")), {});
  });

  it("finds and mends what was changed behind its back", async () => {
    const [bucket = ""] = readdirSync(join(engine.dataDir, "s3/buckets")).filter((name) =>
      name.includes("-images-"),
    );
    engine.cloud.services.s3.configureBucket(bucket, { lifecycle: undefined });
    const { code, stdout } = await engine.run("refresh", "--yes", "--skip-preview");
    assert.equal(code, 0);
    assert.match(stdout, /BucketLifecycleConfiguration .*delete/);
    const steps = engineSteps(await engine.run("preview", "--json"));
    assert.deepEqual(
      Object.entries(steps).map(([urn, { kind }]) => [urn.includes("BucketLifecycle"), kind]),
      [[true, "create"]],
    );
  });

  it("leaves nothing when it is destroyed but what it retains", async () => {
    const { code, stdout, stderr } = await engine.run("destroy", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    const left = engine.cloud.inventory.all().map(({ urn }) => urn.split("::")[2]);
    assert.ok(
      left.every((types) => types?.includes("darkroom:api:GatewayAccount")),
      left.join("\n"),
    );
    assert.deepEqual(readdirSync(join(engine.dataDir, "s3/buckets")), []);
  });
});
