import { type Atom, atomsOf, type Taken } from './place-atom.ts'

const CN = '一二两三四五六七八九十'
const N = `(?:\\d{1,3}|[${CN}]{1,3}|十几)`
const FREE = `(?<![\\w.#第${CN}-])`

/** 三楼, 14楼, 第5层, 21楼西户: in which building is not said. */
const FLOORS = new RegExp(
  `${FREE}(?:${N}楼(?!道|梯|盘|主|栋|长|宇|市)|第${N}层|\\d{1,2}层(?!楼|油|灰|土|皮|纸|布|泥|膜))` +
    '(?:半|[东南西北中](?:边|侧|面)?[户头]?)?',
  'g',
)
/** 住二楼, 我在三楼: where the speaker is, not where it happens. */
const SPEAKERS = /(?:住|在|我们?家?)\s?$/

const ROOM = '(?!1[12][0-9](?!\\d)|20[0-2]\\d|19\\d\\d)[1-9]\\d?(?:0[1-9]|1[0-9]|2[0-4])'
const OF_A_ROOM =
  '那?(?:户|只|位|家)|那个人|[您你]|的(?!确|时候)|应该|走路|(?:家里|厨房|阳台|客厅|卧室|卫生间|厕所|天花板|门口|门前|房间)|又|在(?!线)|能不能|天天|半夜|晚上|每天|飘|传|漏|老是|一直'
/** 602那只狗, 你们801的, …找物业三回了 501. */
const ROOMS = new RegExp(
  `(?<![\\w.:/#-]|[${CN}年月价约花交达超到共第]|(?:[至满费]|[交花付给]了)\\s?)${ROOM}(?:室|(?=\\s?(?:${OF_A_ROOM}))|(?<=(?:^|[\\s,。;!?、(])\\d{3,4})(?=\\s*(?:[,。!?)]|$)))`,
  'g',
)
/** 3号门, 八号亭, 11号点, 4号垃圾桶, 3排: what a community numbers besides its buildings. */
const NUMBERED = new RegExp(
  `${FREE}${N}(?:号(?:[大小侧]?门(?!诊)|[出入]?口|亭|点(?!半|多|钟|前|后|左|之)|岗(?!位)|梯|位|坑|库|棚|机房|(?:电梯|车库|地库|车位|垃圾|厨余|回收|通道|充电)[房桶亭站箱桩]?)|[门排](?!口|诊|课|卫|队|放|练|名|除))`,
  'g',
)

/** Parts of a building or of the grounds that are told by a number alone. */
export function partsIn(text: string, taken: Taken): Atom[] {
  if (!/[\d一二两三四五六七八九十]/.test(text)) return []
  const floors = atomsOf('relative', FLOORS, text, taken).map((atom) => ({
    ...atom,
    weight: SPEAKERS.test(text.slice(0, atom.start)) ? -2 : 0.6,
  }))
  const rooms = atomsOf('relative', ROOMS, text, taken)
  const weighed = rooms.map((atom) => ({ ...atom, weight: 0.7 }))
  return [...atomsOf('spot', NUMBERED, text, taken), ...floors, ...weighed]
}
