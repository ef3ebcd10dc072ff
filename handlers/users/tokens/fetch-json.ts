import type * as z from "zod/mini";
import { parseJson } from "../../http/json";

/**
 * Bytes that an answer may have: as many as HTTP APIs, which look at tokens themselves, take of a key
 * set. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const maxAnswerBytes = 150_000;

/** The issuer does not say what it has to, or nothing at all. */
export class IssuerUnavailableError extends Error {
  override readonly name = "IssuerUnavailableError";
}

/**
 * What an issuer answers at `url`. Redirects are not followed: who is trusted says where the answer
 * is, not whoever answers.
 *
 * @param what the answer has to be, such as `a JSON Web Key Set`.
 * @throws IssuerUnavailableError for any other answer, a longer one than is read, and none.
 */
export async function fetchJson<Schema extends z.ZodMiniType>(
  url: string,
  what: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  const { data } = schema.safeParse(parseJson(await fetchText(url, signal)));
  if (data === undefined) {
    throw new IssuerUnavailableError(`What ${url} answers is not ${what}.`);
  }
  return data;
}

async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  try {
    // A connection that is kept would be dead when a function that was frozen meanwhile uses it again.
    const headers = { Accept: "application/json", Connection: "close" };
    const response = await fetch(url, { headers, redirect: "manual", signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new IssuerUnavailableError(`${url} answers ${response.status} instead of 200.`);
    }
    return await readText(url, response);
  } catch (error) {
    if (error instanceof IssuerUnavailableError) {
      throw error;
    }
    throw new IssuerUnavailableError(`${url} does not answer.`, { cause: error });
  }
}

/** Of an answer that is too long, no more is read: leaving the loop ends the connection. */
async function readText(url: string, { body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream: AsyncIterable<Uint8Array> | undefined = body ?? undefined;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) {
      throw new IssuerUnavailableError(`${url} answers more than ${maxAnswerBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
