// Reads what `go test -bench` prints, shows it as it comes, and sums it up: a table of every figure, and the
// same in build/bin/bench.json.
//
//   go test -run '^$' -bench . ... | node build/bench.mjs
//
// A unit that ends in <= and a number names its limit. A figure over its limit is shown, and nothing fails:
// on a machine that does other things meanwhile it says little.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'

// pressure is how much of the last minute something waited for a processor, in percent.
function pressure() {
  try {
    return Number(/avg60=([\d.]+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))[1])
  } catch {
    return null // this system does not tell
  }
}

const figures = []
let failed = false
let most = pressure()
for await (const line of createInterface({ input: process.stdin })) {
  console.log(line)
  if (/^(FAIL|--- FAIL|panic:)/.test(line)) failed = true
  const found = /^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$/.exec(line)
  if (!found) continue
  most = Math.max(most, pressure())
  const fields = found[2].trim().split(/\s+/)
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [unit, limit] = fields[i + 1].split('<=')
    const value = Number(fields[i])
    figures.push({ of: found[1], unit, value, ...(limit && { limit: Number(limit), met: value <= Number(limit) }) })
  }
}

const limited = figures.filter((f) => f.limit !== undefined)
const over = limited.filter((f) => !f.met)
const rows = [['measured', 'unit', 'value', 'limit', ''], ...figures.map((f) => [f.of, f.unit, String(f.value), f.limit === undefined ? '' : String(f.limit), f.limit === undefined ? '' : f.met ? 'met' : 'OVER'])]
const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)))
console.log()
for (const row of rows) console.log(row.map((cell, i) => (i === 2 || i === 3 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd())
console.log(`\n${limited.length} figures have a limit, ${over.length} are over it.`)
if (most !== null) console.log(`Others waited for a processor up to ${most} % of a minute meanwhile${most > 20 ? ': the figures are those of a busy machine' : ''}.`)

writeFileSync('build/bin/bench.json', JSON.stringify({ at: new Date().toISOString(), processor: cpus()[0]?.model ?? '', processors: cpus().length, pressure: most, figures }, null, '\t') + '\n')
process.exitCode = failed || figures.length === 0 ? 1 : 0
