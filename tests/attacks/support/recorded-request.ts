import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request as send } from "node:http";
import { text } from "node:stream/consumers";
import type { HttpRequest } from "@smithy/types";
import { childrenOf, readXml, textOf } from "../../../handlers/aws/light/xml";
import type { Credentials } from "../../../local/aws/iam/types";
import { signRequest } from "../../../local/tests/aws/iam/sign-request";
import type { Probe } from "./probe";
import { clientsOf } from "./target";

/** An error as a service tells it. */
export interface Refusal {
  name: string;
  message: string;
  status: number;
}

/** What the SDK has sent for a probe, to be sent again by others. Making each anew takes nearly twice as long. */
export interface RecordedRequest {
  request: HttpRequest;
  service: string;
  region: string;
}

/** Headers that a signature makes. */
const ofSignature = [
  "authorization",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
  "content-length",
];

/** Records what each probe sends, of which nothing arrives. */
export async function recordAll(
  probes: readonly Probe[],
  endpoints: Readonly<Record<string, string>>,
  credentials: Credentials,
): Promise<RecordedRequest[]> {
  let request: HttpRequest | undefined;
  const handle = (made: HttpRequest) => {
    request = made;
    return Promise.reject(new Error("It is only recorded."));
  };
  const clients = clientsOf(endpoints, credentials, { handle });
  const recorded: RecordedRequest[] = [];
  for (const probe of probes) {
    request = undefined;
    await probe.send(clients).catch(() => undefined);
    recorded.push(recordedOf(probe, request));
  }
  return recorded;
}

function recordedOf({ operation }: Probe, request: HttpRequest | undefined): RecordedRequest {
  const [, region, service] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request?.headers.authorization ?? "") ?? [];
  if (request?.protocol !== "http:" || region === undefined || service === undefined) {
    throw new Error(`${operation} sends no signed request`);
  }
  return { request, service, region };
}

const agent = new Agent({ keepAlive: true });

/**
 * Sends it, signed with these credentials.
 *
 * @returns the error that it is answered with, if it is one.
 */
export async function replay(
  { request, service, region }: RecordedRequest,
  credentials: Credentials,
): Promise<Refusal | undefined> {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !ofSignature.includes(name.toLowerCase()),
  );
  // Of transactions, one that is repeated is not carried out again.
  const body = textOfBody(request.body).replace(
    /("ClientRequestToken":)"[^"]+"/,
    `$1"${randomUUID()}"`,
  );
  const signed = await signRequest({
    credentials,
    region,
    service,
    date: new Date(),
    method: request.method,
    path: request.path,
    query: queryOf(request),
    headers: Object.fromEntries(headers),
    body,
  });
  const { hostname, port } = request;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    send(
      {
        ...{ agent, hostname, port, method: signed.method, path: signed.url },
        headers: { ...signed.headers, "content-length": Buffer.byteLength(body) },
      },
      resolve,
    )
      .once("error", reject)
      .end(body);
  });
  return refusalOf(answer, await text(answer));
}

function textOfBody(body: unknown): string {
  if (body === undefined || typeof body === "string") {
    return body ?? "";
  }
  if (body instanceof Uint8Array) {
    return new TextDecoder().decode(body);
  }
  throw new Error("A body that is no text cannot be recorded");
}

function queryOf({ query = {} }: HttpRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      if (Array.isArray(value)) {
        throw new Error("A parameter that is given several times cannot be recorded");
      }
      return [name, value ?? ""];
    }),
  );
}

function refusalOf(
  { statusCode: status = 0, headers }: IncomingMessage,
  body: string,
): Refusal | undefined {
  if (body.startsWith("<")) {
    const { name, element } = readXml(body);
    const error = name === "Error" ? element : childrenOf(element, "Error")[0];
    return (
      error && {
        name: textOf(error, "Code") ?? "",
        message: textOf(error, "Message") ?? "",
        // S3 answers 200 about several objects, whatever became of each.
        status: status === 200 ? 403 : status,
      }
    );
  }
  if (status < 300) {
    return undefined;
  }
  const error = (body === "" ? {} : JSON.parse(body)) as Record<string, string | undefined>;
  const type = headers["x-amzn-errortype"] ?? error.__type ?? "";
  const name = String(type).replace(/^.*#|:.*$/g, "");
  return { name, message: error.message ?? error.Message ?? "", status };
}
