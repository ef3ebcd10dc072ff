import assert from "node:assert/strict";
import { AwsError } from "../../../aws/aws-error";
import { compilePolicy } from "../../../aws/iam/compile";
import { Context } from "../../../aws/iam/context";
import { evaluate } from "../../../aws/iam/evaluate";
import { compileResourcePolicy } from "../../../aws/iam/resource-policy";
import type { Decision, PolicyStatement, Principal, RequestContext } from "../../../aws/iam/types";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const roleArn = "arn:aws:iam::123456789012:role/app/reader";
const sessionArn = "arn:aws:sts::123456789012:assumed-role/reader/run";
const rootArn = "arn:aws:iam::123456789012:root";
const role: Principal = { kind: "role", arn: sessionArn, roleArn };
const root: Principal = { kind: "root", arn: rootArn };
const service: Principal = { kind: "service", service: "cloudfront.amazonaws.com" };
const anonymous: Principal = { kind: "anonymous" };
const photo = "arn:aws:s3:::photos/2026/a.jpg";

type Expected = Decision["reason"] | "malformed";

interface Case {
  /** Statements of the principal's policy. */
  identity?: unknown[];
  /** Statements of the principal's permissions boundary. */
  boundary?: unknown[];
  /** Statements of the resource's policy. */
  policy?: unknown[];
  /** @default the role's session */
  principal?: Principal;
  /** @default `s3:GetObject` */
  action?: string;
  /** @default {@link photo} */
  resource?: string;
  context?: RequestContext;
  decides?: boolean;
  /** @default `2012-10-17` */
  version?: string | undefined;
}

/** A statement that allows the default action on everything, but for what `change` says. */
function allow(change: Partial<Record<keyof PolicyStatement, unknown>> = {}): object {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...change };
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
}

function deny(change: Partial<Record<keyof PolicyStatement, unknown>> = {}): object {
  return allow({ Effect: "Deny", ...change });
}

/** One `Allow` statement with such a condition. */
function when(operator: string, key: string, value: unknown): { identity: unknown[] } {
  return { identity: [allow({ Condition: { [operator]: { [key]: value } } })] };
}

function outcome(given: Case): Expected {
  const { identity, policy, boundary } = given;
  const head = "version" in given ? { Version: given.version } : { Version: "2012-10-17" };
  try {
    const question = {
      principal: given.principal ?? role,
      action: given.action ?? "s3:GetObject",
      resource: given.resource ?? photo,
      context: new Context(given.context ?? {}),
      account,
    };
    return evaluate(question, {
      identity: identity ? compilePolicy({ ...head, Statement: identity }, "identity", "p") : [],
      ...(boundary && {
        boundary: compilePolicy({ ...head, Statement: boundary }, "identity", "b"),
      }),
      resource: policy ? compilePolicy({ ...head, Statement: policy }, "resource", "r") : [],
      resourceDecides: given.decides ?? false,
    }).reason;
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") {
      return "malformed";
    }
    throw error;
  }
}

type Row = readonly [title: string, expected: Expected, given: Case];

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [name, expected, given] of rows) {
      it(`${name}: ${expected}`, () => {
        assert.equal(outcome(given), expected);
      });
    }
  });
}

describe("evaluate", () => {
  table("who decides", [
    ["no policy at all", "implicit-deny", {}],
    ["an identity policy that allows", "allow", { identity: [allow()] }],
    [
      "an identity policy that allows something else",
      "implicit-deny",
      { identity: [allow({ Action: "s3:PutObject" })] },
    ],
    ["a denial beside a permission", "explicit-deny", { identity: [allow(), deny()] }],
    ["a denial before a permission", "explicit-deny", { identity: [deny(), allow()] }],
    [
      "a denial of something else",
      "allow",
      { identity: [allow(), deny({ Action: "s3:PutObject" })] },
    ],
    ["a denial alone", "explicit-deny", { identity: [deny()] }],
    [
      "only the resource's policy allows the role",
      "allow",
      { policy: [allow({ Principal: { AWS: roleArn } })] },
    ],
    [
      "the resource's policy denies what identity allows",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ Principal: "*" })] },
    ],
    [
      "identity denies what the resource's policy allows",
      "explicit-deny",
      { identity: [deny()], policy: [allow({ Principal: "*" })] },
    ],
    ["the administrator without any policy", "allow", { principal: root }],
    [
      "the administrator against a bucket policy's denial",
      "explicit-deny",
      { principal: root, policy: [deny({ Principal: "*" })] },
    ],
    [
      "the administrator against a denial of the account",
      "explicit-deny",
      { principal: root, policy: [deny({ Principal: { AWS: rootArn } })] },
    ],
    [
      "the administrator against a denial of a role",
      "allow",
      { principal: root, policy: [deny({ Principal: { AWS: roleArn } })] },
    ],
    ["a service without a policy", "implicit-deny", { principal: service }],
    [
      "a service that is named",
      "allow",
      {
        principal: service,
        policy: [allow({ Principal: { Service: "cloudfront.amazonaws.com" } })],
      },
    ],
    [
      "another service",
      "implicit-deny",
      { principal: service, policy: [allow({ Principal: { Service: "sns.amazonaws.com" } })] },
    ],
    [
      "a service of several",
      "allow",
      {
        principal: service,
        policy: [
          allow({ Principal: { Service: ["sns.amazonaws.com", "cloudfront.amazonaws.com"] } }),
        ],
      },
    ],
    [
      "a service by the account",
      "implicit-deny",
      { principal: service, policy: [allow({ Principal: { AWS: rootArn } })] },
    ],
    ["a service by anybody", "allow", { principal: service, policy: [allow({ Principal: "*" })] }],
    [
      "a service that anybody is denied with",
      "explicit-deny",
      {
        principal: service,
        policy: [
          allow({ Principal: { Service: "cloudfront.amazonaws.com" } }),
          deny({ Principal: "*" }),
        ],
      },
    ],
    ["nobody without a policy", "implicit-deny", { principal: anonymous }],
    ["nobody by anybody", "allow", { principal: anonymous, policy: [allow({ Principal: "*" })] }],
    [
      "nobody by any AWS principal, which is the same",
      "allow",
      { principal: anonymous, policy: [allow({ Principal: { AWS: "*" } })] },
    ],
    [
      "nobody by the account",
      "implicit-deny",
      { principal: anonymous, policy: [allow({ Principal: { AWS: "123456789012" } })] },
    ],
    [
      "nobody has identity policies",
      "implicit-deny",
      { principal: anonymous, identity: [allow()] },
    ],
    [
      "services have no identity policies",
      "implicit-deny",
      { principal: service, identity: [allow()] },
    ],
  ]);

  table("principals of a resource's policy", [
    ["the session's ARN", "allow", { policy: [allow({ Principal: { AWS: sessionArn } })] }],
    [
      "another session's ARN",
      "implicit-deny",
      { policy: [allow({ Principal: { AWS: `${sessionArn}2` } })] },
    ],
    ["another role", "implicit-deny", { policy: [allow({ Principal: { AWS: `${roleArn}2` } })] }],
    [
      "the account, which delegates only",
      "implicit-deny",
      { policy: [allow({ Principal: { AWS: rootArn } })] },
    ],
    [
      "the account by its number",
      "implicit-deny",
      { policy: [allow({ Principal: { AWS: "123456789012" } })] },
    ],
    [
      "the account, and identity allows",
      "allow",
      { identity: [allow()], policy: [allow({ Principal: { AWS: rootArn } })] },
    ],
    [
      "another account",
      "implicit-deny",
      { policy: [allow({ Principal: { AWS: "arn:aws:iam::210987654321:root" } })] },
    ],
    [
      "a denial of the account",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ Principal: { AWS: "123456789012" } })] },
    ],
    [
      "a denial of the role",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ Principal: { AWS: roleArn } })] },
    ],
    [
      "a denial of the session",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ Principal: { AWS: sessionArn } })] },
    ],
    [
      "a denial of another session",
      "allow",
      { identity: [allow()], policy: [deny({ Principal: { AWS: `${sessionArn}2` } })] },
    ],
    [
      "a denial of a service",
      "allow",
      { identity: [allow()], policy: [deny({ Principal: { Service: "s3.amazonaws.com" } })] },
    ],
    [
      "several principals",
      "allow",
      { policy: [allow({ Principal: { AWS: ["210987654321", roleArn] } })] },
    ],
    [
      "a wildcard within an ARN",
      "malformed",
      { policy: [allow({ Principal: { AWS: "arn:aws:iam::123456789012:role/*" } })] },
    ],
    [
      "a name that is no principal",
      "malformed",
      { policy: [allow({ Principal: { AWS: "reader" } })] },
    ],
    ["any service", "malformed", { policy: [allow({ Principal: { Service: "*" } })] }],
    [
      "an identity provider, whose users are nobody here",
      "implicit-deny",
      { policy: [allow({ Principal: { Federated: "accounts.google.com" } })] },
    ],
    [
      "a name that is no identity provider",
      "malformed",
      { policy: [allow({ Principal: { Federated: "google" } })] },
    ],
    [
      "a canonical user, which is not emulated",
      "malformed",
      { policy: [allow({ Principal: { CanonicalUser: "79a59df900b949e5" } })] },
    ],
    ["no principal", "malformed", { policy: [allow()] }],
    ["a principal in an identity policy", "malformed", { identity: [allow({ Principal: "*" })] }],
  ]);

  table("a permissions boundary", [
    ["allows nothing by itself", "implicit-deny", { boundary: [allow()] }],
    ["lets through what it allows", "allow", { identity: [allow()], boundary: [allow()] }],
    [
      "holds back what it does not allow",
      "implicit-deny",
      { identity: [allow()], boundary: [allow({ Action: "s3:PutObject" })] },
    ],
    [
      "without an allowing statement",
      "implicit-deny",
      { identity: [allow()], boundary: [deny({ Action: "s3:PutObject" })] },
    ],
    ["denies", "explicit-deny", { identity: [allow()], boundary: [allow(), deny()] }],
    [
      "holds back what the resource's policy allows the role",
      "implicit-deny",
      {
        policy: [allow({ Principal: { AWS: roleArn } })],
        boundary: [allow({ Action: "s3:PutObject" })],
      },
    ],
    [
      "of a resource whose own policy decides",
      "implicit-deny",
      {
        identity: [allow()],
        policy: [allow({ Principal: { AWS: rootArn } })],
        boundary: [allow({ Action: "s3:PutObject" })],
        decides: true,
      },
    ],
  ]);

  table("NotPrincipal", [
    [
      "a denial of all but account, role and session",
      "allow",
      {
        identity: [allow()],
        policy: [deny({ NotPrincipal: { AWS: [rootArn, roleArn, sessionArn] } })],
      },
    ],
    [
      "all but account and role: the session is denied",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ NotPrincipal: { AWS: [rootArn, roleArn] } })] },
    ],
    [
      "all but role and session: the account is denied",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ NotPrincipal: { AWS: [roleArn, sessionArn] } })] },
    ],
    [
      "all but another role",
      "explicit-deny",
      { identity: [allow()], policy: [deny({ NotPrincipal: { AWS: `${roleArn}2` } })] },
    ],
    [
      "all but the account, for the administrator",
      "allow",
      { principal: root, policy: [deny({ NotPrincipal: { AWS: rootArn } })] },
    ],
    [
      "all but a role, for the administrator",
      "explicit-deny",
      { principal: root, policy: [deny({ NotPrincipal: { AWS: roleArn } })] },
    ],
    [
      "all but the service",
      "allow",
      {
        principal: service,
        policy: [
          deny({ NotPrincipal: { Service: "cloudfront.amazonaws.com" } }),
          allow({ Principal: "*" }),
        ],
      },
    ],
    [
      "all but another service",
      "explicit-deny",
      {
        principal: service,
        policy: [
          deny({ NotPrincipal: { Service: "sns.amazonaws.com" } }),
          allow({ Principal: "*" }),
        ],
      },
    ],
    [
      "all but the account, for nobody",
      "explicit-deny",
      {
        principal: anonymous,
        policy: [deny({ NotPrincipal: { AWS: rootArn } }), allow({ Principal: "*" })],
      },
    ],
    ["with Allow", "malformed", { policy: [allow({ NotPrincipal: { AWS: rootArn } })] }],
    ["beside Principal", "malformed", { policy: [deny({ NotPrincipal: "*", Principal: "*" })] }],
  ]);

  table("where the resource's policy decides, as with KMS keys", [
    ["identity alone", "implicit-deny", { identity: [allow()], decides: true }],
    [
      "the key's policy alone",
      "allow",
      { policy: [allow({ Principal: { AWS: roleArn } })], decides: true },
    ],
    [
      "the account in the key's policy, without identity",
      "implicit-deny",
      { policy: [allow({ Principal: { AWS: rootArn } })], decides: true },
    ],
    [
      "the account in the key's policy, and identity",
      "allow",
      { identity: [allow()], policy: [allow({ Principal: { AWS: rootArn } })], decides: true },
    ],
    [
      "the account for another action",
      "implicit-deny",
      {
        identity: [allow()],
        policy: [allow({ Action: "s3:PutObject", Principal: { AWS: rootArn } })],
        decides: true,
      },
    ],
    [
      "the administrator by the account",
      "allow",
      { principal: root, policy: [allow({ Principal: { AWS: rootArn } })], decides: true },
    ],
    [
      "the administrator without a word",
      "implicit-deny",
      { principal: root, policy: [allow({ Principal: { AWS: roleArn } })], decides: true },
    ],
    [
      "a service by its name",
      "allow",
      {
        principal: service,
        policy: [allow({ Principal: { Service: "cloudfront.amazonaws.com" } })],
        decides: true,
      },
    ],
    [
      "a service by the account",
      "implicit-deny",
      { principal: service, policy: [allow({ Principal: { AWS: rootArn } })], decides: true },
    ],
    [
      "a denial in identity",
      "explicit-deny",
      { identity: [deny()], policy: [allow({ Principal: { AWS: roleArn } })], decides: true },
    ],
  ]);

  table("actions", [
    ["another case", "allow", { identity: [allow({ Action: "S3:getOBJECT" })] }],
    ["a request in another case", "allow", { identity: [allow()], action: "s3:getobject" }],
    ["any", "allow", { identity: [allow({ Action: "*" })] }],
    ["any of the service", "allow", { identity: [allow({ Action: "s3:*" })] }],
    ["any of another service", "implicit-deny", { identity: [allow({ Action: "sns:*" })] }],
    ["a prefix", "allow", { identity: [allow({ Action: "s3:Get*" })] }],
    ["a prefix that is not one", "implicit-deny", { identity: [allow({ Action: "s3:Put*" })] }],
    [
      "a prefix covers longer names",
      "allow",
      { identity: [allow({ Action: "s3:Get*" })], action: "s3:GetObjectVersion" },
    ],
    [
      "no prefix without a wildcard",
      "implicit-deny",
      { identity: [allow()], action: "s3:GetObjectVersion" },
    ],
    ["a wildcard in the middle", "allow", { identity: [allow({ Action: "s3:G*Obj*t" })] }],
    ["one character", "allow", { identity: [allow({ Action: "s3:?etObject" })] }],
    ["one character too many", "implicit-deny", { identity: [allow({ Action: "s3:GetObject?" })] }],
    [
      "one of several",
      "allow",
      { identity: [allow({ Action: ["s3:PutObject", "s3:GetObject"] })] },
    ],
    [
      "NotAction of another",
      "allow",
      { identity: [allow({ Action: undefined, NotAction: "s3:PutObject" })] },
    ],
    [
      "NotAction of the same",
      "implicit-deny",
      { identity: [allow({ Action: undefined, NotAction: "s3:Get*" })] },
    ],
    [
      "NotAction covers other services",
      "allow",
      { identity: [allow({ Action: undefined, NotAction: "iam:*" })] },
    ],
    [
      "a denial of all but the action",
      "allow",
      { identity: [allow(), deny({ Action: undefined, NotAction: "s3:GetObject" })] },
    ],
    [
      "a denial of all but another",
      "explicit-deny",
      { identity: [allow(), deny({ Action: undefined, NotAction: ["s3:PutObject", "s3:List*"] })] },
    ],
    ["no service", "malformed", { identity: [allow({ Action: "GetObject" })] }],
    ["a wildcard for the service", "malformed", { identity: [allow({ Action: "*:GetObject" })] }],
    ["no action", "malformed", { identity: [allow({ Action: undefined })] }],
    ["Action and NotAction", "malformed", { identity: [allow({ NotAction: "s3:PutObject" })] }],
    [
      "a variable is no action",
      "malformed",
      { identity: [allow({ Action: "s3:${aws:username}" })] },
    ],
    ["an empty list", "malformed", { identity: [allow({ Action: [] })] }],
  ]);

  table("resources", [
    ["the very ARN", "allow", { identity: [allow({ Resource: photo })] }],
    [
      "another case",
      "implicit-deny",
      { identity: [allow({ Resource: photo.toUpperCase().replace("ARN", "arn") })] },
    ],
    ["a prefix", "allow", { identity: [allow({ Resource: "arn:aws:s3:::photos/*" })] }],
    [
      "a wildcard spans slashes",
      "allow",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/*.jpg" })] },
    ],
    [
      "a wildcard spans colons",
      "allow",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/*.jpg" })],
        resource: "arn:aws:s3:::photos/a:b:c.jpg",
      },
    ],
    ["a wildcard for nothing", "allow", { identity: [allow({ Resource: `${photo}*` })] }],
    [
      "the bucket is not its objects",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photos" })] },
    ],
    [
      "the objects are not the bucket",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/*" })], resource: "arn:aws:s3:::photos" },
    ],
    [
      "another bucket of the same prefix",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photo/*" })] },
    ],
    ["a prefix of buckets", "allow", { identity: [allow({ Resource: "arn:aws:s3:::photo*" })] }],
    ["all of S3", "allow", { identity: [allow({ Resource: "arn:aws:s3:::*" })] }],
    [
      "one character",
      "allow",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/202?/a.jpg" })] },
    ],
    [
      "one character is no slash too many",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/?/a.jpg" })] },
    ],
    ["wildcards in every component", "allow", { identity: [allow({ Resource: "arn:*:*:*:*:*" })] }],
    [
      "a wildcard in the region stays there",
      "implicit-deny",
      {
        identity: [allow({ Action: "sns:Publish", Resource: "arn:aws:sns:us*:alerts:*" })],
        action: "sns:Publish",
        resource: "arn:aws:sns:us-east-1:123456789012:alerts:x",
      },
    ],
    [
      "a region by wildcard",
      "allow",
      {
        identity: [allow({ Action: "sns:Publish", Resource: "arn:aws:sns:*:123456789012:alerts" })],
        action: "sns:Publish",
        resource: "arn:aws:sns:us-east-1:123456789012:alerts",
      },
    ],
    [
      "a region by wildcard, another account",
      "implicit-deny",
      {
        identity: [allow({ Action: "sns:Publish", Resource: "arn:aws:sns:*:123456789012:alerts" })],
        action: "sns:Publish",
        resource: "arn:aws:sns:us-east-1:210987654321:alerts",
      },
    ],
    [
      "a wildcard of the account does not reach the name",
      "implicit-deny",
      {
        identity: [allow({ Action: "sns:Publish", Resource: "arn:aws:sns:us-east-1:*:alerts" })],
        action: "sns:Publish",
        resource: "arn:aws:sns:us-east-1:123456789012:x:alerts",
      },
    ],
    [
      "a log stream under its group",
      "allow",
      {
        identity: [
          allow({
            Action: "logs:PutLogEvents",
            Resource: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:*",
          }),
        ],
        action: "logs:PutLogEvents",
        resource: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:log-stream:s",
      },
    ],
    [
      "a table is not its index",
      "implicit-deny",
      {
        identity: [
          allow({
            Action: "dynamodb:Query",
            Resource: "arn:aws:dynamodb:us-east-1:123456789012:table/t",
          }),
        ],
        action: "dynamodb:Query",
        resource: "arn:aws:dynamodb:us-east-1:123456789012:table/t/index/i",
      },
    ],
    [
      "an asterisk in a key is no wildcard",
      "implicit-deny",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/2026/a.jpg" })],
        resource: "arn:aws:s3:::photos/*",
      },
    ],
    [
      "a question mark in a key is no wildcard",
      "implicit-deny",
      { identity: [allow({ Resource: photo })], resource: "arn:aws:s3:::photos/2026/?.jpg" },
    ],
    [
      "a key that is an asterisk, escaped in the policy",
      "allow",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/${*}" })],
        resource: "arn:aws:s3:::photos/*",
      },
    ],
    [
      "an escaped asterisk covers nothing else",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/${*}" })] },
    ],
    [
      "an escaped question mark",
      "allow",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/${?}" })],
        resource: "arn:aws:s3:::photos/?",
      },
    ],
    [
      "an escaped dollar sign",
      "allow",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/${$}{aws:username}" })],
        resource: "arn:aws:s3:::photos/${aws:username}",
      },
    ],
    [
      "characters of regular expressions",
      "implicit-deny",
      { identity: [allow({ Resource: "arn:aws:s3:::photos/2026/a[.]jpg" })] },
    ],
    [
      "a dot is a dot",
      "implicit-deny",
      { identity: [allow({ Resource: photo })], resource: "arn:aws:s3:::photos/2026/aXjpg" },
    ],
    [
      "a line break in a key",
      "allow",
      {
        identity: [allow({ Resource: "arn:aws:s3:::photos/*" })],
        resource: "arn:aws:s3:::photos/a\nb",
      },
    ],
    [
      "an action without resources needs an asterisk",
      "implicit-deny",
      {
        identity: [allow({ Action: "xray:PutTraceSegments", Resource: "arn:aws:xray:*:*:*" })],
        action: "xray:PutTraceSegments",
        resource: "*",
      },
    ],
    [
      "an action without resources",
      "allow",
      {
        identity: [allow({ Action: "xray:PutTraceSegments" })],
        action: "xray:PutTraceSegments",
        resource: "*",
      },
    ],
    [
      "NotResource of another",
      "allow",
      { identity: [allow({ Resource: undefined, NotResource: "arn:aws:s3:::secrets/*" })] },
    ],
    [
      "NotResource of the same",
      "implicit-deny",
      { identity: [allow({ Resource: undefined, NotResource: "arn:aws:s3:::photos/*" })] },
    ],
    [
      "a denial of all but the resource",
      "allow",
      { identity: [allow(), deny({ Resource: undefined, NotResource: "arn:aws:s3:::photos/*" })] },
    ],
    [
      "a denial of all but another",
      "explicit-deny",
      {
        identity: [
          allow(),
          deny({ Resource: undefined, NotResource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] }),
        ],
      },
    ],
    ["no ARN", "malformed", { identity: [allow({ Resource: "photos/*" })] }],
    ["an ARN that is too short", "malformed", { identity: [allow({ Resource: "arn:aws:s3:*" })] }],
    ["no resource", "malformed", { identity: [allow({ Resource: undefined })] }],
    ["Resource and NotResource", "malformed", { identity: [allow({ NotResource: "*" })] }],
  ]);

  const home = (change = {}) => ({
    identity: [allow({ Resource: "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*", ...change })],
    resource: "arn:aws:s3:::photos/blue/a",
  });
  table("policy variables", [
    ["a value that fits", "allow", { ...home(), context: { "aws:PrincipalTag/team": "blue" } }],
    ["a key in another case", "allow", { ...home(), context: { "AWS:principaltag/TEAM": "blue" } }],
    [
      "a value that does not fit",
      "implicit-deny",
      { ...home(), context: { "aws:PrincipalTag/team": "red" } },
    ],
    [
      "a value in another case",
      "implicit-deny",
      { ...home(), context: { "aws:PrincipalTag/team": "Blue" } },
    ],
    ["no value", "implicit-deny", home()],
    [
      "several values",
      "implicit-deny",
      { ...home(), context: { "aws:PrincipalTag/team": ["blue", "red"] } },
    ],
    [
      "an asterisk in a value is no wildcard",
      "implicit-deny",
      { ...home(), context: { "aws:PrincipalTag/team": "*" } },
    ],
    [
      "a value cannot shift components",
      "implicit-deny",
      {
        identity: [allow({ Resource: "arn:aws:s3:${aws:PrincipalTag/team}:photos/a:x" })],
        resource: "arn:aws:s3:::photos/a:x",
        context: { "aws:PrincipalTag/team": ":" },
      },
    ],
    [
      "a default",
      "allow",
      { ...home({ Resource: "arn:aws:s3:::photos/${aws:PrincipalTag/team, 'blue'}/*" }) },
    ],
    [
      "a default gives way to a value",
      "implicit-deny",
      {
        ...home({ Resource: "arn:aws:s3:::photos/${aws:PrincipalTag/team, 'blue'}/*" }),
        context: { "aws:PrincipalTag/team": "red" },
      },
    ],
    [
      "no value in a NotResource that allows",
      "implicit-deny",
      {
        ...home({
          Resource: undefined,
          NotResource: "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*",
        }),
      },
    ],
    [
      "no value in a NotResource that denies",
      "explicit-deny",
      {
        identity: [
          allow(),
          deny({
            Resource: undefined,
            NotResource: "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*",
          }),
        ],
      },
    ],
    [
      "the old version has none",
      "implicit-deny",
      { ...home(), version: "2008-10-17", context: { "aws:PrincipalTag/team": "blue" } },
    ],
    [
      "no version means the old one",
      "implicit-deny",
      { ...home(), version: undefined, context: { "aws:PrincipalTag/team": "blue" } },
    ],
    [
      "plain text in the old version",
      "allow",
      {
        ...home(),
        version: "2008-10-17",
        resource: "arn:aws:s3:::photos/${aws:PrincipalTag/team}/a",
      },
    ],
    ["not closed", "malformed", home({ Resource: "arn:aws:s3:::photos/${aws:username" })],
    ["empty", "malformed", home({ Resource: "arn:aws:s3:::photos/${}" })],
    ["an unknown key", "malformed", home({ Resource: "arn:aws:s3:::photos/${aws:Nickname}" })],
    [
      "in a condition",
      "allow",
      {
        ...when("StringLike", "s3:prefix", "${aws:PrincipalTag/team}/*"),
        context: { "s3:prefix": "blue/a", "aws:PrincipalTag/team": "blue" },
      },
    ],
    [
      "of the request's prefix",
      "allow",
      {
        ...when("StringEquals", "aws:PrincipalTag/team", "${s3:prefix}"),
        context: { "s3:prefix": "blue", "aws:PrincipalTag/team": "blue" },
      },
    ],
    [
      "in a negated condition without a value",
      "implicit-deny",
      {
        ...when("StringNotEquals", "s3:prefix", "${aws:PrincipalTag/team}"),
        context: { "s3:prefix": "a" },
      },
    ],
    [
      "in a negated condition of a denial without a value",
      "explicit-deny",
      {
        identity: [
          allow(),
          deny({ Condition: { StringNotEquals: { "s3:prefix": "${aws:PrincipalTag/team}" } } }),
        ],
        context: { "s3:prefix": "a" },
      },
    ],
  ]);

  table("string conditions", [
    [
      "equal",
      "allow",
      { ...when("StringEquals", "s3:prefix", "a"), context: { "s3:prefix": "a" } },
    ],
    [
      "a key in another case",
      "allow",
      { ...when("StringEquals", "S3:Prefix", "a"), context: { "s3:prefix": "a" } },
    ],
    [
      "a value in another case",
      "implicit-deny",
      { ...when("StringEquals", "s3:prefix", "A"), context: { "s3:prefix": "a" } },
    ],
    [
      "one of several values",
      "allow",
      { ...when("StringEquals", "s3:prefix", ["b", "a"]), context: { "s3:prefix": "a" } },
    ],
    ["no key", "implicit-deny", when("StringEquals", "s3:prefix", "a")],
    ["no key, an empty value", "implicit-deny", when("StringEquals", "s3:prefix", "")],
    [
      "an empty value",
      "allow",
      { ...when("StringEquals", "s3:prefix", ""), context: { "s3:prefix": "" } },
    ],
    ["IfExists without the key", "allow", when("StringEqualsIfExists", "s3:prefix", "a")],
    [
      "IfExists with another value",
      "implicit-deny",
      { ...when("StringEqualsIfExists", "s3:prefix", "a"), context: { "s3:prefix": "b" } },
    ],
    [
      "wildcards are plain text",
      "implicit-deny",
      { ...when("StringEquals", "s3:prefix", "*"), context: { "s3:prefix": "a" } },
    ],
    [
      "not equal",
      "allow",
      { ...when("StringNotEquals", "s3:prefix", "a"), context: { "s3:prefix": "b" } },
    ],
    [
      "not equal to one of several",
      "implicit-deny",
      { ...when("StringNotEquals", "s3:prefix", ["a", "b"]), context: { "s3:prefix": "b" } },
    ],
    ["not equal without the key", "allow", when("StringNotEquals", "s3:prefix", "a")],
    [
      "ignoring case",
      "allow",
      { ...when("StringEqualsIgnoreCase", "s3:prefix", "ÄB"), context: { "s3:prefix": "äb" } },
    ],
    [
      "not equal ignoring case",
      "implicit-deny",
      { ...when("StringNotEqualsIgnoreCase", "s3:prefix", "A"), context: { "s3:prefix": "a" } },
    ],
    [
      "like",
      "allow",
      { ...when("StringLike", "s3:prefix", "a*c?"), context: { "s3:prefix": "abbcd" } },
    ],
    [
      "like respects case",
      "implicit-deny",
      { ...when("StringLike", "s3:prefix", "A*"), context: { "s3:prefix": "abc" } },
    ],
    [
      "like covers the whole text",
      "implicit-deny",
      { ...when("StringLike", "s3:prefix", "b"), context: { "s3:prefix": "abc" } },
    ],
    [
      "not like",
      "implicit-deny",
      { ...when("StringNotLike", "s3:prefix", "a*"), context: { "s3:prefix": "abc" } },
    ],
    ["not like without the key", "allow", when("StringNotLike", "s3:prefix", "a*")],
    [
      "several values without a quantifier",
      "implicit-deny",
      {
        ...when("StringEquals", "dynamodb:LeadingKeys", "a"),
        context: { "dynamodb:LeadingKeys": ["a", "b"] },
      },
    ],
    [
      "all operators must hold",
      "implicit-deny",
      {
        identity: [
          allow({
            Condition: {
              StringEquals: { "s3:prefix": "a" },
              Bool: { "aws:SecureTransport": "true" },
            },
          }),
        ],
        context: { "s3:prefix": "a", "aws:SecureTransport": "false" },
      },
    ],
    [
      "all keys must hold",
      "implicit-deny",
      {
        identity: [
          allow({ Condition: { StringEquals: { "s3:prefix": "a", "s3:delimiter": "/" } } }),
        ],
        context: { "s3:prefix": "a" },
      },
    ],
    [
      "a condition that fails spares from a denial",
      "allow",
      {
        identity: [allow(), deny({ Condition: { StringEquals: { "s3:prefix": "a" } } })],
        context: { "s3:prefix": "b" },
      },
    ],
  ]);

  const keys = (...values: string[]) => ({ context: { "dynamodb:LeadingKeys": values } });
  table("quantifiers", [
    [
      "all of all",
      "allow",
      {
        ...when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", ["a", "b"]),
        ...keys("a", "b"),
      },
    ],
    [
      "all of some",
      "implicit-deny",
      { ...when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", ["a"]), ...keys("a", "b") },
    ],
    ["all of none", "allow", when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "a")],
    [
      "all of an empty list",
      "allow",
      { ...when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "a"), ...keys() },
    ],
    [
      "any of some",
      "allow",
      { ...when("ForAnyValue:StringEquals", "dynamodb:LeadingKeys", ["a"]), ...keys("a", "b") },
    ],
    [
      "any of others",
      "implicit-deny",
      { ...when("ForAnyValue:StringEquals", "dynamodb:LeadingKeys", ["c"]), ...keys("a", "b") },
    ],
    ["any of none", "implicit-deny", when("ForAnyValue:StringEquals", "dynamodb:LeadingKeys", "a")],
    [
      "any of none, negated",
      "implicit-deny",
      when("ForAnyValue:StringNotEquals", "dynamodb:LeadingKeys", "a"),
    ],
    [
      "all like",
      "allow",
      {
        ...when("ForAllValues:StringLike", "dynamodb:LeadingKeys", "user-*"),
        ...keys("user-1", "user-2"),
      },
    ],
    [
      "all unlike",
      "implicit-deny",
      {
        ...when("ForAllValues:StringNotLike", "dynamodb:LeadingKeys", "user-*"),
        ...keys("user-1", "x"),
      },
    ],
    [
      "any unlike",
      "allow",
      {
        ...when("ForAnyValue:StringNotLike", "dynamodb:LeadingKeys", "user-*"),
        ...keys("user-1", "x"),
      },
    ],
    [
      "all with IfExists",
      "allow",
      when("ForAllValues:StringEqualsIfExists", "dynamodb:LeadingKeys", "a"),
    ],
    [
      "any with IfExists",
      "allow",
      when("ForAnyValue:StringEqualsIfExists", "dynamodb:LeadingKeys", "a"),
    ],
    [
      "an unknown quantifier",
      "malformed",
      when("ForSomeValues:StringEquals", "dynamodb:LeadingKeys", "a"),
    ],
  ]);

  const topic = "arn:aws:sns:us-east-1:123456789012:alerts";
  const source = { context: { "aws:SourceArn": topic } };
  table("ARN conditions", [
    ["equal", "allow", { ...when("ArnEquals", "aws:SourceArn", topic), ...source }],
    [
      "equal takes wildcards",
      "allow",
      { ...when("ArnEquals", "aws:SourceArn", "arn:aws:sns:*:123456789012:*"), ...source },
    ],
    [
      "like",
      "allow",
      { ...when("ArnLike", "aws:SourceArn", "arn:aws:sns:us-*:*:al?rts"), ...source },
    ],
    [
      "a wildcard does not span components",
      "implicit-deny",
      { ...when("ArnLike", "aws:SourceArn", "arn:aws:*:123456789012:alerts:x"), ...source },
    ],
    [
      "the last component has colons",
      "allow",
      {
        ...when("ArnLike", "aws:SourceArn", "arn:aws:lambda:*:*:function:*"),
        context: { "aws:SourceArn": "arn:aws:lambda:us-east-1:123456789012:function:f:1" },
      },
    ],
    ["not equal", "implicit-deny", { ...when("ArnNotEquals", "aws:SourceArn", topic), ...source }],
    [
      "not like",
      "allow",
      { ...when("ArnNotLike", "aws:SourceArn", "arn:aws:sqs:*:*:*"), ...source },
    ],
    ["not like without the key", "allow", when("ArnNotLike", "aws:SourceArn", "arn:aws:sqs:*:*:*")],
    [
      "a value that is no ARN",
      "implicit-deny",
      {
        ...when("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:*"),
        context: { "aws:SourceArn": "alerts" },
      },
    ],
    ["IfExists", "allow", when("ArnLikeIfExists", "aws:SourceArn", topic)],
    ["a pattern that is no ARN", "malformed", when("ArnLike", "aws:SourceArn", "*")],
  ]);

  const tls = (value: string) => ({ context: { "aws:SecureTransport": value } });
  const tlsOnly = {
    identity: [allow()],
    policy: [deny({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
  };
  table("Bool and Null conditions", [
    ["true", "allow", { ...when("Bool", "aws:SecureTransport", "true"), ...tls("true") }],
    ["a JSON boolean", "allow", { ...when("Bool", "aws:SecureTransport", true), ...tls("true") }],
    ["another case", "allow", { ...when("Bool", "aws:SecureTransport", "TRUE"), ...tls("true") }],
    ["false", "implicit-deny", { ...when("Bool", "aws:SecureTransport", "true"), ...tls("false") }],
    ["no key", "implicit-deny", when("Bool", "aws:SecureTransport", "true")],
    ["IfExists", "allow", when("BoolIfExists", "aws:SecureTransport", "true")],
    ["a TLS-only policy over TLS", "allow", { ...tlsOnly, ...tls("true") }],
    ["a TLS-only policy without TLS", "explicit-deny", { ...tlsOnly, ...tls("false") }],
    ["neither true nor false", "malformed", when("Bool", "aws:SecureTransport", "yes")],
    ["Null: the key is missing", "allow", when("Null", "s3:prefix", "true")],
    [
      "Null: the key is there",
      "implicit-deny",
      { ...when("Null", "s3:prefix", "true"), context: { "s3:prefix": "" } },
    ],
    [
      "Null: the key must be there",
      "allow",
      { ...when("Null", "s3:prefix", false), context: { "s3:prefix": "a" } },
    ],
    ["Null: the key should be there", "implicit-deny", when("Null", "s3:prefix", "false")],
    ["Null of a maybe", "malformed", when("Null", "s3:prefix", "maybe")],
    ["Null with IfExists", "malformed", when("NullIfExists", "s3:prefix", "true")],
  ]);

  const max = (value: string) => ({ context: { "s3:max-keys": value } });
  table("numeric conditions", [
    ["equal", "allow", { ...when("NumericEquals", "s3:max-keys", "10"), ...max("10") }],
    ["equal by value", "allow", { ...when("NumericEquals", "s3:max-keys", 10), ...max("10.0") }],
    [
      "not equal",
      "implicit-deny",
      { ...when("NumericNotEquals", "s3:max-keys", "10"), ...max("10") },
    ],
    ["not equal without the key", "allow", when("NumericNotEquals", "s3:max-keys", "10")],
    ["less", "implicit-deny", { ...when("NumericLessThan", "s3:max-keys", "10"), ...max("10") }],
    [
      "less or equal",
      "allow",
      { ...when("NumericLessThanEquals", "s3:max-keys", "10"), ...max("10") },
    ],
    [
      "greater",
      "implicit-deny",
      { ...when("NumericGreaterThan", "s3:max-keys", "10"), ...max("9") },
    ],
    [
      "greater by number, not by text",
      "allow",
      { ...when("NumericGreaterThan", "s3:max-keys", "9"), ...max("10") },
    ],
    [
      "greater or equal",
      "allow",
      { ...when("NumericGreaterThanEquals", "s3:max-keys", "-1"), ...max("-1") },
    ],
    ["no key", "implicit-deny", when("NumericLessThan", "s3:max-keys", "10")],
    ["IfExists", "allow", when("NumericLessThanIfExists", "s3:max-keys", "10")],
    [
      "a value that is no number",
      "implicit-deny",
      { ...when("NumericNotEquals", "s3:max-keys", "10"), ...max("ten") },
    ],
    ["a policy without a number", "malformed", when("NumericEquals", "s3:max-keys", "ten")],
    ["a variable is no number", "malformed", when("NumericEquals", "s3:max-keys", "${s3:prefix}")],
  ]);

  const at = {
    context: { "aws:CurrentTime": "2026-03-04T05:06:07Z", "aws:EpochTime": "1772600767" },
  };
  table("date conditions", [
    [
      "equal",
      "allow",
      { ...when("DateEquals", "aws:CurrentTime", "2026-03-04T06:06:07+01:00"), ...at },
    ],
    [
      "not equal",
      "implicit-deny",
      { ...when("DateNotEquals", "aws:CurrentTime", "2026-03-04T05:06:07Z"), ...at },
    ],
    ["before", "allow", { ...when("DateLessThan", "aws:CurrentTime", "2026-04-01"), ...at }],
    [
      "before, too late",
      "implicit-deny",
      { ...when("DateLessThan", "aws:CurrentTime", "2026-03-04T05:06:07Z"), ...at },
    ],
    [
      "before or at",
      "allow",
      { ...when("DateLessThanEquals", "aws:CurrentTime", "2026-03-04T05:06:07Z"), ...at },
    ],
    ["after", "allow", { ...when("DateGreaterThan", "aws:CurrentTime", "2026"), ...at }],
    [
      "after or at",
      "implicit-deny",
      { ...when("DateGreaterThanEquals", "aws:CurrentTime", "2026-03-05"), ...at },
    ],
    [
      "seconds since 1970",
      "allow",
      { ...when("DateLessThan", "aws:EpochTime", "1772600768"), ...at },
    ],
    ["no key", "implicit-deny", when("DateLessThan", "aws:CurrentTime", "2026-04-01")],
    ["no date", "malformed", when("DateLessThan", "aws:CurrentTime", "tomorrow")],
  ]);

  const from = (address: string) => ({ context: { "aws:SourceIp": address } });
  table("address and binary conditions", [
    [
      "within",
      "allow",
      { ...when("IpAddress", "aws:SourceIp", "203.0.113.0/24"), ...from("203.0.113.9") },
    ],
    [
      "without",
      "implicit-deny",
      { ...when("IpAddress", "aws:SourceIp", "203.0.113.0/24"), ...from("203.0.114.9") },
    ],
    [
      "one address",
      "allow",
      { ...when("IpAddress", "aws:SourceIp", "203.0.113.9"), ...from("203.0.113.9") },
    ],
    [
      "one of several",
      "allow",
      {
        ...when("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "203.0.113.9/32"]),
        ...from("203.0.113.9"),
      },
    ],
    [
      "IPv6",
      "allow",
      { ...when("IpAddress", "aws:SourceIp", "2001:db8::/32"), ...from("2001:db8::1") },
    ],
    [
      "IPv6 of another family",
      "implicit-deny",
      { ...when("IpAddress", "aws:SourceIp", "203.0.113.0/24"), ...from("2001:db8::1") },
    ],
    [
      "not within",
      "implicit-deny",
      { ...when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"), ...from("203.0.113.9") },
    ],
    [
      "not within, without the key",
      "allow",
      when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"),
    ],
    [
      "a value that is no address",
      "implicit-deny",
      { ...when("NotIpAddress", "aws:SourceIp", "203.0.113.0/24"), ...from("x") },
    ],
    ["a range that is none", "malformed", when("IpAddress", "aws:SourceIp", "203.0.113.0/33")],
    ["no address", "malformed", when("IpAddress", "aws:SourceIp", "here")],
    [
      "binary",
      "allow",
      { ...when("BinaryEquals", "s3:prefix", "QUJD"), context: { "s3:prefix": "QUJD" } },
    ],
    [
      "other bytes",
      "implicit-deny",
      { ...when("BinaryEquals", "s3:prefix", "QUJD"), context: { "s3:prefix": "QUJE" } },
    ],
    ["no base64", "malformed", when("BinaryEquals", "s3:prefix", "?")],
  ]);

  table("what is unknown", [
    ["an operator", "malformed", when("StringMatches", "s3:prefix", "a")],
    ["an operator in another case", "malformed", when("stringequals", "s3:prefix", "a")],
    ["a key", "malformed", when("StringEquals", "aws:Mood", "good")],
    ["a key of no family", "malformed", when("StringEquals", "aws:PrincipalTag/", "x")],
    ["an effect", "malformed", { identity: [allow({ Effect: "Maybe" })] }],
    ["an element", "malformed", { identity: [{ ...allow(), Actions: "s3:PutObject" }] }],
    ["a version", "malformed", { identity: [allow()], version: "2012-10-18" }],
    ["no statements", "malformed", { identity: [] }],
    ["a Sid twice", "malformed", { identity: [allow({ Sid: "A" }), allow({ Sid: "A" })] }],
    ["a Sid with blanks", "malformed", { identity: [allow({ Sid: "Read photos" })] }],
    [
      "a Sid with blanks on a resource",
      "allow",
      { policy: [allow({ Sid: "Read photos", Principal: "*" })] },
    ],
    [
      "a condition of a number",
      "malformed",
      { identity: [allow({ Condition: { StringEquals: 5 } })] },
    ],
  ]);

  it("explains which statement decided", () => {
    const decide = (statements: unknown[]) =>
      evaluate(
        {
          principal: role,
          action: "s3:GetObject",
          resource: photo,
          context: new Context(),
          account,
        },
        {
          identity: compilePolicy({ Statement: statements }, "identity", "policy reader"),
          resource: [],
          resourceDecides: false,
        },
      );
    assert.deepEqual(decide([deny({ Sid: "Never" })]), {
      allowed: false,
      reason: "explicit-deny",
      explanation: 'statement "Never" of policy reader denies it',
      statement: { policy: "policy reader", statement: "Never" },
      policyType: "identity-based",
    });
    assert.deepEqual(decide([allow({ Action: "s3:PutObject" }), allow()]).statement, {
      policy: "policy reader",
      statement: "2",
    });
    const refused = decide([allow({ Action: "s3:PutObject" })]);
    assert.equal(refused.explanation, `no statement of its policies allows it`);
    assert.equal(refused.statement, undefined);
  });

  it("compiles a resource's policy once", () => {
    const document = { Statement: allow({ Principal: "*" }) as PolicyStatement };
    assert.equal(compileResourcePolicy(document), compileResourcePolicy(document));
  });
});
