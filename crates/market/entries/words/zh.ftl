# 需求与供给的共用部分：办理、列表、工作台、审核
nav-desk = 我的工作台
nav-my-needs = 我的需求
nav-my-offers = 我的成果
nav-queue = 待审核
action-desk-see = 查看工作台和本人、本单位的条目
action-entry-browse = 查看已发布的需求和成果
action-entry-write = 填写需求和成果（含批量导入）
action-entry-submit = 提交、收回、撤回、续期
action-entry-return = 退回并说明理由
action-entry-accept = 审核通过
action-entry-publish = 发布、下架
action-entry-queue = 查看待审核条目
action-entry-see-withheld = 查看未公开内容
action-entry-see-university = 查看高校院所条目的未公开内容
action-entry-expire = 到期处理与提醒
audit-entry-made = 新建条目
audit-entry-saved = 保存条目
audit-entry-submitted = 提交条目
audit-entry-recalled = 收回条目
audit-entry-returned = 退回条目
audit-entry-accepted = 审核通过
audit-entry-published = 发布条目
audit-entry-withdrawn = 撤回条目
audit-entry-renewed = 条目续期
audit-entry-expired = 条目到期
audit-entry-reopened = 重新启用条目
audit-entry-swept = 处理到期条目
audit-entry-marked = 归档批量条目的相似标记
audit-entry-reminded = 提醒即将到期的条目

# 通知
notice-entry-returned = “{ $title }”已退回，请按理由修改
    .body =
        “{ $title }”没有通过审核，退回理由列在该条目的页面上，并标在对应的栏目旁。
        修改后可以再次提交：{ $link }
notice-entry-accepted = “{ $title }”已审核通过，等待发布
    .body = “{ $title }”已审核通过，省中心发布后会再通知您。查看：{ $link }
notice-entry-published = “{ $title }”已发布
    .body =
        “{ $title }”已在平台公开。到期前会提醒您续期；情况有变时请及时撤回。
        查看：{ $link }
notice-entry-expired = “{ $title }”已到期，不再公开
    .body =
        “{ $title }”的有效期已满，已从公开列表撤下，内容仍为您保留。
        如仍然有效，打开页面点“续期”即可重新公开：{ $link }
notice-entry-ending = “{ $title }”还有 { $days } 天到期
    .body =
        “{ $title }”还有 { $days } 天到期。如仍然有效，请打开页面点“续期”；已解决或不再需要的，请撤回。
        { $link }

# 办不成的原因
fault-entries-closed = 这一条已经提交，不能直接修改
    .text = 尚未发布的可以先“收回修改”；已发布的请先撤回，再重新启用修改。没有写入任何内容。
fault-entries-no-move = 当前状态下不能这样办理
    .text = 这一条的状态可能刚刚变化（例如他人已经办理）。请重新打开后再看。没有写入任何内容。
fault-entries-too-early = 还没有到续期的时候
    .text = 到期前三周内可以续期。现在仍在公开，无需办理。

# 核对问题
issue-entries-other-org = 统一社会信用代码与所属单位不符：这一条属于“{ $name }”（{ $code }）。请核对代码；要替其他单位填报，请另建一条。
issue-entries-name-differs = 单位名称与平台登记的“{ $name }”不一致。请核对；如已更名，请先更新单位信息。
issue-entries-names-owner = 正文里出现了“{ $found }”，而您选择不公开单位名称。请改成不暴露单位的说法，或者改为公开单位名称。
issue-entries-text-phone = 正文里有电话号码 { $found }，发布后人人可见。请删去，联系方式只填在“联系”一栏。
issue-entries-text-mail = 正文里有邮箱 { $found }，发布后人人可见。请删去，联系方式只填在“联系”一栏。
issue-entries-text-patent = 正文里有专利号 { $found }，据此可以查到单位，而您选择不公开单位名称。请删去或改写。
issue-entries-text-uscc = 正文里有统一社会信用代码 { $found }，据此可以查到单位，而您选择不公开单位名称。请删去。
issue-entries-text-mark = 正文里有商标或品牌“{ $found }”，据此可以认出单位，而您选择不公开单位名称。请删去，或者改用通用名称。
issue-entries-text-person = 正文里有人名“{ $found }”，而您选择不公开联系人。请删去，联系人只填在“联系”一栏。
issue-entries-text-web = 正文里有网址或社交账号“{ $found }”，发布后人人可见。请删去，联系方式只填在“联系”一栏。
issue-entries-not-yours = 您的账号不能为代码 { $code } 的单位填报。请核对代码；代填需由本单位管理员或省中心授权。
issue-entries-org-new = 平台还没有这家单位，入库时会自动建档，单位人员以后可以认领。
issue-entries-duplicate = 同一事项已有单位提交或发布，不能重复提交。请先查找已有条目；如有异议，请联系省中心。
issue-entries-row-repeated = 与第 { $row } 行完全相同，只会入库一次。
issue-entries-row-twice = 与第 { $row } 行是同一事项，但内容不同。请保留正确的一行。
issue-entries-row-same = 库中已有相同内容，不会重复入库。
issue-entries-row-changes = 库中已有这一条，入库后内容会更新。
issue-entries-row-merges = 按您的选择，这一行将更新已有的“{ $title }”，不另建一条。
issue-entries-merge-not = 您选择合并的条目已不能再用表格修改（可能已通过审核、已撤回或不属于本单位）。请改为保留本行并说明理由，或者把这一行留在批次里。
issue-entries-alike = 与已有的“{ $title }”文字相同 { $percent }%。应当是不同的事项；如确为同一项请合并，如不是请保留并说明理由。
issue-entries-alike-hidden = 与其他单位一条尚未公开的条目文字相同 { $percent }%。应当是不同的事项；请核对，如确为不同事项请说明理由。
issue-entries-alike-title = 与本单位已有的“{ $title }”名称相同（正文相同 { $percent }%）。如确为同一项请合并，如不是请改得能区分，或者说明理由。
issue-entries-alike-row = 与第 { $row } 行文字相同 { $percent }%。应当是不同的事项；如确为同一项请留下一行，如不是请说明理由。
issue-entries-alike-row-title = 与第 { $row } 行单位和名称都相同（正文相同 { $percent }%）。如确为同一项请留下一行，如不是请改得能区分，或者说明理由。
issue-entries-alike-kept = 与另一条相近（{ $percent }%），填报人说明保留理由：{ $reason }
issue-entries-bound = 这一条已进入“{ $state }”环节，不能随批次撤销。如确需撤下，请先在该条的页面上办理。
issue-entries-bound-changed = 这一条入库后又被修改过，撤销会丢失后来的修改。请在该条的页面上单独处理。
issue-entries-bound-gone = 这一条已不在库中。
issue-entries-differs = 库中这一条已通过审核或已发布，内容与本行不同。要修改，请先在平台上收回或撤回。
issue-entries-differs-expired = 库中这一条已到期，内容与本行不同。请先续期，或者撤回后重新提交。
issue-entries-cap-over = 本年度方案：每家单位推荐总数原则上不超过 { $cap } 项，加上这一行是第 { $count } 项。请择优报送，或者向省中心申请豁免。
issue-entries-waived = 省中心已为本单位豁免这一要求，不影响提交。
issue-entries-confirm = 请先核对公开版本，并勾选“我已核对公开版本”（接口请带 confirm: true）：有内容不公开，或者正文可能泄露不公开的内容。
issue-entries-no-org = 没有读出统一社会信用代码，无法确定单位。
issue-entries-unknown-field = 表单里没有“{ $field }”这个字段，请对照接口文档。
issue-entries-org-name = 平台还没有这家单位，请填写单位全称（100 字以内）。
issue-entries-reasons-none = 请至少选择一条退回理由：对方要凭它修改。
issue-entries-reasons-many = 退回理由太多（最多 20 条），请合并。
issue-entries-reasons-long = 说明太长（每条最多 500 字），请精简。
issue-entries-reasons-silent = 选择“其他”时请写明理由。
issue-entries-reasons-field = 理由所指的字段不在表单里。

# 种类、状态、动作
entries-kind-need = 技术需求
entries-kind-patent = 专利
entries-kind-achievement = 科技成果
entries-state-draft = 草稿
entries-state-submitted = 待审核
entries-state-returned = 已退回
entries-state-accepted = 待发布
entries-state-published = 已发布
entries-state-expired = 已到期
entries-state-withdrawn = 已撤回
entries-move-submit = 检查并提交
entries-move-recall = 收回修改
entries-move-return = 退回
entries-move-accept = 审核通过
entries-move-publish = 发布
entries-move-withdraw = 撤回
entries-move-renew = 续期
entries-move-reopen = 重新启用
entries-confirm-recall = 收回后退出审核，修改后需要重新提交。确定收回？
entries-confirm-withdraw = 撤回后不再公开、不再审核，内容仍保留，可以重新启用。确定撤回？
entries-confirm-renew = 确认内容仍然有效，从今天起重新计算有效期？
entries-confirm-reopen = 重新启用为草稿，修改后再提交？
entries-done-submit = 已提交，请等待审核。结果会通知您。
entries-done-recall = 已收回，可以修改。
entries-done-return = 已退回，理由已通知对方。
entries-done-accept = 已审核通过，等待发布。
entries-done-publish = 已发布。
entries-done-withdraw = 已撤回。
entries-done-renew = 已续期。
entries-done-reopen = 已重新启用为草稿。
entries-event-made = 新建
entries-event-sheet = 提交
entries-event-draft = 改为草稿
entries-event-submitted = 提交
entries-event-recalled = 收回修改
entries-event-returned = 退回
entries-event-taken-down = 下架并退回
entries-event-accepted = 审核通过
entries-event-published = 发布
entries-event-renewed = 续期
entries-event-expired = 到期
entries-event-withdrawn = 撤回
entries-event-reopened = 重新启用
entries-platform = 平台
entries-untitled = （未命名）

# 退回理由
entries-reason-missing = 缺少必要内容
    .hint = 指出缺什么，例如工况、现状值、期限。
entries-reason-unclear = 表述不清
    .hint = 指出哪一句看不懂、需要补充什么。
entries-reason-not-quantified = 指标没有量化
    .hint = 请给出数值、单位和现状值，能据此判断是否达到。
entries-reason-out-of-scope = 不属于征集范围
    .hint = 说明属于哪一类，建议走什么渠道。
entries-reason-not-in-force = 专利不在有效状态
    .hint = 核对法律状态和年费。
entries-reason-needs-consent = 缺少相关方同意
    .hint = 共有权人、合作方或公开赛事所需的同意。
entries-reason-duplicate = 重复提交
    .hint = 指出已有的条目。
entries-reason-names-owner = 正文暴露了不公开的信息
    .hint = 指出哪一处写了单位、产品、人名或联系方式。
entries-reason-too-early = 为时过早
    .hint = 说明到什么阶段再来。
entries-reason-other = 其他
    .hint = 请写明理由。

# 列表
entries-filters = 筛选
entries-filter-kind = 类别
entries-filter-sector = 产业领域
entries-filter-region = 地区
entries-filter-category = 类型
entries-filter-maturity = 成熟度
entries-filter-mode = 合作（交易）方式
entries-filter-price = 金额
entries-filter-plan = 计划项目级别
entries-filter-mark = 外地标的
entries-mark-outside-province = 省外
entries-mark-outside = 市外
entries-mark-million = 百万级
entries-mark-large = { $wan }万元以上
entries-filter-since = 发布时间
entries-filter-state = 状态
entries-filter-age = 等待时间
entries-age = 等待超过 { $n } 天
entries-sort = 排序
entries-sort-newest = 最新发布
entries-sort-cheapest = 金额从低到高
entries-sort-dearest = 金额从高到低
entries-sort-deadline = 快到期的在前
entries-price-0-10 = 10 万元以下
entries-price-10-50 = 10–50 万元
entries-price-50-100 = 50–100 万元
entries-price-100-500 = 100–500 万元
entries-price-500 = 500 万元以上
entries-price-negotiable = 面议
entries-maturity-1-3 = 原理与概念（TRL 1–3）
entries-maturity-4-5 = 实验室、小试（TRL 4–5）
entries-maturity-6-7 = 中试（TRL 6–7）
entries-maturity-8-9 = 可量产、已量产（TRL 8–9）
entries-since-7 = 7 天内
entries-since-30 = 30 天内
entries-since-90 = 90 天内
entries-search-label = 在名称、单位、关键词和简介中搜索
entries-search-hint = 名称、单位、专利号、关键词……
entries-apply = 应用
entries-chips = 当前条件
entries-chip = { $label }：{ $value }
entries-chip-off = 去掉这个条件
entries-clear = 清除全部条件
entries-none-fit = 没有符合条件的条目。去掉一些条件，或者换个说法再搜。
entries-follow = 关注这些条件，有新的通知我
entries-share = 地址栏就是这份清单的地址，可以直接转发。
entries-export = 导出公开内容：
entries-export-cap = （只导出前 { $n } 条）
entries-pages = 翻页
entries-published-on = { $day } 发布
entries-days-left = 还剩 { $n } 天
entries-days = { $n } 天
entries-price-withheld = 金额未公开
entries-name-withheld = 单位名称未公开
entries-col-kind = 类别
entries-col-title = 名称
entries-col-category = 类型
entries-col-sector = 产业领域
entries-col-org = 单位
entries-col-place = 地区
entries-col-maturity = 成熟度
entries-col-modes = 合作（交易）方式
entries-col-price = 金额
entries-col-summary = 简介
entries-col-published = 发布日期
entries-col-expires = 有效期至
entries-col-address = 网址

# 条目页
entries-ind-name = 指标
entries-ind-target = 目标值
entries-ind-present = 现状值
entries-private = 公众不可见
entries-not-public = 这一条目前没有公开，只有本单位和审核人员能看到。
entries-withheld-note = 按提交单位的意愿，有 { $n } 项内容未公开。需要时请登录后通过平台对接。
entries-sees-all = 您能看到全部内容；标有“公众不可见”的项目不会出现在公开页面、导出和接口里。
entries-history = 办理过程
entries-edit = 修改
entries-review = 审核
entries-twins = 同一事项或内容相近的其他条目
entries-twin = 状态：{ $state }
entries-twin-hidden = 其他单位的条目（内容不可见）
entries-twin-near = 内容相近（相同 { $percent }%），状态：{ $state }
entries-beside = 并排对照
entries-beside-title = 并排对照两条
entries-beside-lead = 标出的是说法不同的字段。您无权查看的内容显示为“未公开”，不作比较。
entries-beside-field = 字段
entries-beside-differs = 不同

# 新建
entries-new-need = 发布技术需求
entries-new-need-lead = 写清背景、要解决的问题和量化指标。单位名称、金额、指标、联系方式是否公开，由您逐项决定。
entries-new-patent = 登记专利
entries-new-patent-lead = 一件专利一条。请备好专利号、授权公告日和法律状态；有共有权人的，先征得同意。
entries-new-achievement = 登记科技成果
entries-new-achievement-lead = 写清成果解决什么问题、达到什么指标、处在什么阶段。涉密成果不得上传。
entries-start-org = 为哪家单位填写
entries-start-uscc = 单位的统一社会信用代码
entries-start-uscc-hint = 18 位。平台已有的单位会自动带出资料。
entries-start-name = 单位全称
entries-start-name-hint = 平台还没有这家单位时才需要填写。
entries-start-go = 开始填写
entries-start-needed = 需要准备的内容
entries-start-many = 要一次报送多条？
entries-start-template = 下载表格模板
entries-start-upload = 批量导入
entries-stale = 您打开之后，这一条被他人改过。下面是您刚才填写的内容，尚未保存；再次保存会覆盖对方的修改。要先看对方改了什么，请在新窗口打开本页。
entries-returned-why = 退回理由
entries-check-go = 保存并检查
entries-keep = 保存草稿
entries-offline = 连接不上服务器，内容还在页面上，稍后自动重试
entries-saved = 草稿已保存，完整度 { $score }。
entries-autosaved = { $time } 已自动保存，完整度 { $score }，{ $issues ->
    [0] 没有发现问题
   *[other] { $issues } 处待完善
}
entries-score = 完整度
entries-score-hint = 按必填项、选填项和量化指标计算。指标写上单位和现状值，得分更高，也更容易匹配到合适的团队。
entries-score-short = 完整度 { $n }

# 提交前检查
entries-check = 提交前检查
entries-check-errors = 有 { $n } 处需要修改
entries-check-warnings = { $n } 处请核对（不影响提交）
entries-check-taken = 同一事项已经有单位提交或发布，不能重复提交。
entries-check-lead = 没有发现错误。请对照并排的公开版本，确认不想公开的内容没有出现。
entries-check-mine = 您填写的全部内容
entries-check-mine-hint = 只有本单位、审核人员能看到。
entries-check-public = 公众将看到的版本
entries-check-public-hint = 网页、导出和接口都只用这一版。
entries-check-submit = 确认公开版本并提交
entries-check-confirm = 我已核对公开版本，不想公开的内容没有出现
entries-check-back = 返回修改

# 我的条目、工作台
entries-my-needs = 我的技术需求
entries-my-offers = 我的专利与成果
entries-mine-none = 这里还没有条目。可以从上面的按钮开始，或者用表格批量导入。
entries-changed = { $time } 更新
entries-waits = 已等待 { $n } 天
entries-desk-unread = 未读消息
entries-desk-needs-returned = 退回的需求
entries-desk-needs-draft = 需求草稿
entries-desk-needs-submitted = 待审核的需求
entries-desk-needs-published = 在榜需求
entries-desk-offers-returned = 退回的成果
entries-desk-offers-draft = 成果草稿
entries-desk-offers-submitted = 待审核的成果
entries-desk-offers-published = 已发布的成果
entries-desk-to-review = 待审核
entries-desk-to-publish = 待发布
entries-desk-returned = 退回待修改
entries-desk-ending = 即将到期
entries-desk-waiting = 等待审核
entries-desk-oldest = 最早提交于 { $time }
entries-desk-drafts = 草稿
entries-desk-drafts-none = 没有草稿。
entries-desk-no-role = 您的账号还没有加入任何单位，暂时只能浏览。请在“账号”里申请加入本单位，或等待审核。

# 审核
entries-queue-order = 先提交的在前
entries-queue-none = 没有等待审核的条目。
entries-queue-all = 全选本页
entries-queue-waits = 等待
entries-bulk-hint = 对选中的条目（一次最多 { $n } 条）：
entries-bulk-go-publish = 审核通过并发布
entries-bulk-accept = { $left ->
    [0] 已审核通过 { $done } 条。
   *[other] 已审核通过 { $done } 条；{ $left } 条没有办理（状态已变或无权办理）。
}
entries-bulk-publish = { $left ->
    [0] 已发布 { $done } 条。
   *[other] 已发布 { $done } 条；{ $left } 条没有办理（状态已变或无权办理）。
}
entries-review-issues = 系统核对结果
entries-review-return = 退回修改
entries-review-take-down = 下架并退回
entries-review-return-hint = 选择理由，指明栏目，写清怎样改。对方会逐条看到。
entries-review-field = 所指栏目
entries-review-whole = （整条）
entries-review-note = 说明
entries-review-decide = 办理
entries-review-nothing = 当前状态下没有需要您办理的事项。
