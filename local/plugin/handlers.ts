import { isDeepStrictEqual } from "node:util";
import { status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type { ComputedOutputs } from "../engine/computed-outputs";
import { fromStruct, structOf, toStruct, withoutSecrets } from "../engine/properties";
import { Empty } from "../engine/protobuf";
import { RpcError, unary } from "../engine/rpc";
import { nameOf, typeOf } from "../engine/urn";
import { messageOf } from "../message-of";
import { namingRule } from "../provider/auto-name";
import { computedAnew } from "../provider/computed-anew";
import { difference } from "../provider/diff";
import type { LocalProvider } from "../provider/local-provider";
import type { ManagedResources, ManagedState } from "../provider/managed-resources";
import type { Properties } from "../provider/resource";
import { withName } from "./generated-name";
import { checkResponse, diffResponse, keepFiles, markSecrets, propertiesOf } from "./messages";

export interface PluginOptions {
  provider: LocalProvider;
  resources: ManagedResources;
  computed: ComputedOutputs;
  /** The version of the provider that it stands in for. */
  version: string;
}

/**
 * The service by which Pulumi's engine creates, changes, reads and deletes resources. What is missing
 * here answers UNIMPLEMENTED.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
 */
export function pluginHandlers(options: PluginOptions) {
  return {
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(options.version)),
    checkConfig: unary((request: CheckRequest) => checkResponse(propertiesOf(request.getNews()))),
    diffConfig: unary(() => new DiffResponse().setChanges(DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(() => new ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),
    check: unary((request: CheckRequest) => check(options, request)),
    diff: unary((request: DiffRequest) => diff(options, request)),
    create: unary((request: CreateRequest) => create(options, request)),
    update: unary((request: UpdateRequest) => update(options, request)),
    delete: unary((request: DeleteRequest) => remove(options, request)),
    read: unary((request: ReadRequest) => read(options, request)),
    invoke: unary((request: InvokeRequest) => invoke(options, request)),
    construct: unary(() => {
      throw new RpcError(
        status.UNIMPLEMENTED,
        "the local cloud's provider has no components of its own",
      );
    }),
  };
}

/** Gives a resource its name, and says what is wrong with its inputs as far as they are known. */
async function check({ resources, computed }: PluginOptions, request: CheckRequest) {
  const urn = request.getUrn();
  const type = typeOf(urn);
  const rule = namingRule(type, await computed.takesName(type));
  try {
    const inputs = rule
      ? withName(request, rule, resources.randomCharacters(urn, rule.property), (name) =>
          resources.originOf(type, rule.property, name),
        )
      : propertiesOf(request.getNews());
    return checkResponse(inputs, await resources.check({ type, urn, inputs }));
  } catch (error) {
    return checkResponse(propertiesOf(request.getNews()), [messageOf(error)]);
  }
}

function diff({ resources }: PluginOptions, request: DiffRequest): DiffResponse {
  const before = withoutSecrets(propertiesOf(request.getOldInputs())) as Properties;
  const after = withoutSecrets(propertiesOf(request.getNews())) as Properties;
  const urn = request.getUrn();
  const type = typeOf(urn);
  const property = namingRule(type, true)?.property;
  const origin =
    property === undefined ? undefined : resources.originOf(type, property, before[property]);
  return diffResponse(difference(type, before, after, nameOf(origin ?? urn)));
}

async function create({ resources, computed }: PluginOptions, request: CreateRequest) {
  const urn = request.getUrn();
  const type = typeOf(urn);
  const inputs = propertiesOf(request.getProperties());
  if (request.getPreview()) {
    const unknowns = { ...(await computed.unknownsOf(type)) };
    delete unknowns.id;
    return new CreateResponse().setProperties(structOf({ ...unknowns, ...inputs }));
  }
  const state = await resources.create({ type, urn, inputs });
  return new CreateResponse().setId(state.id).setProperties(structOf(outputsOf(state, inputs)));
}

async function update({ resources, computed }: PluginOptions, request: UpdateRequest) {
  const urn = request.getUrn();
  const type = typeOf(urn);
  const inputs = propertiesOf(request.getNews());
  if (request.getPreview()) {
    const unknowns = await computed.unknownsOf(type);
    return new UpdateResponse().setProperties(structOf(plannedOutputs(request, inputs, unknowns)));
  }
  const state = await resources.update(request.getId(), { type, urn, inputs });
  return new UpdateResponse().setProperties(structOf(outputsOf(state, inputs)));
}

/**
 * What was computed, or filled in where inputs stay the same, stays as it is, unless the change is known to
 * have it computed anew; the real provider plans the same.
 */
function plannedOutputs(
  request: UpdateRequest,
  inputs: Properties,
  unknowns: Properties,
): Properties {
  const before = propertiesOf(request.getOldInputs());
  const kept = Object.entries(propertiesOf(request.getOlds())).filter(([name]) =>
    isDeepStrictEqual(before[name], inputs[name]),
  );
  const anew = computedAnew(typeOf(request.getUrn()), before, inputs);
  const { tags } = inputs;
  return {
    ...inputs,
    ...Object.fromEntries(kept),
    ...Object.fromEntries(anew.map((name) => [name, unknowns[name]])),
    ...("tags" in before || tags !== undefined ? { tagsAll: tags ?? {} } : {}),
  };
}

async function remove({ resources }: PluginOptions, request: DeleteRequest) {
  const urn = request.getUrn();
  await resources.remove(typeOf(urn), request.getId(), urn);
  return new Empty();
}

/** Also an import, which gives no more than an id. */
async function read({ resources }: PluginOptions, request: ReadRequest) {
  const urn = request.getUrn();
  const state = await resources.read(typeOf(urn), request.getId(), urn);
  if (!state) {
    return new ReadResponse();
  }
  const known = propertiesOf(request.getInputs());
  return new ReadResponse()
    .setId(state.id)
    .setInputs(structOf(markSecrets(keepFiles(state.inputs, known), known)))
    .setProperties(structOf(outputsOf(state, known)));
}

async function invoke({ provider }: PluginOptions, request: InvokeRequest) {
  const { values } = fromStruct(request.getArgs());
  const result = await provider.invoke(request.getTok(), values);
  return new InvokeResponse().setReturn(await toStruct(result));
}

function outputsOf({ outputs, secretOutputs }: ManagedState, inputs: Properties): Properties {
  return markSecrets(keepFiles(outputs, inputs), inputs, secretOutputs);
}
