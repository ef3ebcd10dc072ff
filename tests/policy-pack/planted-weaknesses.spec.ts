import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const projectDir = join(__dirname, "../..");

/** What the program, its pack and the command are made of. */
const copied = [
  "Pulumi.yaml",
  "Pulumi.local.yaml",
  "Pulumi.production.yaml",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "index.ts",
  "components",
  "handlers",
  "local",
  "policy-pack",
  // The functions' native modules, which would be downloaded otherwise.
  "bundle",
];

interface Verdict {
  exitCode: number;
  stderr: string;
  passed: boolean;
  violations: { policy: string; level: string; message: string; type: string; name: string }[];
}

describe("A copy of the program", function () {
  // The program is loaded several times.
  this.timeout(120_000);

  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "program-"));
    await symlink(join(projectDir, "node_modules"), join(dir, "node_modules"));
    for (const name of copied) {
      const options = { recursive: true, preserveTimestamps: true };
      await cp(join(projectDir, name), join(dir, name), options);
    }
  });

  after(() => rm(dir, { recursive: true }));

  function policy(...args: string[]): Promise<Verdict> {
    const command = [join(dir, "local/launch.mjs"), "policy", "--json", ...args];
    return new Promise((resolve, reject) => {
      const child = execFile(process.execPath, command, { cwd: dir }, (_, stdout, stderr) => {
        if (stdout === "") {
          reject(new Error(stderr));
          return;
        }
        const document = JSON.parse(stdout) as Omit<Verdict, "exitCode" | "stderr">;
        resolve({ ...document, exitCode: child.exitCode ?? -1, stderr });
      });
    });
  }

  /** The verdict after one file was changed, which is then changed back. */
  async function withChange(file: string, from: string, to: string, ...args: string[]) {
    return await withChanges([[file, from, to]], ...args);
  }

  /** The same of several files, each changed once. */
  async function withChanges(
    [change, ...others]: readonly (readonly [file: string, from: string, to: string])[],
    ...args: string[]
  ): Promise<Verdict> {
    if (!change) {
      return await policy(...args);
    }
    const [file, from, to] = change;
    const path = join(dir, file);
    const original = await readFile(path, "utf8");
    assert.ok(original.includes(from), `${file} has no ${from}`);
    await writeFile(path, original.replace(from, to));
    try {
      return await withChanges(others, ...args);
    } finally {
      await writeFile(path, original);
    }
  }

  /** Expects the verdict to be no because of this resource alone. */
  function assertRefused(
    { exitCode, passed, violations }: Verdict,
    policyName: string,
    what: RegExp,
  ) {
    assert.equal(exitCode, 1);
    assert.equal(passed, false);
    const found = violations.map(({ policy: name, level, type, name: resource }) =>
      [level, name, type, resource].join(" "),
    );
    assert.ok(
      found.some((text) => text.startsWith(`mandatory ${policyName}`) && what.test(text)),
      found.join("\n"),
    );
  }

  for (const stack of ["local", "production"]) {
    for (const mode of [[], ["--preview"]]) {
      it(`violates nothing (${[stack, ...mode].join(" ")})`, async () => {
        const { exitCode, violations } = await policy(`--stack=${stack}`, ...mode);
        // What a preview does not know yet is said, but is no violation.
        const reported = violations.filter(
          ({ message }) => !message.startsWith("can't run policy"),
        );
        assert.deepEqual(reported, []);
        assert.equal(exitCode, 0);
      });
    }
  }

  it("is refused without the public access block of a bucket", async () => {
    const verdict = await withChange(
      "components/secure-bucket.ts",
      "return new aws.s3.BucketPublicAccessBlock(",
      'if (name.endsWith("images")) return ownership;\n  return new aws.s3.BucketPublicAccessBlock(',
      "--preview",
    );
    assertRefused(verdict, "s3-bucket-require-public-access-block", /Bucket darkroom-images$/);
  });

  it("is refused when a bucket's public access block lets policies be public", async () => {
    const verdict = await withChange(
      "components/secure-bucket.ts",
      "blockPublicPolicy: true",
      "blockPublicPolicy: false",
    );
    assertRefused(verdict, "s3-bucket-require-public-access-block", /darkroom-(images|results)/);
  });

  it("is refused with a bucket that is not encrypted", async () => {
    const verdict = await withChange(
      "components/secure-bucket.ts",
      "return new aws.s3.BucketServerSideEncryptionConfiguration(",
      'if (name.endsWith("results")) return;\n  return new aws.s3.BucketServerSideEncryptionConfiguration(',
      "--stack=production",
    );
    assertRefused(verdict, "s3-bucket-require-encryption", /Bucket darkroom-results$/);
  });

  it("is refused when a table has lost its tags", async () => {
    const verdict = await withChange(
      "components/tags.ts",
      '"aws:dynamodb/table:Table",',
      "",
      "--preview",
    );
    assertRefused(verdict, "aws-resource-require-tags", /Table darkroom-images$/);
    assertRefused(verdict, "aws-resource-require-tags", /Table darkroom-records$/);
  });

  it("is refused when the tag has a value that production does not allow", async () => {
    const verdict = await policy("--stack=production", "--preview", "-c", "environment=Test");
    assertRefused(verdict, "aws-resource-require-tags", /Bucket darkroom-images$/);
  });

  it("is refused with a role that has full access to a service", async () => {
    const verdict = await withChange(
      "components/handler-function.ts",
      "policyArn: policy.arn",
      'policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess"',
      "--preview",
    );
    assertRefused(verdict, "iam-", /darkroom-get-image/);
  });

  it("is refused in production for each weakness that it has", async () => {
    const verdict = await withChanges(
      [
        [
          "components/policies/upload-statements.ts",
          'allow("StoreImages", ["s3:PutObject"]',
          'allow("StoreImages", ["s3:*"]',
        ],
        // What is kept of the authorizer's answer would be about one method.
        ["handlers/authorize.ts", "stageArn(event.methodArn)", "event.methodArn"],
        [
          "Pulumi.production.yaml",
          "allowedOrigins: [https://app.example.com]",
          'allowedOrigins: ["*"]',
        ],
      ],
      "--stack=production",
    );
    assertRefused(verdict, "iam-policy-forbid-wildcard-action", /Policy darkroom-/);
    for (const name of ["authorizer-require-reusable-policy", "api-restrict-origins"]) {
      assertRefused(verdict, `apigateway-${name}`, /RestApi darkroom-api$/);
    }
  });
});
