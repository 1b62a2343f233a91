// Words that invented companies and persons are put together from. The places are no administrative regions: the name of a registered company
// begins with one, so a name made here belongs to nobody. Each word comes with its spelling in Latin letters, for account names.

type Word = readonly [text: string, latin: string]

export const places: readonly Word[] = [
  ['岚州', 'lanzhou'], ['云汐', 'yunxi'], ['望川', 'wangchuan'], ['霁州', 'jizhou'], ['江渚', 'jiangzhu'], ['桐屿', 'tongyu'], ['星湾', 'xingwan'], ['松陂', 'songbei'],
  ['澜浦', 'lanpu'], ['北汀', 'beiting'], ['南渡口', 'nandukou'], ['溪宁', 'xining'], ['海岬', 'haijia'], ['沧屿', 'cangyu'], ['泽川', 'zechuan'], ['景屏', 'jingping'],
  ['鹭洲', 'luzhou'], ['青枫', 'qingfeng'], ['白桥', 'baiqiao'], ['晴川口', 'qingchuankou'], ['雁州', 'yanzhou'], ['临汐', 'linxi'], ['墨河湾', 'mohewan'], ['槐城', 'huaicheng'],
]

export const brands: readonly Word[] = [
  ['青禾', 'qinghe'], ['栖云', 'qiyun'], ['百川汇', 'baichuan'], ['明渠', 'mingqu'], ['禾畔', 'hepan'], ['砺山', 'lishan'], ['知序', 'zhixu'], ['远汀', 'yuanting'],
  ['拾光里', 'shiguang'], ['木棉', 'mumian'], ['星砂', 'xingsha'], ['流萤', 'liuying'], ['瀚渊', 'hanyuan'], ['溯源记', 'suyuan'], ['启明野', 'qiming'], ['晨汐', 'chenxi'],
  ['松果屋', 'songguo'], ['万象集', 'wanxiang'], ['方舟渡', 'fangzhou'], ['麦穗', 'maisui'], ['银杏坡', 'yinxing'], ['极目', 'jimu'], ['云梯坊', 'yunti'], ['白鹭', 'bailu'],
  ['石榴籽', 'shiliu'], ['橙海', 'chenghai'], ['归雁', 'guiyan'], ['蓝鲸湾', 'lanjing'], ['山岚', 'shanlan'], ['同舟记', 'tongzhou'], ['燕归', 'yangui'], ['丰穰', 'fengrang'],
  ['初一', 'chuyi'], ['半亩', 'banmu'], ['千帆渡', 'qianfan'], ['三叶', 'sanye'], ['望舒', 'wangshu'], ['长风起', 'changfeng'], ['恒砚', 'hengyan'], ['泊岸', 'boan'],
]

export const trades: readonly string[] = [
  '数据科技', '智能制造', '网络科技', '电子商务', '供应链管理', '软件', '信息技术', '医疗器械', '生物科技', '教育咨询', '文化传媒', '物流', '新能源', '环保设备', '精密机械', '食品',
  '纺织', '农业科技', '餐饮管理', '装饰工程', '检测技术', '半导体材料', '游戏', '航运服务',
]

export const companyForms: readonly string[] = ['有限公司', '有限公司', '有限公司', '有限公司', '股份有限公司', '集团有限公司', '合伙企业（有限合伙）', '工作室']

export const familyNames: readonly Word[] = [
  ['陈', 'chen'], ['张', 'zhang'], ['李', 'li'], ['王', 'wang'], ['赵', 'zhao'], ['周', 'zhou'], ['吴', 'wu'], ['徐', 'xu'], ['孙', 'sun'], ['马', 'ma'], ['胡', 'hu'], ['林', 'lin'],
  ['何', 'he'], ['高', 'gao'], ['梁', 'liang'], ['宋', 'song'], ['郑', 'zheng'], ['谢', 'xie'], ['韩', 'han'], ['唐', 'tang'],
]

export const tags: readonly string[] = ['重点客户', '制造业', '电商', '游戏出海', '教育', '医疗', '政企', 'SaaS', 'VIP', '新客户', '续费跟进', '展会-秋季', '活动-上云', 'AI试点']
