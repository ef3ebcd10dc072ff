/**
 * What CloudFront Functions are given and give back, as far as it is used here. Names of headers are
 * in small letters; paths and queries are as the viewer sent them, still encoded.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface ViewerEvent {
  readonly context: { readonly requestId?: string };
  readonly request: ViewerRequest;
}

/** The event of a function that CloudFront runs before it answers. */
export interface ViewerResponseEvent extends ViewerEvent {
  readonly response: ViewerResponse;
}

/** A value of a header or a query; all of them where there are several of one name. */
export interface Field {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

export interface ViewerRequest {
  readonly method: string;
  uri: string;
  querystring: Readonly<Record<string, Field | undefined>>;
  readonly headers: Readonly<Record<string, Field | undefined>>;
}

export interface ViewerResponse {
  readonly statusCode: number;
  readonly headers: Record<string, Field | undefined>;
  readonly body?: string;
}
