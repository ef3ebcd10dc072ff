import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { parseInput, refuseParameters } from "../parse-input";
import type { Account } from "../types";
import { groupArn } from "./group-arn";
import type { LogGroup } from "./logs";
import { groupName, requireLength } from "./names";
import type { OperationContext } from "./operation-context";
import { invalidToken, requireOneOf } from "./require-input";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
const groupsInput = z.object({
  logGroupNamePrefix: groupName.default(""),
  logGroupNamePattern: z.literal("").or(groupName).default(""),
  limit: z.int().min(1).max(50).default(50),
  nextToken: z.string().min(1).optional(),
});

/** Of other accounts, other classes, and groups by identifiers. */
const groupParameters = [
  "accountIdentifiers",
  "includeLinkedAccounts",
  "logGroupClass",
  "logGroupIdentifiers",
];

/** Log groups, by what their names begin with or have in them. */
export const describeLogGroups: Operation<OperationContext> = (
  input,
  { account, caller, logs },
) => {
  const { logGroupNamePrefix, logGroupNamePattern, limit, nextToken } = parseInput(
    groupsInput,
    input,
    "InvalidParameterException",
  );
  requireLength(logGroupNamePrefix, logGroupNamePattern);
  refuseParameters(input, groupParameters, "DescribeLogGroups of CloudWatch Logs");
  requireOneOf(
    logGroupNamePrefix,
    logGroupNamePattern,
    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
  );
  caller.require("logs:DescribeLogGroups", regionalArn(account, "logs", "log-group::log-stream:"));
  const groups = logs
    .groups()
    .filter(({ name }) => name.startsWith(logGroupNamePrefix))
    .filter(({ name }) => name.includes(logGroupNamePattern));
  const page = pageOf(groups, nextToken, limit, invalidToken);
  const shown = logGroupNamePattern === "" ? described : outlined;
  return {
    logGroups: page.items.map((group) => shown(account, group)),
    nextToken: page.nextToken,
  };
};

function described(account: Account, group: LogGroup) {
  const { name, createdAt, retentionInDays, kmsKeyId, file } = group;
  const arn = groupArn(account, name);
  return {
    logGroupName: name,
    creationTime: createdAt.getTime(),
    retentionInDays,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: file.size,
    kmsKeyId,
    logGroupClass: "STANDARD",
    logGroupArn: arn,
    deletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
  };
}

/** What is told of groups that are found by a pattern. */
function outlined(account: Account, group: LogGroup) {
  const { logGroupName, creationTime, metricFilterCount, arn, logGroupClass, logGroupArn } =
    described(account, group);
  return { logGroupName, creationTime, metricFilterCount, arn, logGroupClass, logGroupArn };
}
