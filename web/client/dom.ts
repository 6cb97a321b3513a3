type Props<Tag extends keyof HTMLElementTagNameMap> = Partial<HTMLElementTagNameMap[Tag]> & {
  readonly aria?: Readonly<Record<string, string>>
}

/** A new element. Texts become text nodes: nothing that somebody wrote is ever read as HTML. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { aria = {}, ...props }: Props<Tag> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = Object.assign(document.createElement(tag), props)
  for (const [name, value] of Object.entries(aria)) node.setAttribute(`aria-${name}`, value)
  node.append(...children)
  return node
}

/** The element of the page's frame with that id. @throws Error when frame and script differ */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const node = document.getElementById(id)
  if (!(node instanceof type)) throw new Error(`the page has no ${type.name} #${id}`)
  return node
}

export function button(id: string): HTMLButtonElement {
  return byId(id, HTMLButtonElement)
}

/** A sentence for a moment at the foot of the page, read out by screen readers. */
export function toast(text: string): void {
  const node = byId('toast', HTMLParagraphElement)
  node.textContent = text
  clearTimeout(fading)
  fading = setTimeout(() => {
    node.textContent = ''
  }, 6000)
}

let fading: ReturnType<typeof setTimeout> | undefined
