import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { parseInput, refuseParameters } from "../parse-input";
import type { OperationContext } from "./operation-context";
import { invalidToken } from "./require-input";

/** Up to five regular expressions, in which a dot stands for any character. */
const namePattern = /^(\^?[.\-_/#A-Za-z0-9]{3,24})(\|\^?[.\-_/#A-Za-z0-9]{3,24}){0,4}$/;

const listInput = z.object({
  logGroupNamePattern: z.string().regex(namePattern).optional(),
  logGroupClass: z.enum(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]).optional(),
  limit: z.int().min(1).max(1000).default(50),
  nextToken: z.string().optional(),
});

/** Of other accounts, sources, indexes, and groups by tags. */
const otherParameters = [
  "accountIdentifiers",
  "includeLinkedAccounts",
  "dataSources",
  "fieldIndexNames",
  "logGroupTags",
];

/**
 * Names, ARNs and classes of log groups; all are of the standard class here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html
 */
export const listLogGroups: Operation<OperationContext> = (input, { account, caller, logs }) => {
  const { logGroupNamePattern, logGroupClass, limit, nextToken } = parseInput(
    listInput,
    input,
    "InvalidParameterException",
  );
  refuseParameters(input, otherParameters, "ListLogGroups of CloudWatch Logs");
  caller.require("logs:ListLogGroups", regionalArn(account, "logs", "log-group::log-stream:"));
  const expression = new RegExp(logGroupNamePattern ?? "");
  const groups = logs
    .groups()
    .filter(({ name }) => expression.test(name))
    .map(({ name }) => ({
      logGroupName: name,
      logGroupArn: regionalArn(account, "logs", `log-group:${name}`),
      logGroupClass: "STANDARD",
    }))
    .filter((group) => (logGroupClass ?? group.logGroupClass) === group.logGroupClass);
  const page = pageOf(groups, nextToken, limit, invalidToken);
  return { logGroups: page.items, nextToken: page.nextToken };
};
