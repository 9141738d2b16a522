// Expands the year 2026 of a calendar file with ical.js, and says what it found and what it cost: for
// BenchmarkYear in internal/ical.
//
//   node build/peers/icaljs.mjs FILE
import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'

const from = Date.UTC(2026, 0, 1) / 1000
const to = Date.UTC(2027, 0, 1) / 1000
const text = readFileSync(process.argv[2], 'utf8')

function expand() {
  let count = 0
  let sum = 0
  const take = (start, length) => {
    if (start < to && start + length > from) {
      count++
      sum += start
    }
  }
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component, { exceptions: [] }) // by itself it searches all events for overrides of each
    void event.summary
    const length = event.duration.toSeconds()
    if (!event.isRecurring()) {
      take(event.startDate.toUnixTime(), length)
      continue
    }
    const next = event.iterator()
    for (let at = next.next(); at && at.toUnixTime() < to; at = next.next()) take(at.toUnixTime(), length)
  }
  return { count, sum }
}

const rounds = text.length < 1 << 20 ? 20 : 1
const began = process.hrtime.bigint()
let found
for (let i = 0; i < rounds; i++) found = expand()
const took = Number(process.hrtime.bigint() - began) / rounds
const held = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0)
console.log(JSON.stringify({ Count: found.count, Sum: found.sum, Took: Math.round(took), Peak: held }))
