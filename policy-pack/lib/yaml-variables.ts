import type { Variable } from "./environment-variables";

/**
 * The variables in clear of a buildspec in YAML: the block mappings `variables`. Those of `parameter-store` and
 * `secrets-manager` beside these say where secrets are.
 *
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.variables
 */
export function variablesOfYaml(text: string): Variable[] {
  let depth: number | undefined;
  return text.split(/\r?\n/).flatMap((line) => {
    const [, indent = "", rest = ""] = /^( *)(.*)$/.exec(line) ?? [];
    if (rest === "" || rest.startsWith("#")) {
      return [];
    }
    if (depth !== undefined && indent.length > depth) {
      return variableOf(rest);
    }
    depth = /^variables:\s*(#.*)?$/.test(rest) ? indent.length : undefined;
    return [];
  });
}

function variableOf(entry: string): Variable[] {
  const [, name, text = ""] = /^["']?([\w.-]+)["']?:\s+(.+)$/.exec(entry) ?? [];
  if (name === undefined) {
    return [];
  }
  const [, , quoted, plain = ""] = /^(?:(["'])(.*?)\1|(.*?))\s*(?:\s#.*)?$/.exec(text) ?? [];
  return [{ name, value: quoted ?? plain }];
}
