// The days between which events are shown: of the form, else of the period, else of the month looked at.

import { plural } from "./format.js";

export function eventDates({ words, state, period }) {
  const [since, until] = [document.getElementById("events-since"), document.getElementById("events-until")];
  const told = document.getElementById("events-told");

  function asked() {
    const { since: first, until: last } = period();
    if (state.month) return { since: first, until: last };
    return { since: state.since ?? first, until: state.until ?? last };
  }

  /** Write the days in the form, and tell whether they can be asked. */
  function show(days) {
    [since.value, until.value] = [days.since, days.until];
    since.disabled = until.disabled = Boolean(state.month);
    if (days.since > days.until) told.textContent = words.events.wrongDates;
    return days.since <= days.until;
  }

  /** Say how many events are shown, and how many are not for want of a place. */
  function say(shown, imprecise) {
    const lines = shown ? [plural(words.events.shown, shown)] : [words.events.none];
    if (imprecise) lines.push(plural(words.events.imprecise, imprecise));
    told.textContent = lines.join(". ");
  }

  /** Have `draw` called after each change of the form, until what this returns is called. */
  function follow(draw) {
    const onDate = () => {
      const whole = period();
      state.since = since.value && since.value !== whole.since ? since.value : null;
      state.until = until.value && until.value !== whole.until ? until.value : null;
      return draw().catch(() => {});
    };
    for (const field of [since, until]) field.addEventListener("change", onDate);
    return () => [since, until].forEach((field) => field.removeEventListener("change", onDate));
  }

  return { asked, show, say, follow };
}
