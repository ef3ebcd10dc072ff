import { regionalEndpoint } from "./endpoints";
import { type ResponseMetadata, ServiceException } from "./exceptions";
import { addressOf } from "./object-address";
import type { S3Command } from "./s3-command";
import {
  bytesOf,
  type ClientOptions,
  isFailed,
  Service,
  type ServiceRequest,
  type ServiceResponse,
} from "./service";
import { readFailure, readXml } from "./xml";

export { ServiceException as S3ServiceException };
export * from "./bucket-commands";
export * from "./object-commands";

/** Calls S3. */
export class S3Client extends Service {
  constructor(options: ClientOptions) {
    super(regionalEndpoint("s3"), "s3", options);
  }

  async send<Input extends object, Output extends { $metadata: ResponseMetadata }>(
    command: S3Command<Input, Output>,
  ): Promise<Output> {
    return await this.call(this.requestFor(command), async (response) => {
      const isRead = command.isRead || isFailed(response);
      const text = isRead ? (await bytesOf(response.body)).toString() : "";
      throwFailure(response, text);
      return { ...command.read({ ...response, text }), $metadata: response.$metadata };
    });
  }

  /** What a call is, before it is signed. */
  requestFor(command: S3Command<object, { $metadata: ResponseMetadata }>): ServiceRequest {
    const { bucket = "", key, ...request } = command.request();
    return { ...request, ...addressOf(this.endpoint.url, bucket, key) };
  }
}

/**
 * What takes long, S3 begins to answer with success before it knows.
 * https://repost.aws/knowledge-center/s3-resolve-200-internalerror
 */
function throwFailure(response: ServiceResponse, text: string): void {
  if (isFailed(response)) {
    throw new ServiceException(readFailure(response, text));
  }
  if (text.includes("<Error>") && readXml(text).name === "Error") {
    const $metadata = { ...response.$metadata, httpStatusCode: 500 };
    throw new ServiceException(readFailure({ ...response, $metadata }, text));
  }
}
