### 年度方案：规则的话、指标的名称、方案文件里的差错

## 方案的章节

rule-section-overview = 总览
rule-section-windows = 时间安排
rule-section-deadlines = 截止日期
rule-section-bidding = 竞价日
rule-section-fairs = 专场活动
rule-section-kpis = 专场指标
rule-section-caps = 上限与数量要求
rule-section-eligibility = 标的条件
rule-section-documents = 报送材料
rule-section-duties = 其他要求
rule-section-cooperation = 区域与合作市场

rule-force-hard = 必须
rule-force-soft = 原则上

## 总览

rule-overview = { $name }：{ $year } 年度，适用于{ $region }，由{ $organiser }组织实施，线上平台为{ $platform }。
rule-guides = 指导与支持单位：{ $guides }。
rule-season = { $name }（{ $kind }）。
rule-season-auction = 供给侧：专利与成果的展示和竞价
rule-season-challenge = 需求侧：需求张榜与揭榜
rule-sectors = 产业领域：{ $sectors }。
rule-renewal = 需求和供给信息发布后 { $days } 天有效，到期前 { $remind } 天提醒续期。

## 时间安排

rule-scope-all = 全部活动
rule-window = { $name }（{ $scope }）：{ $from } 至 { $to }。
rule-window-open = { $name }（{ $scope }）：{ $from } 起，长期开展。
rule-deadline = { $name }：最迟 { $day }（含当日）。
rule-deadline-before = { $name }：须早于 { $day }（不含当日）。
rule-channel = { $name }的报送方式：{ $kind }，{ $to }。
rule-channel-paper = 纸质盖章材料
rule-channel-electronic = 电子材料

## 竞价日

rule-bidding-days = 自 { $first } 至 { $to } 每{ $weekdays }集中竞价，共 { $count } 个竞价日，实际举行 { $held } 场。
rule-bidding-holidays = 其中 { $count } 个竞价日遇法定节假日（{ $days }）：{ $policy ->
    [move] 顺延至其后第一个空闲的工作日
    [hold] 照常举行
   *[skip] 暂停
  }。
rule-holidays-cn = 法定节假日和调休上班日以国务院办公厅当年通知为准。
rule-holidays-extra = 另加休息日：{ $days }。
rule-holidays-worked = 另加上班日：{ $days }。
rule-holiday-policy-skip = 暂停
rule-holiday-policy-hold = 照常举行
rule-holiday-policy-move = 顺延
rule-holiday-source-cn = 国务院办公厅通知
rule-holiday-source-none = 仅以方案所列为准
rule-weekday-monday = 周一
rule-weekday-tuesday = 周二
rule-weekday-wednesday = 周三
rule-weekday-thursday = 周四
rule-weekday-friday = 周五
rule-weekday-saturday = 周六
rule-weekday-sunday = 周日

## 专场活动

rule-fairs-all = 各类专场
rule-fair-count-exact = { $fair }全年 { $min } 场。
rule-fair-count-range = { $fair }全年 { $min } 至 { $max } 场。
rule-fair-count-min = { $fair }全年不少于 { $min } 场。
rule-fair-count-max = { $fair }全年不超过 { $max } 场。
rule-fair-count-free = { $fair }：方案未定场次。
rule-fair-hosts = { $fair }由至少 { $count } 个地方科技主管部门{ $talent ->
    [yes] 会同人才部门共同
   *[no] { $count ->
        [1] 牵头
       *[other] 合作
      }
  }承办。
rule-fair-pilot = { $fair }的试点地区：{ $regions }。
rule-fair-focus = { $fair }重点面向：{ $tags }。

## 专场指标

rule-kpi = { $fair }{ $torch ->
    [yes] （承办“火炬科技成果直通车”的）
   *[no] {""}
  }：{ $per ->
    [host] 每个承办单位
   *[fair] {""}
  }{ $metric }{ $op } { $value } { $unit }。
rule-kpi-season = { $fair }（{ $season }{ $torch ->
    [yes] ，承办“火炬科技成果直通车”的
   *[no] {""}
  }）：{ $per ->
    [host] 每个承办单位
   *[fair] {""}
  }{ $metric }{ $op } { $value } { $unit }。
rule-per-host = 每个承办单位
rule-op-min = 不少于
rule-op-max = 不超过
rule-op-eq = 为
rule-unit-firm = 家
rule-unit-item = 项
rule-unit-need = 条
rule-unit-person = 人
rule-unit-copy = 份
rule-unit-percent = %

metric-firms-served = 精准服务企业数
metric-roadshow-projects = 现场路演项目数
metric-attendees = 现场参会人数
metric-media-outlets = 对接的地方主流媒体数
metric-summary-reports = 总结报告数
metric-typical-cases = 典型案例数
metric-yearly-show-projects = 推荐参加年度成效展的项目数
metric-offers-published = 发布的面向产业化应用的专利（成果）数
metric-offers-from-plans = 国家级、省级科技计划项目相关专利（成果）数
metric-roadshow-major-achievements = 路演中重点高校院所的重大科技成果数
metric-valid-needs = 发布的有效技术需求数
metric-cross-region-firms = 跨区域服务非承办地企业数
metric-answers-received = 收到的揭榜方案数
metric-intentions = 意向对接项目数
metric-deals = 促成技术交易项目数
metric-town-corps-coverage = 科技镇长团参与覆盖的县（市、区）比例
metric-brokerages = 联动的技术经理人事务所数
metric-cross-region-share = 跨区域服务的专利（成果）和技术需求占服务总量的比例
metric-units-invited = 邀请参会单位数
metric-host-showings = 现场展示的专利（成果）、需求或合作项目数
metric-cases-field = 产业领域示范典型案例数
metric-cases-people = 科技镇长团、技术经理人促成的典型案例数
metric-cases-cross-region = 跨区域服务典型案例数

## 上限与数量要求

rule-cap = 每{ $who }的{ $what }{ $op } { $count }。
rule-cap-when = 每{ $who }（{ $when }）的{ $what }{ $op } { $count }。
rule-who-city = 个设区市
rule-who-county = 个县（市、区）
rule-who-organisation = 家单位
rule-who-company = 家企业
rule-who-fair = 场专场
rule-who-team = 个科研团队
rule-what-lead-fairs = 主承办专场场数
rule-what-hosted-fairs = 承办专场场数
rule-what-offers = 推荐专利（成果）总项数
rule-what-plan-offers = 国家级、省级科技计划项目相关专利（成果）项数
rule-what-roadshow-picks = 推荐现场路演项数
rule-what-attendees = 参会人数
rule-what-needs = 发布需求条数
rule-what-answers = 揭榜项数
rule-when-public-undergraduate = 部省属本科高校
rule-when-outside = 本区域以外

## 标的条件

rule-suppliers = 专利和成果向以下单位征集：{ $owners }。
rule-granted-since = 专利应为 { $day }（含当日）以后授权。
rule-granted-after = 专利应为 { $day }（不含当日）以后授权。
rule-in-force = 专利应处于有效状态。
rule-achievement-owners = 科技成果重点征集以下单位的成果：{ $owners }。
rule-outside-price = { $region }以外的项目，拟交易价应在 { $wan } 万元以上。
rule-owner-university = 高校
rule-owner-institute = 科研院所
rule-owner-new-rd = 新型研发机构
rule-owner-state-firm = 国有企业
rule-owner-firm = 企业

## 报送材料与其他要求

rule-document = 《{ $name }》：{ $subject }。
rule-document-first = 《{ $name }》：{ $subject }，仅首次参加时提交。
rule-subject-patent = 每件专利填报
rule-subject-achievement = 每项成果填报
rule-subject-need = 每条需求填报
rule-subject-liaison = 每名活动联络员填报
rule-subject-organisation = 每家参加单位签署
rule-subject-answer = 揭榜团队提交
rule-subject-contest = 现场活动的需求方、供给方和专家分别签署
rule-subject-application = 申办专场时提交
rule-duty-offline-reports = 线下促成的意向合作和技术交易，均通过线上平台汇交数据。
rule-duty-withhold = 公开发布技术需求时，按需求方意愿隐去相关信息。
rule-duty-contest-consent = 进行公开赛事，征得需求方和技术供给方同意。
rule-duty-one-liaison = 每家高校院所指定 1 名活动联络员。
rule-duty-host-liaison = 每个承办单位确定活动联络员。
rule-duty-push-all = 需求榜单向全部对口高校推送，应推尽推。
rule-duty-keep-unsolved = 未获得有效解决方案的需求继续服务，不作了结。
rule-applications = 承办单位按以下方面择优确定：{ $criteria }。

## 区域与合作市场

rule-region-tag = { $name }：{ $regions }。
rule-market = 合作技术市场：{ $name }（{ $region }）。

## 报送时的提示

issue-patent-granted-early = 授权公告日 { $granted } 早于本年度方案要求的 { $since }。
issue-patent-grant-unclear = 授权公告日只写到 { $granted }，看不出是否晚于本年度方案要求的 { $since }，请补全日期。
issue-patent-not-in-force = 本年度方案征集有效专利，该专利不在有效状态。
issue-achievement-owner-unusual = 本年度方案的成果征集不面向这类单位（{ $owner ->
    [university] 高校
    [institute] 科研院所
    [new-rd] 新型研发机构
    [state-firm] 国有企业
   *[firm] 企业
  }）。
issue-supplier-unusual = 本年度方案不向这类单位征集专利和成果（{ $owner ->
    [university] 高校
    [institute] 科研院所
    [new-rd] 新型研发机构
    [state-firm] 国有企业
   *[firm] 企业
  }）。
issue-outside-price-low = 区域以外的项目意向价为 { $price } 万元，低于本年度方案的 { $min } 万元。
issue-sector-not-asked = 本年度方案未列该产业领域（{ $sector }），发布后不会在领域专区展示。

## 方案文件里的差错

mistake-too-large = 文件有 { $bytes } 字节，超过 { $max } 字节的上限。
mistake-syntax = 语法有误，无法读下去：{ $detail }。
mistake-syntax-pair = 应写成“键 = 值”：等号、键或值缺了或多了。
mistake-syntax-quote = 文本要用双引号括起来，引号要成对。
mistake-syntax-unclosed = 括号没有成对，或各项之间缺逗号。
mistake-duplicate-key = 键“{ $key }”在同一处写了两次。
mistake-duplicate-entry = “{ $value }”重复出现。
mistake-duplicate-rule = “{ $code }”与“{ $first }”针对同一指标（{ $metric }，{ $op }），同一要求只写一次。
mistake-unknown-key = { $table ->
    [top] 文件顶层
   *[other] { $table }
  } 不认识键“{ $key }”{ $nearest ->
    [none] {""}
   *[other] ，是不是“{ $nearest }”
  }。
mistake-missing-key = { $table ->
    [top] 文件顶层
   *[other] { $table }
  } 缺少“{ $key }”。
mistake-wrong-type = { $key } 应为{ $expected ->
    [string] 文本
    [integer] 整数
    [boolean] true 或 false
    [day] 日期（如 2023-06-20，不带引号）
    [array] 列表
   *[table] 表
  }，写成了{ $found ->
    [string] 文本
    [integer] 整数
    [float] 小数
    [boolean] true 或 false
    [datetime] 日期或时间
    [array] 列表
   *[table] 表
  }。
mistake-empty-text = { $key } 不能为空。
mistake-text-too-long = { $key } 不能超过 { $max } 个字。
mistake-empty-list = { $key } 至少要有一项。
mistake-empty-table = { $key } 里什么也没有写。
mistake-list-too-long = { $key } 不能超过 { $max } 项。
mistake-bad-key = { $key } 的“{ $value }”不合要求：只用小写字母、数字和单个连字符，以字母开头，不超过 { $max } 个字符。
mistake-out-of-range = { $key } 的 { $value } 超出范围（{ $min } 至 { $max }）。
mistake-unknown-word = { $key } 不认识“{ $value }”{ $nearest ->
    [none] {""}
   *[other] ，是不是“{ $nearest }”
  }。可用：{ $known }。
mistake-unknown-sector = 产业领域代码“{ $value }”不存在。
mistake-unknown-region = 行政区划代码“{ $value }”不在区划表里。
mistake-region-outside = 行政区划 { $value } 不在本方案的区域之内。
mistake-unknown-metric = 指标“{ $value }”不存在{ $nearest ->
    [none] {""}
   *[other] ，是不是“{ $nearest }”
  }。
mistake-unit-mismatch = 指标 { $metric } 的单位是 { $expected }，写成了 { $found }。
mistake-unknown-reference = { $key } 指向的“{ $value }”在本文件里没有。
mistake-window-backwards = { $key }：结束日 { $to } 早于开始日 { $from }。
mistake-window-open-ended = { $key }：“{ $value }”没有结束日，无法排竞价日。
mistake-day-outside-year = { $key } 的 { $day } 不在 { $year } 年内。
mistake-count-backwards = { $key }：上限 { $max } 小于下限 { $min }。
mistake-holidays-unknown-year = 内置节假日表只有 { $from } 至 { $to } 年，没有 { $year } 年：请把来源写成 none 并列出休息日。
