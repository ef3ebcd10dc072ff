import type { KeyObject } from "node:crypto";
import { AwsError } from "../aws-error";
import { cachePolicies, originRequestPolicies, responseHeadersPolicies } from "./managed-policies";
import { Registry, type Description } from "./registry";
import type {
  CachePolicy,
  OriginAccessControl,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
} from "./types";

/** All that distributions refer to by id: what AWS manages and what was created. */
export class Policies {
  readonly cache: Registry<CachePolicy>;
  readonly originRequest: Registry<OriginRequestPolicy>;
  readonly responseHeaders: Registry<ResponseHeadersPolicy>;
  readonly originAccess: Registry<OriginAccessControl>;
  readonly publicKeys: Registry<KeyObject>;
  /** Ids of the public keys in each group. */
  readonly keyGroups: Registry<readonly string[]>;
  /** The published code of CloudFront Functions, by ARN. */
  readonly functions: Registry<string>;

  /**
   * @param changed called when something is changed that distributions may refer to.
   * @param clock tells when something was made or changed.
   */
  constructor(changed: () => void, clock: () => Date = () => new Date()) {
    const options = { changed, clock };
    this.cache = new Registry("CachePolicy", options, cachePolicies);
    this.originRequest = new Registry("OriginRequestPolicy", options, originRequestPolicies);
    this.responseHeaders = new Registry("ResponseHeadersPolicy", options, responseHeadersPolicies);
    this.originAccess = new Registry("OriginAccessControl", options);
    this.publicKeys = new Registry("PublicKey", options);
    this.keyGroups = new Registry("KeyGroup", options);
    this.functions = new Registry("FunctionExists", options);
  }

  /** The key with this id, if one of the groups has it. */
  trustedKey(groupIds: readonly string[], keyPairId: string): KeyObject | undefined {
    const isTrusted = groupIds.some((id) => this.keyGroups.get(id).includes(keyPairId));
    return isTrusted ? this.publicKeys.get(keyPairId) : undefined;
  }

  /** @throws AwsError `InvalidArgument` for a key that does not exist, or none. */
  setKeyGroup(id: string, keyIds: readonly string[], description?: Partial<Description>): void {
    const unknown = keyIds.find((keyId) => this.publicKeys.peek(keyId) === undefined);
    if (unknown !== undefined || keyIds.length === 0) {
      const what =
        unknown === undefined ? "no public key" : `the public key ${unknown}, which does not exist`;
      throw new AwsError("InvalidArgument", `The key group names ${what}`);
    }
    this.keyGroups.set(id, [...keyIds], description);
  }

  /** @throws AwsError `PublicKeyInUse` while a key group has it. */
  deletePublicKey(id: string): void {
    const [group] = this.keyGroups.idsOf((keyIds) => keyIds.includes(id));
    if (group !== undefined) {
      throw new AwsError(
        "PublicKeyInUse",
        `The public key ${id} is in the key group ${group}`,
        409,
      );
    }
    this.publicKeys.delete(id);
  }
}
