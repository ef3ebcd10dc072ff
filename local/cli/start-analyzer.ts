import { Analyzer } from "../engine/analyzer";
import type { AnalyzerOptions } from "../engine/analyzer";
import type { PolicyPack } from "../engine/policy-pack";
import type { Shutdown } from "./shutdown";

interface StartAnalyzerOptions extends Omit<AnalyzerOptions, "pack"> {
  /** It may still have to be built. */
  pack: Promise<PolicyPack>;
}

/** Starts a policy pack that is stopped at the end of the command. */
export function startAnalyzer(
  { pack, ...options }: StartAnalyzerOptions,
  shutdown: Shutdown,
): Promise<Analyzer> {
  const analyzer = pack.then((loaded) => Analyzer.start({ ...options, pack: loaded }));
  const stop = analyzer.then(
    (started) => () => started.stop(),
    // Whoever waits for the pack is told why it did not start; there is nothing to stop.
    () => () => Promise.resolve(),
  );
  shutdown.add(async () => (await stop)());
  return analyzer;
}
