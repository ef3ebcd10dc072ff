import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Properties } from "../provider/resource";

/** The declaration of an output: its name and its type. */
const declaredOutput = /^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm;

/** The declaration of an input `name` that may be left out. */
const declaredName = /^ {4}name\?: pulumi\.Input<string(?: \| undefined)?>/m;

/**
 * What a provider computes while it creates a resource, by type. Pulumi's engine asks the provider;
 * here the type declarations of the provider's SDK tell: an output that is always there and that no
 * input gave is computed. One thing differs from a real preview: outputs that are optional count as
 * not computed.
 */
export class ComputedOutputs {
  readonly #require: NodeJS.Require;
  readonly #ofTypes = new Map<string, Promise<Properties>>();
  readonly #declarations = new Map<string, Promise<string>>();

  /** @param projectDir the folder from which the program resolves its packages. */
  constructor(projectDir: string) {
    this.#require = createRequire(join(projectDir, "Pulumi.yaml"));
  }

  /** A marker for each output that is not known before the resource exists, given inputs aside. */
  unknownsOf(type: string): Promise<Properties> {
    let unknowns = this.#ofTypes.get(type);
    if (!unknowns) {
      unknowns = this.#read(type);
      this.#ofTypes.set(type, unknowns);
    }
    return unknowns;
  }

  /** Whether a resource of this type has a name that may be left to the provider. */
  async takesName(type: string): Promise<boolean> {
    return declaredName.test(argumentsIn(await this.#declaration(type)));
  }

  async #read(type: string): Promise<Properties> {
    const declaration = await this.#declaration(type);
    const names = [...declaration.matchAll(declaredOutput)]
      .filter(([, , outputType = ""]) => !outputType.endsWith("| undefined"))
      .map(([, name = ""]) => name);
    return Object.fromEntries(["id", ...names].map((name) => [name, unknownValue]));
  }

  async #declaration(type: string): Promise<string> {
    let declaration = this.#declarations.get(type);
    if (!declaration) {
      const file = this.#declarationFile(type);
      declaration = file === undefined ? Promise.resolve("") : readFile(file, "utf8");
      this.#declarations.set(type, declaration);
    }
    return await declaration;
  }

  /**
   * `aws:s3/bucket:Bucket` is declared in `@pulumi/aws/s3/bucket.d.ts`, `awsx:ec2:Vpc` in
   * `@pulumi/awsx/ec2/vpc.d.ts` and `eks:index:Cluster` in `@pulumi/eks/cluster.d.ts`.
   */
  #declarationFile(type: string): string | undefined {
    const [, pkg, module = "", name = ""] = /^(\w[\w-]*):(\w+(?:\/\w+)?):(\w+)$/.exec(type) ?? [];
    if (pkg === undefined) {
      return undefined;
    }
    const file = name.charAt(0).toLowerCase() + name.slice(1);
    const path = module.includes("/") ? module : `${module}/${file}`.replace(/^index\//, "");
    try {
      return this.#require.resolve(`@pulumi/${pkg}/${path}.js`).replace(/js$/, "d.ts");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") {
        return undefined;
      }
      throw error;
    }
  }
}

/** The part of a declaration that tells the inputs of new resources. */
function argumentsIn(declaration: string): string {
  return /^export interface \w+Args \{$[\s\S]*?^\}$/m.exec(declaration)?.[0] ?? "";
}
