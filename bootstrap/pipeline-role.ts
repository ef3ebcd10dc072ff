import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../components/recorded-args";
import { trustPolicy } from "./github";

/** Arguments of `PipelineRole`. */
export interface PipelineRoleArgs {
  /** What the role is for, in a sentence. */
  description: string;
  /** The account's identity provider for GitHub. */
  providerArn: pulumi.Input<string>;
  /** Subjects of the tokens by which the role is taken on. */
  subjects: string[];
  /** ARNs of policies by a name of each; at most ten. */
  policies: Record<string, pulumi.Input<string>>;
  /** ARN of the policy beyond which the role may do nothing. */
  boundaryArn: pulumi.Input<string>;
}

/** The path of roles and policies that no role of a pipeline may change, this role included. */
export const bootstrapPath = "/bootstrap/";

/** A role that certain runs of a repository's workflows take on, for an hour at most. */
export class PipelineRole extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;

  constructor(name: string, args: PipelineRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:bootstrap:PipelineRole", name, recordedArgs(args), opts);
    const { description, providerArn, subjects, policies, boundaryArn } = args;
    const trust = pulumi.output(providerArn).apply((arn) => trustPolicy(arn, subjects));
    this.role = new aws.iam.Role(
      name,
      {
        // Named as it is: variables of the repository refer to it.
        name,
        path: bootstrapPath,
        description,
        assumeRolePolicy: pulumi.jsonStringify(trust),
        permissionsBoundary: boundaryArn,
        maxSessionDuration: 3600,
      },
      { parent: this },
    );
    for (const [title, policyArn] of Object.entries(policies)) {
      new aws.iam.RolePolicyAttachment(
        `${name}-${title}`,
        { role: this.role.name, policyArn },
        { parent: this },
      );
    }
    this.registerOutputs({ role: this.role });
  }
}
