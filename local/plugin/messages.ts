import {
  CheckFailure,
  CheckResponse,
  DiffResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { hasSecret, structOf } from "../engine/properties";
import type { Struct } from "../engine/protobuf";
import { inputOf, isFile } from "../provider/diff";
import type { Difference } from "../provider/diff";
import type { Properties } from "../provider/resource";

/** Properties of a message in the form in which they travel. */
export function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Marks as secret the properties that `names` has, and those that are secret in `like`. */
export function markSecrets(
  properties: Properties,
  like: Properties,
  names: readonly string[] = [],
): Properties {
  const isMarked = (name: string) => names.includes(name) || hasSecret(like[name]);
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      isMarked(name) && !hasSecret(value) ? { [specialSigKey]: specialSecretSig, value } : value,
    ]),
  );
}

/** Assets and archives as the engine knows them, which the local cloud keeps in its own way. */
export function keepFiles(properties: Properties, like: Properties): Properties {
  const files = Object.entries(like).filter(([name, value]) => name in properties && isFile(value));
  return { ...properties, ...Object.fromEntries(files) };
}

/** @param problems what is wrong with the inputs. */
export function checkResponse(inputs: Properties, problems: readonly string[] = []): CheckResponse {
  return new CheckResponse()
    .setInputs(structOf(inputs))
    .setFailuresList(problems.map((problem) => new CheckFailure().setReason(problem)));
}

const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
} as const;

export function diffResponse({ changes, deleteBeforeReplace }: Difference): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const inputs = (paths: string[]) => [...new Set(paths.map(inputOf))];
  const response = new DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(inputs(changes.map(({ path }) => path)))
    .setReplacesList(inputs(changes.filter((change) => change.replaces).map(({ path }) => path)))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    const detail = new PropertyDiff().setKind(kinds[kind][replaces ? 1 : 0]).setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}
