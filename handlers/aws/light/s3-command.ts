import type { ResponseMetadata } from "./exceptions";
import type { ServiceRequest, ServiceResponse } from "./service";

/** What is asked of S3, of a bucket or of an object. */
export interface S3Request extends Pick<ServiceRequest, "method" | "headers" | "body"> {
  bucket: string | undefined;
  key?: string | undefined;
  query: Record<string, string>;
}

/** What S3 has answered, and the text of it, unless that is left to be read. */
export type S3Response = ServiceResponse & { text: string };

/** A call of S3. */
export abstract class S3Command<
  Input extends object,
  Output extends { $metadata: ResponseMetadata },
> {
  readonly input: Input;
  /** Whether all of the answer is read before anything is made of it. */
  readonly isRead: boolean = true;

  constructor(input: Input) {
    this.input = input;
  }

  abstract request(): S3Request;

  /** The output of an answer that tells of success, but for its metadata. */
  abstract read(response: S3Response): Output;
}

/** Those that are said. */
export function headersOf(
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const said = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as Record<string, string>;
}

/** Those parameters that are said. */
export const queryOf = headersOf;
