import type { Excuse } from "./unused-grants";

/** Grants that a local run cannot use. An entry that excuses nothing any more is an error. */
export const allowList: readonly Excuse[] = [
  {
    statement: "WriteTraces",
    reason: "Lambda itself sends traces to X-Ray in the role's name; there is no X-Ray locally.",
  },
  {
    policy: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    reason:
      "AWS wrote this policy, and refuses roles with less; locally API Gateway writes its logs without the role.",
  },
];
