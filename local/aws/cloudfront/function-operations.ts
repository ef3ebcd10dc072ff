import type { Structure } from "../api/output";
import { RestPayload, type RestCall } from "../api/rest-api";
import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { DeclaredFunction, FunctionStage, FunctionVersion } from "./declared-functions";
import {
  apiPath,
  choiceOf,
  listPage,
  pageOf,
  payload,
  type CloudFrontContext,
  type CloudFrontOperation,
} from "./shown";

/** A function in one of its stages. */
interface Found {
  /** What lists are continued by. */
  id: string;
  declared: DeclaredFunction;
  stage: FunctionStage;
  version: FunctionVersion;
}

const path = `${apiPath}/function`;
const stages: readonly FunctionStage[] = ["DEVELOPMENT", "LIVE"];

/** Functions are made and published by the program alone. */
export const functionRoutes: Readonly<Record<string, CloudFrontOperation>> = {
  [`GET ${path}`]: {
    name: "ListFunctions",
    perform: ({ query }, { caller, cloudFront }) => {
      caller.require("cloudfront:ListFunctions", "*");
      const stage = choiceOf(query, "Stage", stages);
      const wanted = stage === undefined ? stages : [stage];
      const all = cloudFront.functions
        .all()
        .flatMap((declared) => wanted.flatMap((each) => foundIn(declared, each) ?? []));
      const shown = (found: Found) => summaryOf(found, cloudFront.runnerOf(found.declared.arn));
      return payload("FunctionList", pageOf("FunctionSummary", listPage(all, query), shown));
    },
  },
  [`GET ${path}/{name}`]: {
    name: "GetFunction",
    perform: (call, context) => {
      const { code, etag } = functionIn(call, context, "GetFunction").version;
      return new RestPayload(code, { "content-type": "application/octet-stream", etag });
    },
  },
  [`GET ${path}/{name}/describe`]: {
    name: "DescribeFunction",
    perform: (call, context) => {
      const found = functionIn(call, context, "DescribeFunction");
      const runner = context.cloudFront.runnerOf(found.declared.arn);
      return payload("FunctionSummary", summaryOf(found, runner), found.version.etag);
    },
  },
};

/** The function of the path, in development unless the query says live. @throws AwsError `NoSuchFunctionExists`. */
function functionIn(
  { path: { name = "" }, query }: RestCall,
  { account, caller, cloudFront }: CloudFrontContext,
  operation: string,
): Found {
  const arn = globalArn(account, "cloudfront", `function/${name}`);
  caller.require(`cloudfront:${operation}`, arn);
  const stage = choiceOf(query, "Stage", stages) ?? "DEVELOPMENT";
  const declared = cloudFront.functions.find(arn);
  const found = declared && foundIn(declared, stage);
  if (!found) {
    throw new AwsError("NoSuchFunctionExists", "The specified function does not exist.", 404);
  }
  return found;
}

function foundIn(declared: DeclaredFunction, stage: FunctionStage): Found | undefined {
  const version = stage === "LIVE" ? declared.live : declared.development;
  return version && { id: `${declared.name}/${stage}`, declared, stage, version };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_FunctionSummary.html */
function summaryOf({ declared, stage, version }: Found, runner: string | undefined): Structure {
  const { name, arn, createdAt, live } = declared;
  const associated = runner === undefined ? "UNASSOCIATED" : "DEPLOYED";
  return {
    Name: name,
    Status: live?.etag === version.etag ? associated : "UNPUBLISHED",
    FunctionConfig: {
      Comment: version.comment,
      Runtime: version.runtime,
      KeyValueStoreAssociations: { Quantity: 0 },
    },
    FunctionMetadata: {
      FunctionARN: arn,
      Stage: stage,
      CreatedTime: createdAt,
      LastModifiedTime: version.modifiedAt,
    },
  };
}
