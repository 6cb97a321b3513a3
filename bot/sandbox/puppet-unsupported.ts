import { Puppet } from 'wechaty-puppet'

/**
 * What Wechaty may ask of a puppet and a simulated network has no use for. The compiler does not
 * notice a missing one: the declarations have lost `abstract`.
 */
const UNSUPPORTED = [
  'contactAlias',
  'contactAvatar',
  'contactCorporationRemark',
  'contactDescription',
  'contactPhone',
  'contactSelfName',
  'contactSelfQRCode',
  'contactSelfSignature',
  'conversationReadMark',
  'friendshipAccept',
  'friendshipAdd',
  'friendshipRawPayload',
  'friendshipRawPayloadParser',
  'friendshipSearchHandle',
  'friendshipSearchPhone',
  'messageContact',
  'messageLocation',
  'messageMiniProgram',
  'messageSendContact',
  'messageSendLocation',
  'messageSendMiniProgram',
  'messageSendPost',
  'messageSendUrl',
  'messageUrl',
  'postPublish',
  'postRawPayload',
  'postRawPayloadParser',
  'postSearch',
  'roomAvatar',
  'roomInvitationAccept',
  'roomInvitationRawPayload',
  'roomInvitationRawPayloadParser',
  'roomQRCode',
  'tagContactAdd',
  'tagContactDelete',
  'tagContactList',
  'tagContactRemove',
  'tap',
  'tapSearch',
] as const satisfies readonly (keyof Puppet)[]

/** A puppet whose unsupported calls are rejected with an error that says which. */
export abstract class PartialPuppet extends Puppet {}

for (const name of UNSUPPORTED) {
  const refuse = async () => {
    throw new Error(`the sandbox does not support ${name}`)
  }
  Object.defineProperty(PartialPuppet.prototype, name, { value: refuse, configurable: true })
}
