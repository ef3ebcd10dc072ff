import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { invalidParameter } from "./sqs-error";

/** What SQS says of attributes of FIFO queues where a queue is a standard one. */
const refusals: ReadonlyMap<string, string> = new Map([
  ["FifoQueue", "Unknown Attribute FifoQueue."],
  ["ContentBasedDeduplication", "Unknown Attribute ContentBasedDeduplication."],
  ["DeduplicationScope", onlyFifo("DeduplicationScope")],
  ["FifoThroughputLimit", onlyFifo("FifoThroughputLimit")],
]);

/**
 * Refuses a FIFO queue, which ends in `.fifo` and says that it is one; where a name and the attributes do not
 * agree, as SQS does.
 *
 * @throws AwsError `NotImplemented`, `InvalidParameterValueException`.
 */
export function refuseFifo(name: string, { FifoQueue }: Readonly<Record<string, string>>): void {
  const isNamed = name.endsWith(".fifo");
  if (FifoQueue === "true") {
    throw isNamed
      ? notEmulated("FIFO queues")
      : invalidParameter(
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length",
        );
  }
  if (isNamed) {
    throw invalidName();
  }
}

/** @throws AwsError `InvalidAttributeName` for an attribute of FIFO queues alone. */
export function requireStandardAttribute(name: string): void {
  const refusal = refusals.get(name);
  if (refusal !== undefined) {
    throw new AwsError("InvalidAttributeName", refusal);
  }
}

/** What SQS says of a name that no standard queue can have. */
export function invalidName(): AwsError {
  return invalidParameter(
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
}

function onlyFifo(attribute: string): string {
  return `You can specify the ${attribute} only when FifoQueue is set to true.`;
}
