import type { IncomingMessage } from "node:http";
import { AwsError } from "../aws-error";
import { receivedHeaders } from "./received-headers";
import { sha256Hex } from "./sigv4-canonical";
import type { Authenticator, Principal } from "./types";

/**
 * Who signed a request to a service that signs whole bodies, as all but S3 do.
 *
 * @param service as in the credential scope, such as `kms`.
 * @param unsigned how the service refuses a request that nobody signed; AWS's services differ.
 * @throws AwsError also for a bad signature.
 */
export function signerOf(
  authenticator: Pick<Authenticator, "authenticate">,
  request: IncomingMessage,
  body: Buffer,
  service: string,
  unsigned = { code: "MissingAuthenticationTokenException", statusCode: 400 },
): Principal {
  const principal = authenticator.authenticate({
    method: request.method ?? "",
    url: request.url ?? "",
    headers: receivedHeaders(request),
    service,
    bodySha256: sha256Hex(body),
  });
  if (principal.kind === "anonymous") {
    const message = "Request is missing Authentication Token";
    throw new AwsError(unsigned.code, message, unsigned.statusCode);
  }
  return principal;
}
