import * as proxy from "@pulumi/policy/proxy";

/** What the policy SDK has in its module `proxy` and does not declare. */
interface SdkProxy {
  unknownBooleanValue: string;
  unknownNumberValue: string;
  unknownStringValue: string;
  unknownArrayValue: string;
  unknownAssetValue: string;
  unknownArchiveValue: string;
  unknownObjectValue: string;
  /**
   * Thrown by a policy, it becomes a diagnostic of the level advisory, whatever the policy's own, and
   * leaves what the policy has reported before.
   */
  UnknownValueError: new (marker: string, path: string[]) => Error;
}

export const sdkProxy = proxy as unknown as SdkProxy;
