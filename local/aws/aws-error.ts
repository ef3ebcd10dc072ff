/**
 * An error as an AWS service answers it: a code that SDKs turn into an exception of that name, and
 * an HTTP status. Services render it in their own protocol (XML, JSON, query).
 */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly statusCode: number;
  /** Extra members of the error document, such as S3's `BucketName`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    statusCode = 400,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
    this.details = details;
  }
}
