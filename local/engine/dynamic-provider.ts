import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import type { requestCallback } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type {
  CheckResponse,
  CreateResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../provider/resource";
import { hostEnvironment } from "./host-environment";
import { structOf } from "./properties";
import type { Struct } from "./protobuf";
import { channelOptions } from "./rpc";
import { quickSdk } from "./sdk-preload";
import { startServing } from "./serving-process";
import type { ServingProcess } from "./serving-process";
import type { StackConfig } from "./stack-config";

export interface DynamicProviderOptions {
  project: string;
  config: StackConfig;
  /** The program's folder, in which its packages are found. */
  programDir: string;
  /** Called with each line that the program's providers print. */
  onLine: (line: string) => void;
}

/** A resource as its provider is told of it. All properties are in the form in which they travel, without secrets. */
export interface DynamicResource {
  type: string;
  name: string;
  urn: string;
  inputs: Properties;
}

/** What exists of a resource. */
export interface DynamicState {
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** What is wrong with an input, or with all of them where none is named. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** What a provider says of the way from a resource's state to its new inputs. */
export interface DynamicDiff {
  /** Absent where the provider does not say. */
  changes?: boolean;
  /** Whether another resource has to take its place. */
  replace: boolean;
  deleteBeforeReplace: boolean;
}

/** Whether resources of a type are made by code of the program itself. */
export function isDynamic(type: string): boolean {
  return type.startsWith("pulumi-nodejs:");
}

/**
 * Runs the providers that the program brings along as serialized code, in the process that Pulumi's SDK
 * has for them. Each method throws the error of the provider.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
export class DynamicProvider {
  readonly #process: ServingProcess;
  readonly #client: ResourceProviderClient;

  private constructor(process: ServingProcess) {
    this.#process = process;
    this.#client = new ResourceProviderClient(
      process.address,
      credentials.createInsecure(),
      channelOptions,
    );
  }

  /** @throws ConfigurationError when the process does not start. */
  static async start(options: DynamicProviderOptions): Promise<DynamicProvider> {
    const { programDir, project, config } = options;
    const requireFromProject = createRequire(join(programDir, "Pulumi.yaml"));
    const provider = new DynamicProvider(
      await startServing({
        args: [
          ...quickSdk,
          requireFromProject.resolve("@pulumi/pulumi/cmd/dynamic-provider"),
          // The engine's address is asked for and passed over.
          "none",
        ],
        dir: programDir,
        env: {
          ...hostEnvironment(programDir),
          PULUMI_NODEJS_PROJECT: project,
          PULUMI_PROJECT: project,
        },
        subject: "The process for dynamic providers",
        onLine: options.onLine,
      }),
    );
    const request = new ConfigureRequest().setArgs(structOf(config.values));
    await provider.#call((client, callback) => client.configure(request, callback));
    return provider;
  }

  /** @param olds the inputs of what exists. */
  async check(
    { urn, type, name, inputs }: DynamicResource,
    olds: Properties,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }> {
    const request = new CheckRequest()
      .setUrn(urn)
      .setType(type)
      .setName(name)
      .setOlds(structOf(olds))
      .setNews(structOf(inputs));
    const response = await this.#call<CheckResponse>((client, callback) =>
      client.check(request, callback),
    );
    return {
      inputs: propertiesOf(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(
    resource: DynamicResource,
    state: DynamicState,
    ignoreChanges: string[],
  ): Promise<DynamicDiff> {
    const request = changeOf(new DiffRequest(), resource, state, ignoreChanges);
    const response = await this.#call<DiffResponse>((client, callback) =>
      client.diff(request, callback),
    );
    const { DIFF_UNKNOWN, DIFF_SOME } = DiffResponse.DiffChanges;
    const changes = response.getChanges();
    return {
      changes: changes === DIFF_UNKNOWN ? undefined : changes === DIFF_SOME,
      replace: response.getReplacesList().length > 0,
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create({ urn, type, name, inputs }: DynamicResource): Promise<DynamicState> {
    const request = new CreateRequest()
      .setUrn(urn)
      .setType(type)
      .setName(name)
      .setProperties(structOf(inputs));
    const response = await this.#call<CreateResponse>((client, callback) =>
      client.create(request, callback),
    );
    const id = response.getId();
    if (id === "") {
      throw new Error(`plugin returned empty resource.ID from create '${urn}'`);
    }
    return { id, inputs, outputs: propertiesOf(response.getProperties()) };
  }

  async update(
    resource: DynamicResource,
    state: DynamicState,
    ignoreChanges: string[],
  ): Promise<DynamicState> {
    const request = changeOf(new UpdateRequest(), resource, state, ignoreChanges);
    const response = await this.#call<UpdateResponse>((client, callback) =>
      client.update(request, callback),
    );
    const { inputs } = resource;
    return { id: state.id, inputs, outputs: propertiesOf(response.getProperties()) };
  }

  async delete(
    { urn, type, name }: Omit<DynamicResource, "inputs">,
    { id, inputs, outputs }: DynamicState,
  ): Promise<void> {
    const request = new DeleteRequest()
      .setId(id)
      .setUrn(urn)
      .setType(type)
      .setName(name)
      .setOldInputs(structOf(inputs))
      .setProperties(structOf(outputs));
    await this.#call((client, callback) => client.delete(request, callback));
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    this.#client.close();
    await this.#process.stop();
  }

  async #call<Response>(
    send: (client: ResourceProviderClient, callback: requestCallback<Response>) => unknown,
  ): Promise<Response> {
    return await new Promise((resolve, reject) => {
      send(this.#client, (error, response) => {
        if (response !== undefined && !error) {
          resolve(response);
        } else {
          reject(new Error(error?.details ?? "no answer"));
        }
      });
    });
  }
}

function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Tells a provider, in a request about a change, what there is and what there is to be. */
function changeOf<Request extends DiffRequest | UpdateRequest>(
  request: Request,
  { urn, type, name, inputs }: DynamicResource,
  old: DynamicState,
  ignoreChanges: string[],
): Request {
  request.setId(old.id);
  request.setUrn(urn);
  request.setType(type);
  request.setName(name);
  request.setOldInputs(structOf(old.inputs));
  request.setOlds(structOf(old.outputs));
  request.setNews(structOf(inputs));
  request.setIgnorechangesList(ignoreChanges);
  return request;
}
