import { CodeDeploy, type CodeDeployOptions } from "./aws/codedeploy/codedeploy";
import type { Iam } from "./aws/iam/iam";
import type { ServiceOptions } from "./aws/types";
import type { Services } from "./endpoints";

/** CodeDeploy, which moves aliases of functions, watches alarms, and takes on roles for both. */
export function makeCodeDeploy(
  common: Pick<CodeDeployOptions, keyof ServiceOptions | "authorizer">,
  { iam, lambda, cloudwatch }: Pick<Services, "cloudwatch" | "lambda"> & { iam: Iam },
): CodeDeploy {
  return new CodeDeploy({
    ...common,
    aliases: lambda.aliases,
    alarms: cloudwatch,
    assumeRole: (request) => iam.assumeRole(request),
  });
}
