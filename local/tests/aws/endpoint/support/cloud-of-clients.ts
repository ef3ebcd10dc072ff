import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "../../../../aws/iam/types";
import { startCloud, type RunningCloud } from "../../../../cloud";

export const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

type Made<Client> = new (config: object) => Client;

/** A whole local cloud, and SDK clients that ask it at the one address of all services. */
export class CloudOfClients {
  readonly cloud: RunningCloud;
  readonly #dataDir: string;
  readonly #clients: { destroy(): void }[] = [];

  private constructor(cloud: RunningCloud, dataDir: string) {
    this.cloud = cloud;
    this.#dataDir = dataDir;
  }

  static async start(): Promise<CloudOfClients> {
    const dataDir = await mkdtemp(join(tmpdir(), "endpoint-"));
    const cloud = await startCloud({ port: 0, dataDir, account, notify: () => undefined });
    return new CloudOfClients(cloud, dataDir);
  }

  /** A client of a service, which is the administrator unless others are named. */
  client<Client extends { destroy(): void }>(
    make: Made<Client>,
    credentials: Credentials = this.cloud.iam.administrator,
  ): Client {
    const endpoint = this.cloud.services.endpoint.url;
    const client = new make({ endpoint, region: account.region, credentials, maxAttempts: 1 });
    this.#clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) {
      client.destroy();
    }
    await this.cloud.stop();
    await rm(this.#dataDir, { recursive: true });
  }
}
