import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest } from "@pulumi/pulumi/proto/callback_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { channelOptions } from "./rpc";

/** Calls functions that live in the program's process. */
export class Callbacks {
  readonly #clients = new Map<string, CallbacksClient>();

  /** Sends the bytes of one message and receives those of another. */
  call(callback: Callback, message: Uint8Array): Promise<Uint8Array> {
    const request = new CallbackInvokeRequest().setToken(callback.getToken()).setRequest(message);
    return new Promise((resolve, reject) => {
      this.#client(callback.getTarget()).invoke(request, (error, response) => {
        if (error) {
          reject(new Error(error.details));
        } else {
          resolve(response.getResponse_asU8());
        }
      });
    });
  }

  close(): void {
    for (const client of this.#clients.values()) {
      client.close();
    }
  }

  #client(target: string): CallbacksClient {
    let client = this.#clients.get(target);
    if (!client) {
      client = new CallbacksClient(target, credentials.createInsecure(), channelOptions);
      this.#clients.set(target, client);
    }
    return client;
  }
}
