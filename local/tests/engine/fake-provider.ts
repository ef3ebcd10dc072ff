import type { EngineResource, ResourceProvider } from "../../engine/resource-provider";
import type { PlannedResource, Properties } from "../../provider/resource";

/** Plans and creates `Thing`s, and remembers what it was asked for. */
export class FakeProvider implements ResourceProvider {
  readonly planned: EngineResource[] = [];
  /** Names of resources. */
  readonly created: string[] = [];
  readonly invoked: { token: string; args: Properties }[] = [];

  serves(pkg: string): boolean {
    return pkg === "test";
  }

  emulates(type: string): boolean {
    return type === "test:index/thing:Thing";
  }

  check({ inputs }: Pick<EngineResource, "inputs">): string[] {
    return "refused" in inputs ? [`refused: ${String(inputs.refused)}`] : [];
  }

  plan(resource: EngineResource): Promise<PlannedResource> {
    const { name, inputs } = resource;
    this.planned.push(resource);
    if (inputs.wrong === true) {
      return Promise.reject(new Error("it is wrong"));
    }
    return Promise.resolve({
      id: `id-${name}`,
      outputs: { size: 7, ...inputs, arn: `arn:${name}`, token: "t0ken" },
      secretOutputs: ["token"],
      create: () => {
        if (inputs.broken === true) {
          throw new Error("it is broken");
        }
        this.created.push(name);
      },
    });
  }

  invoke(token: string, args: Properties): Promise<Properties> {
    this.invoked.push({ token, args });
    return token === "test:index:fail"
      ? Promise.reject(new Error("no such function"))
      : Promise.resolve({ args });
  }

  /** The inputs that the resource of this name was planned with. */
  inputsOf(name: string): Properties | undefined {
    return this.planned.find((resource) => resource.name === name)?.inputs;
  }
}
