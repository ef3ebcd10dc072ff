import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NamedResource } from "../functions/duty";

/** What a parameter holds. */
interface SecretParameterArgs {
  description: string;
  /** Secret. */
  value: pulumi.Input<string>;
}

/**
 * A parameter of Systems Manager for what functions are told in secret, encrypted with the account's
 * own key for parameters.
 *
 * @param path of its name: `/<what it holds>/<name>`. A prefix may begin with what AWS has reserved for
 * itself, a path's own first segment does not.
 */
export function createSecretParameter(
  path: `/${string}/${string}`,
  args: SecretParameterArgs,
  parent: pulumi.Resource,
): NamedResource {
  const { name, arn } = new aws.ssm.Parameter(path, { type: "SecureString", ...args }, { parent });
  return { name, arn };
}
