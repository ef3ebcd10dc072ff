import type { GetParameterCommandInput, GetParameterCommandOutput } from "@aws-sdk/client-ssm";
import { regionalEndpoint } from "./endpoints";
import { JsonCommand, JsonService } from "./json-service";
import type { ClientOptions } from "./service";

const dialect = { signingName: "ssm", target: "AmazonSSM", version: "1.1" } as const;

/** Reads parameters. */
export class SSMClient {
  readonly #service: JsonService;

  constructor(options: ClientOptions) {
    this.#service = new JsonService(regionalEndpoint("ssm"), dialect, options);
  }

  /** What handlers use of the answer is text. */
  async send({ operation, input }: GetParameterCommand): Promise<GetParameterCommandOutput> {
    const body = JSON.stringify(input);
    return await this.#service.invoke(operation, body, (text) => JSON.parse(text) as object);
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export class GetParameterCommand extends JsonCommand<
  GetParameterCommandInput,
  GetParameterCommandOutput
> {
  readonly operation = "GetParameter";
}
