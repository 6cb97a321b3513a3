// Prints the optional binaries that the lock file leaves out, by package: {} when none is missing.
// npm drops those of other platforms now and then, and `npm ci` fails there.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const missing = {}
for (const [path, entry] of Object.entries(packages)) {
  const names = Object.keys(entry.optionalDependencies ?? {}).filter(
    (name) =>
      !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
  )
  if (names.length > 0) missing[path] = names
}
process.stdout.write(`${JSON.stringify(missing)}\n`)
process.exitCode = Object.keys(missing).length === 0 ? 0 : 1
