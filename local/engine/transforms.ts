import {
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { Callbacks } from "./callbacks";
import type { Struct } from "./protobuf";

/** What a transform may look at and, for the last two, change. */
export interface Transformable {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  properties: Struct;
  options: TransformResourceOptions;
}

/**
 * The transforms that the program registered.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export class Transforms {
  readonly #callbacks = new Callbacks();
  readonly #ofStack: Callback[] = [];
  readonly #ofInvokes: Callback[] = [];
  readonly #ofResources = new Map<string, { transforms: Callback[]; parent: string | undefined }>();

  /** Adds a transform of all resources that are registered from now on. */
  addToStack(transform: Callback): void {
    this.#ofStack.push(transform);
  }

  /** Adds a transform of all function calls from now on. */
  addToInvokes(transform: Callback): void {
    this.#ofInvokes.push(transform);
  }

  /** Keeps the transforms of a resource, which hold for its descendants too. */
  addToResource(urn: string, transforms: Callback[], parent: string | undefined): void {
    this.#ofResources.set(urn, { transforms, parent });
  }

  /** Applies a resource's own transforms, then those of its parents from near to far, then the stack's. */
  async transform(resource: Transformable, own: readonly Callback[]): Promise<void> {
    for (const callback of [...own, ...this.#inherited(resource.parent), ...this.#ofStack]) {
      const request = new TransformRequest()
        .setType(resource.type)
        .setName(resource.name)
        .setCustom(resource.custom)
        .setParent(resource.parent ?? "")
        .setProperties(resource.properties)
        .setOptions(resource.options);
      const bytes = await this.#callbacks.call(callback, request.serializeBinary());
      const response = TransformResponse.deserializeBinary(bytes);
      resource.properties = response.getProperties() ?? resource.properties;
      resource.options = response.getOptions() ?? resource.options;
    }
  }

  /** The arguments of a function call after all transforms. */
  async transformInvoke(token: string, args: Struct | undefined): Promise<Struct | undefined> {
    let transformed = args;
    for (const callback of this.#ofInvokes) {
      const request = new TransformInvokeRequest().setToken(token).setArgs(transformed);
      const bytes = await this.#callbacks.call(callback, request.serializeBinary());
      transformed = TransformInvokeResponse.deserializeBinary(bytes).getArgs();
    }
    return transformed;
  }

  close(): void {
    this.#callbacks.close();
  }

  #inherited(parent: string | undefined): Callback[] {
    const found = parent === undefined ? undefined : this.#ofResources.get(parent);
    return found ? [...found.transforms, ...this.#inherited(found.parent)] : [];
  }
}
