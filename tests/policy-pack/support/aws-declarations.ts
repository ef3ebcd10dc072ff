import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** A property that resources of a type take. */
export interface DeclaredProperty {
  type: string;
  /** Names, from the resource to the property in it. */
  path: string[];
}

interface Member {
  name: string;
  /** How it is declared, such as `pulumi.Input<boolean | undefined>`. */
  declaration: string;
}

const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));

/** The properties of the installed `@pulumi/aws`, at any depth, of which `accepts` takes the name. */
export function declaredProperties(accepts: (name: string) => boolean): DeclaredProperty[] {
  const parts = partsByName(readFileSync(path.join(sdk, "types/input.d.ts"), "utf8"));

  function below(members: readonly Member[], seen: readonly string[]): string[][] {
    return members.flatMap(({ name, declaration }) => {
      const [, part = ""] = /inputs\.([\w.]+)/.exec(declaration) ?? [];
      // Some parts are in themselves, as actions that are made of actions.
      const inner = seen.includes(part) ? [] : below(parts.get(part) ?? [], [...seen, part]);
      return [...(accepts(name) ? [[name]] : []), ...inner.map((rest) => [name, ...rest])];
    });
  }

  return globSync("*/*.js", { cwd: sdk })
    .sort()
    .flatMap((file) => {
      const source = readFileSync(path.join(sdk, file), "utf8");
      const [, type] = /static __pulumiType = '(aws:[^']+)'/.exec(source) ?? [];
      return type === undefined
        ? []
        : below(argumentsOf(type, file), []).map((found) => ({ type, path: found }));
    });
}

/** What the constructor of a resource takes. */
function argumentsOf(type: string, file: string): Member[] {
  const declarations = readFileSync(path.join(sdk, file.replace(/\.js$/, ".d.ts")), "utf8");
  const [, body = ""] = declarations.split(`export interface ${type.split(":")[2] ?? ""}Args {\n`);
  return membersOf(body, 4);
}

/** Members of the parts of resources, by names such as `ec2.InstanceRootBlockDevice`. */
function partsByName(declarations: string): Map<string, Member[]> {
  const parts = new Map<string, Member[]>();
  for (const namespace of declarations.split(/^export declare namespace /m).slice(1)) {
    const [module = ""] = namespace.split(" ", 1);
    for (const body of namespace.split(/^ {4}interface /m).slice(1)) {
      const [name = ""] = body.split(" ", 1);
      parts.set(`${module}.${name}`, membersOf(body, 8));
    }
  }
  return parts;
}

function membersOf(body: string, indent: number): Member[] {
  return [...body.matchAll(new RegExp(`^ {${String(indent)}}(\\w+)\\??: (.*)$`, "gm"))].map(
    ([, name = "", declaration = ""]) => ({ name, declaration }),
  );
}
