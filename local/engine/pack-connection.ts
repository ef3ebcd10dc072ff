import { credentials, status } from "@grpc/grpc-js";
import type { requestCallback } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { startPackProcess } from "./analyzer-process";
import type { PackProcessOptions } from "./analyzer-process";
import { PolicyPackError } from "./policy-pack-error";
import { channelOptions } from "./rpc";
import type { ServingProcess } from "./serving-process";

/** A policy pack that serves, and the way to call it. */
export class PackConnection {
  readonly #dir: string;
  readonly #process: ServingProcess;
  readonly #client: AnalyzerClient;

  private constructor(dir: string, process: ServingProcess) {
    this.#dir = dir;
    this.#process = process;
    this.#client = new AnalyzerClient(
      process.address,
      credentials.createInsecure(),
      channelOptions,
    );
  }

  /** @throws ConfigurationError when the pack does not start. */
  static async open(options: PackProcessOptions): Promise<PackConnection> {
    return new PackConnection(options.dir, await startPackProcess(options));
  }

  /**
   * Calls one of the pack's methods.
   *
   * @throws PolicyPackError when a policy throws, or when the pack ends by itself.
   */
  async call<Response>(
    send: (client: AnalyzerClient, callback: requestCallback<Response>) => unknown,
  ): Promise<Response> {
    return await new Promise((resolve, reject) => {
      send(this.#client, (error, response) => {
        if (response !== undefined && !error) {
          resolve(response);
        } else if (error?.code === status.UNAVAILABLE) {
          // Once it is surely gone, all that it printed has arrived.
          void this.#process.stop().then(() => {
            reject(new PolicyPackError(this.#ended()));
          });
        } else {
          reject(new PolicyPackError(`failed to run policy: ${error?.details ?? "no answer"}`));
        }
      });
    });
  }

  /** Ends the pack. */
  async close(): Promise<void> {
    this.#client.close();
    await this.#process.stop();
  }

  #ended(): string {
    const printed = this.#process.printed();
    return `The policy pack ${this.#dir} ended by itself${printed && `:\n${printed}`}`;
  }
}
