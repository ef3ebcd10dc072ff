/** What the program has made, as a repository has to know it. */
export interface Made {
  /** As tokens name it. */
  repository: string;
  region: string | undefined;
  previewRoleArn: string;
  driftRoleArn: string;
  /** By environment. */
  deployRoleArns: Record<string, string>;
  permissionsBoundary: string;
  /** Only with a bucket for the state. */
  backendUrl?: string;
  /** Only with a bucket for the state. */
  secretsProvider?: string;
}

/** What is left to do, as commands to paste: the repository's variables, and each stack's first steps. */
export function nextSteps(made: Made): string {
  const repository = made.repository.replaceAll(/@\d+/g, "");
  const variable = (name: string, value: string, environment?: string) =>
    `gh variable set ${name} --repo ${repository} ` +
    `${environment === undefined ? "" : `--env ${environment} `}--body '${value}'`;
  const { backendUrl, secretsProvider } = made;
  const backend = backendUrl ?? "https://api.pulumi.com";
  const provider = secretsProvider === undefined ? "" : ` --secrets-provider '${secretsProvider}'`;
  return [
    "# Variables of the repository:",
    variable("AWS_REGION", made.region ?? "us-east-1"),
    variable("AWS_PREVIEW_ROLE_ARN", made.previewRoleArn),
    variable("AWS_DRIFT_ROLE_ARN", made.driftRoleArn),
    variable("PULUMI_BACKEND_URL", backend),
    ...Object.entries(made.deployRoleArns).flatMap(([stack, arn]) => [
      "",
      `# The stack ${stack}, and the environment that deploys it; reviewers are set on the environment:`,
      `gh api --method PUT repos/${repository}/environments/${stack}`,
      variable("AWS_DEPLOY_ROLE_ARN", arn, stack),
      `pulumi login '${backend}'`,
      `pulumi stack init ${stack}${provider}`,
      `pulumi config set --stack ${stack} permissionsBoundary ${made.permissionsBoundary}`,
      `pulumi config set --stack ${stack} alertEmail <address>`,
      `npm run doctor -- --stack ${stack}`,
    ]),
  ].join("\n");
}
