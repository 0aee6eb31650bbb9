"""Word lists and templates of made-up news, for stories_made.py. Every text is our own; names are put together by chance.

A tag ``<Kind1>`` is one value throughout a text, ``<kind>`` a new one at each place; ``<n:3-90>`` is a whole number,
``<x:1-90>`` one with two decimals.
"""

# ruff: noqa: E501

from __future__ import annotations

LISTS = {
    "place": "太原 大同 运城 沈阳 鞍山 长春 延吉 保定 沧州 洛阳 南阳 襄阳 宜昌 岳阳 株洲 赣州 九江 芜湖 安庆 泉州 漳州 "
    "潮州 茂名 柳州 桂林 遵义 毕节 曲靖 大理 绵阳 南充 天水 酒泉 西宁 银川 哈密 喀什 呼伦贝尔 包头 烟台 潍坊 南通 盐城 "
    "温州 台州 海口 三亚 汉中 榆林",
    "county": "平遥县 泸定县 芦山县 墨江县 尼勒克县 门源县 积石山县 隆昌市 东台市 义乌市 安吉县 宁远县 攸县 霍山县 上杭县 "
    "陆川县 宾川县 剑川县 古浪县 民乐县 贵德县 尚义县 赤城县 兰考县 光山县 秭归县 嘉鱼县 修水县 会昌县 定南县",
    "surname": "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 "
    "傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔",
    "given": "伟 芳 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建国 志强 秀兰 国庆 海燕 晓东 文博 子涵 雨桐 "
    "立新 春华 永康 世杰 慧敏 学文 振华 玉兰 光明 思远 佳怡 天宇 凤英 德胜 红梅 永强 家豪 嘉欣 浩然 一鸣 国栋",
    "team": "青岚 海港 飞鹰 红星 铁城 长河 白鲸 山岳 雪豹 金马 江豚 银杏 蓝鲨 骏马 松鹤 火凤 云雀 大漠 北斗 江城 岭南 渔港",
    "firm": "晨曜 恒岳 鼎海 云岭 汇川河 蓝穹 青禾 远泰 中垚 启衡 瑞泓 融嘉 宏柏 盛屿 天锦 华朔 凯隆 博屹 新翎 嘉澜",
    "trade": "新材料 智能装备 生物科技 食品 水务 电气 光电 物流 矿业 纺织 重工 医药 软件 农业 能源",
    "thing": "跨江大桥 城市书房 高铁站房 污水处理厂 智慧农业园 儿童医院 体育公园 抽水蓄能电站 古城墙 湿地公园 养老服务中心 "
    "地铁三号线 海水淡化厂 粮食储备库 水库除险加固工程 非遗展示馆 数据中心 冷链基地 老旧小区改造 环湖绿道",
    "office": "发展和改革委员会 住房和城乡建设局 水利局 教育局 文化和旅游局 卫生健康委员会 交通运输局 农业农村局 应急管理局 "
    "生态环境局 市场监督管理局 民政局 人力资源和社会保障局 气象局",
    "post": "副市长 市委常委 办公厅主任 财政局局长 统计局局长 审计局局长 人民检察院检察长 中级人民法院院长 教育局局长 "
    "科学技术局局长 水利局局长 国家保密局局长 档案馆馆长 秘书长",
    "crop": "苹果 柑橘 茶叶 水稻 小麦 花生 蓝莓 核桃 马铃薯 油茶 食用菌 中药材 猕猴桃 大闸蟹 小龙虾 脐橙",
    "feel": "很踏实 比以前方便多了 心里有了底 没想到这么快 收入明显多了 孩子上学近了 老人都夸好 出门就能用上",
    "sky": "晴 多云 阴 小雨 中雨 阵雨 雷阵雨 大雨 小雪 雨夹雪 多云转晴 晴转多云 阴有小雨",
    "wind": "北风 南风 东北风 西北风 东南风 西南风 偏北风 偏南风",
    "disease": "胃癌 心力衰竭 脑梗死 肺部感染 多器官功能衰竭 白血病",
    "field": "地质学 桥梁工程 中国古代史 作物育种 半导体物理 儿科学 敦煌学 海洋生物学 岩画研究 方言学 冶金工程 昆曲表演",
    "school": "华阴大学 江左师范大学 北原工业大学 南屏医学院 东川农业大学 西塞交通大学 湖光音乐学院 云中理工大学",
    "road": "建设路 人民路 滨河大道 解放北街 迎宾大道 学府路 青年街 环城南路 工业大道 长江路",
    "part": "左侧车门 仪表台 后备箱 前挡风玻璃 油箱 右后轮 车顶",
}  # fmt: skip

PEOPLE = {
    "first": "Anna James Maria David Helen Peter Laura Omar Ines Victor Grace Tomas Leila Edward Nora Samuel",
    "last": "Harwood Lindqvist Okafor Brennan Castellan Moreau Hadley Petrov Sandoval Whitlock Nakata Ferris Doyle Amadi",
    "town": "Ashbourne Kelmore Northgate Port_Wendle Stanwick Marlow_Bay Redhill Easton Greyford Lakeview Tarvin Holm",
    "club": "Rovers United Wanderers Albion County Athletic Rangers Harriers Town Villa",
    "company": "Brightwell Castor_Lane Delmont Orchard_Grid Pinecrest Helvar Northline Quarry_Park Sablewood Tidewater",
    "sector": "shipping software retail mining insurance energy logistics health_care packaging aerospace",
    "weather": "sunny cloudy overcast foggy drizzly windy stormy snowy clear showery",
    "project": "a_tram_line a_flood_wall a_children's_hospital a_solar_farm a_public_library a_harbour_bridge a_water_plant",
}

GENERAL = """
记者从<Place1>市<Office1>获悉，总投资<X1:2-90>亿元的<Thing1>近日正式开工，预计<N1:2026-2029>年<n:3-12>月建成。
<Thing1>位于<Place1>市<Road1>以<Side1>，占地约<n:20-900>亩，建成后每年可服务<n:3-90>万人次。
“过去要走<n:2-9>公里，现在家门口就有了，<feel>。”家住<Road2>的居民<Name1>对记者说。
<Place1>市<Office1>负责人<Name2>介绍，项目采用分期建设，一期工程涉及<n:3-40>个标段，已完成征迁<n:80-900>户。
据统计，今年前<n:3-10>个月，<Place1>市<crop>种植面积达到<x:2-80>万亩，产值同比增长<x:2-30>%。
在<County1>的<crop>基地里，村民<name>正忙着装箱，一天能挣<n:100-300>多元。
<County1>副县长<Name3>说，当地引进<n:2-30>家加工企业，带动<n:300-9000>户农户增收，户均年增收<n:2000-9000>元。
<School1>教授<Name4>长期研究<Field1>，他认为，<Thing1>选址时应当避开<Road2>一带的老城肌理。
施工方项目经理<Name5>告诉记者，<n:100-900>名工人分<n:2-4>班作业，目前主体已完成<n:10-95>%，比计划提前<n:3-60>天。
为了不影响<Road1>通行，交管部门每天<n:7-9>时至<n:16-19>时派出<n:10-90>名民警在<n:3-20>个路口值守。
<Place1>市还将投入<n:1000-9000>万元，用于<Road2>沿线<n:10-60>个小区的管网更新和<n:2-30>处口袋公园。
<Firm1><Trade1>股份有限公司董事长<Name6>表示，公司已在<Place2>和<Place3>设立<n:2-9>条生产线，研发投入占营收的<x:3-18>%。
去年<n:1-12>月，<Name7>辞去<Place2>的工作回到<County1>，承包了<n:20-400>亩荒坡种<crop>，头一年就亏了<n:5-60>万元。
“<crop>不愁卖，愁的是路。”<Name7>算了一笔账：通车后每斤运费能省<x:1-3>元，一年少花<n:3-30>万元。
当天的座谈会上，来自<Place3>的<n:8-60>名代表提出了<n:5-70>条建议，其中<n:3-20>条涉及<Thing2>。
记者在<Thing2>现场看到，<n:3-40>台挖掘机正在作业，工地门口的公示牌写明完工时间为<n:2026-2029>年。
<Name8>今年<n:30-80>岁，在<Road1>开了<n:3-40>年的小店，他把第<n:2-90>号号牌一直留在柜台里。
从<Place2>到<Place1>，列车时间由<n:3-9>小时缩短到<n:40-110>分钟，每天开行<n:6-50>趟，票价<n:40-300>元起。
专家组组长<Name9>说，<Place1>段共发现墓葬<n:10-300>座，出土器物<n:100-3000>件，年代距今约<n:1000-6000>年。
按照规划，到<n:2027-2035>年，<Place1>市将建成<n:20-400>公里绿道，人均公园面积达到<x:8-20>平方米。
<Office2>提醒，办理<Thing1>相关手续可拨打电话<n:2000000-8999999>，周末<n:8-10>时起也有人值班。
<County1>小学校长<Name3>记得，十多年前全校只有<n:20-90>名学生，如今已有<n:200-900>名，操场也铺上了<n:100-400>米跑道。
<Name4>团队在<Place3>采集了<n:100-3000>份样本，发现<crop>在海拔<n:800-3200>米处长势最好，论文发表在<n:1-12>月的期刊上。
截至目前，<Place1>市已有<n:100-9000>家企业用上这一平台，累计办件<n:2-90>万件，平均用时<n:2-30>分钟。
"""
"""A line a sentence; a general story is put together from them, so that two share their phrases, but for the values."""

MATCH = """
<Day1>日晚，<League1>第<Round1>轮一场焦点战在<Place1>体育中心进行，坐镇主场的<Place1><Team1>队以<Goal1:1-4>比<Goal2:0-3><Won1><Place2><Team2>队。
开场第<n:2-20>分钟，<Team1>队<Name1>在禁区<side>起脚，皮球擦柱入网，主队率先破门。
第<n:21-44>分钟，<Team2>队<Name2>接<Name3>传中头球攻门，被门将<Name4>扑出。
易边再战，<Team2>队主教练<Name5>用<Name6>换下<Name3>，场面有所改观。
第<n:55-70>分钟，<Name2>主罚任意球直接破门，将比分改写。第<n:71-89>分钟，<Name7>反击中推射得手，锁定胜局。
全场比赛，<Team1>队控球率为<n:38-64>%，射门<n:7-22>次，射正<n:2-9>次；<Team2>队射门<n:4-18>次。
赛后，<Team1>队主教练<Name8>表示，球队执行力很强，<Name1>的表现值得表扬；<Name5>则说，会尽快总结失利的原因。
本轮过后，<Team1>队积<n:20-60>分排名第<n:1-8>位，<Team2>队积<n:12-40>分排名第<n:9-16>位。
当晚进行的另外几场比赛中，<Other1>。
根据赛程，联赛下一轮将于<Next1>日开打，届时<Team1>队将客场挑战<team>队。
"""

BULLETINS = {
    "weather": """
<Place1>市气象台<Day1>日<Hour1>时发布天气预报：今天白天，<Place1>市<Sky1>，<wind><n:1-3>到<n:4-5>级，最高气温<n:5-35>℃；夜间<Sky2>，最低气温<n:-9-15>℃。
预计明天<Sky3>，<wind><n:2-4>级，气温<n:-5-12>到<n:13-32>℃，相对湿度<n:20-90>%。后天<sky>，气温<n:-5-12>到<n:13-32>℃。
气象专家提醒，近期早晚温差较大，公众外出请注意适时增减衣物，谨防感冒；驾车出行请保持车距，注意交通安全；户外作业请妥善安排时间，家中请注意用火用电安全。
""",
    "fx": """
来自中国外汇交易中心的数据显示，<Day1>日人民币对美元汇率中间价报<x:6-7>，较前一交易日<Move1><n:2-160>个基点。
中国人民银行授权中国外汇交易中心公布，<Year1>年<Month1>月<Day1>日银行间外汇市场人民币汇率中间价为：1美元对人民币<x:6-7>元，1欧元对人民币<x:7-8>元，100日元对人民币<x:4-5>元，1港元对人民币0.<n:8800-9400>元，1英镑对人民币<x:8-9>元，1澳大利亚元对人民币<x:4-5>元，1新西兰元对人民币<x:4-5>元，1新加坡元对人民币<x:5-6>元，1瑞士法郎对人民币<x:7-9>元，1加拿大元对人民币<x:5-6>元。
前一交易日，人民币对美元汇率中间价报<x:6-7>。
中国外汇交易中心人民币汇率中间价形成方式为：交易中心于每日银行间外汇市场开盘前向外汇市场做市商询价，将做市商报价作为计算样本，去掉最高和最低报价后，将剩余报价加权平均，得到当日中间价。
""",
    "market": """
<Day1>日，沪深两市主要股指<Mood1>开<Mood2>走。截至收盘，上证指数报<x:3000-4000>点，<Rise1><x:0-3>%；深证成指报<x:9000-13000>点，<Rise1><x:0-3>%；创业板指报<x:1900-3200>点，<rise><x:0-4>%。
两市全天成交额<x:0-2>万亿元，较上一交易日<more><n:100-2900>亿元。盘面上，<trade>、<trade>板块涨幅居前，<trade>、<trade>板块跌幅居前，<n:1200-4600>只个股上涨。
个股方面，<firm><trade>涨停，报<x:5-90>元；<firm><trade>跌<x:3-10>%，报<x:5-90>元。北向资金全天净<flow><x:2-90>亿元。
""",
    "quake": """
中国地震台网正式测定：<Month1>月<Day1>日<n:0-23>时<n:10-59>分在<Prov1><County1>（北纬<x:22-47>度，东经<x:76-128>度）发生<x:3-6>级地震，震源深度<n:5-30>千米。
""",
    "quake_long": """
据中国地震台网测定，北京时间<Month1>月<Day1>日<n:0-23>时<n:10-59>分在<Prov1><County1>发生<x:3-6>级地震，震源深度<n:5-30>千米，震中位于北纬<x:22-47>度，东经<x:76-128>度。
震中距<place>市<n:20-190>公里，5公里范围内平均海拔约<n:200-4200>米，周边20公里内有<n:3-40>个村镇。
当地应急管理部门表示，震感明显，暂未接到人员伤亡和房屋倒塌报告，消防救援队伍已派出<n:10-90>人赶赴震中核查灾情。通信、电力、供水正常。
""",
    "posts": """
<Place1>市第<Term1>届人民代表大会常务委员会第<n:10-45>次会议<Day1>日决定：任命<Name1>为<Place1>市<Post1>，任命<Name2>为<Place1>市<Post2>；免去<Name3>的<Place1>市<Post1>职务，免去<Name4>的<Place1>市<Post2>职务。
会议还表决通过了有关人事任免名单，举行了宪法宣誓仪式。
""",
    "candidates": """
为扩大民主，广泛听取群众意见，把干部选准用好，现将拟任职干部公示如下：
<Name1>，男，汉族，<N1:1966-1985>年<n:1-12>月生，<degree>学历，中共党员，现任<Place1>市<Office1>副局长，拟任<County1>县委副书记。
<Name2>，女，汉族，<N2:1966-1985>年<n:1-12>月生，<degree>学历，中共党员，现任<Place2>市<Office2>一级调研员，拟任<Place1>市<Post1>。
公示期自<Month1>月<Day1>日起，共5个工作日。公示期间，干部群众可通过来信、来电、来访等形式反映公示对象的情况和问题，反映情况和问题应实事求是、客观公正，提倡实名举报。
""",
    "obituary": """
中国共产党的优秀党员，著名<Field1>专家，<School1>原副校长<Name1>同志，因病医治无效，于<Year1>年<Month1>月<Day1>日<n:1-23>时<n:10-59>分在<Place1>逝世，享年<N1:70-99>岁。
<Name1>，<Sex1>，<N2:1928-1955>年<n:1-12>月出生于<county>，<N3:1950-1978>年毕业于<school>，同年参加工作，历任<school>讲师、副教授、教授。
<Name1>同志的遗体告别仪式定于<n:1-12>月<n:1-28>日上午<n:8-10>时在<Place1>殡仪馆举行。
""",
    "epidemic": """
<Place1>市卫生健康委员会通报：<Month1>月<Day1>日0时至24时，<Place1>市报告新增流感样病例<n:10-900>例，其中<County1><n:2-90>例、<County2><n:2-90>例；当日治愈出院<n:5-400>例，新增重症<n:0-9>例，无死亡病例。
截至<Month1>月<Day1>日24时，全市累计报告<n:1000-9000>例，尚在院治疗<n:20-900>例，解除医学观察<n:50-900>人。
市疾控中心提示广大市民，保持良好卫生习惯，勤洗手、常通风，人员密集场所规范佩戴口罩，出现发热、咳嗽等症状请及时就医。
""",
    "crash": """
<Month1>月<Day1>日<n:0-23>时许，<Place1>市<Road1>与<Road2>交叉口发生一起交通事故，一辆小型客车与<n:2-4>辆电动自行车相撞，车辆<part>严重受损，造成<n:1-6>人受伤。
接报后，公安、消防、医疗等部门立即赶赴现场处置，伤者已送往<Place1>市第<n:1-5>人民医院救治，均无生命危险。肇事司机<surname>某（<n:20-65>岁）已被警方控制，事故原因正在进一步调查中。
""",
    "lottery": """
体彩大乐透第<N1:25001-25150>期开奖：前区号码<n:10-15>、<n:16-19>、<n:20-25>、<n:26-30>、<n:31-35>，后区号码<n:10-11>、12。本期全国销量<x:2-4>亿元。
一等奖中出<n:1-12>注，每注奖金<n:500-1000>万元，由<place>、<place>、<place>彩民中得；二等奖开出<n:40-190>注，每注奖金<x:5-30>万元。奖池滚存至<x:7-12>亿元，下期开奖时间为<weekday>。
""",
    "earnings": """
<Firm1><Trade1>（<N1:600001-688999>）<Day1>日晚间披露<Season1>季度报告。报告期内，公司实现营业收入<x:1-90>亿元，同比增长<x:1-60>%；归属于上市公司股东的净利润<x:0-9>亿元，同比增长<x:1-90>%；基本每股收益<x:0-3>元。
年初至报告期末，公司经营活动产生的现金流量净额为<x:0-20>亿元，研发费用<n:1000-9000>万元，资产负债率<x:20-70>%。公司主要从事<trade>和<trade>产品的研发、生产和销售。
""",
    "rail": """
<Place1>火车站<Day1>日消息，<Holiday1>假期第<n:1-7>天，<Place1>站预计发送旅客<x:3-40>万人次，加开列车<n:5-60>列，主要去往<place>、<place>、<place>方向。
车站增开<n:3-20>个安检通道，安排<n:30-300>名志愿者引导旅客。铁路部门提醒，购买了车票的旅客请携带有效身份证件，提前到站，按照车站工作人员的引导有序进站候车。
""",
}

ENGLISH_GENERAL = """
The council of <Town1> said on Tuesday that work on <Project1> would begin in <n:2026-2029>, at a cost of <n:12-900> million pounds.
<Person1>, who has lived on the north side for <n:3-50> years, said she had waited for it since <n:1975-2020>.
Officials expect <n:200-9000> jobs during construction and about <n:20-400> once it opens, according to a report of <n:30-190> pages.
"We counted <n:20-900> lorries in a single morning," said <Person2>, an engineer with <Company1>. "Nobody believed us until <n:2010-2024>."
Opponents led by <Person3> collected <n:900-9000> signatures and asked a court in <Town2> to look at the noise limits.
The mayor of <Town2>, <Person4>, called the plan expensive and pointed to a cheaper route that would save <n:5-90> million.
A study by <Person5> of <Town3> found that traffic on the coast road had grown <x:2-30> percent in <n:3-12> years.
<Company1> will build <n:3-40> stations, each with room for <n:40-900> bicycles, and plant <n:100-9000> trees along the banks.
Residents of <Town3> can see the drawings in the town hall until the <n:2-28>th, between <n:8-10> and <n:16-19> o'clock.
"My father ran the ferry for <n:10-45> winters," <Person1> said. "He would have laughed at <n:2-30> ministers on one small boat."
Earlier attempts failed in <n:1968-1999> and again in <n:2001-2015>, when a fire destroyed <n:2-30> of the pumps near <Town1>.
The bank lent <n:10-300> million over <n:10-30> years, at <x:1-6> percent, and keeps the right to inspect <Company1>'s books.
"""

ENGLISH_BULLETINS = {
    "en_market": """
Shares closed <Rise1> on <weekday>, with the main index <rise> <x:0-3> percent at <n:5000-9000> points. Trading volume was <x:1-9> billion, against <x:1-9> billion the day before.
<company> gained <x:1-9> percent to <x:3-90> after a broker raised its target, while <company> lost <x:1-9> percent. The <sector> index rose <x:0-4> percent and the <sector> index fell <x:0-4> percent.
The pound stood at <x:1-2> dollars and the yield of the ten-year bond at <x:2-5> percent.
""",
    "en_quake": """
An earthquake of magnitude <x:4-7> struck <n:12-190> km south of <Town1> on <weekday>, at a depth of <n:6-90> km, the geological survey said. There were no immediate reports of damage or casualties. The quake hit at <n:1-12>.<n:10-59> local time, and no tsunami warning was issued.
""",
    "en_match": """
<Town1> <Club1> beat <Town2> <Club2> <Goal1:2-5>-<Goal2:0-1> on <weekday> night to move up to <n:2-9>th in the table. <Person1> opened the scoring in the <n:2-30>th minute with a low shot from the edge of the box.
<Person2> doubled the lead after <n:35-44> minutes, and substitute <Person3> added another from the spot in the <n:60-89>th minute. <Town2> had <n:3-12> shots, <n:1-3> of them on target.
"We worked hard all week and it showed," manager <Person4> said after the match in front of <n:4000-39000> supporters. <Town1> travel to <town> next week.
""",
    "en_weather": """
<weekday> will be <weather> in <Town1>, with a high of <n:3-30> degrees and a low of <n:-6-12>. Winds will be light in the morning and reach <n:15-70> km/h in the afternoon. The chance of rain is <n:5-95> percent.
Forecasters advise drivers to allow extra time for their journeys, to keep headlights on in poor visibility and to check conditions before setting out. Walkers on the hills should carry warm clothing and a map.
""",
    "en_earnings": """
<Company1> reported quarterly revenue of <x:1-90> billion dollars, up <x:1-30> percent from a year earlier. Net income was <n:20-900> million, or <x:0-4> a share, compared with analysts' expectations of <x:0-4>.
Chief executive <Person1> said demand in <sector> remained strong. The company now expects full-year revenue of between <n:10-49> and <n:50-190> billion and plans to close <n:2-40> sites by <n:2026-2029>.
""",
}

_OUTLETS = "晨网 江岸日报 北岭新闻网 河谷晚报 星火客户端 蓝湾在线 都城时报 山海新闻 青峰网 明川日报"
OUTLETS = _OUTLETS.split(" ")
TAILS = (
    "（责任编辑：<Name91>）",
    "责任编辑：<Name91> 校对：<Name92>",
    "更多精彩内容，请下载客户端或关注本网微信公众号。",
    "声明：本文转载自其他媒体，目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责。如有侵权请联系删除。",
    "来源：<outlet>",
    "【编辑:<Name93>】",
    "版权声明：凡本网注明来源的作品，未经授权不得转载、摘编或利用其他方式使用上述作品。",
)
STANDING = (
    "本栏目由本报编辑部主办，每周一期，选登来自一线的见闻与观察。欢迎读者来稿，稿件请附作者姓名、单位和联系方式，"
    "一经采用即付稿酬，来稿恕不退还，请自留底稿。本栏目文章仅代表作者个人观点，与编辑部立场无关，引用请与编辑部联系。"
    "编辑部地址设在报社三楼，工作日上午九点到下午五点有人值班接待来访的读者与作者，谢绝推销。",
    "风险提示：本文内容仅供参考，不构成任何投资建议，投资者据此操作，风险自担。市场有风险，投资需谨慎。"
    "文中数据来自公开资料，编者力求准确，但不保证其完整性与及时性，也不承诺更新。投资者应当根据自身的财务状况、"
    "投资目标和风险承受能力独立作出判断，必要时请咨询持牌的专业机构。",
    "记者手记：走基层，路在脚下，故事在田间地头。几天采访下来，笔记本写满了，鞋底也磨薄了一层，心里却越来越亮堂。"
    "俯下身，沉下心，才听得见泥土里的声音，看得见笑容后的汗水。这样的采访，我们还会继续下去，也请读者朋友把身边的"
    "故事讲给我们听，我们愿意一趟一趟地跑，一个一个地记。",
)
"""Boilerplate that stands under unlike stories, in the text itself."""
ENGLISH_STANDING = (
    "This newsletter is written by our reporters every Friday and brings you the week's best stories from around the "
    "region. If a friend sent it to you, you can sign up on our site at no charge. We welcome letters, corrections and "
    "ideas for stories, and we read all of them, even where we cannot answer each one in person.",
)
