import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import type { Account } from "../types";
import type { OperationContext } from "./operation-context";

const getInput = z.object({ DashboardName: z.string() });
const listInput = z.object({
  DashboardNamePrefix: z.string().default(""),
  NextToken: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html */
const pageSize = 1000;

/** What shows dashboards, which are made by the program alone. */
export const dashboardOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  GetDashboard: (input, { account, caller, cloudWatch }) => {
    const { DashboardName } = parseInput(getInput, input, "InvalidParameterValue");
    const arn = dashboardArn(account, DashboardName);
    caller.require("cloudwatch:GetDashboard", arn);
    const { body } = cloudWatch.dashboards.get(DashboardName);
    return { DashboardArn: arn, DashboardName, DashboardBody: body };
  },
  ListDashboards: (input, { account, caller, cloudWatch }) => {
    caller.require("cloudwatch:ListDashboards", "*");
    const asked = parseInput(listInput, input, "InvalidParameterValue");
    const found = cloudWatch.dashboards
      .all()
      .filter(({ name }) => name.startsWith(asked.DashboardNamePrefix));
    const invalid = () => new AwsError("InvalidParameterValue", "The next token is invalid.");
    const { items, nextToken } = pageOf(found, asked.NextToken, pageSize, invalid);
    return {
      DashboardEntries: items.map(({ name, body, lastModified }) => ({
        DashboardArn: dashboardArn(account, name),
        DashboardName: name,
        LastModified: lastModified,
        Size: Buffer.byteLength(body),
      })),
      NextToken: nextToken,
    };
  },
};

/** Dashboards are of no region. */
export function dashboardArn({ partition, accountId }: Account, name: string): string {
  return `arn:${partition}:cloudwatch::${accountId}:dashboard/${name}`;
}
