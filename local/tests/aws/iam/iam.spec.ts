import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError } from "../../../aws/aws-error";
import { Iam } from "../../../aws/iam/iam";
import { parseResourcePolicy } from "../../../aws/iam/resource-policy";
import type { Credentials, Principal } from "../../../aws/iam/types";
import { signRequest } from "./sign-request";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const photo = "arn:aws:s3:::photos/a.jpg";

function trust(service = "lambda.amazonaws.com", condition?: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      ...(condition && { Condition: condition }),
    },
  });
}

function policy(action: string, resource = "*", sid = "Only"): string {
  const Statement = [{ Sid: sid, Effect: "Allow", Action: action, Resource: resource }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof AwsError, String(error));
    return error.code;
  }
  assert.fail("not refused");
}

describe("Iam", () => {
  let dataDir: string;
  let iam: Iam;
  let lines: string[];
  let now: Date;

  const open = () =>
    new Iam({ account, dataDir, notify: (line) => lines.push(line), clock: () => now });

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "iam-"));
    lines = [];
    now = new Date("2026-03-04T05:06:07Z");
    iam = open();
  });

  afterEach(() => rm(dataDir, { recursive: true }));

  async function principalOf(credentials: Credentials): Promise<Principal> {
    const { region } = account;
    return iam.authenticate(await signRequest({ credentials, region, date: now }));
  }

  function assume(roleName = "reader"): Credentials {
    return iam.assumeRole({
      roleArn: `arn:aws:iam::123456789012:role/${roleName}`,
      sessionName: "resize-image",
      service: "lambda.amazonaws.com",
    });
  }

  describe("administrator", () => {
    it("has a key that signs for the account's root", async () => {
      assert.deepEqual(await principalOf(iam.administrator), {
        kind: "root",
        arn: "arn:aws:iam::123456789012:root",
      });
    });

    it("keeps the key over a restart, readable by the owner only", async () => {
      const before = iam.administrator;
      assert.deepEqual(open().administrator, before);
      const file = join(dataDir, "administrator.json");
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      assert.match(await readFile(file, "utf8"), /AKIA[A-Z2-7]{16}/);
    });
  });

  describe("roles", () => {
    it("have ARNs and ids as AWS makes them, the same at every start", () => {
      const request = { name: "reader", path: "/app/", assumeRolePolicy: trust() };
      const role = iam.createRole(request);
      assert.equal(role.arn, "arn:aws:iam::123456789012:role/app/reader");
      assert.match(role.roleId, /^AROA[A-Z2-7]{17}$/);
      assert.equal(open().createRole(request).roleId, role.roleId);
    });

    it("are refused when their name, path or trust policy is wrong", () => {
      const create = (change: object) =>
        codeOf(() => iam.createRole({ name: "r", assumeRolePolicy: trust(), ...change }));
      assert.equal(create({ name: "a b" }), "ValidationError");
      assert.equal(create({ name: "x".repeat(65) }), "ValidationError");
      assert.equal(create({ path: "app" }), "ValidationError");
      assert.equal(create({ assumeRolePolicy: "{" }), "MalformedPolicyDocument");
      assert.throws(() => iam.createRole({ name: "new", assumeRolePolicy: "{" }), {
        message: /^This policy contains invalid Json/,
      });
      assert.equal(create({ assumeRolePolicy: policy("s3:*") }), "MalformedPolicyDocument");
      const long = trust("lambda.amazonaws.com", {
        StringLike: { "aws:SourceArn": "a".repeat(2000) },
      });
      assert.equal(create({ assumeRolePolicy: long }), "LimitExceeded");
    });

    it("are created once", () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const again = () => iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      assert.equal(codeOf(again), "EntityAlreadyExists");
    });
  });

  describe("policies", () => {
    it("allow what they say once they are attached", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const { arn, policyId } = iam.createPolicy({
        name: "read",
        document: policy("s3:GetObject"),
      });
      assert.equal(arn, "arn:aws:iam::123456789012:policy/read");
      assert.match(policyId, /^ANPA[A-Z2-7]{17}$/);
      const principal = await principalOf(assume());
      const question = { principal, action: "s3:GetObject", resource: photo };
      assert.equal(iam.authorize(question).allowed, false);
      iam.attachRolePolicy("reader", arn);
      assert.deepEqual(iam.authorize(question).statement, {
        policy: "policy read",
        statement: "Only",
      });
    });

    it("can be inline, and replaced", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      iam.putRolePolicy("reader", "inline", policy("s3:GetObject"));
      const principal = await principalOf(assume());
      const question = { principal, action: "s3:GetObject", resource: photo };
      assert.equal(iam.authorize(question).allowed, true);
      iam.putRolePolicy("reader", "inline", policy("s3:PutObject"));
      assert.equal(iam.authorize(question).allowed, false);
    });

    it("of AWS are built in, as far as functions and gateways need them", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
      iam.attachRolePolicy("reader", managed);
      const principal = await principalOf(assume());
      const resource = "arn:aws:logs:us-east-1:123456789012:log-group:g:log-stream:s";
      const decision = iam.authorize({ principal, action: "logs:PutLogEvents", resource });
      assert.equal(decision.allowed, true);
      const unknown = () => {
        iam.attachRolePolicy("reader", "arn:aws:iam::aws:policy/AdministratorAccess");
      };
      assert.throws(unknown, /does not exist or is not emulated/);
    });

    it("have sizes and numbers that are limited, white space not counted", () => {
      const blank = policy("s3:GetObject", photo).replaceAll(",", `,${" ".repeat(7000)}`);
      iam.createPolicy({ name: "blank", document: blank });
      const resource = `arn:aws:s3:::${"x".repeat(6144)}`;
      const large = () => iam.createPolicy({ name: "large", document: policy("s3:*", resource) });
      assert.equal(codeOf(large), "LimitExceeded");
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const half = policy("s3:*", `arn:aws:s3:::${"x".repeat(5100)}`);
      iam.putRolePolicy("reader", "one", half);
      iam.putRolePolicy("reader", "one", half);
      assert.equal(
        codeOf(() => {
          iam.putRolePolicy("reader", "two", half);
        }),
        "LimitExceeded",
      );
      for (let index = 0; index < 10; index += 1) {
        const { arn } = iam.createPolicy({ name: `p${index}`, document: policy("s3:*") });
        iam.attachRolePolicy("reader", arn);
      }
      const { arn } = iam.createPolicy({ name: "p10", document: policy("s3:*") });
      assert.equal(
        codeOf(() => {
          iam.attachRolePolicy("reader", arn);
        }),
        "LimitExceeded",
      );
    });

    it("are refused when they do not exist, exist already or are malformed", () => {
      const create = (document: string) => iam.createPolicy({ name: "p", document });
      assert.equal(
        codeOf(() => create("not JSON")),
        "MalformedPolicyDocument",
      );
      assert.equal(
        codeOf(() => create(policy("s3:*", "photos"))),
        "MalformedPolicyDocument",
      );
      const { arn } = create(policy("s3:*"));
      assert.equal(
        codeOf(() => create(policy("s3:*"))),
        "EntityAlreadyExists",
      );
      assert.equal(
        codeOf(() => {
          iam.attachRolePolicy("nobody", arn);
        }),
        "NoSuchEntity",
      );
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      assert.equal(
        codeOf(() => {
          iam.attachRolePolicy("reader", `${arn}2`);
        }),
        "NoSuchEntity",
      );
    });

    it("of resources are checked when they are put", () => {
      assert.throws(() => parseResourcePolicy("{"), /Syntax errors/);
      assert.throws(() => parseResourcePolicy(policy("s3:*")), /Principal/);
    });
  });

  describe("assumeRole", () => {
    it("gives credentials of a session, for twelve hours", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const credentials = assume();
      assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
      assert.deepEqual(credentials.expiration, new Date("2026-03-04T17:06:07Z"));
      assert.deepEqual(await principalOf(credentials), {
        kind: "role",
        arn: "arn:aws:sts::123456789012:assumed-role/reader/resize-image",
        roleArn: "arn:aws:iam::123456789012:role/reader",
      });
      now = new Date("2026-03-04T17:06:07Z");
      await assert.rejects(principalOf(credentials), { code: "ExpiredToken" });
    });

    it("gives each session credentials of its own, and forgets those that ended", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const [first, second] = [assume(), assume()];
      assert.notEqual(first.accessKeyId, second.accessKeyId);
      now = new Date("2026-03-05T05:06:07Z");
      assume();
      await assert.rejects(principalOf(first), { code: "InvalidAccessKeyId" });
    });

    it("refuses a service that the role does not trust, and says so", () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust("apigateway.amazonaws.com") });
      assert.equal(
        codeOf(() => assume()),
        "AccessDenied",
      );
      assert.equal(
        codeOf(() => assume("nobody")),
        "AccessDenied",
      );
      assert.match(lines[0] ?? "", /^Refused: lambda.amazonaws.com: sts:AssumeRole on .*reader: /);
    });

    it("checks the conditions of the trust policy", () => {
      const source = "arn:aws:lambda:us-east-1:123456789012:function:resize";
      const condition = {
        StringEquals: { "aws:SourceAccount": account.accountId },
        ArnLike: { "aws:SourceArn": source },
      };
      const assumeRolePolicy = trust("lambda.amazonaws.com", condition);
      const { arn: roleArn } = iam.createRole({ name: "reader", assumeRolePolicy });
      const request = { roleArn, sessionName: "resize", service: "lambda.amazonaws.com" };
      assert.ok(iam.assumeRole({ ...request, sourceArn: source }));
      assert.equal(
        codeOf(() => iam.assumeRole(request)),
        "AccessDenied",
      );
      assert.equal(
        codeOf(() => iam.assumeRole({ ...request, sourceArn: `${source}2` })),
        "AccessDenied",
      );
    });

    it("refuses a name that no session can have", () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const roleArn = "arn:aws:iam::123456789012:role/reader";
      const request = { roleArn, sessionName: "a b", service: "lambda.amazonaws.com" };
      assert.equal(
        codeOf(() => iam.assumeRole(request)),
        "ValidationError",
      );
    });
  });

  describe("authorize", () => {
    it("knows who asks, by the keys that services cannot override", async () => {
      const role = iam.createRole({
        name: "reader",
        path: "/app/",
        assumeRolePolicy: trust(),
        tags: { team: "blue" },
      });
      const condition = {
        ArnEquals: { "aws:PrincipalArn": role.arn },
        StringEquals: {
          "aws:PrincipalAccount": account.accountId,
          "aws:PrincipalTag/team": "blue",
          "aws:PrincipalType": "AssumedRole",
          "aws:userid": `${role.roleId}:resize-image`,
          "aws:ResourceAccount": account.accountId,
          "aws:RequestedRegion": account.region,
        },
        Bool: { "aws:PrincipalIsAWSService": false },
        DateEquals: { "aws:CurrentTime": now.toISOString() },
      };
      const Statement = { Effect: "Allow", Action: "s3:*", Resource: "*", Condition: condition };
      iam.putRolePolicy("reader", "p", JSON.stringify({ Statement }));
      const principal = await principalOf(assume("app/reader"));
      const question = { principal, action: "s3:GetObject", resource: photo };
      assert.equal(
        iam.authorize(question).explanation,
        'statement "1" of inline policy p allows it',
      );
      const context = { "AWS:PrincipalAccount": "210987654321", "aws:PrincipalTag/team": "red" };
      assert.equal(iam.authorize({ ...question, context }).allowed, true);
    });

    it("prints one line for what it refuses, and none for what it allows", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const principal = await principalOf(assume());
      const resource = "arn:aws:s3:::photos/a\nRefused: nothing\u0085\u202e";
      iam.authorize({ principal, action: "s3:GetObject", resource });
      iam.authorize({
        principal: await principalOf(iam.administrator),
        action: "s3:GetObject",
        resource,
      });
      const escaped = "arn:aws:s3:::photos/a\\u{a}Refused: nothing\\u{85}\\u{202e}";
      assert.deepEqual(lines, [
        `Refused: resize-image by reader: s3:GetObject on ${escaped}: no statement of its policies allows it`,
      ]);
    });

    it("says why a service asked for what nobody called", async () => {
      iam.createRole({ name: "reader", assumeRolePolicy: trust() });
      const principal = await principalOf(assume());
      const resource = "arn:aws:s3:::photos";
      iam.authorize({
        principal,
        action: "s3:ListBucket",
        resource,
        occasion: "there is no object a",
      });
      assert.deepEqual(lines, [
        `Refused: resize-image by reader: s3:ListBucket on ${resource}, asked for because there is no object a: no statement of its policies allows it`,
      ]);
    });

    it("says nothing of what a service asked by itself while it served others", () => {
      const decision = iam.authorize({
        principal: { kind: "service", service: "cloudfront.amazonaws.com" },
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::photos",
        occasion: "there is no object a",
      });
      assert.equal(decision.allowed, false);
      assert.deepEqual(lines, []);
    });

    it("names services, callers without a signature and the administrator", () => {
      const resourcePolicy = parseResourcePolicy({
        Statement: { Sid: "No", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
      });
      const principals: Principal[] = [
        { kind: "service", service: "sns.amazonaws.com" },
        { kind: "anonymous" },
        { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      ];
      for (const principal of principals) {
        iam.authorize({ principal, action: "s3:GetObject", resource: photo, resourcePolicy });
      }
      const rest = `: s3:GetObject on ${photo}: statement "No" of the resource's policy denies it`;
      assert.deepEqual(lines, [
        `Refused: sns.amazonaws.com${rest}`,
        `Refused: a caller without a signature${rest}`,
        `Refused: the administrator${rest}`,
      ]);
    });

    it("gives nothing to a role that does not exist", () => {
      const principal: Principal = {
        kind: "role",
        arn: "arn:aws:sts::123456789012:assumed-role/ghost/s",
        roleArn: "arn:aws:iam::123456789012:role/ghost",
      };
      assert.equal(
        iam.authorize({ principal, action: "s3:GetObject", resource: photo }).allowed,
        false,
      );
    });
  });

  describe("serviceCredentials", () => {
    const distribution = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7";
    const service = "cloudfront.amazonaws.com";

    it("sign for the service and what it acts for, for twelve hours", async () => {
      const credentials = iam.serviceCredentials(service, distribution);
      assert.deepEqual(await principalOf(credentials), {
        kind: "service",
        service,
        sourceArn: distribution,
      });
      now = new Date("2026-03-04T17:06:07Z");
      await assert.rejects(principalOf(credentials), { code: "ExpiredToken" });
    });

    for (const [source, allowed] of [
      [distribution, true],
      [`${distribution}8`, false],
      [undefined, false],
    ] as const) {
      it(`are ${allowed ? "allowed" : "refused"} by the source ${source ?? "none"}`, () => {
        const resourcePolicy = parseResourcePolicy(
          JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              Effect: "Allow",
              Principal: { Service: service },
              Action: "s3:GetObject",
              Resource: photo,
              Condition: {
                ArnEquals: { "aws:SourceArn": distribution },
                StringEquals: { "aws:SourceAccount": "123456789012" },
              },
            },
          }),
        );
        const principal = {
          kind: "service",
          service,
          ...(source !== undefined && { sourceArn: source }),
        } as const;
        const question = { principal, action: "s3:GetObject", resource: photo, resourcePolicy };
        assert.equal(iam.authorize(question).allowed, allowed);
      });
    }
  });
});
