import { isDynamic } from "../engine/dynamic-provider";
import type { DynamicRecord, DynamicRecords } from "../engine/dynamic-records";
import { urnPrefix } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import type { Inventory, InventoryItem } from "./inventory";

/** The dynamic resources of a stack among all that exists in the local cloud. */
export class DynamicInventory implements DynamicRecords {
  readonly #inventory: Inventory;
  readonly #prefix: string;

  constructor(inventory: Inventory, stack: StackIdentity) {
    this.#inventory = inventory;
    this.#prefix = urnPrefix(stack);
  }

  all(): InventoryItem[] {
    return this.#inventory
      .all()
      .filter(({ urn, type }) => isDynamic(type) && urn.startsWith(this.#prefix));
  }

  put({ urn, ...record }: DynamicRecord, replaced?: DynamicRecord): void {
    if (replaced && replaced.urn !== urn) {
      this.remove(replaced);
    }
    const isBeside = !replaced && this.#inventory.withUrn(urn).length > 0;
    const generation = this.#inventory.generationOf(urn) + (isBeside ? 1 : 0);
    this.#inventory.put({ ...record, urn, generation, adoptable: true });
  }

  remove(record: DynamicRecord): void {
    const { type, id, urn } = record;
    const item = this.#inventory.find(type, id, urn);
    if (item) {
      this.#inventory.remove(item);
    }
  }
}
