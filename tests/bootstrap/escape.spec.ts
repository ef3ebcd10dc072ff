import assert from "node:assert/strict";
import { actionsByType } from "../../bootstrap/permissions/by-type";
import { stackPermissions } from "../../bootstrap/permissions/stack-permissions";
import { compilePolicy, type CompiledStatement } from "../../local/aws/iam/compile";
import { Context } from "../../local/aws/iam/context";
import { evaluate } from "../../local/aws/iam/evaluate";
import type { RequestContext } from "../../local/aws/iam/types";
import { runBootstrap } from "../support/program-run";
import { mockAccount, type MockedRun } from "../support/pulumi";

const { accountId } = mockAccount;
const account = { ...mockAccount };
const iam = `arn:aws:iam::${accountId}`;
const boundaryArn = `${iam}:policy/bootstrap/darkroom-boundary`;
const stateBucket = "arn:aws:s3:::bootstrap-darkroom-state-bucket";
const state = `${stateBucket}/.pulumi`;
const stateKey = "arn:mock:aws:kms/key:Key:bootstrap-darkroom-state-key";
const alarm = `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:darkroom-api-errors`;

/** What somebody tries. */
type Attempt = readonly [action: string, resource: string, context?: RequestContext];

const withBoundary = { "iam:PermissionsBoundary": boundaryArn };
const ownRole = `${iam}:role/darkroom-get-image-role-1a2b3c4`;

describe("A role of a pipeline", () => {
  let run: MockedRun;
  /** By name: most attempts meet the same ones. */
  const compiled = new Map<string, readonly CompiledStatement[]>();

  before(async () => {
    ({ run } = await runBootstrap({
      repository: "acme/darkroom",
      environments: '["production","staging"]',
    }));
  });

  function policy(name: string): readonly CompiledStatement[] {
    const statements =
      compiled.get(name) ??
      compilePolicy(run.inputs("aws:iam/policy:Policy", name).policy, "identity", name);
    compiled.set(name, statements);
    return statements;
  }

  function statementsOf(role: string): CompiledStatement[] {
    return run
      .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ inputs }) => inputs.role === role)
      .flatMap(({ inputs }) => policy(String(inputs.policyArn).replace(/^.*:Policy:/, "")));
  }

  function resourcePolicyOf(resource: string): readonly CompiledStatement[] {
    if (resource.startsWith(stateBucket)) {
      const { policy: text } = run.inputs(
        "aws:s3/bucketPolicy:BucketPolicy",
        "bootstrap-darkroom-state-policy",
      );
      return compilePolicy(text, "resource", "bucket").filter(
        ({ reference }) => reference.statement !== "TlsOnly",
      );
    }
    const { policy: text } = run.inputs("aws:kms/key:Key", "bootstrap-darkroom-state-key");
    return resource === stateKey ? compilePolicy(text, "resource", "key") : [];
  }

  /** Whether the role may, with its policies, its boundary, and the policies of what it acts on. */
  function may(role: string, [action, resource, context = {}]: Attempt, more: unknown[] = []) {
    const roleArn = `${iam}:role/bootstrap/${role}`;
    const arn = `arn:aws:sts::${accountId}:assumed-role/${role}/run`;
    const added =
      more.length > 0
        ? compilePolicy({ Version: "2012-10-17", Statement: more }, "identity", "added")
        : [];
    return evaluate(
      {
        principal: { kind: "role", arn, roleArn },
        action,
        resource,
        account,
        context: new Context({ "aws:PrincipalArn": roleArn, ...context }),
      },
      {
        identity: [...statementsOf(role), ...added],
        resource: resourcePolicyOf(resource),
        boundary: policy("darkroom-pipeline-boundary"),
        resourceDecides: resource === stateKey,
      },
    ).allowed;
  }

  const everything = { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" };
  const deploy = "darkroom-deploy-production";

  const escapes: Record<string, Attempt> = {
    "attach administrator rights to itself": [
      "iam:AttachRolePolicy",
      `${iam}:role/bootstrap/${deploy}`,
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess", ...withBoundary },
    ],
    "attach administrator rights to a role without the boundary": [
      "iam:AttachRolePolicy",
      ownRole,
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    "write a policy into itself": [
      "iam:PutRolePolicy",
      `${iam}:role/bootstrap/${deploy}`,
      withBoundary,
    ],
    "make a role without a boundary": ["iam:CreateRole", ownRole],
    "make a role with another boundary": [
      "iam:CreateRole",
      ownRole,
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    "take the boundary from a role": ["iam:DeleteRolePermissionsBoundary", ownRole, withBoundary],
    "take its own boundary away": [
      "iam:DeleteRolePermissionsBoundary",
      `${iam}:role/bootstrap/${deploy}`,
    ],
    "give a role another boundary": [
      "iam:PutRolePermissionsBoundary",
      ownRole,
      { "iam:PermissionsBoundary": `${iam}:policy/darkroom-wide` },
    ],
    "change the boundary's policy": ["iam:CreatePolicyVersion", boundaryArn],
    "change its own boundary's policy": [
      "iam:CreatePolicyVersion",
      `${iam}:policy/bootstrap/darkroom-pipeline-boundary`,
    ],
    "change its own policy": [
      "iam:CreatePolicyVersion",
      `${iam}:policy/bootstrap/darkroom-write-identity`,
    ],
    "go back to an older version of a policy": ["iam:SetDefaultPolicyVersion", boundaryArn],
    "change its own trust": [
      "iam:UpdateAssumeRolePolicy",
      `${iam}:role/bootstrap/${deploy}`,
      withBoundary,
    ],
    "take on another role": ["sts:AssumeRole", `${iam}:role/administrator`],
    "take on another environment's role": [
      "sts:AssumeRoleWithWebIdentity",
      `${iam}:role/bootstrap/darkroom-deploy-staging`,
    ],
    "become the account's root": ["sts:AssumeRoot", `${iam}:root`],
    "make a user": ["iam:CreateUser", `${iam}:user/intruder`],
    "make a key for a user": ["iam:CreateAccessKey", `${iam}:user/administrator`],
    "trust another issuer": [
      "iam:CreateOpenIDConnectProvider",
      `${iam}:oidc-provider/evil.example`,
    ],
    "change what GitHub's issuer is trusted for": [
      "iam:AddClientIDToOpenIDConnectProvider",
      `${iam}:oidc-provider/token.actions.githubusercontent.com`,
    ],
    "change the policy of the state's bucket": ["s3:PutBucketPolicy", stateBucket],
    "delete the state's bucket": ["s3:DeleteBucket", stateBucket],
    "unlock the state's bucket": ["s3:PutBucketObjectLockConfiguration", stateBucket],
    "stop the versions of the state": ["s3:PutBucketVersioning", stateBucket],
    "erase the state's history": [
      "s3:DeleteObjectVersion",
      `${state}/stacks/darkroom/production.json`,
    ],
    "bypass the lock of the state": [
      "s3:BypassGovernanceRetention",
      `${state}/stacks/darkroom/production.json`,
    ],
    "delete the state's key": ["kms:ScheduleKeyDeletion", stateKey],
    "change the policy of the state's key": ["kms:PutKeyPolicy", stateKey],
  };

  for (const [what, attempt] of Object.entries(escapes)) {
    it(`that deploys may not ${what}, not even with all rights`, () => {
      assert.equal(may(deploy, attempt), false);
      assert.equal(may(deploy, attempt, [everything]), false);
    });
  }

  const refusals: Record<string, Attempt> = {
    "hand a foreign role to a function": [
      "iam:PassRole",
      `${iam}:role/administrator`,
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    "hand its own role to a function": [
      "iam:PassRole",
      `${iam}:role/bootstrap/${deploy}`,
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    "hand a stack's role to another service": [
      "iam:PassRole",
      ownRole,
      { "iam:PassedToService": "ec2.amazonaws.com" },
    ],
    "attach administrator rights to a role with the boundary": [
      "iam:AttachRolePolicy",
      ownRole,
      { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess", ...withBoundary },
    ],
    "write the state of another stack": ["s3:PutObject", `${state}/stacks/darkroom/staging.json`],
    "write the state of a stack whose name begins so": [
      "s3:PutObject",
      `${state}/stacks/darkroom/production2.json`,
    ],
    "touch a bucket of others": ["s3:DeleteBucket", "arn:aws:s3:::payroll"],
    "touch a table of others": [
      "dynamodb:DeleteTable",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/payroll`,
    ],
    "touch a function of others": [
      "lambda:UpdateFunctionCode",
      `arn:aws:lambda:us-east-1:${accountId}:function:payroll`,
    ],
    "delete a key of others": [
      "kms:ScheduleKeyDeletion",
      `arn:aws:kms:us-east-1:${accountId}:key/1`,
      { "aws:ResourceTag/Project": "payroll" },
    ],
    "make a key of others its own by a tag": [
      "kms:TagResource",
      `arn:aws:kms:us-east-1:${accountId}:key/1`,
      { "aws:RequestTag/Project": "darkroom", "aws:ResourceTag/Project": "payroll" },
    ],
    "read items": [
      "dynamodb:GetItem",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
    ],
    "read images": ["s3:GetObject", "arn:aws:s3:::darkroom-images-1/images/a"],
    "make another service's role": [
      "iam:CreateServiceLinkedRole",
      `${iam}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
      { "iam:AWSServiceName": "organizations.amazonaws.com" },
    ],
    "start instances": ["ec2:RunInstances", "*"],
  };
  for (const [what, attempt] of Object.entries(refusals)) {
    it(`that deploys may not ${what}`, () => {
      assert.equal(may(deploy, attempt), false);
    });
  }

  it("that deploys may use nothing but the services of stacks, whatever it is granted", () => {
    const services: readonly Attempt[] = [
      ["ec2:RunInstances", "*"],
      ["organizations:LeaveOrganization", "*"],
      ["secretsmanager:GetSecretValue", "*"],
      ["sts:AssumeRole", "*"],
    ];
    for (const attempt of services) {
      assert.equal(may(deploy, attempt, [everything]), false, attempt[0]);
    }
    assert.equal(may(deploy, ["sqs:DeleteQueue", "*"], [everything]), true);
  });

  it("that deploys may do what its stack needs", () => {
    const own: readonly Attempt[] = [
      ["s3:CreateBucket", "arn:aws:s3:::darkroom-images-1"],
      ["s3:PutObject", "arn:aws:s3:::darkroom-results-1/errors/not-found.json"],
      ["dynamodb:CreateTable", `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`],
      ["lambda:CreateFunction", `arn:aws:lambda:us-east-1:${accountId}:function:darkroom-get-1`],
      ["apigateway:POST", "arn:aws:apigateway:us-east-1::/restapis"],
      ["apigateway:PATCH", "arn:aws:apigateway:us-east-1::/restapis/a/stages/v1"],
      ["apigateway:PATCH", "arn:aws:apigateway:us-east-1::/account"],
      [
        "iam:CreateServiceLinkedRole",
        `${iam}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
        { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" },
      ],
      ["cloudfront:CreateDistribution", "*"],
      ["cloudfront:UpdateDistribution", `arn:aws:cloudfront::${accountId}:distribution/E1`],
      ["cloudwatch:PutMetricAlarm", alarm],
      [
        "logs:CreateLogGroup",
        `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/darkroom-a:*`,
      ],
      [
        "logs:PutRetentionPolicy",
        `arn:aws:logs:us-east-1:${accountId}:log-group:API-Gateway-Execution-Logs_a/v1`,
      ],
      ["ssm:PutParameter", `arn:aws:ssm:us-east-1:${accountId}:parameter/url-signing/darkroom-1`],
      ["kms:CreateKey", "*"],
      [
        "kms:TagResource",
        `arn:aws:kms:us-east-1:${accountId}:key/1`,
        { "aws:RequestTag/Project": "darkroom" },
      ],
      [
        "kms:PutKeyPolicy",
        `arn:aws:kms:us-east-1:${accountId}:key/1`,
        { "aws:ResourceTag/Project": "darkroom" },
      ],
      ["iam:CreateRole", ownRole, withBoundary],
      ["iam:UpdateAssumeRolePolicy", ownRole, withBoundary],
      [
        "iam:AttachRolePolicy",
        ownRole,
        { ...withBoundary, "iam:PolicyARN": `${iam}:policy/darkroom-get-image-policy-1` },
      ],
      [
        "iam:AttachRolePolicy",
        ownRole,
        {
          ...withBoundary,
          "iam:PolicyARN":
            "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        },
      ],
      ["iam:PassRole", ownRole, { "iam:PassedToService": "lambda.amazonaws.com" }],
      ["s3:ListBucket", stateBucket],
      ["s3:GetObject", `${state}/meta.yaml`],
      ["s3:PutObject", `${state}/stacks/darkroom/production.json`],
      ["s3:PutObject", `${state}/stacks/darkroom/production.json.bak`],
      ["s3:DeleteObject", `${state}/locks/organization/darkroom/production/1.json`],
      ["s3:PutObject", `${state}/history/darkroom/production/production-1.history.json`],
      ["s3:PutObject", `${state}/backups/darkroom/production/production.1.json`],
      ["kms:Encrypt", stateKey],
      ["kms:Decrypt", stateKey],
      ["kms:GenerateDataKey", stateKey],
    ];
    for (const attempt of own) {
      assert.equal(may(deploy, attempt), true, `${attempt[0]} ${attempt[1]}`);
    }
  });

  const data: Record<string, Attempt> = {
    "an image": ["s3:GetObject", "arn:aws:s3:::darkroom-images-1/images/a"],
    "an older version of an image": [
      "s3:GetObjectVersion",
      "arn:aws:s3:::darkroom-images-1/images/a",
    ],
    "a result": ["s3:GetObject", "arn:aws:s3:::darkroom-results-1/results/a"],
    "an object of others": ["s3:GetObject", "arn:aws:s3:::payroll/2026"],
    "an item": [
      "dynamodb:GetItem",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
    ],
    "items by a query": [
      "dynamodb:Query",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
    ],
    "all items": [
      "dynamodb:Scan",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
    ],
    "items by SQL": [
      "dynamodb:PartiQLSelect",
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
    ],
    "the key that signs URLs": [
      "ssm:GetParameter",
      `arn:aws:ssm:us-east-1:${accountId}:parameter/url-signing/darkroom-1`,
    ],
    "parameters by their path": [
      "ssm:GetParametersByPath",
      `arn:aws:ssm:us-east-1:${accountId}:parameter/url-signing`,
    ],
    "a secret": [
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:us-east-1:${accountId}:secret:a`,
    ],
    logs: [
      "logs:FilterLogEvents",
      `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/darkroom-a`,
    ],
    "logs by a query": [
      "logs:StartQuery",
      `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/darkroom-a`,
    ],
    "a failed event": [
      "sqs:ReceiveMessage",
      `arn:aws:sqs:us-east-1:${accountId}:darkroom-failures-1`,
    ],
    "an API key": ["apigateway:GET", "arn:aws:apigateway:us-east-1::/apikeys/abc"],
    "API keys of a plan": ["apigateway:GET", "arn:aws:apigateway:us-east-1::/usageplans/a/keys/b"],
    "what a function answers": [
      "lambda:InvokeFunction",
      `arn:aws:lambda:us-east-1:${accountId}:function:darkroom-get-image-1`,
    ],
  };
  for (const [what, attempt] of Object.entries(data)) {
    it(`that previews may not read ${what}, whatever else it is granted`, () => {
      assert.equal(may("darkroom-preview", attempt), false);
      assert.equal(may("darkroom-preview", attempt, [everything]), false);
    });
  }

  it("that previews may read how a stack is set up, and its state", () => {
    const reads: readonly Attempt[] = [
      ["s3:GetBucketPolicy", "arn:aws:s3:::darkroom-images-1"],
      ["dynamodb:DescribeTable", `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`],
      ["lambda:GetFunction", `arn:aws:lambda:us-east-1:${accountId}:function:darkroom-get-image-1`],
      ["apigateway:GET", "arn:aws:apigateway:us-east-1::/restapis/a"],
      ["cloudwatch:DescribeAlarms", alarm],
      ["iam:GetRole", ownRole],
      ["route53:ListHostedZones", "*"],
      ["s3:GetObject", `${state}/stacks/darkroom/production.json`],
      ["s3:GetObject", `${state}/meta.yaml`],
      ["kms:Decrypt", stateKey],
    ];
    for (const attempt of reads) {
      assert.equal(may("darkroom-preview", attempt), true, `${attempt[0]} ${attempt[1]}`);
    }
  });

  it("that previews or compares may write nothing", () => {
    const writes = stackPermissions.types.flatMap((type) => actionsByType[type]?.write ?? []);
    const resources = [
      ...["*", "arn:aws:s3:::darkroom-images-1", ownRole, alarm, stateBucket, stateKey],
      `arn:aws:lambda:us-east-1:${accountId}:function:darkroom-get-image-1`,
      `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`,
      ...["arn:aws:apigateway:us-east-1::/restapis/a", "arn:aws:apigateway:us-east-1::/account"],
      `${state}/stacks/darkroom/production.json`,
    ];
    for (const role of ["darkroom-preview", "darkroom-drift"]) {
      for (const action of [...new Set(writes), "s3:PutObject", "s3:DeleteObject", "kms:Encrypt"]) {
        for (const resource of resources) {
          assert.equal(may(role, [action, resource]), false, `${role} ${action} ${resource}`);
        }
      }
    }
  });

  it("that compares a stack with AWS may read its own secrets, and no data", () => {
    const parameter = `arn:aws:ssm:us-east-1:${accountId}:parameter/url-signing/darkroom-1`;
    assert.equal(may("darkroom-drift", ["ssm:GetParameter", parameter]), true);
    assert.equal(
      may("darkroom-drift", ["apigateway:GET", "arn:aws:apigateway:us-east-1::/apikeys/a"]),
      true,
    );
    assert.equal(
      may("darkroom-drift", [
        "s3:GetObject",
        "arn:aws:s3:::darkroom-results-1/errors/not-found.json",
      ]),
      true,
    );
    assert.equal(
      may("darkroom-drift", [
        "ssm:GetParameter",
        `arn:aws:ssm:us-east-1:${accountId}:parameter/payroll`,
      ]),
      false,
    );
    for (const what of ["an image", "an item", "logs", "a failed event"]) {
      assert.equal(may("darkroom-drift", data[what] ?? ["", ""]), false, what);
    }
  });

  describe("makes roles whose boundary", () => {
    function within([action, resource, context = {}]: Attempt): boolean {
      const arn = `arn:aws:sts::${accountId}:assumed-role/darkroom-a/run`;
      return evaluate(
        {
          principal: { kind: "role", arn, roleArn: ownRole },
          action,
          resource,
          account,
          context: new Context({ "aws:PrincipalArn": ownRole, ...context }),
        },
        {
          identity: compilePolicy(
            { Version: "2012-10-17", Statement: everything },
            "identity",
            "a",
          ),
          resource: resourcePolicyOf(resource),
          boundary: policy("darkroom-boundary"),
          resourceDecides: resource === stateKey,
        },
      ).allowed;
    }

    it("lets them do what the program grants, on a stack's resources", () => {
      for (const attempt of [
        ["s3:PutObject", "arn:aws:s3:::darkroom-images-1/images/a"],
        [
          "dynamodb:Query",
          `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1/index/a`,
        ],
        [
          "logs:PutLogEvents",
          `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/darkroom-a:log-stream:b`,
        ],
        ["xray:PutTraceSegments", "*"],
        [
          "ssm:GetParameter",
          `arn:aws:ssm:us-east-1:${accountId}:parameter/api-key/darkroom-authorize-1`,
        ],
        ["sqs:SendMessage", `arn:aws:sqs:us-east-1:${accountId}:darkroom-failures-1`],
      ] as const) {
        assert.equal(within(attempt), true, attempt.join(" "));
      }
    });

    it("lets them neither rise, nor reach others, nor the state", () => {
      for (const attempt of [
        ["iam:CreateRole", ownRole],
        ["iam:PassRole", ownRole],
        ["sts:AssumeRole", `${iam}:role/administrator`],
        ["s3:GetObject", "arn:aws:s3:::payroll/2026"],
        ["s3:GetObject", `${state}/stacks/darkroom/production.json`],
        ["kms:Decrypt", stateKey],
        ["s3:DeleteBucket", "arn:aws:s3:::darkroom-images-1"],
        ["lambda:UpdateFunctionCode", `arn:aws:lambda:us-east-1:${accountId}:function:darkroom-a`],
        ["dynamodb:DeleteTable", `arn:aws:dynamodb:us-east-1:${accountId}:table/darkroom-images-1`],
      ] as const) {
        assert.equal(within(attempt), false, attempt.join(" "));
      }
    });
  });
});
