import { regionOf } from "../arn";
import type { Account } from "../types";
import { invalidParameter } from "./sns-error";

/** `arn:partition:service:region:account:resource`. */
const arnElements = 6;

/**
 * Whether there is a topic of this ARN is the operation's to say.
 *
 * @param parameter that has the ARN.
 * @param isRequired where it is not, an empty text is an ARN that lacks elements. @default true
 * @throws AwsError `InvalidParameter` for what is no ARN, or one of another region.
 */
export function requireTopicArn(
  arn: string,
  parameter: string,
  { region }: Account,
  isRequired = true,
): void {
  if (isRequired && arn === "") {
    throw invalidParameter(`${parameter} Reason: no value for required parameter`);
  }
  const { length } = arn.split(":");
  if (length < arnElements) {
    throw invalidParameter(
      `${parameter} Reason: An ARN must have at least ${arnElements} elements, not ${length}`,
    );
  }
  if (regionOf(arn) !== region) {
    throw invalidParameter(parameter);
  }
}
