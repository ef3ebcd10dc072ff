import { status } from "@grpc/grpc-js";
import type { ChannelOptions, handleUnaryCall } from "@grpc/grpc-js";
import { messageOf } from "../message-of";

/** Code archives can be large: the SDK's own limit, in bytes. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Options for servers and clients of the engine. */
export const channelOptions: ChannelOptions = {
  "grpc.max_receive_message_length": maxMessageBytes,
};

/** An answer other than OK. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes a gRPC handler of a function; what it throws becomes the call's status. */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const answer = async () => handle(call.request);
    answer().then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback({
          code: error instanceof RpcError ? error.code : status.UNKNOWN,
          details: messageOf(error),
        });
      },
    );
  };
}

/** Protocol buffers have no absent strings: an empty one stands for none. */
export function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

/** What Pulumi's engine answers once a resource has failed; the SDK then ends the program quietly. */
export function stopped(): RpcError {
  return new RpcError(status.UNAVAILABLE, "the deployment has failed");
}
