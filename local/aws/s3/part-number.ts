import { invalidArgument } from "./errors";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const maxParts = 10_000;

/**
 * The number of a part, as the parameter `partNumber` of a query gives it.
 *
 * @throws S3Error `InvalidArgument` when no part can have it.
 */
export function readPartNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > maxParts) {
    throw invalidArgument(
      `Part number must be an integer between 1 and ${maxParts}, inclusive`,
      "partNumber",
      text,
    );
  }
  return number;
}
