#!/usr/bin/env node
// Looks at the version before anything that an older Node cannot load.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `Linli needs Node 22.12 or newer; this is ${process.version}. Run "npm ci", which brings Node 24 along, and start it with "npm start" or "npx linli".\n`,
  )
  process.exitCode = 1
} else {
  const { run } = await import('./cli/main.ts')
  await run(process.argv)
}
