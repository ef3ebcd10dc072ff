import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { hookMoments } from "./registered-resource";
import type { HookNames, ResourceOptions } from "./registered-resource";
import { given } from "./rpc";
import { makeUrn } from "./urn";
import type { StackIdentity } from "./urn";

/** The options of a request in the form in which transforms take and return them. */
export function requestedOptions(request: RegisterResourceRequest): TransformResourceOptions {
  const options = new TransformResourceOptions()
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setAliasesList(request.getAliasesList())
    .setCustomTimeouts(request.getCustomtimeouts())
    .setDeletedWith(request.getDeletedwith())
    .setDependsOnList(request.getDependenciesList())
    .setHooks(request.getHooks())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setImport(request.getImportid())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setProvider(request.getProvider())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setVersion(request.getVersion());
  const protect = request.getProtect();
  if (protect !== undefined) {
    options.setProtect(protect);
  }
  const retainOnDelete = request.getRetainondelete();
  if (retainOnDelete !== undefined) {
    options.setRetainOnDelete(retainOnDelete);
  }
  if (request.getDeletebeforereplacedefined()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  for (const [name, reference] of request.getProvidersMap().entries()) {
    options.getProvidersMap().set(name, reference);
  }
  return options;
}

/** The options as they are recorded with the resource. */
export function recordedOptions(
  options: TransformResourceOptions,
  aliases: string[],
): ResourceOptions {
  const timeouts = options.getCustomTimeouts();
  return {
    aliases,
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    customTimeouts: {
      create: given(timeouts?.getCreate()),
      update: given(timeouts?.getUpdate()),
      delete: given(timeouts?.getDelete()),
    },
    deletedWith: given(options.getDeletedWith()),
    deleteBeforeReplace: options.hasDeleteBeforeReplace()
      ? options.getDeleteBeforeReplace()
      : undefined,
    hooks: hookNames(options.getHooks()),
    ignoreChanges: options.getIgnoreChangesList(),
    import: given(options.getImport()),
    protect: options.getProtect() ?? false,
    replaceOnChanges: options.getReplaceOnChangesList(),
    retainOnDelete: options.getRetainOnDelete() ?? false,
  };
}

function hookNames(binding: ReturnType<TransformResourceOptions["getHooks"]>): HookNames {
  const lists = binding?.toObject();
  const named = hookMoments.map((moment) => [moment, lists?.[`${moment}List`] ?? []] as const);
  return Object.fromEntries(named.filter(([, names]) => names.length > 0));
}

/** Where an alias leaves a part out, the resource's own counts. */
export interface AliasDefaults extends StackIdentity {
  type: string;
  name: string;
  parent: string | undefined;
}

/** The URN that an alias stands for. */
export function aliasUrn(alias: Alias, own: AliasDefaults): string {
  const spec = alias.getSpec();
  if (!spec) {
    return alias.getUrn();
  }
  return makeUrn(
    {
      stack: given(spec.getStack()) ?? own.stack,
      project: given(spec.getProject()) ?? own.project,
    },
    given(spec.getType()) ?? own.type,
    given(spec.getName()) ?? own.name,
    spec.getNoparent() ? undefined : (given(spec.getParenturn()) ?? own.parent),
  );
}
