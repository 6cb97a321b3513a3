import type { Instant } from '../../content/time.ts'
import type { Store } from '../../db/store.ts'
import { continueWithImage } from './dialogues.ts'
import type { Answer, Ctx, DialogueKind, Env, PhotoTaker, Work } from './feature.ts'
import { identify } from './hearing.ts'
import type { Incoming, KeptFile, Logger, Picture } from './ports.ts'
import { type Scene, sceneOf } from './scene.ts'

export interface PictureDeps {
  readonly env: Env
  readonly dialogues: ReadonlyMap<string, DialogueKind>
  readonly photos: readonly PhotoTaker[]
}

export interface ImageGateDeps extends Omit<PictureDeps, 'dialogues'> {
  readonly store: Store
  readonly dialogues: readonly DialogueKind[]
  readonly logger: Logger
}

/**
 * Says whether somebody waits for the picture or document that the message is, there and now. One that nobody waits
 * for is not fetched: what neighbours show each other is none of Linli's business.
 */
export function createImageGate(deps: ImageGateDeps): (message: Incoming, now: Instant) => boolean {
  const { store, env, logger } = deps
  const known = { ...deps, dialogues: new Map(deps.dialogues.map((d) => [d.name, d])) }
  return (message, now) => {
    try {
      return store.tx((tx) => {
        const work = { tx, now, env }
        const { key } = identify(message)
        const aside = { key, forget: () => {}, opensTopic: () => {} }
        return isWanted(known, work, sceneOf(work, message, aside), message.kind === 'file')
      })
    } catch (err) {
      logger.error('image gate failed', { err })
      return false
    }
  }
}

function isWanted(deps: PictureDeps, work: Work, scene: Scene, isFile: boolean): boolean {
  if (scene.where === 'unknown-room') return false
  if (isFile) return takerFor(deps, work, scene, 'takeFile') !== undefined
  const open = scene.dialogue()
  if (open && deps.dialogues.get(open.kind)?.takeImage !== undefined) return true
  return takerFor(deps, work, scene, 'take') !== undefined
}

function takerFor(
  { photos }: PictureDeps,
  { tx, now, env }: Work,
  { speaker, where, room }: Scene,
  how: 'take' | 'takeFile',
): PhotoTaker | undefined {
  if (speaker === undefined) return undefined
  const look = { db: tx, now, env }
  const from = { who: speaker, where, room }
  return photos.find((taker) => taker[how] !== undefined && taker.wants(look, from))
}

/** What becomes of a picture that was wanted; `undefined` when meanwhile nobody has a use for it. */
export function takePicture(
  deps: PictureDeps,
  work: Work,
  scene: Scene,
  image: Picture,
): ((ctx: Ctx) => Answer) | undefined {
  if (scene.where === 'unknown-room') return undefined
  const open = scene.dialogue()
  const kind = open && deps.dialogues.get(open.kind)
  const step = open && kind && continueWithImage(scene.ctx(), open, kind, image)
  if (step !== undefined) return () => step.answer
  const taker = takerFor(deps, work, scene, 'take')
  return taker && ((ctx) => taker.take(ctx, image))
}

/** The same for a document. */
export function takeFile(
  deps: PictureDeps,
  work: Work,
  scene: Scene,
  file: KeptFile,
): ((ctx: Ctx) => Answer) | undefined {
  if (scene.where === 'unknown-room') return undefined
  const taker = takerFor(deps, work, scene, 'takeFile')
  return taker?.takeFile && ((ctx) => taker.takeFile?.(ctx, file))
}
