import { parsePublicKey } from "../aws/cloudfront/public-key";
import { described, named } from "./cloudfront-context";
import type { Context } from "./cloudfront-context";
import { keyGroupInputs, publicKeyInputs } from "./cloudfront-inputs";
import { parse } from "./parse-inputs";
import type { PlannedResource } from "./resource";
import { stableUuid } from "./stable-uuid";

/** A key that signed URLs are checked by, once a key group has it. */
export function planPublicKey(context: Context): PlannedResource {
  const { request, cloudFront } = context;
  const { encodedKey, namePrefix = "" } = parse(publicKeyInputs, request);
  const key = parsePublicKey(encodedKey);
  const id = `K${request.stableId("id", 13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
  const callerReference = request.stableId("callerReference", 26, "0123456789");
  return {
    ...named(context, "public-key", id, { callerReference, namePrefix }),
    create: () => {
      cloudFront.policies.publicKeys.set(id, key, { ...described(context, id), callerReference });
    },
    remove: () => {
      cloudFront.policies.deletePublicKey(id);
    },
  };
}

/** The keys that behaviors can trust together. */
export function planKeyGroup(context: Context): PlannedResource {
  const { request, cloudFront } = context;
  const { items } = parse(keyGroupInputs, request);
  const id = stableUuid(request);
  return {
    ...named(context, "key-group", id),
    create: () => {
      cloudFront.policies.setKeyGroup(id, items, described(context, id));
    },
    remove: () => {
      cloudFront.deleteKeyGroup(id);
    },
  };
}
