import type { AlarmInfo } from "../../api/types";
import { Badge, Empty, Time, type Tone } from "../kit";

const tones: Readonly<Record<string, Tone>> = { OK: "good", ALARM: "bad" };

/** Those that sound stand first. */
const order = ["ALARM", "INSUFFICIENT_DATA", "OK"];

/** The alarms, their states, and why they are so. */
export function Alarms({ alarms }: { alarms: readonly AlarmInfo[] }) {
  if (alarms.length === 0) {
    return <Empty title="The stack has no alarms" />;
  }
  const sorted = alarms.toSorted(
    (one, other) => order.indexOf(one.state) - order.indexOf(other.state),
  );
  return (
    <ul class="alarms">
      {sorted.map((alarm) => (
        <li key={alarm.name} class="card">
          <Alarm {...alarm} />
        </li>
      ))}
    </ul>
  );
}

function Alarm({ name, description, state, reason, since, condition, dimensions }: AlarmInfo) {
  return (
    <>
      <p class="alarm-head">
        <Badge tone={tones[state]}>{state === "INSUFFICIENT_DATA" ? "no data yet" : state}</Badge>
        <strong>{name}</strong>
        {since !== undefined && (
          <span class="muted">
            <Time at={since} />
          </span>
        )}
      </p>
      {description !== undefined && <p>{description}</p>}
      <dl class="facts">
        <dt>Why</dt>
        <dd>{reason}</dd>
        <dt>Alarm if</dt>
        <dd>{condition}</dd>
        {Object.entries(dimensions).map(([dimension, value]) => (
          <div key={dimension} class="fact">
            <dt>{dimension}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
