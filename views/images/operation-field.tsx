import type { Argument, OperationEntry } from "../../handlers/renditions/operations";
import { operationTexts } from "../../handlers/renditions/operation-texts";
import { NumberInput } from "./number-input";
import { joinArguments, rangeOf, wayOf, waysOf } from "./rendition-form";

interface OperationFieldProps {
  entry: OperationEntry;
  /** What is given, if anything is. */
  text: string | undefined;
  /** What is wrong with it. */
  problem: string | undefined;
  onChange: (text: string | undefined) => void;
}

/** What can be given of one operation, with what is said of it. */
export function OperationField({ entry, text, problem, onChange }: OperationFieldProps) {
  const id = `operation-${entry.name}`;
  const way = wayOf(entry, text);
  const isOneOfWays = waysOf(entry).length > 1;
  const parts = (text ?? "").split(",");
  const described = `${id}-text${problem === undefined ? "" : ` ${id}-problem`}`;
  return (
    <div
      class={`operation ${text === undefined ? "" : "operation-given"}`}
      role="group"
      aria-labelledby={`${id}-name`}
      aria-describedby={described}
    >
      <code id={`${id}-name`}>{entry.name}</code>
      <div class="operation-inputs">
        {isOneOfWays && <Ways entry={entry} way={way} onChange={onChange} />}
        {way.map((argument, index) => (
          <ArgumentInput
            key={argument.name}
            label={argument.name === undefined ? entry.name : `${entry.name} ${argument.name}`}
            argument={argument}
            value={parts[index] ?? ""}
            unset={entry.default ?? ""}
            isInvalid={problem !== undefined}
            onChange={(value) => {
              const all = way.map((_, each) => (each === index ? value : (parts[each] ?? "")));
              onChange(joinArguments(all, isOneOfWays));
            }}
          />
        ))}
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} class="problem">
          {entry.name} {problem}
        </p>
      )}
      <p id={`${id}-text`} class="operation-text">
        <Description text={operationTexts[entry.name].description} />
      </p>
    </div>
  );
}

/** Which of several ways an operation is given in: each has another number of arguments. */
function Ways({
  entry,
  way,
  onChange,
}: Pick<OperationFieldProps, "entry" | "onChange"> & { way: readonly Argument[] }) {
  const ways = waysOf(entry);
  return (
    <select
      aria-label={`How ${entry.name} is given`}
      value={ways.indexOf(way)}
      onChange={({ currentTarget }) => {
        const chosen = ways[Number(currentTarget.value)] ?? [];
        onChange(chosen.length > 1 ? chosen.map(middleOf).join(",") : undefined);
      }}
    >
      {ways.map((each, index) => (
        <option key={index} value={index}>
          {each.length > 1 ? each.map(({ name }) => name).join(", ") : "by name"}
        </option>
      ))}
    </select>
  );
}

/** Where a range is begun to be tried. */
function middleOf(argument: Argument): string {
  return "max" in argument ? String((argument.min + argument.max) / 2) : "";
}

interface ArgumentInputProps {
  label: string;
  argument: Argument;
  value: string;
  /** What it is without being given; empty if nobody can say. */
  unset: string;
  isInvalid: boolean;
  onChange: (value: string) => void;
}

function ArgumentInput({ label, argument, value, unset, isInvalid, onChange }: ArgumentInputProps) {
  const shared = { "aria-label": label, "aria-invalid": isInvalid, title: rangeOf(argument) };
  const take = ({ currentTarget }: { currentTarget: { value: string } }) => {
    onChange(currentTarget.value);
  };
  switch (argument.type) {
    case "whole":
    case "decimal":
      return (
        <NumberInput
          {...shared}
          min={argument.min}
          max={argument.max}
          step={argument.type === "whole" ? 1 : "any"}
          placeholder={unset || (argument.name ?? rangeOf(argument))}
          value={value}
          onChange={onChange}
        />
      );
    case "choice":
      return (
        <select {...shared} value={value} onChange={take}>
          <option value="">{unset ? `${unset}, by default` : "–"}</option>
          {argument.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case "flag":
      return (
        <input
          {...shared}
          type="checkbox"
          checked={value === "true"}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked ? "true" : "");
          }}
        />
      );
    case "colour":
      return <ColourInput shared={shared} value={value} unset={unset} onChange={onChange} />;
  }
}

/** A colour by its digits, or by the browser's own way to choose one. */
function ColourInput({
  shared,
  value,
  unset,
  onChange,
}: Pick<ArgumentInputProps, "value" | "unset" | "onChange"> & { shared: Record<string, unknown> }) {
  const label = String(shared["aria-label"]);
  return (
    <>
      <input
        {...shared}
        value={value}
        placeholder={unset}
        maxLength={9}
        spellcheck={false}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value.replace("#", ""));
        }}
      />
      <input
        type="color"
        aria-label={`${label}, from a palette`}
        value={`#${/^[0-9a-f]{6}/.exec(value)?.[0] ?? unset}`}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value.slice(1));
        }}
      />
    </>
  );
}

/** A text in which names stand between backticks. */
function Description({ text }: { text: string }) {
  return (
    <>
      {text
        .split("`")
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </>
  );
}
