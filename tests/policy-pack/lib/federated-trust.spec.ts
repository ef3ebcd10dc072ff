import assert from "node:assert/strict";
import { type TrustedProvider, trustedProviders } from "../../../policy-pack/lib/federated-trust";
import { statementsOf } from "../../../policy-pack/lib/policy-document";
import { unknownValue } from "../../../policy-pack/lib/values";

const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const bitbucket = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc";

function arnOf(issuer: string) {
  return `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
}

function trustOf(Federated: unknown, Condition?: unknown, changes: object = {}) {
  return statementsOf({
    Statement: {
      Effect: "Allow",
      Principal: { Federated },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition,
      ...changes,
    },
  }).flatMap(trustedProviders);
}

/** With what is not known in sight. */
function shown(value: unknown): string {
  return JSON.stringify([value], (_, item: unknown) =>
    item === unknownValue ? "(unknown)" : item,
  );
}

function namesOf(
  providers: readonly TrustedProvider[],
  isOpen: TrustedProvider["isOpen"],
): string[] {
  return providers.filter((one) => one.isOpen === isOpen).map(({ name }) => name);
}

function trusting(Federated: unknown, Condition?: unknown): string[] {
  return namesOf(trustOf(Federated, Condition), true);
}

describe("trustedProviders", () => {
  for (const [issuer, claim, value] of [
    ["token.actions.githubusercontent.com", "sub", "repo:acme/site:ref:refs/heads/main"],
    ["token.actions.githubusercontent.com", "sub", ["repo:acme/*", "repo:acme-labs/site:*"]],
    ["token.actions.githubusercontent.com", "sub", "repository_owner:acme:*"],
    ["token.actions.githubusercontent.com", "repository_owner", "acme"],
    ["gitlab.com", "sub", "project_path:acme/site:ref_type:branch:ref:main"],
    ["gitlab.com", "sub", "project_path:acme/*"],
    ["app.terraform.io", "sub", "organization:acme:project:*:workspace:*:run_phase:*"],
    ["agent.buildkite.com", "sub", "organization:acme:pipeline:site:*"],
    ["api.pulumi.com/oidc", "aud", "acme"],
    ["api.pulumi.com/oidc", "sub", "pulumi:deploy:org:acme:project:site:*"],
    ["oidc.vercel.com", "sub", "owner:acme:project:site:environment:production"],
    ["oidc.vercel.com/acme", "sub", "owner:acme:project:*"],
    // Their providers are one organization's.
    [bitbucket, "aud", "ari:cloud:bitbucket::workspace/1234"],
    ["oidc.circleci.com/org/1234", "aud", "1234"],
    ["oidc.circleci.com/org/1234", "sub", "org/1234/project/*"],
    ["gitlab.example.com", "sub", "project_path:platform/*"],
    ["login.example.com", "aud", "client"],
    [cluster, "sub", "system:serviceaccount:media:resizer"],
    [cluster, "sub", "system:serviceaccount:media:*"],
    ["accounts.google.com", "aud", "1234.apps.googleusercontent.com"],
    ["accounts.google.com", "sub", "105000000000000000000"],
  ] as const) {
    it(`finds none where ${issuer}:${claim} is ${String(value)}`, () => {
      assert.deepEqual(
        trusting(arnOf(issuer), { StringLike: { [`${issuer}:${claim}`]: value } }),
        [],
      );
    });
  }

  it("finds none for a pool of identities, and for SAML", () => {
    assert.deepEqual(
      trusting("cognito-identity.amazonaws.com", {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1234" },
      }),
      [],
    );
    assert.deepEqual(
      trusting("arn:aws:iam::123456789012:saml-provider/sso", {
        StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" },
      }),
      [],
    );
  });

  for (const [issuer, Condition] of [
    ["gitlab.com", undefined],
    ["gitlab.com", { StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }],
    ["gitlab.com", { StringLike: { "gitlab.com:sub": "project_path:*" } }],
    ["gitlab.com", { StringLike: { "gitlab.com:sub": "project_path:acme*/site:*" } }],
    ["gitlab.com", { StringLike: { "gitlab.com:sub": ["project_path:acme/*", "*"] } }],
    ["app.terraform.io", { StringEquals: { "app.terraform.io:aud": "aws.workload.identity" } }],
    [
      "app.terraform.io",
      { StringLike: { "app.terraform.io:sub": "organization:*:project:site:*" } },
    ],
    ["agent.buildkite.com", { StringEquals: { "agent.buildkite.com:aud": "sts.amazonaws.com" } }],
    ["agent.buildkite.com", { StringLike: { "agent.buildkite.com:sub": "organization:acme*" } }],
    ["oidc.vercel.com", { StringLike: { "oidc.vercel.com:aud": "https://vercel.com/*" } }],
    [
      "token.actions.githubusercontent.com",
      { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme*" } },
    ],
    [
      "token.actions.githubusercontent.com",
      { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*/site:*" } },
    ],
    [
      "token.actions.githubusercontent.com",
      { StringLikeIfExists: { "token.actions.githubusercontent.com:sub": "repo:acme/site:*" } },
    ],
    [
      "token.actions.githubusercontent.com",
      {
        "ForAllValues:StringLike": {
          "token.actions.githubusercontent.com:sub": "repo:acme/site:*",
        },
      },
    ],
    [
      "token.actions.githubusercontent.com",
      { StringNotLike: { "token.actions.githubusercontent.com:sub": "repo:acme/site:*" } },
    ],
    [
      "accounts.google.com",
      { StringEquals: { "accounts.google.com:oaud": "https://example.com" } },
    ],
    [cluster, { StringEquals: { [`${cluster}:aud`]: "sts.amazonaws.com" } }],
    [cluster, { StringLike: { [`${cluster}:sub`]: "system:serviceaccount:*:resizer" } }],
    ["gitlab.example.com", { StringLike: { "gitlab.example.com:sub": "project_path:*" } }],
    ["login.example.com", { StringLike: { "login.example.com:sub": "*" } }],
    ["login.example.com", { StringEquals: { "aws:RequestTag/team": "orders" } }],
  ] as const) {
    it(`finds ${issuer} with the condition ${JSON.stringify(Condition)}`, () => {
      assert.deepEqual(trusting(arnOf(issuer), Condition), [arnOf(issuer)]);
    });
  }

  it("finds a pool of identities without its id", () => {
    assert.deepEqual(
      trusting("cognito-identity.amazonaws.com", {
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      }),
      ["cognito-identity.amazonaws.com"],
    );
  });

  it("knows the issuer of a provider that is not known yet by the conditions", () => {
    assert.deepEqual(
      trusting(unknownValue, { StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }),
      ["gitlab.com"],
    );
    assert.deepEqual(
      trusting(unknownValue, { StringLike: { "gitlab.com:sub": "project_path:a/b:*" } }),
      [],
    );
    assert.deepEqual(trusting(unknownValue), ["its identity provider"]);
  });

  for (const Condition of [
    unknownValue,
    { StringEquals: unknownValue },
    { StringEquals: { "gitlab.com:sub": unknownValue } },
    { StringLike: { "gitlab.com:sub": ["project_path:acme/*", unknownValue] } },
  ]) {
    it(`leaves open what may name somebody: ${shown(Condition)}`, () => {
      const provider = arnOf("gitlab.com");
      assert.deepEqual(namesOf(trustOf(provider, Condition), unknownValue), [provider]);
    });
  }

  it("leaves open who is trusted where the effect, the action or the statement is not known", () => {
    for (const trust of [
      trustOf(arnOf("gitlab.com"), undefined, { Effect: unknownValue }),
      trustOf(undefined, undefined, { Principal: unknownValue, Action: unknownValue }),
      statementsOf({ Statement: [unknownValue] }).flatMap(trustedProviders),
    ]) {
      assert.deepEqual(
        trust.map(({ isOpen }) => isOpen),
        [unknownValue],
      );
    }
  });

  for (const Condition of [
    { StringEquals: { "gitlab.com:aud": unknownValue } },
    { StringLike: { "gitlab.com:sub": ["*", unknownValue] } },
    { StringNotEquals: { "gitlab.com:sub": unknownValue } },
    { StringNotEquals: unknownValue },
  ]) {
    it(`finds what no value of ${shown(Condition)} limits`, () => {
      assert.deepEqual(trusting(arnOf("gitlab.com"), Condition), [arnOf("gitlab.com")]);
    });
  }

  it("does not ask for principals that are no identity providers", () => {
    const trust = trustOf(undefined, undefined, {
      Principal: unknownValue,
      Action: "sts:AssumeRole",
    });
    assert.deepEqual(namesOf(trust, false), ["its identity provider"]);
  });
});
