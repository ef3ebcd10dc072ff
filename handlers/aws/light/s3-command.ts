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
  /** What of the input is sent. */
  protected abstract readonly members: readonly string[];
  /** Whether all of the answer is read before anything is made of it. */
  readonly isRead: boolean = true;

  constructor(input: Input) {
    this.input = input;
  }

  /**
   * What is sent.
   *
   * @throws TypeError of an input that would not be sent whole.
   */
  request(): S3Request {
    const unknown = Object.entries(this.input).find(
      ([member, value]) => value !== undefined && !this.members.includes(member),
    );
    if (unknown) {
      const sent = this.members.join(", ");
      throw new TypeError(`Of this call, handlers/aws/light sends ${sent}; not ${unknown[0]}.`);
    }
    return this.requestOf(this.input);
  }

  protected abstract requestOf(input: Input): S3Request;

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
