import type { KeyObject } from "node:crypto";
import type { Structure } from "../api/output";
import type { Policies } from "./policies";
import {
  accessControlConfig,
  cachePolicyConfig,
  keyGroupConfig,
  originRequestConfig,
  publicKeyConfig,
  responseHeadersConfig,
} from "./policy-views";
import type { Entry, Registry } from "./registry";
import type {
  CachePolicy,
  OriginAccessControl,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from "./types";

/** Something that distributions refer to by id, as the API shows it. */
export interface PolicyKind<T> {
  /** In URLs and ARNs, such as `cache-policy`. */
  path: string;
  /** Such as `CachePolicy`. */
  name: string;
  /** Such as `CachePolicies`. */
  plural: string;
  registry: (policies: Policies) => Registry<T>;
  configOf: (entry: Entry<T>) => Structure;
  /** The configuration with id and time. */
  wholeOf: (entry: Entry<T>) => Structure;
  /** As lists have it. */
  summaryOf: (entry: Entry<T>) => Structure;
  missing: { code: string; message: string };
  /** Whether actions on one are allowed by its ARN, not for all of its kind at once. @default true */
  hasArn?: boolean;
  /** Whether AWS manages some, which lists tell apart. @default false */
  isTyped?: boolean;
  /** Whether lists say where they begin. @default false */
  tellsMarker?: boolean;
}

/**
 * Whether there are ARNs of a kind for IAM:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html
 */
export const policyKinds = {
  cachePolicy: policyKind<CachePolicy>({
    path: "cache-policy",
    name: "CachePolicy",
    plural: "CachePolicies",
    registry: ({ cache }) => cache,
    configOf: cachePolicyConfig,
  }),
  originRequestPolicy: policyKind<OriginRequestPolicy>({
    path: "origin-request-policy",
    name: "OriginRequestPolicy",
    plural: "OriginRequestPolicies",
    registry: ({ originRequest }) => originRequest,
    configOf: originRequestConfig,
  }),
  responseHeadersPolicy: policyKind<ResponseHeadersPolicy>({
    path: "response-headers-policy",
    name: "ResponseHeadersPolicy",
    plural: "ResponseHeadersPolicies",
    registry: ({ responseHeaders }) => responseHeaders,
    configOf: responseHeadersConfig,
  }),
  originAccessControl: accessControlKind(),
  keyGroup: keyGroupKind(),
  publicKey: publicKeyKind(),
};

/** A kind of which AWS manages some. */
function policyKind<T>(
  kind: Pick<PolicyKind<T>, "path" | "name" | "plural" | "registry" | "configOf">,
): PolicyKind<T> {
  const { name, path } = kind;
  const wholeOf = timed(kind);
  return {
    ...kind,
    wholeOf,
    summaryOf: (entry) => ({
      Type: entry.isManaged ? "managed" : "custom",
      [name]: wholeOf(entry),
    }),
    missing: {
      code: `NoSuch${name}`,
      message: `The ${path.replaceAll("-", " ")} does not exist.`,
    },
    isTyped: true,
  };
}

/** What shows the configuration of one with its id and when it was changed. */
function timed<T>({ name, configOf }: Pick<PolicyKind<T>, "name" | "configOf">) {
  return (entry: Entry<T>): Structure => ({
    Id: entry.id,
    LastModifiedTime: entry.modifiedAt,
    [`${name}Config`]: configOf(entry),
  });
}

function accessControlKind(): PolicyKind<OriginAccessControl> {
  return {
    path: "origin-access-control",
    name: "OriginAccessControl",
    plural: "OriginAccessControls",
    registry: ({ originAccess }) => originAccess,
    configOf: accessControlConfig,
    wholeOf: (entry) => ({ Id: entry.id, OriginAccessControlConfig: accessControlConfig(entry) }),
    summaryOf: (entry) => ({ Id: entry.id, ...accessControlConfig(entry) }),
    missing: {
      code: "NoSuchOriginAccessControl",
      message: "The origin access control does not exist.",
    },
    tellsMarker: true,
  };
}

function keyGroupKind(): PolicyKind<readonly string[]> {
  const kind = { name: "KeyGroup", configOf: keyGroupConfig };
  const wholeOf = timed(kind);
  return {
    ...kind,
    path: "key-group",
    plural: "KeyGroups",
    registry: ({ keyGroups }) => keyGroups,
    wholeOf,
    summaryOf: (entry) => ({ KeyGroup: wholeOf(entry) }),
    missing: {
      code: "NoSuchResource",
      message: "A resource that was specified is not valid: the key group does not exist.",
    },
    hasArn: false,
  };
}

function publicKeyKind(): PolicyKind<KeyObject> {
  return {
    path: "public-key",
    name: "PublicKey",
    plural: "PublicKeys",
    registry: ({ publicKeys }) => publicKeys,
    configOf: publicKeyConfig,
    wholeOf: (entry) => ({
      Id: entry.id,
      CreatedTime: entry.createdAt,
      PublicKeyConfig: publicKeyConfig(entry),
    }),
    summaryOf: (entry) => {
      const { Name, EncodedKey, Comment } = publicKeyConfig(entry);
      return { Id: entry.id, Name, CreatedTime: entry.createdAt, EncodedKey, Comment };
    },
    missing: { code: "NoSuchPublicKey", message: "The specified public key doesn't exist." },
    hasArn: false,
  };
}
