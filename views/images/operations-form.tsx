import { Button } from "../../local/page/ui/kit";
import type { FieldProblem } from "./api-failure";
import { OperationField } from "./operation-field";
import { type GivenOperations, operationsOf, queryOf, stepGroups, without } from "./rendition-form";
import type { Session } from "./use-session";

interface OperationsFormProps {
  session: Session;
  given: GivenOperations;
  problems: readonly FieldProblem[];
  onChange: (given: GivenOperations) => void;
}

/** What a step is called; the names in the table are those of programs. */
const stepTitles: Readonly<Record<string, string>> = {
  crop: "Crop",
  turn: "Turn",
  resize: "Resize",
  flatten: "Background",
  filter: "Filter",
  watermark: "Watermark",
  encode: "Encode",
};

/** Steps that most people try. */
const openSteps = ["resize", "encode"];

/** All operations that a rendition may be asked for, by the steps in which they are taken. */
export function OperationsForm({ session, given, problems, onChange }: OperationsFormProps) {
  const { presetsOnly } = session.settings;
  return (
    <div class="operations">
      <div class="presets" role="group" aria-label="Presets">
        {session.presets.map(({ name, query }) => (
          <Button
            key={name}
            pressed={queryOf(given) === queryOf(operationsOf(query))}
            onClick={() => {
              onChange(operationsOf(query));
            }}
          >
            {name}
          </Button>
        ))}
        {!presetsOnly && (
          <Button
            kind="quiet"
            onClick={() => {
              onChange({});
            }}
          >
            Clear
          </Button>
        )}
      </div>
      {(presetsOnly ? [] : stepGroups).map(({ step, entries }) => {
        const count = entries.filter(({ name }) => given[name] !== undefined).length;
        return (
          <details key={step} open={openSteps.includes(step) || count > 0}>
            <summary>
              {stepTitles[step] ?? step}
              {count > 0 && <span class="count">{count}</span>}
            </summary>
            {entries.map((entry) => (
              <OperationField
                key={entry.name}
                entry={entry}
                text={given[entry.name]}
                problem={problems.find(({ field }) => field === entry.name)?.problem}
                onChange={(text) => {
                  const others = without(given, entry.name);
                  onChange(text === undefined ? others : { ...others, [entry.name]: text });
                }}
              />
            ))}
          </details>
        );
      })}
    </div>
  );
}
