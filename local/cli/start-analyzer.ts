import { Analyzer } from "../engine/analyzer";
import type { AnalyzerOptions } from "../engine/analyzer";
import type { Shutdown } from "./shutdown";

/** Starts a policy pack that is stopped at the end of the command. */
export function startAnalyzer(options: AnalyzerOptions, shutdown: Shutdown): Promise<Analyzer> {
  const analyzer = Analyzer.start(options);
  const stop = analyzer.then(
    (started) => () => started.stop(),
    // Whoever waits for the pack is told why it did not start; there is nothing to stop.
    () => () => Promise.resolve(),
  );
  shutdown.add(async () => (await stop)());
  return analyzer;
}
