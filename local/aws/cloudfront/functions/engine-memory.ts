import type { QuickJSWASMModule } from "quickjs-emscripten-core";

/** What the memory needs of the engine as it was loaded. */
interface LoadedEngine {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** What is copied at a time: parts that were never used stay out. */
const blockBytes = 16 * 1024;

interface Block {
  at: number;
  bytes: Uint8Array;
}

/** The whole memory of one engine, which can be bounded, and put back to what it was. */
export class EngineMemory {
  readonly #engine: LoadedEngine;
  #blocks: readonly Block[] = [];

  constructor(engine: LoadedEngine) {
    this.#engine = engine;
  }

  /** What the engine asks for beyond its memory, it does not get: it is out of memory then. */
  forbidGrowth(module: QuickJSWASMModule): void {
    const memory = module.getWasmMemory() as object;
    Object.defineProperty(memory, "grow", {
      value: () => {
        throw new RangeError("The engine's memory does not grow.");
      },
    });
  }

  /**
   * Leaves `bytes` to the engine. Its own limit counts no more than a few bytes for each allocation,
   * however large it is; so all other memory is taken, without being touched.
   */
  leave(bytes: number): void {
    let largest = 0;
    for (let step = 2 ** 30; step >= 1024; step /= 2) {
      const address = this.#engine._malloc(largest + step);
      if (address !== 0) {
        this.#engine._free(address);
        largest += step;
      }
    }
    if (largest > bytes) {
      this.#engine._malloc(largest - bytes);
    }
  }

  /** Remembers the memory as it is now. */
  save(): void {
    const heap = this.#engine.HEAPU8;
    const blocks: Block[] = [];
    for (let at = 0; at < heap.length; at += blockBytes) {
      const block = Buffer.from(heap.buffer, heap.byteOffset + at, blockBytes);
      if (!block.equals(zeros)) {
        blocks.push({ at, bytes: Uint8Array.from(block) });
      }
    }
    this.#blocks = blocks;
  }

  /** Puts the memory back to what it was when it was saved; what was free then is left as it is. */
  restore(): void {
    const heap = this.#engine.HEAPU8;
    for (const { at, bytes } of this.#blocks) {
      heap.set(bytes, at);
    }
  }
}

const zeros = Buffer.alloc(blockBytes);
