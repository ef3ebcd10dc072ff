import type {
  AnalyzeRequest,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { propertyInAws } from "./native-resource";
import { Properties, ResourceRecord } from "./resource-record";
import { ResourceGraph } from "./resource-graph";

/**
 * What the engine has told in this run. It sends each resource's inputs with the resource's own
 * analysis, before anything is done about it, and all resources' outputs at the end.
 */
export class Run {
  readonly #records = new Map<string, ResourceRecord>();
  readonly #providers = new Map<string, Properties>();
  /** By rule and URN, see {@link tell}. */
  readonly #told = new Set<string>();
  #graph = new ResourceGraph([]);

  /** All resources of the stack, once their analysis together has begun. */
  get graph(): ResourceGraph {
    return this.#graph;
  }

  /** @throws Error for a resource that the engine has not told of. */
  record(urn: string): ResourceRecord {
    const record = this.#records.get(urn);
    if (!record) {
      throw new Error(`${urn} is judged before the engine has told of it`);
    }
    return record;
  }

  /** Keeps what the program declares of a resource. */
  declare(request: AnalyzeRequest): ResourceRecord {
    const record = new ResourceRecord(request.getType(), request.getName(), request.getUrn());
    record.inputs = new Properties(request.getProperties(), record.declaredType).read();
    record.provider = this.#provider(request.getProvider());
    this.#records.set(record.urn, record);
    return record;
  }

  /** Keeps all resources, with their outputs. */
  complete(request: AnalyzeStackRequest): void {
    const completed = new Set(request.getResourcesList().map((one) => this.#completed(one)));
    // The engine sends them in no order; in that of their declaration, reports are the same every time.
    const ordered = [...this.#records.values()].filter((record) => completed.has(record));
    this.#graph = new ResourceGraph(ordered);
  }

  /** Keeps that a rule has spoken of a resource when this was analyzed by itself. */
  tell(rule: string, { urn }: ResourceRecord): void {
    this.#told.add(`${rule} ${urn}`);
  }

  /** Whether a rule has spoken of a resource when this was analyzed by itself. */
  hasTold(rule: string, { urn }: ResourceRecord): boolean {
    return this.#told.has(`${rule} ${urn}`);
  }

  #completed(resource: AnalyzerResource): ResourceRecord {
    const urn = resource.getUrn();
    const record =
      this.#records.get(urn) ?? new ResourceRecord(resource.getType(), resource.getName(), urn);
    record.outputs = new Properties(resource.getProperties(), record.declaredType);
    record.provider ??= this.#provider(resource.getProvider());
    record.parent = resource.getParent();
    record.propertyDependencies = new Map(
      [...resource.getPropertydependenciesMap().entries()].map(([property, sources]) => [
        propertyInAws(record.declaredType, property),
        sources.getUrnsList(),
      ]),
    );
    this.#records.set(urn, record);
    return record;
  }

  /** One for all resources of a provider. */
  #provider(resource: AnalyzerProviderResource | undefined): Properties | undefined {
    if (!resource) {
      return undefined;
    }
    const urn = resource.getUrn();
    const known = this.#providers.get(urn) ?? new Properties(resource.getProperties());
    this.#providers.set(urn, known);
    return known;
  }
}

let current = new Run();

/** The run that the pack serves now. */
export function currentRun(): Run {
  return current;
}

/** Forgets the last run. */
export function startRun(): void {
  current = new Run();
}
