import type { EngineResource, ResourceProvider } from "../../../local/engine/resource-provider";
import type { Properties, ResourceState } from "../../../local/provider/resource";

/** Creates `Thing`s, and remembers what it was asked for. */
export class FakeProvider implements ResourceProvider {
  readonly created: EngineResource[] = [];
  readonly invoked: { token: string; args: Properties }[] = [];

  emulates(type: string): boolean {
    return type === "test:index/thing:Thing";
  }

  create(resource: EngineResource): Promise<ResourceState> {
    this.created.push(resource);
    if (resource.inputs.broken === true) {
      return Promise.reject(new Error("it is broken"));
    }
    return Promise.resolve({
      id: `id-${resource.name}`,
      outputs: { size: 7, ...resource.inputs, arn: `arn:${resource.name}`, token: "t0ken" },
      secretOutputs: ["token"],
    });
  }

  invoke(token: string, args: Properties): Promise<Properties> {
    this.invoked.push({ token, args });
    return token === "test:index:fail"
      ? Promise.reject(new Error("no such function"))
      : Promise.resolve({ args });
  }

  /** The inputs that the resource of this name was created with. */
  inputsOf(name: string): Properties | undefined {
    return this.created.find((resource) => resource.name === name)?.inputs;
  }
}
