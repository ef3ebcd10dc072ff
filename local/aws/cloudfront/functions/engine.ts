import type { QuickJSSyncVariant, QuickJSWASMModule } from "quickjs-emscripten-core";
import { EngineMemory } from "./engine-memory";

type Imported = Awaited<ReturnType<QuickJSSyncVariant["importModuleLoader"]>>;
type Loader = Extract<Imported, (...given: never[]) => unknown>;

/** QuickJS in WebAssembly, and the memory that it runs in. */
export interface Engine {
  module: QuickJSWASMModule;
  memory: EngineMemory;
}

/** A new engine, which shares nothing with others. */
export async function newEngine(): Promise<Engine> {
  // Loaded with the first function: most programs have none.
  const [{ newQuickJSWASMModuleFromVariant }, release] = await Promise.all([
    import("quickjs-emscripten-core"),
    import("@jitl/quickjs-wasmfile-release-sync"),
  ]);
  const variant = variantIn(release.default);
  let memory: EngineMemory | undefined;
  const importModuleLoader = async (): Promise<Loader> => {
    const load = loaderIn(await variant.importModuleLoader());
    return async (options) => {
      const loaded = await load(options);
      memory = new EngineMemory(loaded);
      return loaded;
    };
  };
  const module = await newQuickJSWASMModuleFromVariant({ ...variant, importModuleLoader });
  if (memory === undefined) {
    throw new Error("The engine was loaded without its memory.");
  }
  memory.forbidGrowth(module);
  return { module, memory };
}

function variantIn(
  imported: QuickJSSyncVariant | { default: QuickJSSyncVariant },
): QuickJSSyncVariant {
  return "default" in imported ? imported.default : imported;
}

/** Node wraps the export of a module in one or two objects, by the kinds of both modules. */
function loaderIn(imported: Imported): Loader {
  if (typeof imported === "function") {
    return imported;
  }
  return typeof imported.default === "function" ? imported.default : imported.default.default;
}
