import { randomBytes, randomInt } from 'node:crypto'
import type { Random } from '../handlers/core/ports.ts'

/** From the operating system: codes and tokens must not be guessable. */
export const systemRandom: Random = {
  int: (below) => randomInt(below),
  token: () => randomBytes(16).toString('hex'),
}
