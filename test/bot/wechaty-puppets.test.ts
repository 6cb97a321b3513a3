import { describe, expect, it } from 'vitest'
import { loadPuppet, PuppetMissing, PuppetUnusable, puppetInfo } from '../../bot/wechaty/puppets.ts'

describe('loading a puppet', () => {
  it('tells in one line what to install when the package is missing', async () => {
    const missing = loadPuppet('wechaty-puppet-not-there')
    await expect(missing).rejects.toThrow(PuppetMissing)
    await expect(missing).rejects.toThrow(
      /^The puppet wechaty-puppet-not-there is not installed\. Install it with: npm install wechaty-puppet-not-there$/,
    )
  })

  it('tells a missing part of an installed package apart', async () => {
    const cause = Object.assign(new Error("Cannot find package 'frida' imported from x\nmore"), {
      code: 'ERR_MODULE_NOT_FOUND',
    })
    const broken = loadPuppet('wechaty-puppet-xp', () => Promise.reject(cause))
    await expect(broken).rejects.toThrow(PuppetUnusable)
    await expect(broken).rejects.toThrow(
      /^The package wechaty-puppet-xp cannot be used as a puppet: Cannot find package 'frida' imported from x$/,
    )
  })

  it('refuses a package without a puppet class', async () => {
    await expect(loadPuppet('yaml')).rejects.toThrow(
      'The package yaml cannot be used as a puppet: it exports no puppet class',
    )
    await expect(loadPuppet('x', async () => ({ default: () => 1 }))).rejects.toThrow(
      PuppetUnusable,
    )
  })

  it('finds the class of a module and of a CommonJS package', async () => {
    class Sample {
      onStart() {}
      onStop() {}
    }
    expect(await loadPuppet('x', async () => ({ default: Sample }))).toBe(Sample)
    expect(await loadPuppet('x', async () => ({ default: { default: Sample } }))).toBe(Sample)
  })

  it('finds that of the puppet service', async () => {
    const { name } = await loadPuppet('wechaty-puppet-service')
    expect(name).toBe('PuppetService')
  })
})

describe('what is known of a puppet', () => {
  it('is the least for a name nobody has heard of', () => {
    const { capabilities, risk } = puppetInfo('wechaty-puppet-somebody')
    expect(Object.values(capabilities)).not.toContain(true)
    expect(risk).toBe(true)
  })

  it('is not found on the prototype of the table', () => {
    expect(puppetInfo('constructor')).toBe(puppetInfo('wechaty-puppet-somebody'))
  })

  it('says that wechat4u can cost the account', () => {
    expect(puppetInfo('wechaty-puppet-wechat4u').risk).toBe(true)
  })
})
