import { regionName } from "../aws/cloudwatch/region-names";
import { rootArn } from "../aws/iam/policy-principals";
import type { Account } from "../aws/types";
import { getPolicyDocument } from "./get-policy-document";
import type { Invokes, Properties } from "./resource";

/** The provider's functions about account, region and partition, and for writing policies. */
export function accountInvokes(account: Account): Invokes {
  return {
    "aws:index/getCallerIdentity:getCallerIdentity": () =>
      Promise.resolve(getCallerIdentity(account)),
    "aws:index/getRegion:getRegion": (args) => Promise.resolve(getRegion(account, args)),
    "aws:index/getPartition:getPartition": () => Promise.resolve(getPartition(account)),
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) =>
      Promise.resolve(getPolicyDocument(args)),
  };
}

/** The program runs as the account's root; a real deployment usually runs as a role. */
function getCallerIdentity(account: Account): Properties {
  const { accountId } = account;
  return { accountId, arn: rootArn(account), id: accountId, userId: accountId };
}

function getRegion(account: Account, args: { region?: string; name?: string }): Properties {
  const region = args.region ?? args.name ?? account.region;
  return {
    id: region,
    name: region,
    region,
    // Mails of CloudWatch still say "EU", everything else says "Europe".
    description: regionName(region).replace(/^EU /, "Europe "),
    endpoint: `ec2.${region}.${dnsSuffix(account)}`,
  };
}

function getPartition(account: Account): Properties {
  const suffix = dnsSuffix(account);
  return {
    id: account.partition,
    partition: account.partition,
    dnsSuffix: suffix,
    reverseDnsPrefix: suffix.split(".").reverse().join("."),
  };
}

function dnsSuffix({ partition }: Account): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
