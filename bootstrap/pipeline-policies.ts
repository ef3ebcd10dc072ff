import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../components/recorded-args";
import {
  boundaryPolicy,
  dataDenial,
  groupNames,
  pipelineBoundary,
  readNames,
  readPolicy,
  refreshPolicy,
  stateReadPolicy,
  stateWritePolicy,
  writePolicy,
} from "./permissions/documents";
import { type Account, expand } from "./permissions/scope";
import { stackPermissions as stack } from "./permissions/stack-permissions";
import { bootstrapPath } from "./pipeline-role";

/** Arguments of `PipelinePolicies`. */
export interface PipelinePoliciesArgs {
  account: pulumi.Output<Account>;
  /** Stacks that are deployed. */
  environments: readonly string[];
  /** The bucket and the key of the state; none with Pulumi Cloud. */
  state?: { bucketArn: pulumi.Output<string>; keyArn: pulumi.Output<string> } | undefined;
}

/** ARNs of policies, by a name of each. */
type Policies = Record<string, pulumi.Output<string>>;

/** The policies of the roles of pipelines and of what these make, as `permissions/` has their documents. */
export class PipelinePolicies extends pulumi.ComponentResource {
  /** ARN of the boundary of roles that deployments make. */
  readonly boundaryArn: pulumi.Output<string>;
  /** ARN of the boundary of the roles of pipelines. */
  readonly pipelineBoundaryArn: pulumi.Output<string>;
  /** What previews of pull requests have. */
  readonly preview: Policies;
  /** What comparisons of stacks with AWS have. */
  readonly drift: Policies;
  /** What deployments have, by environment. */
  readonly deploy: Record<string, Policies>;

  constructor(name: string, args: PipelinePoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:bootstrap:PipelinePolicies", name, recordedArgs(args), opts);
    const { account, environments, state } = args;
    const make = (title: string, document: pulumi.Output<aws.iam.PolicyDocument>) =>
      createPolicy(`${name}-${title}`, document, this);
    // Known before it exists, so that a preview shows the policies that name it.
    const boundaryArn = account.apply((known) =>
      expand(`iam::<account>:policy${bootstrapPath}${name}-boundary`, known),
    );
    const known = pulumi.all([account, boundaryArn, pulumi.output(state?.bucketArn)]);
    this.boundaryArn = make(
      "boundary",
      account.apply((own) => boundaryPolicy(own, stack)),
    );
    this.pipelineBoundaryArn = make(
      "pipeline-boundary",
      known.apply(([own, bound, stateBucketArn]) =>
        pipelineBoundary(own, stack, { boundaryArn: bound, stateBucketArn }),
      ),
    );
    const denial = known.apply(([own, , stateBucketArn]) => dataDenial(own, stateBucketArn));
    const stateOf = state && pulumi.all([account, state.bucketArn, state.keyArn]);
    const reading: Policies = {
      ...Object.fromEntries(
        readNames.map((title) => {
          const document = account.apply((own) => readPolicy(title, own, stack));
          return [title, make(title, document)];
        }),
      ),
      ...(stateOf && {
        "read-state": make(
          "read-state",
          stateOf.apply(([own, bucketArn, keyArn]) => stateReadPolicy(own, { bucketArn, keyArn })),
        ),
      }),
    };
    const refresh = make(
      "refresh",
      account.apply((own) => refreshPolicy(own, stack)),
    );
    const writing = groupNames.map((group) => {
      const title = `write-${group}`;
      const document = known.apply(([own, bound]) => writePolicy(group, own, stack, bound));
      return [title, make(title, document)] as const;
    });
    this.preview = { ...reading, "never-read-data": make("never-read-data", denial) };
    this.drift = { ...reading, refresh };
    this.deploy = Object.fromEntries(
      environments.map((environment) => {
        const title = `write-state-${environment}`;
        const own = stateOf?.apply(([owner, bucketArn, keyArn]) =>
          stateWritePolicy(owner, { bucketArn, keyArn }, environment),
        );
        const stateful = own && { [title]: make(title, own) };
        return [environment, { ...reading, refresh, ...Object.fromEntries(writing), ...stateful }];
      }),
    );
    this.registerOutputs({ boundaryArn: this.boundaryArn });
  }
}

function createPolicy(
  name: string,
  document: pulumi.Output<aws.iam.PolicyDocument>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  // Named as it is: the config of stacks refers to the boundary.
  const named = { name, path: bootstrapPath };
  return new aws.iam.Policy(name, { ...named, policy: pulumi.jsonStringify(document) }, { parent })
    .arn;
}
