import { s3BucketPolicyForbidAnyPrincipal as policy } from "../../policy-pack/policies/s3-bucket-policy-forbid-any-principal";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("s3-bucket-policy-forbid-any-principal", () => {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:role/reader" } as unknown,
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::images/*",
    Condition: undefined as unknown,
  };
  const label = 'aws.s3.BucketPolicy "images"';
  const open = { ...statement, Principal: "*" };

  function policyWith(...statements: object[]) {
    return resource("aws:s3/bucketPolicy:BucketPolicy", "images", {
      policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });
  }

  it("accepts principals that are named, and denials to everybody", async () => {
    await assertAccepted(policy, [
      policyWith(statement, { ...open, Effect: "Deny" }),
      policyWith({ ...statement, Principal: { Service: "cloudfront.amazonaws.com" } }),
      policyWith({ ...statement, Principal: { CanonicalUser: "79a59df900b949e5" } }),
    ]);
  });

  function documentWith(...statements: unknown[]) {
    return resource("aws:s3/bucketPolicy:BucketPolicy", "images", {
      policy: { Statement: statements },
    });
  }

  const unknown = outputOf();

  it("accepts a document that is missing", async () => {
    await assertUnjudged(policy, [resource("aws:s3/bucketPolicy:BucketPolicy", "images", {})], []);
  });

  for (const [what, document] of [
    ["document", unknown],
    ["list of statements", { Statement: unknown }],
    ["statement", { Statement: [statement, unknown] }],
    ["effect", { Statement: [{ ...open, Effect: unknown }] }],
    ["principal", { Statement: [{ ...statement, Principal: unknown }] }],
    ["ARN of a principal", { Statement: [{ ...statement, Principal: { AWS: [unknown] } }] }],
    ["condition", { Statement: [{ ...open, Condition: unknown }] }],
    ["test of a condition", { Statement: [{ ...open, Condition: { ArnLike: unknown } }] }],
    [
      "value of a condition",
      { Statement: [{ ...open, Condition: { ArnLike: { "aws:SourceArn": unknown } } }] },
    ],
    [
      "value of a denial's condition",
      {
        Statement: [
          open,
          {
            ...open,
            Effect: "Deny",
            Condition: { StringNotEquals: { "aws:SourceVpce": unknown } },
          },
        ],
      },
    ],
    [
      "resource of a denial",
      {
        Statement: [
          open,
          {
            ...open,
            Effect: "Deny",
            Resource: unknown,
            Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
          },
        ],
      },
    ],
  ] as const) {
    it(`cannot judge a policy whose ${what} is not known yet`, async () => {
      await assertUnjudged(
        policy,
        [spoiled(documentWith(), { policy: document })],
        `${label} (policy)`,
      );
    });
  }

  it("judges whatever does not depend on what is not known", async () => {
    await assertUnjudged(
      policy,
      [
        documentWith(
          { ...statement, Resource: unknown, Condition: unknown },
          { ...statement, Principal: { Service: unknown, CanonicalUser: unknown } },
          { ...open, Effect: "Deny", Action: unknown },
          {
            ...open,
            Resource: unknown,
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012", "a:b": unknown } },
          },
        ),
      ],
      [],
    );
    await assertRefused(
      policy,
      [
        documentWith({
          ...open,
          Resource: unknown,
          Condition: {
            ArnLike: { "aws:SourceArn": ["*", unknown] },
            StringNotEquals: { "aws:PrincipalOrgID": unknown },
          },
        }),
      ],
      `${label} lets anybody do s3:GetObject`,
    );
  });

  for (const [operator, key, value] of [
    ["StringEquals", "aws:PrincipalOrgID", "o-1234567890"],
    ["StringEquals", "AWS:SourceAccount", ["123456789012"]],
    ["ArnLike", "aws:SourceArn", "arn:aws:cloudfront::123456789012:distribution/*"],
    ["IpAddress", "aws:SourceIp", "203.0.113.0/24"],
    ["StringEquals", "aws:SourceVpce", "vpce-0123456789abcdef0"],
    ["StringEquals", "s3:DataAccessPointAccount", "123456789012"],
  ] as const) {
    it(`accepts anybody limited by ${operator} ${key}`, async () => {
      await assertAccepted(policy, [
        policyWith({ ...open, Condition: { [operator]: { [key]: value } } }),
      ]);
    });
  }

  for (const Principal of ["*", { AWS: "*" }, { AWS: ["arn:aws:iam::123456789012:root", "*"] }]) {
    it(`refuses ${JSON.stringify(Principal)}`, async () => {
      await assertRefused(
        policy,
        [policyWith({ ...statement, Principal })],
        `${label} lets anybody do s3:GetObject`,
      );
    });
  }

  for (const [operator, key, value] of [
    ["StringNotEquals", "aws:PrincipalOrgID", "o-1234567890"],
    ["StringEqualsIfExists", "aws:SourceAccount", "123456789012"],
    ["StringLike", "aws:PrincipalArn", "*"],
    ["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
    ["Bool", "aws:SecureTransport", "true"],
    ["StringEquals", "aws:Referer", "https://example.com/"],
    ["ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:*"],
  ] as const) {
    it(`refuses anybody with ${operator} ${key} ${value}, which limits nobody`, async () => {
      await assertRefused(
        policy,
        [policyWith({ ...open, Condition: { [operator]: { [key]: value } } })],
        `${label} lets anybody do s3:GetObject`,
      );
    });
  }

  it("refuses whom NotPrincipal does not name", async () => {
    const { Principal, ...rest } = statement;
    await assertRefused(
      policy,
      [policyWith({ ...rest, NotPrincipal: Principal })],
      `${label} lets anybody do s3:GetObject`,
    );
  });

  it("refuses a single statement in an object, inline in a bucket, beside unknown ones", async () => {
    const document = { Statement: open };
    await assertRefused(
      policy,
      [resource("aws:s3/bucket:Bucket", "images", { policy: document })],
      'aws.s3.Bucket "images" lets anybody do s3:GetObject',
    );
    await assertRefused(
      policy,
      [spoiled(policyWith(), { policy: { Statement: [outputOf(), open] } })],
      `${label} lets anybody do s3:GetObject`,
    );
  });
});
