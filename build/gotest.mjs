// Reads what `go test -json` prints: one line a package, the whole output of what failed, and a count at the end.
//
//   go test -json ... | node build/gotest.mjs WHAT
//
// It leaves "WHAT PASSED FAILED SKIPPED" in build/bin/count/WHAT, and ends with 1 when anything failed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const what = process.argv[2]
const count = { pass: 0, fail: 0, skip: 0 }
const told = new Map() // package and test -> what it printed so far
let broken = false

const keyOf = (event) => `${event.Package ?? event.ImportPath} ${event.Test ?? ''}`

function finish(event) {
  const output = told.get(keyOf(event)) ?? ''
  told.delete(keyOf(event))
  if (event.Test) {
    count[event.Action] += 1
    if (event.Action !== 'pass') process.stdout.write(output)
    return
  }
  if (event.Action === 'fail') {
    broken = true
    // A test that never ended, by a crash or the time limit, holds the reason in its own output.
    for (const [key, text] of told) if (key.startsWith(`${event.Package} `)) process.stdout.write(text)
    process.stdout.write(output)
    return
  }
  const line = output.split('\n').find((text) => text.startsWith('ok '))
  if (line) console.log(line)
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.startsWith('{')) {
    console.log(line)
    continue
  }
  const event = JSON.parse(line)
  switch (event.Action) {
    case 'output':
      told.set(keyOf(event), (told.get(keyOf(event)) ?? '') + event.Output)
      break
    case 'build-output':
      process.stdout.write(event.Output)
      break
    case 'build-fail':
      broken = true
      break
    case 'pass':
    case 'fail':
    case 'skip':
      finish(event)
  }
}

console.log(`${what}: ${count.pass} passed, ${count.fail} failed` + (count.skip ? `, ${count.skip} skipped` : ''))
mkdirSync('build/bin/count', { recursive: true })
writeFileSync(`build/bin/count/${what}`, `${what} ${count.pass} ${count.fail} ${count.skip}\n`)
process.exitCode = broken || count.fail ? 1 : 0
