import { BlockList, isIPv4 } from "node:net";
import { z } from "zod";
import { parseJson } from "../../parse-json";
import { wildcardMatcher } from "./path-pattern";

const epoch = z.strictObject({ "AWS:EpochTime": z.number().int().nonnegative() });

/**
 * The policy that a signature covers.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
const accessPolicy = z.strictObject({
  Statement: z
    .array(
      z.strictObject({
        Resource: z.string().optional(),
        Condition: z.strictObject({
          DateLessThan: epoch,
          DateGreaterThan: epoch.optional(),
          IpAddress: z.strictObject({ "AWS:SourceIp": z.string() }).optional(),
        }),
      }),
    )
    .length(1),
});

/** What a signer allows. */
export interface AccessPolicy {
  /** A URL with wildcards. @default every URL */
  resource?: string | undefined;
  /** Seconds since the epoch, as the next. */
  before: number;
  after?: number | undefined;
  /** An IPv4 address or a range of them, such as `203.0.113.0/24`. @default everybody */
  sourceIp?: string | undefined;
}

/** The policy that a JSON text says, or nothing when it says none. */
export function parseAccessPolicy(text: string): AccessPolicy | undefined {
  const statement = accessPolicy.safeParse(parseJson(text)).data?.Statement[0];
  if (statement === undefined) {
    return undefined;
  }
  const { DateLessThan, DateGreaterThan, IpAddress } = statement.Condition;
  return {
    resource: statement.Resource,
    before: DateLessThan["AWS:EpochTime"],
    after: DateGreaterThan?.["AWS:EpochTime"],
    sourceIp: IpAddress?.["AWS:SourceIp"],
  };
}

/**
 * The text that a canned policy is signed as, which is never sent.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html
 */
export function cannedPolicy(url: string, expires: string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}

/** Whether a policy allows a request for `url`, which has no parameters of the signature in it. */
export function allows(
  policy: AccessPolicy,
  { url, address, now }: { url: string; address: string; now: Date },
): boolean {
  const seconds = now.getTime() / 1000;
  return (
    seconds < policy.before &&
    (policy.after === undefined || seconds > policy.after) &&
    (policy.resource === undefined || wildcardMatcher(policy.resource)(url)) &&
    (policy.sourceIp === undefined || isInRange(address, policy.sourceIp))
  );
}

/** IPv4 only, as CloudFront: a viewer that comes by IPv6 is in no range. */
function isInRange(address: string, range: string): boolean {
  const [base = "", bits = "32"] = range.split("/");
  if (!isIPv4(base) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32 || !isIPv4(address)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(base, Number(bits));
  return list.check(address);
}
