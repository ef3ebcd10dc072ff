/** What is known of a call besides its output. */
export interface ResponseMetadata {
  httpStatusCode?: number;
  requestId?: string | undefined;
  extendedRequestId?: string | undefined;
  attempts?: number;
  totalRetryDelay?: number;
  clockSkewCorrected?: true;
}

/** What a service says in the place of an output. */
export interface Failure {
  /** Its code, such as `NoSuchKey`. */
  name: string;
  message: string;
  $metadata: ResponseMetadata;
}

/** An error that a service answered with. */
export class ServiceException extends Error {
  readonly $fault: "client" | "server";
  readonly $metadata: ResponseMetadata;

  constructor({ name, message, $metadata }: Failure) {
    super(message);
    this.name = name;
    this.$metadata = $metadata;
    this.$fault = ($metadata.httpStatusCode ?? 0) < 500 ? "client" : "server";
  }
}
