import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiAccess } from "../../../aws/api/api-access";
import { close, listen } from "../../../aws/http";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials } from "../../../aws/iam/types";

const service = "lambda.amazonaws.com";

/** The API of one service, with who may ask it, and SDK clients that do. */
export class ApiLab {
  readonly account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
  /** What was printed. */
  readonly lines: string[] = [];
  /** A folder that is removed with the lab. */
  readonly dataDir: string;
  readonly #iam: Iam;
  readonly #server: Server;
  readonly #clients: { destroy(): void }[] = [];
  #port = 0;

  private constructor(dataDir: string, listenerOf: (access: ApiAccess) => RequestListener) {
    this.dataDir = dataDir;
    const notify = (line: string) => this.lines.push(line);
    const clock = () => new Date();
    this.#iam = new Iam({ account: this.account, notify, clock, dataDir: join(dataDir, "iam") });
    const [authenticator, authorizer] = [this.#iam, this.#iam];
    const access = { account: this.account, notify, authenticator, authorizer };
    this.#server = createServer(listenerOf(access));
  }

  /** @param listenerOf makes the API. */
  static async start(listenerOf: (access: ApiAccess) => RequestListener): Promise<ApiLab> {
    const lab = new ApiLab(await mkdtemp(join(tmpdir(), "api-lab-")), listenerOf);
    lab.#port = await listen(lab.#server);
    return lab;
  }

  /** Where the API is. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get administrator(): Credentials {
    return this.#iam.administrator;
  }

  /** A client of the administrator, unless others are named. */
  client<Client extends { destroy(): void }>(
    make: new (config: object) => Client,
    { credentials = this.#iam.administrator, region = this.account.region } = {},
  ): Client {
    const client = new make({ endpoint: this.url, region, credentials, maxAttempts: 1 });
    this.#clients.push(client);
    return client;
  }

  /** Credentials of a role that may do these actions on these resources, on a condition, and nothing else. */
  roleThatMay(
    actions: readonly string[],
    resources: readonly string[],
    condition?: object,
  ): Credentials {
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const name = `role-${this.#clients.length}`;
    const assumeRolePolicy = JSON.stringify({ Statement: trust });
    const { arn: roleArn } = this.#iam.createRole({ name, assumeRolePolicy });
    const Statement = {
      ...{ Effect: "Allow", Action: actions, Resource: resources },
      ...(condition && { Condition: condition }),
    };
    const document = JSON.stringify({ Version: "2012-10-17", Statement });
    this.#iam.attachRolePolicy(name, this.#iam.createPolicy({ name, document }).arn);
    return this.#iam.assumeRole({ roleArn, sessionName: "me", service });
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) {
      client.destroy();
    }
    await close(this.#server);
    await rm(this.dataDir, { recursive: true });
  }
}
