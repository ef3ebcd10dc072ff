import type { Call } from "../call";
import { invalidRequest } from "../errors";
import type { ReplyHeaders } from "../reply";
import type { BucketConfiguration } from "../store/configuration";

const header = "x-amz-transition-default-minimum-object-size";
const [standard, ...others] = ["all_storage_classes_128K", "varies_by_storage_class"] as const;

/**
 * From which size on objects are moved to other classes, where a rule does not say it. As none are moved here, it is kept
 * and told, no more.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const transitionMinimum = {
  /** @throws S3Error `InvalidRequest`. */
  read: (call: Call): { transitionMinimum: string } => {
    const given = call.header(header) ?? standard;
    if (![standard, ...others].some((each) => each === given)) {
      throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${given}`);
    }
    return { transitionMinimum: given };
  },
  write: ({
    lifecycle,
    transitionMinimum: minimum = standard,
  }: Readonly<BucketConfiguration>): ReplyHeaders => (lifecycle ? { [header]: minimum } : {}),
};
