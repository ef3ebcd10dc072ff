import assert from "node:assert/strict";
import { anyoneProblem, mayBeOpen, openStatements } from "../../../policy-pack/lib/any-principal";
import { sdkProxy } from "../../../policy-pack/lib/sdk-proxy";
import { unknownValue } from "../../../policy-pack/lib/values";

/** By which the engine says that a text is not known yet. */
const unknownText = sdkProxy.unknownStringValue;

const open = {
  Effect: "Allow",
  Principal: "*" as unknown,
  Action: "sns:Publish",
  Resource: "arn:aws:sns:eu-west-1:123456789012:orders",
};

function document(...Statement: unknown[]) {
  return { Version: "2012-10-17", Statement };
}

function isOpen(Condition: unknown): boolean {
  return openStatements(document({ ...open, Condition })).length > 0;
}

describe("openStatements", () => {
  for (const Principal of [
    "*",
    { AWS: "*" },
    { AWS: ["arn:aws:iam::123456789012:root", "*"] },
    { "*": "*" },
    { Federated: "*" },
  ]) {
    it(`finds the principal ${JSON.stringify(Principal)}`, () => {
      assert.equal(openStatements(document({ ...open, Principal })).length, 1);
    });
  }

  it("finds statements of documents given as text, alone, and beside ones that are not known", () => {
    assert.equal(openStatements(JSON.stringify(document(open))).length, 1);
    assert.equal(openStatements({ Statement: open }).length, 1);
    assert.equal(openStatements(document(unknownValue, open)).length, 1);
    assert.equal(
      openStatements(document({ ...open, Principal: undefined, NotPrincipal: { AWS: "1" } }))
        .length,
      1,
    );
  });

  it("finds none in what names its principals, in denials, and in what is not known", () => {
    assert.deepEqual(
      openStatements(
        document(
          { ...open, Principal: { AWS: "arn:aws:iam::123456789012:root" } },
          { ...open, Principal: { Service: "events.amazonaws.com" } },
          { ...open, Principal: unknownValue },
          { ...open, Effect: "Deny" },
        ),
      ),
      [],
    );
    assert.deepEqual(openStatements(unknownValue), []);
    assert.deepEqual(openStatements(undefined), []);
  });

  for (const Condition of [
    { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringLike: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"] } },
    { StringEquals: { "AWS:SourceOwner": "123456789012" } },
    { StringEqualsIgnoreCase: { "aws:SourceAccount": ["123456789012", "210987654321"] } },
    { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*" } },
    { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/*" } },
    // A bucket's name is nobody else's.
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:orders" } },
    { StringEquals: { "aws:SourceArn": "arn:aws:s3:::orders" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"] } },
    { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
    { StringLike: { "aws:userid": "AROAEXAMPLEID:*" } },
    { StringEquals: { "kms:CallerAccount": "123456789012", "kms:ViaService": "s3.amazonaws.com" } },
    { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceVpc": "vpc-1" } },
  ]) {
    it(`counts ${JSON.stringify(Condition)} as a limit`, () => {
      assert.equal(isOpen(Condition), false);
    });
  }

  for (const Condition of [
    { StringLike: { "aws:PrincipalOrgID": "o-*" } },
    { StringLike: { "aws:PrincipalOrgID": "*" } },
    { StringLike: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-?1b2c3d4e5"] } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-*/r-ab12/*" } },
    { StringLike: { "aws:SourceAccount": "12345678901?" } },
    { StringLike: { "aws:PrincipalAccount": "*" } },
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/reader" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::orders-*" } },
    { StringEquals: { "aws:SourceArn": "arn:aws:iam::${aws:PrincipalAccount}:role/reader" } },
    { StringLike: { "aws:SourceVpce": "vpce-*" } },
    { StringLike: { "aws:userid": "*:session" } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    { IpAddress: { "aws:SourceIp": "::/0" } },
    { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2000::/3"] } },
    { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/16" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } },
    { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    { StringEquals: { "aws:PrincipalOrgID": [] } },
    { Null: { "aws:PrincipalOrgID": "false" } },
    { StringEquals: { "aws:PrincipalTag/team": "orders" } },
    { Bool: { "aws:SecureTransport": "true" } },
    { StringEquals: { "sns:Protocol": "https" } },
    { Bool: { "elasticfilesystem:AccessedViaMountTarget": "false" } },
  ]) {
    it(`takes ${JSON.stringify(Condition)} for no limit`, () => {
      assert.equal(isOpen(Condition), true);
    });
  }

  it("takes many broad ranges for the whole internet, though none is one", () => {
    const ranges = Array.from({ length: 128 }, (_, index) => `${index + 1}.0.0.0/8`);
    assert.equal(isOpen({ IpAddress: { "aws:SourceIp": ranges } }), true);
    assert.equal(isOpen({ IpAddress: { "aws:SourceIp": ranges.slice(0, 3) } }), false);
  });

  const denial = { ...open, Effect: "Deny", Action: "sns:*", Resource: "*" };

  for (const Condition of [
    { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
    {
      NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24"] },
      Bool: { "aws:ViaAWSService": "false" },
    },
    { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  ]) {
    it(`passes over what is denied to all others, by ${JSON.stringify(Condition)}`, () => {
      assert.deepEqual(openStatements(document(open, { ...denial, Condition })), []);
    });
  }

  for (const change of [
    { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, Action: "sns:Subscribe" },
    { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, Resource: "arn:aws:sns:::b" },
    { Condition: { StringNotLike: { "aws:SourceVpce": "vpce-*" } } },
    { Condition: { Bool: { "aws:SecureTransport": "false" } } },
    {
      Condition: {
        StringNotEquals: { "aws:SourceVpce": "vpce-1" },
        Bool: { "aws:SecureTransport": "false" },
      },
    },
  ]) {
    it(`finds what a denial leaves open: ${JSON.stringify(change)}`, () => {
      assert.equal(openStatements(document(open, { ...denial, ...change })).length, 1);
    });
  }
});

describe("mayBeOpen", () => {
  it("says so of what is not known, and of what a condition may yet limit", () => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": unknownValue } };
    for (const policy of [
      unknownValue,
      document(unknownValue),
      document({ ...open, Principal: { AWS: unknownValue } }),
      document({ ...open, Condition }),
      JSON.stringify(document({ ...open, Condition: unknownText })),
    ]) {
      assert.equal(mayBeOpen(policy), true);
      assert.deepEqual(openStatements(policy), []);
    }
  });

  it("does not say so of what is known", () => {
    assert.equal(mayBeOpen(undefined), false);
    assert.equal(mayBeOpen(document(open)), false);
    assert.equal(mayBeOpen(document({ ...open, Principal: { AWS: "123456789012" } })), false);
  });

  it("takes no exception for resources for a denial of them", () => {
    const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
    const denial = { ...open, Effect: "Deny", Resource: undefined, Condition };
    const excepting = { ...denial, NotResource: open.Resource };
    assert.equal(openStatements(document(open, excepting)).length, 1);
    assert.equal(openStatements(document(open, denial)).length, 0);
  });
});

describe("anyoneProblem", () => {
  it("names the actions, once each", () => {
    const statements = openStatements(
      document(open, { ...open, Action: ["sns:Publish", "sns:Get*"] }),
    );
    assert.equal(anyoneProblem(statements), "lets anybody do sns:Publish, sns:Get*");
  });

  it("says so where an exception is all that is named", () => {
    const statement = { ...open, Action: undefined, NotAction: "sns:DeleteTopic" };
    assert.equal(
      anyoneProblem(openStatements(document(statement))),
      "lets anybody do all but a few actions",
    );
  });
});
