import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { configKeys } from "../../bootstrap/config";
import { isTaggable } from "../../components/tags";
import { type ProgramOutputs, runBootstrap } from "../support/program-run";
import { type MockedRun, mockAccount, outputValue } from "../support/pulumi";

const repository = "acme@123/darkroom@456";
const environments = '["production","staging"]';
const providerArn = `arn:aws:iam::${mockAccount.accountId}:oidc-provider/token.actions.githubusercontent.com`;
const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";
const providerType = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

describe("bootstrap", () => {
  let run: MockedRun;
  let outputs: ProgramOutputs;

  before(async () => {
    ({ run, result: outputs } = await runBootstrap({ repository, environments }));
  });

  function trustOf(name: string): unknown {
    return JSON.parse(String(run.inputs(roleType, name).assumeRolePolicy));
  }

  function trusting(subject: string): unknown {
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: providerArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": [subject],
            },
          },
        },
      ],
    };
  }

  it("makes one role for previews, one for drift, and one for deployments of each environment", () => {
    assert.deepEqual(
      run
        .ofType(roleType)
        .map(({ inputs }) => `${String(inputs.path)}${String(inputs.name)}`)
        .sort(),
      [
        "/bootstrap/darkroom-deploy-production",
        "/bootstrap/darkroom-deploy-staging",
        "/bootstrap/darkroom-drift",
        "/bootstrap/darkroom-preview",
      ],
    );
  });

  it("trusts one repository, and of it pull requests, the branch or the environment", () => {
    const subject = `repo:${repository}`;
    assert.deepEqual(trustOf("darkroom-preview"), trusting(`${subject}:pull_request`));
    assert.deepEqual(trustOf("darkroom-drift"), trusting(`${subject}:ref:refs/heads/main`));
    for (const environment of ["production", "staging"]) {
      assert.deepEqual(
        trustOf(`darkroom-deploy-${environment}`),
        trusting(`${subject}:environment:${environment}`),
      );
    }
  });

  it("gives every role a boundary, an hour, and no more policies than a role may have", () => {
    for (const { name, inputs } of run.ofType(roleType)) {
      assert.equal(
        inputs.permissionsBoundary,
        "arn:mock:aws:iam/policy:Policy:darkroom-pipeline-boundary",
        name,
      );
      assert.equal(inputs.maxSessionDuration, 3600);
      const attached = run
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter((attachment) => attachment.inputs.role === name);
      assert.ok(attached.length > 0 && attached.length <= 10, name);
    }
  });

  it("gives each role its policies, of the state that of its stack alone", () => {
    const policiesOf = (role: string) =>
      run
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter(({ inputs }) => inputs.role === role)
        .map(({ inputs }) => String(inputs.policyArn).replace(/.*:darkroom-/, ""))
        .sort();
    assert.deepEqual(policiesOf("darkroom-preview"), [
      "never-read-data",
      "read",
      "read-more",
      "read-state",
    ]);
    assert.deepEqual(policiesOf("darkroom-drift"), ["read", "read-more", "read-state", "refresh"]);
    assert.deepEqual(policiesOf("darkroom-deploy-staging"), [
      ...[
        "read",
        "read-more",
        "read-state",
        "refresh",
        "write-compute",
        "write-data",
        "write-edge",
      ],
      ...["write-identity", "write-operations", "write-state-staging"],
    ]);
  });

  it("makes policies that IAM takes: of 6,144 characters at most, out of reach of deployments", () => {
    for (const { name, inputs } of run.ofType(policyType)) {
      const text = String(inputs.policy);
      assert.ok(text.length <= 6144, `${name} has ${text.length} characters`);
      assert.equal(inputs.path, "/bootstrap/");
      const { Statement: statements } = JSON.parse(text) as { Statement: { Sid: string }[] };
      assert.equal(new Set(statements.map(({ Sid }) => Sid)).size, statements.length, name);
    }
  });

  it("tells the policy pack of the services that the boundary of pipelines names, and of no others", () => {
    const { Statement: statements } = JSON.parse(
      String(run.inputs(policyType, "darkroom-pipeline-boundary").policy),
    ) as { Statement: { Sid: string; Action: string[] }[] };
    const { config } = parse(readFileSync("bootstrap/Pulumi.account.yaml", "utf8")) as {
      config: Record<string, Record<string, { allowed: string[] }>>;
    };
    for (const rule of ["action", "resource"]) {
      const settings = config["darkroom-policy:config"]?.[`iam-policy-forbid-wildcard-${rule}`];
      assert.deepEqual(settings?.allowed, statements[0]?.Action.toSorted());
    }
  });

  it("keeps the state in a bucket that is private, versioned, encrypted, locked, and cannot be deleted", () => {
    const name = "bootstrap-darkroom-state";
    const { inputs, options } = run.one("aws:s3/bucket:Bucket", name);
    assert.deepEqual(
      [inputs.objectLockEnabled, inputs.forceDestroy, options.protect],
      [true, false, true],
    );
    const bucket = `${name}-id`;
    assert.deepEqual(run.inputs("aws:s3/bucketVersioning:BucketVersioning", `${name}-versioning`), {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    assert.deepEqual(
      run.inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `${name}-public-access`),
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    );
    assert.deepEqual(
      run.inputs(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        `${name}-encryption`,
      ).rules,
      [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: `arn:mock:aws:kms/key:Key:${name}-key`,
          },
          bucketKeyEnabled: true,
        },
      ],
    );
    assert.deepEqual(
      run.inputs(
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        `${name}-lock`,
      ),
      { bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } },
    );
    const { rules } = run.inputs(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      `${name}-lifecycle`,
    ) as { rules: { noncurrentVersionExpiration: object }[] };
    assert.deepEqual(
      rules.map(({ noncurrentVersionExpiration }) => noncurrentVersionExpiration),
      [{ noncurrentDays: 90 }],
    );
  });

  it("answers over TLS only, and to the roles of pipelines no more than the state's use", () => {
    const { policy } = run.inputs(
      "aws:s3/bucketPolicy:BucketPolicy",
      "bootstrap-darkroom-state-policy",
    );
    const { Statement: statements } = JSON.parse(String(policy)) as {
      Statement: { Sid: string; Effect: string; NotAction?: string[]; Condition: object }[];
    };
    assert.deepEqual(
      statements.map(({ Sid, Effect }) => [Sid, Effect]),
      [
        ["TlsOnly", "Deny"],
        ["PipelinesOnlyUse", "Deny"],
        ["WorkloadsNever", "Deny"],
      ],
    );
    assert.deepEqual(statements[1]?.NotAction, [
      ...["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    ]);
    assert.deepEqual(statements[1].Condition, {
      ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${mockAccount.accountId}:role/bootstrap/*` },
    });
  });

  it("writes down the layout of the state, which a preview could not", () => {
    const { key, content } = run.inputs(
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "bootstrap-darkroom-state-layout",
    );
    assert.deepEqual([key, content], [".pulumi/meta.yaml", "version: 1\n"]);
  });

  it("has a key for secrets that rotates, under an alias that is fixed", () => {
    const { inputs, options } = run.one("aws:kms/key:Key", "bootstrap-darkroom-state-key");
    assert.deepEqual([inputs.enableKeyRotation, options.protect], [true, true]);
    assert.equal(
      run.inputs("aws:kms/alias:Alias", "bootstrap-darkroom-state-key").name,
      "alias/bootstrap-darkroom-state",
    );
  });

  it("names nothing that deployments could take for a stack's", () => {
    for (const { type, name } of run.resources.filter((each) => /^aws:(s3|kms)/.test(each.type))) {
      assert.match(name, /^bootstrap-darkroom-/, type);
    }
  });

  it("tags whatever can be tagged", () => {
    for (const { name, inputs } of run.resources.filter(({ type: each }) => isTaggable(each))) {
      assert.deepEqual(
        inputs.tags,
        {
          Environment: "Production",
          Project: "darkroom-bootstrap",
          Stack: "account",
          ManagedBy: "Pulumi",
        },
        name,
      );
    }
  });

  it("tells what the repository has to know", async () => {
    const values = await Promise.all(
      Object.entries(outputs).map(async ([key, output]) => [key, await outputValue(output)]),
    );
    const { nextSteps, ...rest } = Object.fromEntries(values) as Record<string, unknown>;
    assert.deepEqual(rest, {
      previewRoleArn: "arn:mock:aws:iam/role:Role:darkroom-preview",
      driftRoleArn: "arn:mock:aws:iam/role:Role:darkroom-drift",
      deployRoleArns: {
        production: "arn:mock:aws:iam/role:Role:darkroom-deploy-production",
        staging: "arn:mock:aws:iam/role:Role:darkroom-deploy-staging",
      },
      permissionsBoundary: "arn:mock:aws:iam/policy:Policy:darkroom-boundary",
      backendUrl: "s3://bootstrap-darkroom-state-bucket?region=us-east-1",
      secretsProvider: "awskms://alias/bootstrap-darkroom-state?region=us-east-1",
    });
    const lines = String(nextSteps).split("\n");
    for (const line of [
      "gh variable set AWS_PREVIEW_ROLE_ARN --repo acme/darkroom --body 'arn:mock:aws:iam/role:Role:darkroom-preview'",
      "gh variable set PULUMI_BACKEND_URL --repo acme/darkroom --body 's3://bootstrap-darkroom-state-bucket?region=us-east-1'",
      "gh variable set AWS_DEPLOY_ROLE_ARN --repo acme/darkroom --env staging --body 'arn:mock:aws:iam/role:Role:darkroom-deploy-staging'",
      "pulumi stack init production --secrets-provider 'awskms://alias/bootstrap-darkroom-state?region=us-east-1'",
      "pulumi config set --stack production permissionsBoundary arn:mock:aws:iam/policy:Policy:darkroom-boundary",
    ]) {
      assert.ok(lines.includes(line), `${line}\nin\n${lines.join("\n")}`);
    }
  });

  it("takes over the identity provider that an account has", async () => {
    assert.deepEqual(run.inputs(providerType, "darkroom-github").clientIdLists, [
      "sts.amazonaws.com",
    ]);
    assert.equal("thumbprintLists" in run.inputs(providerType, "darkroom-github"), false);
    const adopted = await runBootstrap({ repository, githubProviderArn: providerArn });
    assert.deepEqual(adopted.run.ofType(providerType), []);
    assert.match(
      String(adopted.run.inputs(roleType, "darkroom-preview").assumeRolePolicy),
      new RegExp(`"Federated":"${providerArn}"`),
    );
  });

  it("makes neither bucket nor key where Pulumi Cloud keeps the state", async () => {
    const cloud = await runBootstrap({ repository, stateBucket: "false" });
    const types = cloud.run.resources.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => /^aws:(s3|kms)\//.test(type)),
      [],
    );
    assert.equal("backendUrl" in cloud.result, false);
    const steps = await outputValue(cloud.result.nextSteps ?? "");
    assert.match(
      steps,
      /PULUMI_BACKEND_URL --repo acme\/darkroom --body 'https:\/\/api\.pulumi\.com'/,
    );
    assert.match(steps, /^pulumi stack init production$/m);
  });

  it("locks nothing for no days", async () => {
    const unlocked = await runBootstrap({ repository, stateLockDays: "0" });
    assert.deepEqual(
      unlocked.run.ofType("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"),
      [],
    );
  });
});

describe("The config of bootstrap", () => {
  async function problems(options: Record<string, string>): Promise<string[]> {
    let message = "";
    await assert.rejects(runBootstrap(options), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      message = error.message;
      return true;
    });
    return message.split("\n").slice(1);
  }

  it("declares exactly the keys that the program reads", () => {
    const { config } = parse(readFileSync("bootstrap/Pulumi.yaml", "utf8")) as { config: object };
    const { "aws:region": region, ...declared } = config as Record<string, unknown>;
    assert.deepEqual(Object.keys(declared).sort(), [...configKeys].sort());
    assert.deepEqual(region, { value: "us-east-1" });
  });

  it("is refused in one message, which says how to set what is required", async () => {
    const [first = "", ...others] = await problems({ stateLockDays: "-1", environments: "[]" });
    assert.match(
      first,
      /^ {2}darkroom-bootstrap:repository is not set; accepted: a repository such as/,
    );
    assert.match(first, /; set it: pulumi config set --stack account repository <value>$/);
    assert.deepEqual(
      others.map((line) => line.split(";")[0]),
      ['  darkroom-bootstrap:environments is "[]"', '  darkroom-bootstrap:stateLockDays is "-1"'],
    );
  });

  const refused: Record<string, string[]> = {
    repository: [
      "acme",
      "acme/",
      "acme/a/b",
      "acme/*",
      "acme@1/darkroom",
      "acme/darkroom@1",
      "a b/c",
      "*/*",
    ],
    environments: ['[""]', '["a","a"]', '["a.b"]', '["*"]', '["a:b"]', "production"],
    branch: ["", "a..b", "*", "a b", "/a", "a/"],
    githubProviderArn: ["token.actions.githubusercontent.com", "arn:aws:iam::1:oidc-provider/x"],
    prefix: ["", "A", "a*"],
    project: ["", "a/b", "*"],
    environment: [""],
    stateBucket: ["yes"],
    stateLockDays: ["-1", "1.5"],
    stateVersionDays: ["0", "29"],
  };
  for (const [key, values] of Object.entries(refused)) {
    it(`refuses ${key} that would trust or protect something else`, async () => {
      for (const value of values) {
        const [problem = "", ...others] = await problems({ repository, [key]: value });
        assert.ok(problem.startsWith(`  darkroom-bootstrap:${key} is `), `${value}: ${problem}`);
        assert.deepEqual(others, []);
      }
    });
  }

  it("takes names of repositories with the ids that GitHub adds, and without", async () => {
    for (const name of ["acme/darkroom", "acme@1/dark.room_2@22"]) {
      const { run } = await runBootstrap({ repository: name });
      assert.match(
        String(run.inputs(roleType, "darkroom-preview").assumeRolePolicy),
        new RegExp(`"repo:${name}:pull_request"`),
      );
    }
  });
});
