import { randomUUID } from "node:crypto";
import type { Behavior } from "./behavior";
import { errorPage } from "./error-page";
import { requestAfter, requestEvent, responseAfter, responseEvent } from "./function-events";
import { functionLog } from "./functions/function-log";
import { FunctionFailure } from "./functions/function-failure";
import { isResponse } from "./functions/types";
import type { FunctionEvent, FunctionEventType } from "./functions/types";
import { runViewerFunction, type FunctionLog } from "./functions/viewer-function";
import type { LogSink } from "../types";
import type { Policies } from "./policies";
import type { ViewerRequest, WholeResponse } from "./types";

export interface ViewerFunctionsOptions {
  distributionId: string;
  domainName: string;
  policies: Policies;
  notify: (line: string) => void;
  /** Takes what functions log, for the log groups that there are. Default: it is dropped. */
  logs?: LogSink;
}

/** What came of a request at the function for viewer requests. */
export type Passed =
  | { request: ViewerRequest; response?: undefined }
  | { response: WholeResponse; request?: undefined };

/** Runs the CloudFront Functions of a distribution's behaviors. */
export class ViewerFunctions {
  readonly #options: ViewerFunctionsOptions;

  constructor(options: ViewerFunctionsOptions) {
    this.#options = options;
  }

  /** The request that the cache is asked for, or what the viewer gets instead. */
  async onRequest(behavior: Behavior, request: ViewerRequest): Promise<Passed> {
    const functionArn = behavior.functions["viewer-request"];
    if (functionArn === undefined) {
      return { request };
    }
    const given = requestEvent(request);
    const event = { ...this.#event("viewer-request", request), request: given };
    return await this.#guarded(functionArn, request, async (code) => {
      const returned = await runViewerFunction(
        code,
        event,
        "viewer-request",
        this.#logOf(functionArn, event),
      );
      return isResponse(returned)
        ? { response: generated(responseAfter(returned)) }
        : { request: requestAfter(request, given, returned) };
    });
  }

  /** What the viewer gets of a response, which is none of an error. */
  async onResponse(
    behavior: Behavior,
    request: ViewerRequest,
    response: WholeResponse,
  ): Promise<WholeResponse> {
    const functionArn = behavior.functions["viewer-response"];
    if (functionArn === undefined) {
      return response;
    }
    const event = {
      ...this.#event("viewer-response", request),
      request: requestEvent(request),
      response: responseEvent(response),
    };
    const passed = await this.#guarded(functionArn, request, async (code) => {
      const returned = await runViewerFunction(
        code,
        event,
        "viewer-response",
        this.#logOf(functionArn, event),
      );
      return { response: isResponse(returned) ? responseAfter(returned, response) : response };
    });
    return passed.response ?? response;
  }

  /** A function that fails costs the viewer the answer; why is told to whoever runs the cloud. */
  async #guarded(
    functionArn: string,
    { path }: ViewerRequest,
    run: (code: string) => Promise<Passed>,
  ): Promise<Passed> {
    try {
      return await run(this.#options.policies.functions.get(functionArn));
    } catch (error) {
      if (!(error instanceof FunctionFailure)) {
        throw error;
      }
      this.#options.notify(
        `CloudFront: the function ${nameIn(functionArn)} failed for ${path}: ${error.message}`,
      );
      const response = errorPage(
        error.statusCode,
        "The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
      );
      response.headers["x-cache"] = `${error.result} from cloudfront`;
      return { response };
    }
  }

  #logOf(functionArn: string, { context }: FunctionEvent): FunctionLog | undefined {
    const { logs } = this.#options;
    return logs && functionLog(logs, nameIn(functionArn), context.requestId);
  }

  #event(eventType: FunctionEventType, { address }: ViewerRequest): Omit<FunctionEvent, "request"> {
    const { distributionId, domainName: distributionDomainName } = this.#options;
    return {
      version: "1.0",
      context: { distributionDomainName, distributionId, eventType, requestId: randomUUID() },
      viewer: { ip: address },
    };
  }
}

function nameIn(functionArn: string): string {
  return functionArn.split("/").at(-1) ?? "";
}

function generated(response: WholeResponse): WholeResponse {
  const headers = {
    server: "CloudFront",
    ...response.headers,
    "x-cache": "FunctionGeneratedResponse from cloudfront",
  };
  return { ...response, headers };
}
