import type {
  CreateInvalidationCommandInput,
  CreateInvalidationCommandOutput,
} from "@aws-sdk/client-cloudfront";
import { cloudFrontEndpoint } from "./endpoints";
import { ServiceException } from "./exceptions";
import { bytesOf, type ClientOptions, isFailed, Service } from "./service";
import { escapeXml, readFailure } from "./xml";

export { ServiceException as CloudFrontServiceException };

const namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

/** Makes edges forget. */
export class CloudFrontClient {
  readonly #service: Service;

  constructor(options: ClientOptions) {
    this.#service = new Service(cloudFrontEndpoint(), "cloudfront", options);
  }

  /** Nothing is read of the answer. */
  async send({ input }: CreateInvalidationCommand): Promise<CreateInvalidationCommandOutput> {
    const id = encodeURIComponent(input.DistributionId ?? "");
    const request = {
      method: "POST",
      path: `/2020-05-31/distribution/${id}/invalidation`,
      headers: { "content-type": "application/xml" },
      body: documentOf(input),
    };
    return await this.#service.call(request, async (response) => {
      const text = (await bytesOf(response.body)).toString();
      if (isFailed(response)) {
        throw new ServiceException(readFailure(response, text));
      }
      return { $metadata: response.$metadata };
    });
  }
}

function documentOf({ InvalidationBatch }: CreateInvalidationCommandInput): string {
  const { CallerReference = "", Paths } = InvalidationBatch ?? {};
  const items = (Paths?.Items ?? []).map((path) => `<Path>${escapeXml(path)}</Path>`).join("");
  const paths = `<Quantity>${Paths?.Quantity ?? 0}</Quantity><Items>${items}</Items>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<InvalidationBatch xmlns="${namespace}"><Paths>${paths}</Paths>` +
    `<CallerReference>${escapeXml(CallerReference)}</CallerReference></InvalidationBatch>`
  );
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html */
export class CreateInvalidationCommand {
  readonly input: CreateInvalidationCommandInput;

  constructor(input: CreateInvalidationCommandInput) {
    this.input = input;
  }
}
