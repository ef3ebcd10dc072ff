import { invalidArgument } from "../errors";
import { elements, text } from "../xml";
import type { XmlElement } from "../xml";

/** Storage classes that objects have to have been in S3 Standard for before. */
const infrequentAccess = ["STANDARD_IA", "ONEZONE_IA"];
const minInfrequentAccessDays = 30;

/**
 * Storage classes as objects can go through them: never upwards.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const waterfall = [
  "STANDARD_IA",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "GLACIER_IR",
  "GLACIER",
  "DEEP_ARCHIVE",
];

/**
 * Checks the transitions of a `Rule` element, which have no effect here, and that they come before the
 * expiration.
 *
 * @throws S3Error `InvalidArgument`.
 */
export function checkTransitions(rule: XmlElement): void {
  check(rule, { transition: "Transition", expiration: "Expiration", days: "Days" });
  check(rule, {
    transition: "NoncurrentVersionTransition",
    expiration: "NoncurrentVersionExpiration",
    days: "NoncurrentDays",
  });
}

interface Names {
  transition: string;
  expiration: string;
  /** The element that counts days. */
  days: string;
}

function check(rule: XmlElement, names: Names): void {
  const transitions = elements(rule, names.transition).flatMap((element) => {
    const days = text(element, names.days);
    const storageClass = text(element, "StorageClass") ?? "";
    return days === undefined ? [] : [{ days: Number(days), storageClass }];
  });
  for (const { days, storageClass } of transitions) {
    if (infrequentAccess.includes(storageClass) && days < minInfrequentAccessDays) {
      throw invalidArgument(
        `'${names.days}' in ${names.transition} action must be greater than or equal to ${minInfrequentAccessDays} for storageClass '${storageClass}'`,
        names.days,
        String(days),
      );
    }
  }
  checkOrder(transitions, names);
  checkExpiration(rule, Math.max(0, ...transitions.map(({ days }) => days)), names);
}

function checkOrder(
  transitions: readonly { days: number; storageClass: string }[],
  names: Names,
): void {
  const rank = ({ storageClass }: { storageClass: string }) => waterfall.indexOf(storageClass);
  const inOrder = [...transitions].sort((left, right) => rank(left) - rank(right));
  for (const [index, { days, storageClass }] of inOrder.entries()) {
    const before = inOrder[index - 1];
    if (before && before.days >= days) {
      throw invalidArgument(
        `'${names.days}' in the ${names.transition} action for StorageClass '${storageClass}' must be greater than that for StorageClass '${before.storageClass}'`,
        names.days,
        String(days),
      );
    }
  }
}

function checkExpiration(rule: XmlElement, lastTransition: number, names: Names): void {
  const [expiration] = elements(rule, names.expiration);
  const days = expiration && text(expiration, names.days);
  if (lastTransition > 0 && days !== undefined && Number(days) <= lastTransition) {
    throw invalidArgument(
      `'${names.days}' in the ${names.expiration} action must be greater than '${names.days}' in the ${names.transition} action`,
      names.days,
      days,
    );
  }
}
