import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Account, expand } from "./permissions/scope";

/** Where GitHub's tokens for workflows come from. */
const issuer = "token.actions.githubusercontent.com";

/** For whom the tokens are that configure-aws-credentials asks for. */
const audience = "sts.amazonaws.com";

/**
 * The account's identity provider for workflows of GitHub. IAM trusts its certificate by its authority, without a
 * thumbprint.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export function createGithubProvider(name: string): pulumi.Resource {
  return new aws.iam.OpenIdConnectProvider(name, {
    url: `https://${issuer}`,
    clientIdLists: [audience],
  });
}

/** ARN of that provider, of which an account has one only. */
export function githubProviderArn(account: Account): string {
  return expand(`iam::<account>:oidc-provider/${issuer}`, account);
}

/**
 * Lets workflows of one repository take on a role, in certain runs only.
 * https://docs.github.com/en/actions/reference/security/oidc
 *
 * @param subjects of tokens, each in full.
 */
export function trustPolicy(providerArn: string, subjects: string[]): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects },
        },
      },
    ],
  };
}

/** The subject of tokens of a job in an environment, whose reviewers have approved it. */
export function environmentSubject(repository: string, environment: string): string {
  return `repo:${repository}:environment:${environment}`;
}

/** The subject of tokens of a pull request's jobs. Those of forks get none. */
export function pullRequestSubject(repository: string): string {
  return `repo:${repository}:pull_request`;
}

/** The subject of tokens of a branch's jobs without an environment. */
export function branchSubject(repository: string, branch: string): string {
  return `repo:${repository}:ref:refs/heads/${branch}`;
}
