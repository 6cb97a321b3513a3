import type { emergenciesZhCN } from './emergencies.zh-CN.ts'

export const emergenciesZhTW: Readonly<Record<keyof typeof emergenciesZhCN, string>> = {
  'reports.danger.fire': '著火或冒煙',
  'reports.danger.gas': '煤氣味',
  'reports.danger.fight': '有人打架',
  'reports.danger.crime': '有人搶、偷或闖門',
  'reports.danger.collapse': '有人暈倒',
  'reports.danger.injury': '有人受傷',
  'reports.danger.building': '牆或房子塌了、掉東西',
  'reports.danger.trapped': '有人被困',
  'reports.danger.shock': '有人觸電',
  'reports.danger.water': '有人落水',
  'reports.danger.missing': '有人走失',
  'reports.danger.jump': '有人要跳樓',
  'reports.danger.despair': '自己不想活了，請馬上聯繫本人',
  'reports.danger.help': '有人喊救命',
  'reports.emergency.fire': '著火請馬上打119！先離開，別坐電梯，叫上鄰居。我已通知社群工作人員。',
  'reports.emergency.gas':
    '有煤氣味：別開燈、別打火，開窗離開，到外面打119或燃氣搶修電話。我已通知社群工作人員。',
  'reports.emergency.fight': '請馬上打110報警，離遠一點，注意安全。我已通知社群工作人員。',
  'reports.emergency.crime':
    '請馬上打110！先保自己平安：鎖好門、別去追、別正面攔。我已通知社群工作人員。',
  'reports.emergency.collapse':
    '請馬上打120！別隨意搬動，有人會急救的請幫忙。我已通知社群工作人員。',
  'reports.emergency.injury': '請馬上打120，流血先壓住傷口。我已通知社群工作人員。',
  'reports.emergency.building':
    '請離遠一點，攔住過路的人；有人受傷打120，有人被壓打119。我已通知社群工作人員。',
  'reports.emergency.trapped':
    '別慌，也別扒門！按電梯裡的報警鈴，打物業電話；出不來或有人不舒服，請打119。我已通知社群工作人員。',
  'reports.emergency.shock': '先拉閘斷電，別用手去碰！請馬上打120。我已通知社群工作人員。',
  'reports.emergency.water':
    '請馬上打110和120！遞桿子、扔漂的東西，不會水的別下去。我已通知社群工作人員。',
  'reports.emergency.missing':
    '請馬上打110報警，不用等24小時。請說說年齡、穿什麼、在哪裡不見的，鄰居們也幫著看看。我已通知社群工作人員。',
  'reports.emergency.jump': '請馬上打110和119！陪著說話，別刺激對方。我已通知社群工作人員。',
  'reports.emergency.despair':
    '聽您這麼說，我很擔心您。您不是一個人，現在就找一個人陪著您：家人、鄰居都行，也可以打12356（心理援助，24小時）。已經傷著自己了，請馬上打120或110。我已請社群工作人員來聯繫您。',
  'reports.emergency.help':
    '請馬上打110；有人受傷或不舒服打120，著火打119。請說一聲在哪一棟、出了什麼事。我已通知社群工作人員。',
}
