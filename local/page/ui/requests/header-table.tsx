interface HeaderTableProps {
  label: string;
  pairs: readonly (readonly [string, string])[];
}

/** Names and values, of which a name may come several times. */
export function HeaderTable({ label, pairs }: HeaderTableProps) {
  return pairs.length === 0 ? null : (
    <details class="headers" open={pairs.length <= 12}>
      <summary>
        {label} <span class="count">{pairs.length}</span>
      </summary>
      <dl>
        {pairs.map(([name, value], index) => (
          <div key={`${name} ${index}`}>
            <dt>{name}</dt>
            <dd class="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
