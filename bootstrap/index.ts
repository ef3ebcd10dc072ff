import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagResources } from "../components/tags";
import { readBootstrapConfig } from "./config";
import {
  branchSubject,
  createGithubProvider,
  environmentSubject,
  githubProviderArn,
  pullRequestSubject,
} from "./github";
import { nextSteps } from "./next-steps";
import { PipelinePolicies } from "./pipeline-policies";
import { PipelineRole } from "./pipeline-role";
import { StateStore } from "./state-store";

const config = readBootstrapConfig();
const { repository, environments, prefix } = config;

pulumi.runtime.registerResourceTransform(
  tagResources({
    Environment: config.environment,
    Project: pulumi.getProject(),
    Stack: pulumi.getStack(),
    ManagedBy: "Pulumi",
  }),
);

const account = pulumi
  .all([aws.getPartitionOutput().partition, aws.getCallerIdentityOutput().accountId])
  .apply(([partition, accountId]) => ({ partition, accountId, prefix, project: config.project }));

// Not `${prefix}-…`: what is named so is the stacks', and deployments may change it.
const store = config.stateBucket
  ? new StateStore(`bootstrap-${prefix}-state`, {
      account,
      lockDays: config.stateLockDays,
      versionDays: config.stateVersionDays,
    })
  : undefined;

const policies = new PipelinePolicies(prefix, {
  account,
  environments,
  state: store && { bucketArn: store.bucketArn, keyArn: store.key.arn },
});

const { githubProviderArn: existing } = config;
const provider = existing === "" ? createGithubProvider(`${prefix}-github`) : undefined;
const common = {
  providerArn: existing === "" ? account.apply(githubProviderArn) : existing,
  boundaryArn: policies.pipelineBoundaryArn,
};
const trusting = { dependsOn: provider ?? [] };

const preview = new PipelineRole(
  `${prefix}-preview`,
  {
    ...common,
    description: "Previews pull requests: reads how stacks are set up, and none of their data",
    subjects: [pullRequestSubject(repository)],
    policies: policies.preview,
  },
  trusting,
);

const drift = new PipelineRole(
  `${prefix}-drift`,
  {
    ...common,
    description:
      "Compares stacks with AWS: reads how they are set up, and the secrets of their own",
    subjects: [branchSubject(repository, config.branch)],
    policies: policies.drift,
  },
  trusting,
);

const deployRoleArns = Object.fromEntries(
  environments.map((environment) => {
    const deploy = new PipelineRole(
      `${prefix}-deploy-${environment}`,
      {
        ...common,
        description: `Deploys the stack ${environment}, and makes roles within a boundary`,
        subjects: [environmentSubject(repository, environment)],
        policies: policies.deploy[environment] ?? {},
      },
      trusting,
    );
    return [environment, deploy.role.arn];
  }),
);

const outputs = {
  previewRoleArn: preview.role.arn,
  driftRoleArn: drift.role.arn,
  deployRoleArns,
  permissionsBoundary: policies.boundaryArn,
  ...(store && {
    backendUrl: pulumi.interpolate`s3://${store.bucket.bucket}?region=${aws.getRegionOutput().region}`,
    secretsProvider: store.secretsProvider,
  }),
};

module.exports = {
  ...outputs,
  nextSteps: pulumi
    .output(outputs)
    .apply((known) => nextSteps({ ...known, repository, region: aws.config.region })),
};
