import type { Account } from "../aws/types";
import type { StackConfig } from "../engine/stack-config";

/** The account that AWS documentation uses for none in particular, in the stack's region. */
export function accountOf(config: StackConfig): Account {
  const region = config.values["aws:region"] ?? "us-east-1";
  return { accountId: "000000000000", region, partition: partitionOf(region) };
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) {
    return "aws-cn";
  }
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
