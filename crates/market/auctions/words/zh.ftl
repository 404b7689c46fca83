# 谁可以做什么
action-lot-see = 查看标的
action-lot-make = 编写标的
action-lot-desk = 查看标的台账
action-lot-approve = 复核规则和时间
action-lot-announce = 发布公告、撤回标的
action-lot-register = 报名竞买
action-lot-bid-for = 代表单位竞买
action-lot-admit = 审核竞买资格
action-lot-bid = 报价、申报保证金
action-lot-ask = 提问、关注标的
action-lot-answer = 答复提问
action-lot-ledger = 管理保证金
action-lot-office = 主持大厅（暂停、终结、恢复）
action-lot-award = 公示和确认成交
action-lot-my = 查看本人的竞买
action-lot-score = 封存评分
action-lot-follow = 跟进竞价日志
action-licence-see = 查看开放许可
action-licence-declare = 声明、撤回开放许可
action-licence-keep = 登记国知局公告
action-licence-take = 以通知方式获得开放许可
nav-lots = 网络竞价
nav-my-bids = 我的竞买
nav-centre-lots = 标的台账
nav-deposits = 保证金

# 标的所处阶段
lot-state-draft = 起草
lot-state-reviewed = 已复核
lot-state-logged = 已公告
lot-state-dropped = 已放弃
lot-phase-draft = 起草
lot-phase-reviewed = 已复核，待公告
lot-phase-dropped = 已放弃
lot-phase-announced = 公告中，可报名
lot-phase-ready = 报名截止，待开拍
lot-phase-free = 自由报价
lot-phase-timed = 限时报价
lot-phase-offers = 报价中
lot-phase-unsealing = 开标中
lot-phase-falling = 降价中
lot-phase-listed = 挂牌中
lot-phase-closing = 已截止
lot-phase-asking = 询问优先购买权人
lot-phase-provisional = 待公示
lot-phase-publicity = 成交公示
lot-phase-confirmed = 已成交
lot-phase-failed = 流拍
lot-phase-terminated = 终结
lot-phase-defaulted = 悔拍
lot-phase-voided = 已撤销
lot-mode-english = 增价竞价
lot-mode-sealed = 一次报价
lot-mode-scoring = 权重报价
lot-mode-dutch = 降价竞价
lot-mode-listed = 挂牌
lot-deal-transfer = 专利权（成果）转让
lot-deal-exclusive = 独占许可
lot-deal-sole = 排他许可
lot-deal-ordinary = 普通许可
lot-profile-default = 平台通用
lot-profile-judicial = 参照司法拍卖
lot-profile-state-owned = 国有单位
lot-fee_payer-buyer = 买受人
lot-fee_payer-seller = 出让方
lot-then-english = 限时增价
lot-then-sealed = 一次报价
lot-priority-none = 无
lot-priority-hall = 场内同价行使
lot-priority-ask = 截止后逐一询问
lot-hammer-none = 不需要
lot-hammer-officer = 由工作人员确认
lot-publicity_days-working = 工作日
lot-publicity_days-plain = 自然日
lot-relation-none = 无关联
lot-relation-inventor = 发明人（完成人）
lot-relation-holder = 其他优先购买权人
lot-relation-affiliate = 出让方关联方
lot-bidder-asked = 待审核
lot-bidder-admitted = 已准入
lot-bidder-refused = 未准入
lot-stage-none = 未缴
lot-stage-pledged = 已申报缴纳
lot-stage-bank-seen = 银行已到账
lot-stage-confirmed = 平台已确认
lot-stage-locked = 已锁定
lot-stage-released = 退还
lot-stage-applied = 抵作价款
lot-stage-forfeited = 不予退还

# 编写标的
lot-new = 新建标的
lot-make = 上架竞价
lot-edit = 修改标的
lot-form-lead = 标的由两名工作人员复核后公告；公告后规则即行冻结，变更须重新公告。
lot-approvals-go = 已有 { $n } 人复核；保存修改后须重新复核。
lot-errors = 请改正以下各项
lot-must = 必填
lot-save = 保存
lot-items = 标的内容
lot-reserve-kept = 已设保留价，密封保存。留空则不变，填“-”则取消。
lot-part-what = 标的与条件
lot-part-price = 价格与保证金
lot-part-mode = 竞价方式
lot-part-rights = 优先购买权与公示
lot-part-times = 时间
lot-f-title = 标的名称
lot-f-deal = 交易方式
lot-f-about = 标的介绍
lot-f-delivery = 交付内容与方式
lot-f-payment_days = 付款期限
lot-h-payment_days = 自确认成交之日起的天数
lot-f-viewing_days = 看样时间
lot-h-viewing_days = 竞价前可看样的天数
lot-f-viewing = 看样联系与地点
lot-f-qualification = 竞买人资格
lot-f-representative = 出让方法定代表人
lot-h-representative = 仅用于核对竞买人是否为关联方，密文保存，不公开；留空则不变
lot-f-fee = 交易服务费（%）
lot-h-fee = 按成交价计；不收取填 0
lot-f-fee_payer = 服务费承担方
lot-f-profile = 规则类型
lot-h-profile = 参照司法拍卖：自由报价期至少 24 小时；国有单位：公告期至少 20 天
lot-f-start = 起拍价
lot-h-start = 降价竞价为起始最高价，挂牌为挂牌价。可写“50万元”
lot-f-reserve = 保留价
lot-h-reserve = 可不设。公告只公布其密封值，截止后开启；低于保留价则流拍
lot-f-step = 加价幅度
lot-h-step = 每次加价的单位金额；留空按起拍价的 1%
lot-f-tiers = 分段加价幅度
lot-h-tiers = 每行“起始价: 幅度”，如“0: 5000”“100万: 1万”；填写后以此为准
lot-f-steps = 单次最多加价幅度数
lot-f-guard_steps = 大额确认：超过幅度数
lot-f-guard_percent = 大额确认：超过百分比
lot-f-deposit = 保证金（起拍价的 %）
lot-h-deposit = 5～20
lot-f-bidders_min = 最少竞买人数
lot-f-mode = 竞价方式
lot-f-free = 自由报价期（分钟）
lot-f-window = 限时报价（秒）
lot-h-window = 60～600；每次有效报价后重新计时
lot-f-cap = 总时限（分钟）
lot-h-cap = 可不设；到时以一次密封报价决出，不直接截断
lot-f-open = 报价（挂牌）时间（分钟）
lot-h-open = 用于一次报价、权重报价和挂牌
lot-f-runoff = 同价加赛（分钟）
lot-f-price_weight = 价格权重（%）
lot-f-criteria = 其他评分项
lot-h-criteria = 每行“名称 权重”，如“技术方案 25”；与价格权重合计 100
lot-f-dutch_step = 降价幅度
lot-f-dwell = 每档停留（秒）
lot-f-floor = 底价
lot-f-then = 多人摘牌后的竞价
lot-f-round = 后续竞价时间（秒）
lot-f-priority = 优先购买权
lot-h-priority = 职务发明、职务成果转让时，发明人（完成人）在同等条件下优先（民法典第八百四十七条）
lot-f-ask = 每名优先权人答复时间（秒）
lot-f-hammer = 落槌确认
lot-h-hammer = 报价截止后由工作人员确认落槌，再产生暂定成交；选“不需要”则由规则自动产生
lot-f-publicity = 成交公示（天）
lot-f-publicity_days = 公示期按
lot-f-notice = 公告期（天）
lot-f-registers_until = 报名截止
lot-f-starts = 竞价开始
lot-h-starts = 须为本年度竞价日（每周三、五，节假日除外）；挂牌不限
lot-f-pause_days = 暂停上限（天）
lot-h-pause_days = 暂停超过此期限未恢复的，终结并退还保证金

# 标的页
lot-when = 时间
lot-when-live = 正在竞价
lot-when-today = 今日
lot-when-coming = 即将开始
lot-when-ended = 已结束
lot-when-sold = 已成交
lot-list-lead = 专利和成果的公开竞价。规则在公告时冻结，全过程留痕，任何人可以校验。
lot-next-days = 最近的竞价日：{ $days }。
lot-results = 竞价结果
lot-results-lead = 已结束标的的结果：成交、流拍、终结和撤销都在这里。
lot-search = 名称或编号
lot-none = 目前没有符合条件的标的。
lot-to-offers = 看看供给
lot-wan = 万元
lot-start = 起拍价
lot-begins = { $at } 开始
lot-ends = { $at } 截止
lot-counts = 竞买人 { $bidders } · 报价 { $bids }
lot-round = 第 { $n } 次上拍
lot-days = { $n } 天
lot-hours = { $n } 小时
lot-minutes = { $n } 分钟
lot-seconds = { $n } 秒
lot-not-public = 本标的尚未公告，只有出让方和中心可以看到。
lot-origin = 前一次上拍（公告）：
lot-follower = 后续上拍（公告）：
lot-award = 成交结果
lot-award-says = { $paddle } 号竞买人，成交价 { $price }。
lot-award-until = 公示至 { $at }；公示期内为暂定成交，无异议后确认。
lot-award-final = 公示期满，成交已经确认。
lot-ended-why = 未成交：{ $why }
lot-not-resumed = 暂停后未在期限内恢复
lot-notice = 公告
lot-seller = 出让方
lot-fee-none = 不收取交易服务费。
lot-fee-says = 由{ $payer }按成交价的 { $percent }% 支付。
lot-fee-at-start = 按起拍价计为 { $fee }。
lot-rules = 竞价规则
lot-tier = { $from } 起，每次 { $step }
lot-steps-most = 单次至多 { $n } 个幅度
lot-reserve-secret = 设有保留价（密封）
lot-reserve-none = 不设保留价
lot-reserve-hash = 保留价密封值
lot-priority-asks = 截止后依次询问，每人 { $time }
lot-publicity-working = { $n } 个工作日
lot-publicity-plain = { $n } 天
lot-pause = 暂停与恢复
lot-pause-says = 暂停后恢复的，给全体竞买人完整的报价时间；{ $time } 内未恢复的，终结并退还保证金
lot-window-says = { $time }，每次领先报价后重新计时
lot-cap-says = { $time } 后以一次密封报价决出
lot-questions = 公开问答
lot-questions-none = 还没有问答。
lot-ask = 提问
lot-ask-hint = 答复后，问题和答复一并公开，不显示提问人。
lot-ask-send = 提交
lot-answer = 答复
lot-answer-send = 公开答复
lot-evidence = 存证
lot-evidence-lead = 公告、规则和日志以散列相连，批次由平台私钥签名；可下载证据包离线校验。
lot-notice-hash = 公告散列
lot-rules-hash = 规则散列
lot-head = 日志末端
lot-key = 平台公钥
lot-price-now = 当前价
lot-price-award = 成交价
lot-deposit = 保证金
lot-end = 本阶段截止
lot-bidders = 竞买人
lot-bids = 报价
lot-to-room = 进入竞价室
lot-register = 报名竞买
lot-watch = 关注
lot-unwatch = 取消关注
lot-paper = 成交确认书
lot-mine = 我的竞买
lot-you-won = 您已竞得
lot-paddle = 号牌
lot-paddle-n = { $n } 号
lot-pay-code = 缴款码
lot-pay-how = 请在报名截止前将 { $amount } 汇入中心保证金账户，附言写明缴款码 { $code }。
lot-pledge = 已汇出保证金
lot-work = 办理
lot-approved-by = { $name } 于 { $at } 复核
lot-approve = 复核通过
lot-announce = 发布公告
lot-confirm = 确认成交
lot-relist = 再次上拍
lot-drop = 放弃标的
lot-bidders-desk = 竞买人审核
lot-reason = 理由
lot-send-back = 退回修改
lot-send-back-hint = 编写人会收到理由；已有的复核作废。
lot-replace = 撤回并重新公告
lot-replace-hint = 公告后的变更须重新公告：本标的终结，另建新标的。理由公开。
lot-withdraw = 撤回标的
lot-withdraw-hint = 仅限竞价开始前；保证金全部退还。理由公开。
lot-default = 认定悔拍
lot-default-hint = 买受人不履行的，保证金不予退还，标的可再次上拍。理由公开。
lot-panel = 网络竞价
lot-back = 返回标的

# 报名
lot-register-lead = 竞买人身份密封保存，场内只显示号牌；中心审核资格后准入。
lot-register-deposit = 须在竞价开始前缴纳保证金 { $amount }，未竞得者在截止后 24 小时内退还。
lot-register-fee = 交易服务费为成交价的 { $percent }%。
lot-register-send = 提交报名
lot-r-org = 代表
lot-r-self = 本人
lot-r-asked = 本标的要求：{ $text }
lot-r-representative = 法定代表人
lot-rh-representative = 代表单位竞买时必填，用于核对关联关系
lot-r-phone = 联系电话
lot-r-qualification = 资格说明
lot-r-declared = 关系说明
lot-rh-declared = 勾选发明人或优先购买权人的，请写明依据
lot-r-bank = 退款开户银行
lot-r-account_holder = 退款户名
lot-r-account = 退款账号
lot-r-file = 授权委托书
lot-rh-file = 非单位管理员代表单位竞买的，请上传盖章扫描件（PDF、JPG、PNG）
lot-r-relation = 与标的和出让方的关系
lot-rh-relation = 如实声明。出让方及其母公司、子公司、同一控制下的公司不得竞买。
lot-r-inventor = 发明人（完成人），或其任职、持股的公司
lot-r-holder = 共有人、股东等其他优先购买权人
lot-r-group = 出让方的母公司、子公司或同一控制下的公司
lot-r-accepts = 我已阅读并接受本标的的公告和竞价规则
lot-my-lead = 您参加的和关注的标的。
lot-my-bids = 参加的标的
lot-my-none = 您还没有参加竞买。
lot-my-watched = 关注的标的
lot-my-watched-none = 您还没有关注标的。

# 中心办理
lot-desk-lead = 等待复核、公告、审核、确认的标的。
lot-desk-draft = 起草和待复核
lot-desk-draft-hint = 没有待复核的标的。
lot-desk-reviewed = 待公告
lot-desk-reviewed-hint = 没有待公告的标的。
lot-desk-running = 公告中
lot-desk-running-hint = 没有公告中的标的。
lot-desk-live = 竞价中
lot-desk-live-hint = 目前没有竞价。
lot-desk-award = 公示和待确认
lot-desk-award-hint = 没有公示中的标的。
lot-desk-unsold = 未成交
lot-desk-unsold-hint = 没有未成交的标的。
lot-mark-asked = { $n } 人待审核
lot-mark-questions = { $n } 条提问待答复
lot-mark-confirm = 公示期满，待确认
lot-bidders-lead = 身份仅在此页显示给审核人员，日志只记录号牌和密封值。
lot-bidders-none = 还没有人报名。
lot-confirm-deposits = 确认 { $n } 笔银行已到账的保证金
lot-rank = 优先顺位
lot-admit = 准入
lot-refuse = 不准入
lot-deposits-lead = 导入银行流水，按缴款码自动对应；确认后竞买人方可报价。退款在截止后 24 小时内制单。
lot-statement = 银行流水
lot-statement-file = 流水文件
lot-statement-hint = Excel 或 CSV，含日期、付款人、金额、附言。重复导入不会重复入账。
lot-statement-send = 导入
lot-seen = 银行已到账，待确认
lot-unmatched = 未对应的流水
lot-unmatched-none = 没有未对应的流水。
lot-assign = 对应
lot-aside-note = 说明
lot-aside = 非保证金
lot-owed = 待退保证金
lot-owed-none = 没有待退的保证金。
lot-due = { $at } 前退还
lot-order-back = 生成退款文件
lot-refund-file = 退款文件 { $at }
lot-matched = 已对应的流水
lot-matched-none = 还没有已对应的流水。
lot-statements = 导入记录
lot-statements-none = 还没有导入流水。
lot-statement-counts = 新增 { $fresh }，对应 { $matched }
lot-line-no-code = 附言中没有缴款码
lot-line-amount = 金额与应缴保证金不符
lot-line-twice = 该竞买人已缴
lot-line-late = 已过缴纳时间
lot-line-by-hand = 人工对应

# 成交确认书
lot-paper-number = 编号：{ $number }
lot-paper-lot = 标的
lot-paper-buyer = 买受人
lot-paper-deposit = 已缴保证金（抵作价款）
lot-paper-rest = 应付余款
lot-paper-fee = 交易服务费
lot-paper-closed = 竞价截止时间
lot-paper-confirmed = 成交确认时间
lot-paper-says = 本确认书依据上述标的的公告、规则和竞价日志出具；双方应据此签订合同并办理权属变更。
lot-paper-signs = 出让方（盖章）：　　　　　　买受人（盖章）：　　　　　　组织方（盖章）：　　　　　　日期：

# 办理结果
lot-said-made = 标的 { $number } 已建立，等待两名工作人员复核。
lot-said-changed = 已保存，须重新复核。
lot-said-dropped = 标的已放弃。
lot-said-approved = 已复核，还需另一名工作人员复核。
lot-said-reviewed = 两人复核完成，可以公告。
lot-said-sent-back = 已退回。
lot-said-announced = 公告已发布，规则冻结。
lot-said-withdrawn = 标的已撤回，保证金将退还。
lot-said-replaced = 原标的已撤回，请修改后重新复核和公告。
lot-said-relisted = 已按原条件新建，请修改时间和价格（降幅不超过 20%）。
lot-said-confirmed = 成交已确认。
lot-said-defaulted = 已认定悔拍。
lot-said-asked = 已提交，答复后公开。
lot-said-answered = 答复已公开。
lot-said-watched = 已关注，开拍前会提醒您。
lot-said-unwatched = 已取消关注。
lot-said-pledged = 已申报，银行到账并确认后即可报价。
lot-said-registered = 报名已提交，您的号牌是 { $paddle }，等待审核。
lot-said-admitted = 已准入。
lot-said-refused = 已作不准入处理。
lot-said-statement = 共 { $lines } 笔收入，新增 { $fresh }，自动对应 { $matched }。
lot-said-assigned = 已对应。
lot-said-aside = 已标为非保证金。
lot-said-deposits = 已确认 { $n } 笔保证金。
lot-said-refunds = 退款文件已生成。

# 表单问题
issue-lot-empty = 此项必填，请填写。
issue-lot-long = 至多 { $max } 个字符，请缩短。
issue-lot-choice = “{ $found }”不在可选范围内，请重新选择。
issue-lot-number = “{ $found }”不是可用的整数，请改为整数。
issue-lot-money = “{ $found }”不是一个确定的金额，请写如“50万元”或“500000”。
issue-lot-when = “{ $found }”不是时间，请写如 2023-06-28T09:30。
issue-lot-fee = “{ $found }”不是 0～10 的百分比，请改正。
issue-lot-tiers = 分段加价幅度无法读取，请每行写“起始价: 幅度”。
issue-lot-criteria = 评分项无法读取，请每行写“名称 权重”。
issue-lot-registers-until = 报名截止须在当前时间之后、竞价开始之前，请改正。
issue-lot-notice-short = 公告期不足，最早可于 { $earliest } 开始，请推迟。
issue-lot-day = { $found } 不是竞价日，最近可选 { $next }，请改选。
issue-lot-day-none = { $found } 不是竞价日，本年度之后也没有竞价日了，请与中心联系。
issue-lot-items = 请选择 1～{ $max } 项供给。
issue-lot-item-state = “{ $title }”尚未通过审核，不能上架竞价；请等审核通过后再试。
issue-lot-item-owner = “{ $title }”不属于同一单位，不能打包；请分别上架。
issue-lot-item-selling = “{ $title }”已在另一标的中；请先结束那个标的。
issue-lot-cut = 再次上拍降幅不得超过 20%，起拍价至少 { $least }，请改正。
issue-lot-accept = 请勾选接受公告和规则；如公告有变，请先重新阅读。
issue-lot-mandate = 请上传授权委托书扫描件，或由单位管理员报名。
issue-lot-registered = 您已报名本标的，无须重复。
issue-lot-full = 号牌已用完，请与中心联系。
issue-lot-conflict-same = 这是出让方自己，不得竞买；请换由无关联的一方报名。
issue-lot-conflict-code = 统一社会信用代码与出让方相同，不得竞买；如有误请与中心联系。
issue-lot-conflict-representative = 法定代表人与出让方相同，属于关联方，不得竞买；如有误请与中心联系。
issue-lot-conflict-group = 出让方的母公司、子公司和同一控制下的公司不得竞买；如勾选有误请改正。
issue-lot-code = 没有缴款码“{ $found }”，请核对。
issue-lot-line = 不能对应：{ $why ->
    [amount] 金额与应缴保证金不符
    [twice] 该竞买人已缴
   *[late] 已过缴纳时间
 }。请核对后改作他用或退回。
issue-lot-statement = 流水无法读取：{ $why } 请换一个文件。
issue-lot-statement-columns = 没有找到日期、付款人、金额三列，请核对表头。
issue-lot-statement-row = 第 { $row } 行的“{ $found }”无法读取，请改正后重新导入。

# 冲突
fault-lot-not-now = 标的当前所处阶段不能这样办理
    .text = 标的不在可以这样办理的阶段，或者刚刚已由他人办理。请重新查看标的页。
fault-lot-same-officer = 须由另一名工作人员复核
    .text = 规则和时间须由两名不同的工作人员复核。请同事办理。
fault-lot-away = 竞价服务暂不可用
    .text = 不能确定是否已经受理，或标的正在恢复。请稍后重试，不会重复办理。

# 通知
notice-lot-sent-back = 标的《{ $title }》被退回：{ $reason }
    .body = 标的《{ $title }》被退回：{ $reason }。

        { $link }
notice-lot-admitted = 您已获准参加标的《{ $title }》（{ $number }）的竞买，号牌 { $paddle }
    .body = 您已获准参加标的《{ $title }》（{ $number }）的竞买，号牌 { $paddle }。

        { $link }
notice-lot-refused = 您未获准参加标的《{ $title }》的竞买：{ $reason }
    .body = 您未获准参加标的《{ $title }》的竞买：{ $reason }。

        { $link }
notice-lot-deposit-confirmed = 标的《{ $title }》的保证金已确认，您可以报价
    .body = 标的《{ $title }》的保证金已确认，您可以报价。

        { $link }
notice-lot-won = 您以 { $paddle } 号竞得标的《{ $title }》，公示期满后确认
    .body = 您以 { $paddle } 号竞得标的《{ $title }》，公示期满后确认。

        { $link }
notice-lot-lost = 标的《{ $title }》已由他人竞得，您的保证金将在 24 小时内退还
    .body = 标的《{ $title }》已由他人竞得，您的保证金将在 24 小时内退还。

        { $link }
notice-lot-confirmed = 标的《{ $title }》成交已确认，请查看成交确认书
    .body = 标的《{ $title }》成交已确认，请查看成交确认书。

        { $link }
notice-lot-undone = 标的《{ $title }》的成交已撤销或认定悔拍，请查看标的页
    .body = 标的《{ $title }》的成交已撤销或认定悔拍，请查看标的页。

        { $link }
notice-lot-ended = 标的《{ $title }》未成交，您的保证金将在 24 小时内退还
    .body = 标的《{ $title }》未成交，您的保证金将在 24 小时内退还。

        { $link }
notice-lot-answered = 您对标的《{ $title }》的提问已答复
    .body = 您对标的《{ $title }》的提问已答复。

        { $link }
notice-lot-tomorrow = 标的《{ $title }》（{ $number }）将于 { $at } 开始竞价
    .body = 标的《{ $title }》（{ $number }）将于 { $at } 开始竞价。

        { $link }
notice-lot-soon = 标的《{ $title }》（{ $number }）即将于 { $at } 开始竞价
    .body = 标的《{ $title }》（{ $number }）即将于 { $at } 开始竞价。

        { $link }
notice-lot-watch-sold = 您关注的标的《{ $title }》已有成交结果
    .body = 您关注的标的《{ $title }》已有成交结果。

        { $link }
notice-lot-watch-ended = 您关注的标的《{ $title }》未成交
    .body = 您关注的标的《{ $title }》未成交。

        { $link }

# 审计
audit-lot-made = 新建标的
audit-lot-changed = 修改标的
audit-lot-dropped = 放弃标的
audit-lot-replaced = 重新公告，另建标的
audit-lot-relisted = 再次上拍，另建标的
audit-lot-approved = 复核规则和时间
audit-lot-sent-back = 退回标的
audit-lot-officer = 登记工作人员编号
audit-lot-announced = 发布标的公告
audit-lot-withdrawn = 撤回标的
audit-lot-bidder-barred = 拦截关联方报名
audit-lot-bidder-asked = 报名竞买
audit-lot-bidder-admitted = 准入竞买人
audit-lot-bidder-refused = 不准入竞买人
audit-lot-deposit-pledged = 申报缴纳保证金
audit-lot-statement = 导入银行流水
audit-lot-line-assigned = 人工对应流水
audit-lot-line-aside = 流水标为非保证金
audit-lot-deposits-confirmed = 确认保证金
audit-lot-refunds-ordered = 生成退款文件
audit-lot-followed = 跟进竞价日志
audit-lot-bare = 直接建立标的（测量、测试用）
audit-lot-reminded = 发送提醒
audit-lot-asked = 对标的提问
audit-lot-answered = 答复提问
audit-lot-watched = 关注或取消关注标的
audit-lot-confirmed = 确认成交
audit-lot-defaulted = 认定悔拍

# 开放许可
nav-licences = 开放许可
licence-lead = 专利权人公开声明条件，任何人以书面通知并付费即可获得普通许可，条件对所有人一致。
licence-search = 专利名称或专利号
licence-keeps = 包括已声明、尚未由国知局公告的许可。
licence-none = 目前没有开放许可。
licence-state-declared = 已声明，待公告
licence-state-announced = 已公告，未到生效日
licence-state-open = 开放中
licence-state-withdrawn = 已撤回
licence-kind-invention = 发明专利
licence-kind-utility = 实用新型
licence-kind-design = 外观设计
licence-until-day = 许可期限至 { $day }
licence-base-fixed = 固定费用
licence-base-sales = 按净销售额提成
licence-base-profit = 按利润提成
licence-share-sales = 净销售额的 { $share }%
licence-share-profit = 利润的 { $share }%
licence-entry-fee = 入门费 { $fee }，另付{ $share }
licence-terms = 声明的条件
licence-terms-lead = 对所有被许可人一致，平台不作个别变更。
licence-owner = 专利权人
licence-fee = 许可使用费
licence-declared = 声明日
licence-announced = 国知局公告日
licence-announcement-no = 公告号
licence-withdrawn = 撤回日
licence-withdrawn-says = 撤回前已获得的许可不受影响（专利法第五十条）。
licence-report = 专利权评价报告
licence-report-get = 查看报告
licence-report-hint = 实用新型、外观设计须提供（专利法第五十条）。PDF、JPG 或 PNG。
licence-takes = 被许可人
licence-take-notified = 已书面通知
licence-take-paid = 已付费
licence-take-licensed = 已获许可
licence-take-filed = 已备案
licence-step-paid = 登记付费
licence-step-licensed = 确认许可
licence-step-filed = 登记备案
licence-paid-amount = 付费金额
licence-filing-no = 备案号
licence-laws = 法定条件
licence-laws-lead = 每项自其施行日起适用。
licence-law = 条件
licence-law-cites = 依据
licence-law-from = 施行日
licence-law-report = 实用新型、外观设计须有专利权评价报告
licence-law-exclusive = 独占或者排他许可有效期内不得开放许可
licence-law-suspended = 因权属纠纷或者财产保全中止程序的，不得开放许可
licence-law-unpaid = 未按规定缴纳年费的，不得开放许可
licence-law-pledged = 已质押且未经质权人同意的，不得开放许可
licence-take = 获得许可
licence-take-lead = 提交即以书面通知专利权人；按声明的方式付费后获得许可。
licence-use = 实施用途
licence-take-send = 通知专利权人
licence-sign-in = 登录后可以书面通知专利权人。
licence-keep = 登记国知局公告
licence-keep-send = 登记
licence-withdraw = 撤回开放许可
licence-withdraw-says = 撤回后不再接受新的通知，已有的许可继续有效。
licence-new = 声明开放许可
licence-new-lead = 条件对所有人一致；声明经国知局公告后开放。
licence-declare = 提交声明
licence-f-base = 计费方式
licence-f-fee = 固定费用或入门费
licence-f-share = 提成比例（%）
licence-f-payment = 支付方式和期限
licence-f-until = 许可期限至
licence-f-more = 其他说明
licence-f-standing = 专利现状
licence-f-exclusive = 有独占或者排他许可在有效期内
licence-f-suspended = 处于中止程序
licence-f-unpaid = 有未缴年费
licence-f-pledged = 已质押
licence-f-consented = 质权人已同意
licence-f-confirmed = 提示性问题已知悉，仍按此声明
licence-panel = 开放许可
licence-said-declared = 已声明，待国知局公告后开放。
licence-said-announced = 公告已登记。
licence-said-withdrawn = 已撤回，不再接受新的通知。
licence-said-taken = 已书面通知专利权人，请按声明的方式付费。
licence-said-stepped = 已登记。
issue-licence-patent = “{ $title }”不是已通过审核的专利，不能声明开放许可；请先提交专利并通过审核。
issue-licence-running = 该专利已有开放许可；请先撤回原声明。
issue-licence-report = 缺少专利权评价报告（{ $cites }，{ $from } 起施行），请上传。
issue-licence-exclusive = 有独占或者排他许可在有效期内（{ $cites }，{ $from } 起施行），请待其届满或解除。
issue-licence-suspended = 专利处于中止程序（{ $cites }，{ $from } 起施行），请待程序恢复。
issue-licence-unpaid = 年费未缴（{ $cites }，{ $from } 起施行），请先缴纳。
issue-licence-pledged = 专利已质押且未取得质权人同意（{ $cites }，{ $from } 起施行），请先取得同意。
issue-licence-fee-high = 固定费用一般不高于 { $most }；如确需，请勾选确认。
issue-licence-share-high = 提成比例一般不高于 { $most }%；如确需，请勾选确认。
issue-licence-share = “{ $found }”不是 0～100 之间的提成比例，请改正。
issue-licence-fee-none = 固定费用须大于 0，请填写。
issue-licence-until = “{ $found }”不是今天之后的日期，请改正。
issue-licence-day = “{ $found }”不是声明日之后的日期，请核对公告。
issue-licence-own = 专利权人不能获得自己的许可，请换一方。
issue-lot-item-licence = “{ $title }”正在开放许可，期间不得独占、排他许可或转让；请先撤回开放许可。
notice-licence-notified = 有人通知获得《{ $title }》的开放许可
    .body = 有人通知获得《{ $title }》的开放许可。

        { $link }
notice-licence-stepped = 《{ $title }》的开放许可有进展
    .body = 《{ $title }》的开放许可有进展。

        { $link }
audit-licence-declared = 声明开放许可
audit-licence-announced = 登记国知局公告
audit-licence-withdrawn = 撤回开放许可
audit-licence-notified = 以通知方式获得开放许可
audit-licence-stepped = 登记开放许可的进展

# 评分
lot-scores = 封存评分
lot-scores-lead = 对每个号牌按各评分项打 0～100 分，至多两位小数。评分在开启报价前封存，日志只记录密封值；报价全部开启后一并公开。
lot-scores-closed = 目前不能封存评分：须在报价期间或开标之前，且只能封存一次。
lot-scores-seal = 封存
lot-said-scored = 评分已封存。
issue-lot-score = “{ $found }”不是 0～100 的分数，请改正。
audit-lot-scored = 封存评分
lot-comma = 、
lot-fee-label = 交易服务费
audit-lot-exported = 导出标的完整证据包
audit-bench-lot = 建立测量用标的
issue-lot-why = 未被接受：{ $code ->
    [not-in-mode] { bidding-why-not-in-mode }
    [late] { bidding-why-late }
    [paused] { bidding-why-paused }
    [unregistered] { bidding-why-unregistered }
    [registered] { bidding-why-registered }
    [affiliate] { bidding-why-affiliate }
    [no-deposit] { bidding-why-no-deposit }
    [deposit-state] { bidding-why-deposit-state }
    [deposit-amount] { bidding-why-deposit-amount }
    [below-start] { bidding-why-below-start }
    [too-low] { bidding-why-too-low }
    [off-step] { bidding-why-off-step }
    [too-high] { bidding-why-too-high }
    [confirm] { bidding-why-confirm }
    [own-lead] { bidding-why-own-lead }
    [no-priority] { bidding-why-no-priority }
    [no-match] { bidding-why-no-match }
    [step-moved] { bidding-why-step-moved }
    [taken] { bidding-why-taken }
    [not-in-round] { bidding-why-not-in-round }
    [bad-opening] { bidding-why-bad-opening }
    [not-sealed] { bidding-why-not-sealed }
    [scores-first] { bidding-why-scores-first }
    [not-asked] { bidding-why-not-asked }
    [same-officer] { bidding-why-same-officer }
    [nothing-proposed] { bidding-why-nothing-proposed }
    [bad-rules] { bidding-why-bad-rules }
    [bad-times] { bidding-why-bad-times }
    [no-reason] { bidding-why-no-reason }
    [no-bids] { bidding-why-no-bids }
    [few-bidders] { bidding-why-few-bidders }
    [reserve-unmet] { bidding-why-reserve-unmet }
   *[not-now] { bidding-why-not-now }
 }。请按此改正后再试。
