import { z } from "zod";
import { pageOf } from "../api/page-of";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { materialIdOf, type Key } from "./key";
import type { Operation, OperationContext } from "./operation";

const pageInput = z.object({
  KeyId: z.string().min(1).max(2048).optional(),
  Limit: z.int().min(1).max(1000).optional(),
  Marker: z.string().min(1).max(1024).optional(),
  PolicyName: z.string().min(1).max(128).regex(/^\w+$/).optional(),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
const keysInput = pageInput.extend({
  ResourceOwners: z
    .array(z.enum(["SELF", "OTHER_ACCOUNTS_VIA_RAM"]))
    .min(1)
    .max(2)
    .default(["SELF"]),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
const grantsInput = z.object({
  GrantId: z.string().min(1).max(128).optional(),
  GranteePrincipal: z.string().min(1).max(256).optional(),
  GranteeServicePrincipal: z.string().min(1).max(256).optional(),
});

const keyInput = pageInput.required({ KeyId: true });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html */
const rotationsInput = z.object({
  IncludeKeyMaterial: z.enum(["ALL_KEY_MATERIAL", "ROTATIONS_ONLY"]).optional(),
});

/** The one policy that a key has. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
const policyName = "default";

const dayMs = 24 * 60 * 60 * 1000;

/** What shows keys: how many a page has where nothing is asked for differs by operation. */
export const viewOperations: Readonly<Record<string, Operation>> = {
  GetKeyPolicy: (input, context) => {
    const { key, PolicyName = policyName } = keyOf(input, context, "kms:GetKeyPolicy");
    if (PolicyName !== policyName) {
      throw new AwsError("NotFoundException", "No such policy exists");
    }
    return { Policy: JSON.stringify(key.policy, undefined, 2), PolicyName };
  },
  GetKeyRotationStatus: (input, context) => {
    const { key } = keyOf(input, context, "kms:GetKeyRotationStatus");
    const { createdAt, manager, rotationPeriodInDays } = key;
    return {
      KeyId: key.keyId,
      // AWS's own keys always have it, and nobody sets how often.
      KeyRotationEnabled: manager === "AWS" || rotationPeriodInDays !== undefined,
      RotationPeriodInDays: rotationPeriodInDays,
      NextRotationDate:
        rotationPeriodInDays === undefined
          ? undefined
          : new Date(createdAt.getTime() + rotationPeriodInDays * dayMs),
    };
  },
  ListAliases: (input, context) => {
    context.requireAccount("kms:ListAliases");
    const { KeyId, ...page } = parseInput(pageInput, input);
    requireNoAlias(KeyId ?? "");
    const keyId = KeyId === undefined ? undefined : context.keys.find(KeyId).keyId;
    const aliases = context.keys
      .aliases()
      .filter(([, target]) => keyId === undefined || target === keyId)
      .map(([name, target]) => {
        const { createdAt } = context.keys.find(target);
        return {
          AliasName: name,
          AliasArn: context.keys.arn(name),
          TargetKeyId: target,
          CreationDate: createdAt,
          LastUpdatedDate: createdAt,
        };
      });
    return paged("Aliases", aliases, page, 50);
  },
  ListGrants: (input, context) => {
    parseInput(grantsInput, input);
    return paged("Grants", [], keyOf(input, context, "kms:ListGrants"), 50);
  },
  ListKeyPolicies: (input, context) => {
    return paged("PolicyNames", [policyName], keyOf(input, context, "kms:ListKeyPolicies"), 100);
  },
  ListKeyRotations: (input, context) => {
    const { IncludeKeyMaterial } = parseInput(rotationsInput, input);
    const { key, ...page } = keyOf(input, context, "kms:ListKeyRotations");
    if (IncludeKeyMaterial !== undefined && key.usage !== "ENCRYPT_DECRYPT") {
      throw new AwsError(
        "UnsupportedOperationException",
        `${key.arn} does not support rotation, so IncludeKeyMaterial cannot be specified.`,
      );
    }
    // No key is ever rotated here: its first material is the one that it has.
    const rotations = IncludeKeyMaterial === "ALL_KEY_MATERIAL" ? [firstMaterial(key)] : [];
    return paged("Rotations", rotations, page, 100);
  },
  ListKeys: (input, context) => {
    context.requireAccount("kms:ListKeys");
    const { ResourceOwners, ...page } = parseInput(keysInput, input);
    // Nobody shares keys with the account.
    const own = ResourceOwners.includes("SELF") ? context.keys.all() : [];
    const keys = own.map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn }));
    return paged("Keys", keys, page, 100);
  },
  ListResourceTags: (input, context) => {
    const { key, ...page } = keyOf(input, context, "kms:ListResourceTags");
    const tags = Object.entries(key.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    return paged("Tags", tags, page, 50);
  },
};

function keyOf(input: unknown, context: OperationContext, action: string) {
  const { KeyId, ...others } = parseInput(keyInput, input);
  requireNoAlias(KeyId);
  const key: Key = context.authorizedKey(KeyId, action);
  return { ...others, key };
}

/**
 * Aliases are for the use of keys, and for DescribeKey.
 *
 * @throws AwsError `NotFoundException`, `InvalidArnException`.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
 */
function requireNoAlias(reference: string): void {
  if (/^(arn:([^:]*:){4})?alias\//.test(reference)) {
    const code = reference.startsWith("arn:") ? "InvalidArnException" : "NotFoundException";
    throw new AwsError(code, `Invalid keyId '${reference}'`);
  }
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RotationsListEntry.html */
function firstMaterial(key: Key) {
  return { KeyId: key.keyId, KeyMaterialId: materialIdOf(key), KeyMaterialState: "CURRENT" };
}

function paged(
  name: string,
  all: readonly (string | Readonly<Record<string, string | Date>>)[],
  { Limit, Marker }: { Limit?: number | undefined; Marker?: string | undefined },
  size: number,
) {
  const { items, nextToken } = pageOf(all, Marker, Limit ?? size, () => {
    return new AwsError("InvalidMarkerException", "The marker is invalid.");
  });
  return { [name]: items, NextMarker: nextToken, Truncated: nextToken !== undefined };
}
