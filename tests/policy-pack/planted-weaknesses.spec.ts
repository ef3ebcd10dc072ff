import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPolicy } from "../../local/cli/policy";
import { startCloud } from "../../local/cloud";
import { runCaptured } from "../../local/tests/cli/support/captured-run";

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

/** What production's file leaves to whoever deploys it. */
const production = ["-c", "alertEmail=alerts@example.com"];

/** An issuer, beside which any page may read answers. */
const users = [
  "--config-path",
  ...["-c", "oidcIssuer=https://id.example.com", "-c", "oidcAudience[0]=darkroom"],
];

/** A text in a file that is replaced by another one. */
type Change = readonly [file: string, from: string, to: string];

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

  /** The verdict of the command as people run it, with a copy of all that it is made of. */
  function policyProcess(...args: string[]): Promise<Verdict> {
    const command = [join(dir, "local/launch.mjs"), "policy", "--json", ...args];
    return new Promise((resolve, reject) => {
      const child = execFile(process.execPath, command, { cwd: dir }, (_, stdout, stderr) => {
        if (stdout === "") {
          reject(new Error(stderr));
          return;
        }
        resolve(verdictOf(stdout, child.exitCode ?? -1, stderr));
      });
    });
  }

  /** The same without a process of its own: program and pack are those of the copy all the same. */
  async function policy(...args: string[]): Promise<Verdict> {
    const settings = {
      args: ["--json", `--policy-pack=${join(dir, "policy-pack")}`, ...args],
      projectDir: dir,
      startCloud,
    };
    const { stdout, exitCode, stderr } = await runCaptured(() =>
      runPolicy(settings, new AbortController().signal),
    );
    assert.notEqual(stdout, "", stderr);
    return verdictOf(stdout, exitCode ?? -1, stderr);
  }

  function verdictOf(stdout: string, exitCode: number, stderr: string): Verdict {
    const document = JSON.parse(stdout) as Omit<Verdict, "exitCode" | "stderr">;
    return { ...document, exitCode, stderr };
  }

  /** The verdict after files were changed, each of which is then changed back. */
  async function withChanges(
    [change, ...others]: readonly Change[],
    judge: () => Promise<Verdict>,
  ): Promise<Verdict> {
    if (!change) {
      return await judge();
    }
    const [file, from, to] = change;
    const path = join(dir, file);
    const original = await readFile(path, "utf8");
    assert.ok(original.includes(from), `${file} has no ${from}`);
    await writeFile(path, original.replace(from, to));
    try {
      return await withChanges(others, judge);
    } finally {
      await writeFile(path, original);
    }
  }

  /** Expects the verdict to be no, and a mandatory policy to be violated by this resource. */
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

  for (const [stack, given] of [
    ["local", []],
    ["production", production],
    ["production", [...production, ...users, "-c", "allowedOrigins[0]=https://app.example.com"]],
  ] as const) {
    for (const mode of [[], ["--preview"]]) {
      const what = [stack, ...(given.length > 2 ? ["with users"] : []), ...mode].join(" ");
      it(`violates nothing (${what})`, async () => {
        const judge = stack === "local" ? policyProcess : policy;
        const { exitCode, violations } = await judge(`--stack=${stack}`, ...given, ...mode);
        // What a preview does not know yet is said, but is no violation.
        const reported = violations.filter(
          ({ message }) => !message.startsWith("can't run policy"),
        );
        assert.deepEqual(reported, []);
        assert.equal(exitCode, 0);
      });
    }
  }

  describe("with weaknesses that a preview shows", () => {
    let verdict: Verdict;

    before(async () => {
      const changes: Change[] = [
        [
          "components/storage/secure-bucket.ts",
          "return new aws.s3.BucketPublicAccessBlock(",
          'if (name.endsWith("images")) return ownership;\n  return new aws.s3.BucketPublicAccessBlock(',
        ],
        ["components/tags.ts", '"aws:dynamodb/table:Table",', ""],
        [
          "components/functions/service-role.ts",
          "policyArn: policy.arn",
          'policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess"',
        ],
      ];
      verdict = await withChanges(changes, () => policy("--preview"));
    });

    it("is refused without the public access block of a bucket", () => {
      assertRefused(verdict, "s3-bucket-require-public-access-block", /Bucket darkroom-images$/);
    });

    it("is refused when a table has lost its tags", () => {
      assertRefused(verdict, "aws-resource-require-tags", /Table darkroom-images$/);
      assertRefused(verdict, "aws-resource-require-tags", /Table darkroom-records$/);
    });

    it("is refused with a role that has full access to a service", () => {
      assertRefused(verdict, "iam-", /darkroom-get-image/);
    });
  });

  describe("with weaknesses in production", () => {
    let verdict: Verdict;

    before(async () => {
      const changes: Change[] = [
        [
          "components/storage/secure-bucket.ts",
          "return new aws.s3.BucketServerSideEncryptionConfiguration(",
          'if (name.endsWith("results")) return;\n  return new aws.s3.BucketServerSideEncryptionConfiguration(',
        ],
        [
          "components/storage/secure-bucket.ts",
          "blockPublicPolicy: true",
          "blockPublicPolicy: false",
        ],
        [
          "components/policies/upload-statements.ts",
          'allow("StoreImages", ["s3:PutObject"]',
          'allow("StoreImages", ["s3:*"]',
        ],
        // What is kept of the authorizer's answer would be about one method.
        ["handlers/authorize.ts", "stageArn(event.methodArn)", "event.methodArn"],
      ];
      const given = [...production, ...users, "-c", "environment=Test"];
      verdict = await withChanges(changes, () => policyProcess("--stack=production", ...given));
    });

    it("is refused when a bucket's public access block lets policies be public", () => {
      assertRefused(verdict, "s3-bucket-require-public-access-block", /darkroom-(images|results)/);
    });

    it("is refused when the tag has a value that production does not allow", () => {
      assertRefused(verdict, "aws-resource-require-tags", /Bucket darkroom-images$/);
    });

    it("is refused with a bucket that is not encrypted", () => {
      assertRefused(verdict, "s3-bucket-require-encryption", /Bucket darkroom-results$/);
    });

    it("is refused for each weakness of its policies and its API", () => {
      assertRefused(verdict, "iam-policy-forbid-wildcard-action", /Policy darkroom-/);
      for (const name of ["authorizer-require-reusable-policy", "api-restrict-origins"]) {
        assertRefused(verdict, `apigateway-${name}`, /RestApi darkroom-api$/);
      }
    });
  });
});
