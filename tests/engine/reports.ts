import type { Judgement } from "../../local/engine/undecided";

/** What policies say, each report in one text: level, policy, resource and message. In no order. */
export interface Reports {
  violations: string[];
  /** What cannot be judged before the deployment. */
  undecided: string[];
}

/** The parts of an engine's event that a policy's report is made of. */
interface EngineEvent {
  policyEvent?: {
    enforcementLevel: string;
    policyName: string;
    resourceUrn?: string;
    message: string;
  };
}

type Report = Pick<Judgement["violations"][number], "level" | "policy" | "urn" | "message">;

/** How the SDK begins to say that a policy needs a value that is not known. */
const undecided =
  /^can't run policy '[^']*' from policy pack 'darkroom@v[^']*' during preview: (?=not known before the deployment: )/m;

/** The reports in what `--event-log` or `policy analyze --json` writes: an event in each line. */
export function engineReports(lines: string): Reports {
  const reports: Reports = { violations: [], undecided: [] };
  for (const line of lines.split("\n").filter((text) => text.startsWith("{"))) {
    const { policyEvent } = JSON.parse(line) as EngineEvent;
    if (policyEvent) {
      const { enforcementLevel: level, policyName: policy, resourceUrn: urn = "" } = policyEvent;
      const [, reason] = policyEvent.message.split(undecided);
      const report = textOf({ level, policy, urn, message: reason ?? policyEvent.message });
      (reason === undefined ? reports.violations : reports.undecided).push(report);
    }
  }
  return sorted(reports);
}

/** The reports of the stand-in in the same form. */
export function standInReports(judgement: Judgement): Reports {
  return sorted({
    violations: judgement.violations.map(textOf),
    undecided: judgement.undecided.map(textOf),
  });
}

function textOf({ level, policy, urn, message }: { [Key in keyof Report]: string }): string {
  return [`[${level}] ${policy} (${urn})`, message.trim()].join("\n");
}

function sorted({ violations, undecided: others }: Reports): Reports {
  return { violations: violations.sort(), undecided: others.sort() };
}
