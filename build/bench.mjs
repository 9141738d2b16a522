// Reads what `go test -bench` prints, shows it as it comes, and sums it up: a table of every figure, and the
// same in build/bin/bench.json. What has a limit stands also in build/bench.json, as a list of {name, ratio, goal, better}.
//
//   go test -run '^$' -bench . ... | node build/bench.mjs
//
// A unit that ends in <= or >= and a number names its limit. A figure beyond its limit is shown, and nothing fails:
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
    const [, unit, sign, limit] = /^(.*?)(?:([<>])=([\d.]+))?$/.exec(fields[i + 1])
    const value = Number(fields[i])
    const goal = Number(limit)
    figures.push({ of: found[1], unit, value, ...(sign && { limit: goal, better: sign === '<' ? 'lower' : 'higher', met: sign === '<' ? value <= goal : value >= goal }) })
  }
}

const limited = figures.filter((f) => f.limit !== undefined)
const over = limited.filter((f) => !f.met)
const rows = [['measured', 'unit', 'value', 'limit', ''], ...figures.map((f) => [f.of, f.unit, String(f.value), f.limit === undefined ? '' : `${f.better === 'lower' ? '≤' : '≥'} ${f.limit}`, f.limit === undefined ? '' : f.met ? 'met' : f.better === 'lower' ? 'OVER' : 'UNDER'])]
const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)))
console.log()
for (const row of rows) console.log(row.map((cell, i) => (i === 2 || i === 3 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd())
console.log(`\n${limited.length} figures have a limit, ${over.length} are beyond it.`)
if (most !== null) console.log(`Others waited for a processor up to ${most} % of a minute meanwhile${most > 20 ? ': the figures are those of a busy machine' : ''}.`)

writeFileSync('build/bin/bench.json', JSON.stringify({ at: new Date().toISOString(), processor: cpus()[0]?.model ?? '', processors: cpus().length, pressure: most, figures }, null, '\t') + '\n')
writeFileSync('build/bench.json', JSON.stringify(limited.map((f) => ({ name: `${f.of} ${f.unit}`, ratio: f.value, goal: f.limit, better: f.better })), null, '\t') + '\n')
process.exitCode = failed || figures.length === 0 ? 1 : 0
