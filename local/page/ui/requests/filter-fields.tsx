import type { RequestSummary } from "../../../trace/types";
import { Field, hrefTo, navigate } from "../kit";
import { functionsOf, type RequestFilter, statusClasses } from "./request-filter";

interface FilterFieldsProps {
  filter: RequestFilter;
  /** Of whose functions one can be chosen. */
  requests: readonly RequestSummary[];
}

/** Which requests are listed; what is chosen is in the address. */
export function FilterFields({ filter, requests }: FilterFieldsProps) {
  const { text = "", status = "", functionName = "" } = filter;
  const choose = (change: Record<string, string>) => {
    const query = { text, status, function: functionName, ...change };
    navigate(hrefTo("requests", [], query), { replace: true });
  };
  const names = [...new Set([...functionsOf(requests), functionName])].filter(Boolean);
  return (
    <search class="filter">
      <Field label="Text">
        <input
          type="search"
          value={text}
          placeholder="POST /images"
          onInput={({ currentTarget }) => {
            choose({ text: currentTarget.value });
          }}
        />
      </Field>
      <Field label="Status">
        <select
          value={status}
          onChange={({ currentTarget }) => {
            choose({ status: currentTarget.value });
          }}
        >
          <option value="">any</option>
          {statusClasses.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </Field>
      <Field label="Function">
        <select
          value={functionName}
          onChange={({ currentTarget }) => {
            choose({ function: currentTarget.value });
          }}
        >
          <option value="">any</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </Field>
    </search>
  );
}
