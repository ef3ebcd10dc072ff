import type { ServiceEndpoint } from "./endpoints";
import { type Failure, type ResponseMetadata, ServiceException } from "./exceptions";
import { bytesOf, type ClientOptions, isFailed, Service, type ServiceResponse } from "./service";

/** How a service that speaks JSON is called. */
export interface JsonDialect {
  /** The service, as signatures name it. */
  signingName: string;
  /** What precedes the operation's name in `X-Amz-Target`. */
  target: string;
  version: "1.0" | "1.1";
}

/** What a service answers with that has failed, as JSON. */
export type FailedAnswer = Record<string, unknown>;

/** Makes the error of what a service has failed with, of which `text` is the JSON. */
export type ReadFailure = (failure: Failure, answer: FailedAnswer, text: string) => Error;

/** A call whose input is sent as JSON. */
export abstract class JsonCommand<Input extends object, Output extends object> {
  abstract readonly operation: string;
  readonly input: Input;
  /** What sending it gives: for types alone. */
  declare readonly output: Output;

  constructor(input: Input) {
    this.input = input;
  }
}

/**
 * Calls services by JSON.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export class JsonService extends Service {
  readonly #headers: Record<string, string>;
  readonly #target: string;
  readonly #readFailure: ReadFailure;

  constructor(
    endpoint: ServiceEndpoint,
    { signingName, target, version }: JsonDialect,
    options: ClientOptions,
    readFailure: ReadFailure = (failure) => new ServiceException(failure),
  ) {
    super(endpoint, signingName, options);
    this.#headers = { "content-type": `application/x-amz-json-${version}` };
    this.#target = target;
    this.#readFailure = readFailure;
  }

  /**
   * Carries out an operation.
   *
   * @param body JSON.
   * @param parse reads the answer.
   */
  async invoke<Output extends object>(
    operation: string,
    body: string,
    parse: (text: string) => Output,
  ): Promise<Output & { $metadata: ResponseMetadata }> {
    const headers = { ...this.#headers, "x-amz-target": `${this.#target}.${operation}` };
    return await this.call({ method: "POST", headers, body }, async (response) => {
      const text = (await bytesOf(response.body)).toString();
      if (isFailed(response)) {
        throw this.#failure(response, text);
      }
      return Object.assign(parse(text), { $metadata: response.$metadata });
    });
  }

  #failure({ headers, $metadata }: ServiceResponse, text: string): Error {
    const answer = asRecord(text);
    const type = textOf(headers["x-amzn-errortype"]) ?? textOf(answer.__type) ?? "Unknown";
    const message = textOf(answer.message) ?? textOf(answer.Message) ?? "UnknownError";
    return this.#readFailure({ name: codeOf(type), message, $metadata }, answer, text);
  }
}

/** Empty if it is no object: what stands between may answer as well. */
function asRecord(text: string): FailedAnswer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as FailedAnswer) : {};
  } catch {
    return {};
  }
}

/** `Code` of `namespace#Code:https://…`. */
function codeOf(type: string): string {
  return (type.split(":")[0] ?? "").replace(/^.*#/, "");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
