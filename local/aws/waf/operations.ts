import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { regionOf } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { tagList } from "../tag-list";
import type { Account } from "../types";
import { nonexistent, webAclIdOf } from "./errors";
import type { DeclaredWebAcl } from "./types";
import type { Waf } from "./waf";

/** What the operations of the API work with. */
export interface OperationContext {
  /** In the region that is asked. */
  account: Account;
  caller: Caller;
  waf: Waf;
}

/** Where CloudFront's web ACLs are. */
const globalRegion = "us-east-1";

const scope = z.enum(["CLOUDFRONT", "REGIONAL"]);
const page = {
  Limit: z.int().min(1).max(100).default(100),
  NextMarker: z.string().optional(),
};
const arnText = z.string().min(20).max(2048);

/** Web ACLs are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  GetWebACL: (input, context) => {
    const found = webAclOf(input, context);
    context.caller.require("wafv2:GetWebACL", found.arn);
    return { ...shown(found), LockToken: found.shown.lockToken };
  },
  GetWebACLForResource: (input, { caller, waf }) => {
    const { ResourceArn } = parse(z.object({ ResourceArn: arnText }), input);
    const arn = waf.protecting(ResourceArn);
    caller.require("wafv2:GetWebACLForResource", ResourceArn);
    const found = waf.all().find((each) => each.arn === arn);
    if (!found) {
      return {};
    }
    caller.require("wafv2:GetWebACL", found.arn);
    return shown(found);
  },
  ListResourcesForWebACL: (input, { caller, waf }) => {
    const { WebACLArn, ResourceType } = parse(
      z.object({
        WebACLArn: arnText,
        ResourceType: z.string().default("APPLICATION_LOAD_BALANCER"),
      }),
      input,
    );
    caller.require("wafv2:ListResourcesForWebACL", WebACLArn);
    if (!waf.all().some(({ arn }) => arn === WebACLArn)) {
      throw nonexistent();
    }
    // It protects stages of APIs; distributions name their web ACLs themselves.
    return { ResourceArns: ResourceType === "API_GATEWAY" ? waf.protectedBy(WebACLArn) : [] };
  },
  ListTagsForResource: (input, { caller, waf }) => {
    const schema = z.object({ ...page, ResourceARN: arnText });
    const { ResourceARN, Limit, NextMarker } = parse(schema, input);
    caller.require("wafv2:ListTagsForResource", ResourceARN);
    const found = waf.all().find(({ arn }) => arn === ResourceARN);
    if (!found) {
      throw nonexistent();
    }
    const all = tagList(found.shown.tags);
    const { items, nextToken } = pageOf(all, NextMarker, Limit, invalidMarker);
    return {
      NextMarker: nextToken,
      TagInfoForResource: { ResourceARN, TagList: items },
    };
  },
  ListWebACLs: (input, { account, caller, waf }) => {
    const { Scope, Limit, NextMarker } = parse(z.object({ ...page, Scope: scope }), input);
    requireRegion(Scope, account);
    caller.require("wafv2:ListWebACLs", "*");
    const all = waf.all().filter((each) => isIn(each, Scope, account));
    const { items, nextToken } = pageOf(all, NextMarker, Limit, invalidMarker);
    return { NextMarker: nextToken, WebACLs: items.map(summaryOf) };
  },
};

function webAclOf(input: unknown, { account, waf }: OperationContext): DeclaredWebAcl {
  const { Name, Scope, Id, ARN } = parse(
    z.object({
      Name: z.string().optional(),
      Scope: scope.optional(),
      Id: z.string().optional(),
      ARN: arnText.optional(),
    }),
    input,
  );
  if (ARN === undefined && (Name === undefined || Scope === undefined || Id === undefined)) {
    throw invalid("You must specify Name, Scope and Id, or ARN");
  }
  if (Scope !== undefined) {
    requireRegion(Scope, account);
  }
  const found = waf
    .all()
    .find((each) =>
      ARN === undefined
        ? each.name === Name &&
          webAclIdOf(each.arn) === Id &&
          isIn(each, Scope ?? "REGIONAL", account)
        : each.arn === ARN,
    );
  if (!found) {
    throw nonexistent();
  }
  return found;
}

function isIn(
  { arn, scope: own }: DeclaredWebAcl,
  asked: DeclaredWebAcl["scope"],
  { region }: Account,
): boolean {
  return own === asked && regionOf(arn) === region;
}

/** @throws AwsError where CloudFront's web ACLs are asked for in another region than theirs. */
function requireRegion(asked: DeclaredWebAcl["scope"], { region }: Account): void {
  if (asked === "CLOUDFRONT" && region !== globalRegion) {
    throw invalid("The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT");
  }
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACLSummary.html */
function summaryOf({ arn, name, shown: { description, lockToken } }: DeclaredWebAcl): Structure {
  return {
    Name: name,
    Id: webAclIdOf(arn),
    Description: description,
    LockToken: lockToken,
    ARN: arn,
  };
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html */
function shown({ arn, name, shown: { capacity, description, settings } }: DeclaredWebAcl) {
  return {
    WebACL: {
      Name: name,
      Id: webAclIdOf(arn),
      ARN: arn,
      Description: description,
      ...settings,
      Capacity: capacity,
      ManagedByFirewallManager: false,
      LabelNamespace: `awswaf:${arn.split(":")[4] ?? ""}:webacl:${name}:`,
    },
  };
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "WAFInvalidParameterException");
}

function invalidMarker(): AwsError {
  return invalid("The next marker is not valid., field: NEXT_MARKER");
}

function invalid(reason: string): AwsError {
  return new AwsError("WAFInvalidParameterException", `Error reason: ${reason}`);
}
