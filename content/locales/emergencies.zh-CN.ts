/** Source wording of calls for help: what staff hear, and what those who are there hear. */
export const emergenciesZhCN = {
  'reports.danger.fire': '着火或冒烟',
  'reports.danger.gas': '煤气味',
  'reports.danger.fight': '有人打架',
  'reports.danger.crime': '有人抢、偷或闯门',
  'reports.danger.collapse': '有人晕倒',
  'reports.danger.injury': '有人受伤',
  'reports.danger.building': '墙或房子塌了、掉东西',
  'reports.danger.trapped': '有人被困',
  'reports.danger.shock': '有人触电',
  'reports.danger.water': '有人落水',
  'reports.danger.missing': '有人走失',
  'reports.danger.jump': '有人要跳楼',
  'reports.danger.despair': '自己不想活了，请马上联系本人',
  'reports.danger.help': '有人喊救命',
  'reports.emergency.fire': '着火请马上打119！先离开，别坐电梯，叫上邻居。我已通知社区工作人员。',
  'reports.emergency.gas':
    '有煤气味：别开灯、别打火，开窗离开，到外面打119或燃气抢修电话。我已通知社区工作人员。',
  'reports.emergency.fight': '请马上打110报警，离远一点，注意安全。我已通知社区工作人员。',
  'reports.emergency.crime':
    '请马上打110！先保自己平安：锁好门、别去追、别正面拦。我已通知社区工作人员。',
  'reports.emergency.collapse':
    '请马上打120！别随意搬动，有人会急救的请帮忙。我已通知社区工作人员。',
  'reports.emergency.injury': '请马上打120，流血先压住伤口。我已通知社区工作人员。',
  'reports.emergency.building':
    '请离远一点，拦住过路的人；有人受伤打120，有人被压打119。我已通知社区工作人员。',
  'reports.emergency.trapped':
    '别慌，也别扒门！按电梯里的报警铃，打物业电话；出不来或有人不舒服，请打119。我已通知社区工作人员。',
  'reports.emergency.shock': '先拉闸断电，别用手去碰！请马上打120。我已通知社区工作人员。',
  'reports.emergency.water':
    '请马上打110和120！递杆子、扔漂的东西，不会水的别下去。我已通知社区工作人员。',
  'reports.emergency.missing':
    '请马上打110报警，不用等24小时。请说说年龄、穿什么、在哪里不见的，邻居们也帮着看看。我已通知社区工作人员。',
  'reports.emergency.jump': '请马上打110和119！陪着说话，别刺激对方。我已通知社区工作人员。',
  'reports.emergency.despair':
    '听您这么说，我很担心您。您不是一个人，现在就找一个人陪着您：家人、邻居都行，也可以打12356（心理援助，24小时）。已经伤着自己了，请马上打120或110。我已请社区工作人员来联系您。',
  'reports.emergency.help':
    '请马上打110；有人受伤或不舒服打120，着火打119。请说一声在哪一栋、出了什么事。我已通知社区工作人员。',
} as const
