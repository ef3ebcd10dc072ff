import type { Structure } from "../api/output";
import type { RestCall } from "../api/rest-api";
import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import { policyKinds, type PolicyKind } from "./policy-kinds";
import type { Entry } from "./registry";
import {
  apiPath,
  choiceOf,
  listPage,
  markedPageOf,
  pageOf,
  payload,
  type CloudFrontContext,
  type CloudFrontOperation,
} from "./shown";

/** Policies, access controls and keys are made by the program alone. */
export const policyRoutes: Readonly<Record<string, CloudFrontOperation>> = {
  ...routesOf(policyKinds.cachePolicy),
  ...routesOf(policyKinds.originRequestPolicy),
  ...routesOf(policyKinds.responseHeadersPolicy),
  ...routesOf(policyKinds.originAccessControl),
  ...routesOf(policyKinds.keyGroup),
  ...routesOf(policyKinds.publicKey),
};

/** A list, each with all that there is to it, and its configuration alone. */
function routesOf<T>(kind: PolicyKind<T>): Record<string, CloudFrontOperation> {
  const { name, configOf, wholeOf } = kind;
  const path = `${apiPath}/${kind.path}`;
  return {
    [`GET ${path}`]: {
      name: `List${kind.plural}`,
      perform: (call, context) => payload(`${name}List`, listOf(kind, call, context)),
    },
    [`GET ${path}/{id}`]: {
      name: `Get${name}`,
      perform: (call, context) => {
        const entry = entryIn(kind, call, context, `Get${name}`);
        return payload(name, wholeOf(entry), entry.etag);
      },
    },
    [`GET ${path}/{id}/config`]: {
      name: `Get${name}Config`,
      perform: (call, context) => {
        const entry = entryIn(kind, call, context, `Get${name}Config`);
        return payload(`${name}Config`, configOf(entry), entry.etag);
      },
    },
  };
}

function listOf<T>(
  { name, plural, registry, summaryOf, isTyped = false, tellsMarker = false }: PolicyKind<T>,
  { query }: RestCall,
  { caller, cloudFront }: CloudFrontContext,
): Structure {
  caller.require(`cloudfront:List${plural}`, "*");
  const type = isTyped ? choiceOf(query, "Type", ["managed", "custom"]) : undefined;
  const all = registry(cloudFront.policies)
    .entries()
    .filter(({ isManaged }) => type === undefined || isManaged === (type === "managed"));
  const shown = tellsMarker ? markedPageOf : pageOf;
  return shown(`${name}Summary`, listPage(all, query), summaryOf);
}

/** What has the id in the path. @throws AwsError the kind's, such as `NoSuchCachePolicy`. */
function entryIn<T>(
  { path, registry, missing, hasArn = true }: PolicyKind<T>,
  call: RestCall,
  { account, caller, cloudFront }: CloudFrontContext,
  operation: string,
): Entry<T> {
  const { id = "" } = call.path;
  const arn = globalArn(account, "cloudfront", `${path}/${id}`);
  caller.require(`cloudfront:${operation}`, hasArn ? arn : "*");
  const entry = registry(cloudFront.policies).entry(id);
  if (!entry) {
    throw new AwsError(missing.code, missing.message, 404);
  }
  return entry;
}
