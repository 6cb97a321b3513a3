import type { SandboxMessage } from '../sandbox/port.ts'
import type { Api } from './api.ts'
import { byId, el } from './dom.ts'
import { strings } from './strings.ts'

type File = NonNullable<SandboxMessage['file']>

/**
 * Draws pictures. An `<img>` cannot carry the token, so the bytes are fetched and shown from memory;
 * each is fetched once. `loaded` gets the height once the picture has one.
 */
export function createPictures(api: Api) {
  const viewer = byId('picture', HTMLDialogElement)
  viewer.addEventListener('click', () => viewer.close())
  const fetched = new Map<string, Promise<string>>()

  const address = (url: string): Promise<string> => {
    const known = fetched.get(url) ?? api.file(url).then((blob) => URL.createObjectURL(blob))
    fetched.set(url, known)
    return known
  }

  return (file: File, loaded: (height: number) => void): HTMLElement => {
    const alt = strings.chat.picture(file.name)
    const img = el('img', { alt })
    img.addEventListener('load', () => loaded(img.height))
    const zoom = () => {
      viewer.replaceChildren(
        el('img', { src: img.src, alt }),
        el('button', { type: 'button', className: 'primary' }, strings.tools.close),
      )
      viewer.showModal()
    }
    const node = el('button', { type: 'button', className: 'picture', onclick: zoom }, img)
    address(file.url).then(
      (src) => {
        img.src = src
      },
      () => {
        fetched.delete(file.url)
        node.replaceChildren(strings.chat.pictureFailed)
      },
    )
    return node
  }
}
