# 单位与人员：导航
nav-my-orgs = 我的单位
nav-reviews = 注册与认领审核
nav-orgs = 单位
nav-users = 人员
nav-audit = 审计
nav-outbox = 邮件队列

# 事项（谁能办什么）
action-account-enter = 登录、注册、找回口令
action-account-use = 使用本人账号
action-member-join = 申请加入、退出单位
action-member-desk = 查看待审核的注册与认领
action-member-review = 审核注册与认领
action-member-manage = 管理单位成员
action-org-list = 查看单位名录
action-org-view = 查看单位
action-org-add = 登记单位
action-org-edit = 维护单位资料与资质
action-org-classify = 核定单位类型、区划、标识
action-org-merge = 合并、注销单位
action-org-import = 批量导入单位
action-liaison-view = 查看活动联络员
action-liaison-set = 指定活动联络员
action-liaison-import = 批量导入活动联络员
action-user-view = 查看人员账号
action-user-edit = 维护人员账号
action-user-grant = 授予、结束角色
action-audit-view = 查看、核验审计记录
action-outbox-view = 查看邮件队列

# 单位类型、身份、状态、标识、资质
list-org-kind-centre = 省中心
list-org-kind-university-centre = 省高校科技发展中心
list-org-kind-ip-centre = 省知识产权保护中心
list-org-kind-supervisor = 指导单位
list-org-kind-city-bureau = 设区市科技局
list-org-kind-county-bureau = 县（市、区）科技局
list-org-kind-talent-office = 人才办
list-org-kind-branch-place = 地方分中心
list-org-kind-branch-trade = 行业分中心
list-org-kind-brokerage = 技术经理人事务所
list-org-kind-agency = 技术转移机构
list-org-kind-university = 高校
list-org-kind-institute = 科研院所
list-org-kind-new-rd = 新型研发机构
list-org-kind-state-owned = 国有企业
list-org-kind-company = 企业
list-org-kind-park = 园区
list-org-kind-ip-platform = 知识产权产业运营平台
list-org-kind-financier = 金融机构
list-org-kind-media = 媒体
list-org-kind-external-market = 省外技术市场
list-org-kind-foreign = 境外机构
list-qualification-high-tech = 高新技术企业
list-qualification-sme-tech = 科技型中小企业
list-qualification-specialised = 专精特新企业
list-qualification-above-scale = 规模以上企业
list-identity-uscc = 统一社会信用代码
list-identity-foreign = 境外注册号
list-identity-person = 以个人身份
accounts-identity-uscc = 统一社会信用代码
accounts-identity-foreign = 境外注册号
accounts-identity-person = 个人
accounts-identity-none = 尚无代码
accounts-org-state-unclaimed = 未认领
accounts-org-state-pending = 待审核
accounts-org-state-active = 在用
accounts-org-state-merged = 已合并
accounts-org-state-closed = 已注销
accounts-user-state-unconfirmed = 邮箱未确认
accounts-user-state-pending = 待审核
accounts-user-state-invited = 已邀请
accounts-user-state-active = 在用
accounts-user-state-refused = 未通过
accounts-user-state-closed = 已关闭
accounts-member-state-asked = 待审核
accounts-member-state-active = 在册
accounts-member-state-left = 已退出
accounts-member-state-refused = 未通过
accounts-tag-provincial-undergrad = 部省属本科
accounts-tag-key-outside = 省外重点院所
accounts-tag-leader = 行业龙头

# 表单：活动联络员
intake-kind-liaisons = 活动联络员信息表
intake-kind-organisations = 单位名录
section-liaison-org = 单位
section-liaison-person = 联络员
    .hint = 仅供活动联络使用，不对外公开。
form-liaison-org = 单位
    .hint = 填写全称。
form-liaison-uscc = 统一社会信用代码
form-liaison-name = 姓名
form-liaison-department = 部门
form-liaison-position = 职务
form-liaison-mobile = 手机
form-liaison-phone = 办公电话
form-liaison-email = 邮箱
    .hint = 有账号的，填账号邮箱，即可以联络员身份登录办理。
form-liaison-wechat = 微信

# 表单：单位
section-organisation-identity = 单位身份
section-organisation-more = 更多情况
form-organisation-name = 单位名称
    .hint = 与营业执照或法人证书一致的全称。
form-organisation-uscc = 统一社会信用代码
form-organisation-kind = 单位类型
form-organisation-region = 所属区划
form-organisation-address = 地址
form-organisation-park = 所属园区
form-organisation-qualifications = 企业资质
form-organisation-provincial-undergrad = 是否部省属本科
    .hint = 部省属本科高校每季推荐项目有数量要求。
form-organisation-intro = 简介

# 表单：注册
section-registration-person = 您本人
section-registration-org = 您的单位
    .hint = 单位已在平台的，按代码认领；尚未登记的，一并登记。
form-registration-name = 姓名
form-registration-email = 邮箱
    .hint = 用来登录和接收通知，请填写本人能收取的邮箱。
form-registration-phone = 手机
form-registration-title = 部门和职务
form-registration-identity = 身份类别
    .hint = 境内单位选“统一社会信用代码”；境外机构填注册号；没有单位的个人选“以个人身份”。
form-registration-uscc = 统一社会信用代码
form-registration-country = 国家或地区代码
    .hint = 两位字母，例如 DE、SG。
form-registration-number = 境外注册号
form-registration-org-name = 单位名称
form-registration-kind = 单位类型
form-registration-region = 所属区划
    .hint = 决定由哪个科技主管部门审核。

# 通用
accounts-colon = ：
accounts-optional = （可不填）
accounts-choose = 请选择
accounts-provinces = 省、自治区、直辖市
accounts-errors-title = 请修改下面的问题，尚未写入
accounts-saved = 已保存。
accounts-add = 添加
accounts-end = 结束
accounts-since = 起始
accounts-history = 办理记录
accounts-reopen = 重新启用
accounts-export = 导出表格
accounts-filter-clear = 清除筛选
accounts-filter-name = 名称或代码
accounts-filter-user = 姓名或邮箱
accounts-filter-no-liaison = 只看缺联络员的高校院所
accounts-days = { $n } 天
accounts-f-email = 邮箱
accounts-f-password = 口令
accounts-f-new-password = 新口令
accounts-f-current = 现在的口令
accounts-f-agree = 我已阅读并同意服务条款和隐私说明
accounts-f-name = 姓名
accounts-f-lang = 邮件语言
accounts-f-days = 有效期
accounts-f-token-name = 用途
accounts-f-to = 代理人邮箱
accounts-f-from = 起
accounts-f-until = 止
accounts-f-reason = 理由
accounts-f-title = 部门和职务
accounts-f-role = 角色
accounts-f-org = 单位
accounts-f-region = 所属区划
accounts-f-kind = 单位类型
accounts-f-number = 编号
accounts-f-identity = 统一社会信用代码
accounts-f-licence = 证照核对说明
accounts-f-tags = 标识
accounts-f-state = 状态
accounts-f-address = 地址
accounts-f-park = 所属园区
accounts-f-intro = 简介
accounts-f-org-name = 单位名称
accounts-f-qualification = 资质
accounts-f-certificate = 证书编号
accounts-f-merge-into = 合并到
accounts-f-claim-org = 单位
accounts-f-grant-org = 所在单位
accounts-org-hint = 填统一社会信用代码，或单位全称。

# 登录、找回、同意
accounts-sign-in-title = 登录
accounts-sign-in-button = 登录
accounts-sign-in-forgot = 忘记口令
accounts-sign-in-register = 注册账号
accounts-demo-title = 演示账号
accounts-demo-password = 口令均为 { $password }
accounts-demo-enter = 以此身份登录
accounts-signed-out = 已退出登录。
accounts-consent-title = 请确认条款
accounts-consent-button = 同意并登录
accounts-consent-lead = 服务条款或隐私说明有了新版本，或您还没有确认过。请阅读后确认，再继续登录。
accounts-consent-late = 确认页面停留太久，请重新登录。
accounts-forgot-title = 找回口令
accounts-forgot-button = 发送链接
accounts-forgot-lead = 填写登录邮箱，我们会发送一个链接，两小时内有效。账号因口令错误被锁定的，也用这个办法解锁。
accounts-forgot-sent-title = 请查收邮件
accounts-forgot-sent-lead = 如果这个邮箱有账号，几分钟内会收到链接。没有收到的，请检查垃圾邮件，或换一个邮箱再试。
accounts-reset-title = 设置新口令
accounts-reset-button = 保存新口令
accounts-reset-lead = 保存后，其他设备上的登录全部结束，账号锁定随即解除。
accounts-reset-done = 新口令已保存，请登录。
accounts-reset-done-pending = 新口令已保存。注册审核通过后即可登录。
accounts-link-over-title = 链接已失效
accounts-link-over-lead = 链接已经用过、已过期或不完整。请重新索取。
accounts-password-hint = 至少 10 个字符，可用中文、空格和一句话。不要用邮箱、姓名或常见口令。

# 注册
accounts-register-title = 注册账号
accounts-register-lead = 填写本人和单位信息，确认邮箱后，由单位管理员、属地科技主管部门或省中心审核，结果以邮件通知。
accounts-register-password = 口令与确认
accounts-register-button = 提交注册
accounts-register-have = 已有账号，去登录
accounts-register-sent-title = 请确认邮箱
accounts-register-sent-lead = 已向您填写的邮箱发送确认邮件，请在三天内点开其中的链接。确认后，注册进入审核。
accounts-confirm-title = 确认邮箱
accounts-confirm-button = 这是我的邮箱，确认
accounts-confirm-lead = { $name }，请确认 { $email } 是您本人的邮箱。
accounts-confirm-over-lead = 链接已经用过或已过期。已确认的，请等待审核；未确认的，请重新注册。
accounts-confirmed-title = 邮箱已确认
accounts-confirmed-lead = 注册已进入审核，结果会发到您的邮箱。

# 我的账号
accounts-account-title = 我的账号
accounts-profile = 基本资料
accounts-lang-zh = 中文
accounts-lang-en = English
accounts-lang-hint = 页面语言在页面右上角切换。
accounts-password = 口令
accounts-password-since = { $day } 设置
accounts-password-button = 更换口令
accounts-password-changed = 口令已更换，其他设备上的登录已结束。
accounts-roles = 角色
accounts-roles-none = 目前没有角色。加入单位后会列在这里。
accounts-role-at = 范围
accounts-role-of = { $role } · { $at }
accounts-everywhere = 全平台
accounts-sessions = 登录中的设备
accounts-sessions-end-others = 结束其他全部
accounts-sessions-ended = 所选登录已结束。
accounts-session-this = 本机
accounts-session-began = { $time } 登录
accounts-session-seen = { $time } 最近使用
accounts-tokens = 接口令牌
accounts-tokens-lead = 供程序以您的身份调用接口。令牌等同于您本人办理，请妥善保管。
accounts-token-hint = 例如：学校科研系统同步。
accounts-token-button = 生成令牌
accounts-token-made-title = 新令牌，只显示这一次
accounts-token-made-lead = 请现在复制保存。离开本页后无法再次查看，只能结束后重新生成。
accounts-token-until = { $day } 到期
accounts-token-since = { $day } 生成
accounts-token-ended = 令牌已结束。
accounts-stand-ins = 代理
accounts-stand-ins-lead = 外出期间，可请同单位的同事以您的全部角色代办，记录中注明代谁办理。最长 90 天，可随时结束。
accounts-stand-in-hint = 填写同单位同事的登录邮箱。
accounts-stand-in-button = 设置代理
accounts-stand-in-named = 代理已设置，已通知对方。
accounts-stand-in-ended = 代理已结束。
accounts-stand-in-by = { $name } 代我办理
accounts-stand-in-for = 我代 { $name } 办理
accounts-consented = 第 { $version } 版，{ $time } 同意
accounts-document-version = 第 { $version } 版

# 消息
accounts-inbox-empty = 没有消息。需要您办理的事项会通知到这里，也会发邮件。
accounts-inbox-read = 全部标为已读
accounts-inbox-new = 未读

# 我的单位
accounts-my-orgs = 我的单位
accounts-mine-none = 还没有加入单位。
accounts-claim-title = 加入或认领单位
accounts-claim-lead = 由该单位管理员审核；单位还没有管理员的，由属地科技主管部门或省中心审核。
accounts-claim-hint = 填统一社会信用代码，或单位全称。平台上没有的单位，请联系省中心登记。
accounts-claim-button = 提交申请
accounts-claimed = 申请已提交，审核结果会通知您。
accounts-leave = 退出
accounts-leave-lead = 退出后，您在该单位的角色立即结束；已办理的工作归单位保留。
accounts-leave-button = 确认退出
accounts-left = 已退出{ $name }。

# 单位页
accounts-edit-profile = 修改资料
accounts-edit-class = 核定名称、类型、区划、标识、代码
accounts-former-names = 曾用名
accounts-merged-into = 该单位已合并到：
accounts-identity-hint = 留空则不改动现有代码。
accounts-licence-hint = 个别证照上的代码校验位不符；核对证照原件后，在此说明即可登记。
accounts-qualifications = 企业资质
accounts-qualifications-none = 没有登记资质。
accounts-qualify = 添加资质
accounts-holds = 有效
accounts-expired = 不在有效期
accounts-liaison = 活动联络员
accounts-liaison-lead = 每家高校院所恰好一名在任联络员。保存新的联络员，原任即卸任并留存历史。
accounts-liaison-name = 指定联络员
accounts-liaison-change = 更换或更新
accounts-liaison-none = 还没有指定联络员。
accounts-liaison-there = 已指定
accounts-liaison-missing = 缺联络员
accounts-liaison-since = { $day } 起在任
accounts-liaison-account = 已有账号
accounts-liaison-invite = 发送账号邀请
accounts-liaison-former = 历任联络员
accounts-liaison-reason-hint = 更换人员时填写，例如：岗位调整。
accounts-liaison-set = 联络员已保存。
accounts-reason-merged = 单位合并
accounts-reason-left = 退出单位
accounts-reason-closed = 账号或单位关闭
accounts-reason-sheet = 按信息表更换
accounts-members = 成员
accounts-members-none = 还没有成员。
accounts-member-change = 调整
accounts-member-end = 移出单位
accounts-member-gone = 已移出，角色随即结束。
accounts-invite = 邀请成员
accounts-invite-button = 发送邀请
accounts-invite-again = 再次发送邀请
accounts-invited = 已发送。
accounts-decide = 审核
accounts-approve = 通过
accounts-refuse = 不通过
accounts-decided = 审核结果已通知申请人。
accounts-decided-over = { $name } 加入{ $org }的申请已审核，结果已通知本人。
accounts-org-centre = 中心办理
accounts-belongings = 名下：
accounts-entries = 需求与供给
accounts-batches = 导入批次
accounts-files = 文件
accounts-merge = 合并到另一单位
accounts-merge-lead = 成员、角色、联络员、资质、需求与供给、导入批次和文件全部转入目标单位；双方重复的，以目标单位为准。合并不能撤销，请先核对。
accounts-merge-button = 合并
accounts-merged = 已合并，全部内容已转入本单位。
accounts-close = 注销单位
accounts-close-hint = 成员的角色随即结束，已发布的内容保留。
accounts-close-button = 注销

# 中心
accounts-orgs-none = 没有符合条件的单位。
accounts-org-new = 登记单位
accounts-org-new-lead = 代码相同的单位已在库时，按所填内容补全，空白项不改动。多家单位请用表格导入：
accounts-org-by-sheet = 批量导入
accounts-org-add = 登记
accounts-org-added = 单位已登记，等待本单位人员认领。
accounts-org-completed = 单位已在库，内容已补全。
accounts-org-known = 单位已在库，内容相同，没有改动。
accounts-reviews-lead = 核实申请人与单位的关系。通过后，申请人即可以该角色办理；新登记的单位同时启用。
accounts-reviews-none = 没有待审核的注册和认领。
accounts-review-new = 新单位
accounts-review-claim = 认领或加入
accounts-review-managers = 现有管理员 { $n } 人
accounts-users-none = 没有符合条件的人员。
accounts-user-invite = 邀请人员
accounts-user-invite-lead = 按邮箱建立账号并授予首个角色，对方通过邮件链接设置口令。邮箱已有账号的，直接授予角色。
accounts-user-close = 关闭账号
accounts-user-close-lead = 登录、令牌、角色和代理立即结束；已办理的记录保留。
accounts-locked = 已锁定
accounts-unlock = 解除锁定
accounts-grant = 授予角色
accounts-grant-button = 授予
accounts-grant-org-hint = 单位管理员、成员、联络员、技术经理人须填单位：统一社会信用代码或全称。
accounts-grant-region-hint = 地方科技主管部门、人才部门、分中心须选区划。
accounts-grants-none = 没有角色。
accounts-ended-on = { $day } 结束
accounts-audit-lead = 每次办理都有记录，按批次串成哈希链；任何改动、缺失都能核验出来。
accounts-audit-verify = 核验全部记录
accounts-audit-whole = 核验通过：{ $batches } 批、{ $entries } 条记录完整，未被改动。
accounts-audit-broken = 核验不通过：{ $what }。请立即联系平台管理员。
accounts-audit-none = 没有符合条件的记录。
accounts-audit-when = 时间
accounts-audit-who = 办理人
accounts-audit-what = 事项
accounts-audit-kind = 对象类型
accounts-audit-subject = 对象
accounts-audit-actor = 办理人编号
accounts-audit-key = 事项代码
accounts-audit-detail = 细节
accounts-audit-for = 代 { $name }
accounts-audit-nobody = 系统或未登录者
accounts-audit-erased = 细节已依申请抹去
accounts-audit-open = 待入链
accounts-audit-older = 更早的记录
accounts-outbox-lead = 等待发送和多次发送失败的邮件。收件人和内容加密保存，这里不显示。
accounts-outbox-none = 没有等待或失败的邮件。
accounts-mail-state-waiting = 等待发送
accounts-mail-state-sent = 已发送
accounts-mail-state-dead = 发送失败
accounts-mail-channel = 渠道
accounts-mail-created = 生成时间
accounts-mail-due = 下次发送
accounts-mail-tries = 已试次数
accounts-mail-error = 最近的错误
accounts-mail-again = 重新发送
accounts-mail-revived = 已重新排队。

# 表单问题
issue-accounts-blank = 请填写。
issue-accounts-long = 现有 { $found } 字，最多 { $max } 字，请删减。
issue-accounts-day = “{ $found }”不是日期，应为年-月-日，例如 2023-06-30。
issue-accounts-days-order = 结束日期不能早于开始日期，也不能早于今天。
issue-accounts-days-many = 代理最长 { $max } 天，请缩短。
issue-accounts-country = “{ $found }”不是境外国家或地区代码，应为两位字母，例如 DE。境内单位请选“统一社会信用代码”。
issue-accounts-agree-needed = 请阅读服务条款和隐私说明，并勾选同意。
issue-accounts-password-short = 现有 { $found } 个字符，至少需要 { $min } 个。可以用一句自己记得住的话。
issue-accounts-password-long = 最多 { $max } 个字符，请缩短。
issue-accounts-password-common = 这个口令太常见，很容易被猜中，请换一个。
issue-accounts-password-own = 口令不能由邮箱或姓名加几个数字组成，请换一个。
issue-accounts-password-wrong = 现在的口令不对，请重新输入。
issue-accounts-sign-in-wrong = 邮箱或口令不对。连续输错 5 次，登录暂停 15 分钟；也可以用“忘记口令”立即解除。
issue-accounts-sign-in-pending = 您的注册正在审核，通过后会收到邮件，即可登录。
issue-accounts-sign-in-unconfirmed = 邮箱还没有确认，请先点开确认邮件中的链接。没有收到的，请用“忘记口令”重新发送。
issue-accounts-sign-in-refused = 您的注册没有通过审核，理由已发到邮箱。情况更正后可以重新注册。
issue-accounts-sign-in-closed = 这个账号已关闭。需要恢复的，请联系省中心。
issue-accounts-tokens-many = 最多同时有 { $max } 个令牌，请先结束不用的。
issue-accounts-no-colleague = 没有找到使用这个邮箱的同单位同事，请核对邮箱。
issue-accounts-role-needs-org = 这个角色须在某个单位内，请填写单位。
issue-accounts-role-needs-region = 这个角色须限定区划，请选择区划。
issue-accounts-role-held = 此人已有这个角色。
issue-accounts-user-not-active = 账号不在用，不能授予角色。
issue-accounts-user-closed = { $email } 的账号已关闭，请联系省中心恢复后再邀请。
issue-accounts-close-self = 不能关闭自己的账号，请另一位管理人员办理。
issue-accounts-last-admin = 这是最后一位平台管理员，请先授予另一人。
issue-accounts-last-manager = 这是{ $name }最后一位管理员，请先让另一位成员担任管理员。
issue-accounts-member-already = 已经是{ $name }的成员，或申请正在审核。
issue-accounts-sheet-stays = 随表导入的单位和联络员不随批次撤销：单位一经登记即可能被引用，联络员变更须留历史。请在单位页面上修改。
issue-accounts-org-over = { $name }已注销或已合并，不能再办理。请核对单位，或联系省中心。
issue-accounts-org-unknown = 没有找到“{ $found }”。请核对统一社会信用代码或全称。
issue-accounts-org-several = “{ $found }”对应多家单位：{ $candidates }。请填统一社会信用代码。
issue-accounts-identity-taken = 这个代码已属于{ $name }。如果是同一单位，请合并。
issue-accounts-merge-itself = 不能合并到自己，请填写另一家单位。
issue-accounts-liaison-no-mail = 联络员没有填写邮箱，无法发送邀请。请先补充邮箱。
issue-accounts-liaison-twice = { $name }在第 { $row } 行已经出现。每家单位恰好一名联络员，请保留一行。
issue-accounts-liaison-not-yours = 您不能指定{ $name }的联络员。请只填本单位，或由省中心、省高校科技发展中心导入。
issue-accounts-liaison-org-unknown = 平台上没有{ $name }。请先在单位名录中登记，或补上统一社会信用代码。
issue-accounts-liaison-org-new = 平台上还没有{ $name }，导入时将登记为“{ $kind }”，等待本单位人员认领。
issue-accounts-org-twice = { $name }在第 { $row } 行已经出现，请保留一行。
issue-accounts-org-renamed = 该代码在库中的名称是“{ $former }”，导入后将改用这里的名称，原名作为曾用名保留。
issue-accounts-org-elsewhere = { $name }不在您负责的区划内，或没有填写区划。请填写本区划的单位。
issue-accounts-org-settled = { $name }已在用，类型和所属区划只能由省中心调整。请改回现有的类型和区划。
fault-accounts-sheet-stays = 单位和联络员不能随批次撤销
fault-accounts-org-over = { $name }已注销或已合并
    .text = 没有写入任何内容。请核对单位，或联系省中心。

# 消息与邮件
notice-member-asked = { $who } 申请加入{ $org }，请审核
    .body =
        { $who } 申请加入{ $org }。请核实其与单位的关系后办理：

        { $link }
notice-member-approved = 您加入{ $org }的申请已通过
    .body =
        您加入{ $org }的申请已通过，可以登录办理：

        { $link }
notice-member-refused = 您加入{ $org }的申请没有通过：{ $reason }
    .body =
        您加入{ $org }的申请没有通过，理由如下：

        { $reason }

        情况更正后，可以重新申请。
notice-member-added = { $who } 将您加入了{ $org }
    .body =
        { $who } 将您加入了{ $org }。如有误，可在“我的单位”中退出：

        { $link }
notice-member-ended = 您在{ $org }的角色已结束：{ $reason }
    .body =
        您在{ $org }的角色已结束，理由：{ $reason }

        您在该单位办理的工作由单位保留。如有疑问，请联系单位管理员。
notice-liaison-missing = { $org }的活动联络员已离任，请指定新的联络员
    .body =
        { $org }的活动联络员已离任。每家高校院所须有一名在任联络员，请尽快指定：

        { $link }
notice-org-merged = { $from }已合并到{ $org }
    .body =
        { $from }已合并到{ $org }，其成员、需求与供给等全部转入。请核对：

        { $link }
notice-password-changed = 您的口令已更换
    .body =
        您的口令刚刚更换，其他设备上的登录已结束。如果不是您本人操作，请立即用“忘记口令”重新设置，并联系平台管理员。

        { $link }
notice-stand-in-named = { $who } 请您在 { $from } 至 { $until } 期间代理（{ $reason }）
    .body =
        { $who } 请您在 { $from } 至 { $until } 期间代为办理，理由：{ $reason }

        期间您登录后即可使用其角色，记录中注明代谁办理。可在“我的账号”中结束：

        { $link }
notice-stand-in-ended = { $who } 结束了与您的代理
    .body =
        { $who } 结束了与您的代理。

        { $link }
notice-role-granted = 您有了新的角色
    .body =
        您被授予了新的角色，可在“我的账号”中查看：

        { $link }
notice-role-ended = 您的一项角色已结束
    .body =
        您的一项角色已结束，可在“我的账号”中查看。如有疑问，请联系省中心。

        { $link }
accounts-mail-reset = 设置新口令
    .body =
        { $name }：

        请在两小时内点开下面的链接，设置新口令：

        { $link }

        如果不是您本人申请，请不必理会；链接不点开，什么都不会改变。
accounts-mail-invite = 邀请您使用平台
    .body =
        { $name }：

        { $org ->
            [none] 您受邀使用平台。
           *[other] 您受邀代表{ $org }使用平台。
        }
        请在十四天内点开下面的链接设置口令，之后用本邮箱登录：

        { $link }
accounts-mail-confirm = 请确认邮箱
    .body =
        { $name }：

        请在三天内点开下面的链接，确认这是您的邮箱。确认后，注册进入审核：

        { $link }

        如果不是您本人注册，请不必理会，三天后自动删除。
accounts-mail-known = 您已有账号
    .body =
        { $name }：

        有人用这个邮箱注册，但它已有账号。如果是您本人，请直接登录；忘记口令的，可从这里找回：

        { $link }

        如果不是您本人，请不必理会，没有发生任何改动。
accounts-mail-locked = 登录已暂停 { $minutes } 分钟
    .body =
        { $name }：

        您的账号连续多次口令错误，登录已暂停 { $minutes } 分钟。如果是您本人，可用下面的链接设置新口令并立即解除：

        { $link }

        如果不是您本人，请点开链接更换口令。

# 审计
audit-account-changed = 修改个人资料
audit-account-confirmed = 确认注册邮箱
audit-account-consented = 同意条款
audit-account-inbox-read = 消息标为已读
audit-account-link-asked = 索取口令链接
audit-account-locked = 因口令错误锁定
audit-account-password-changed = 更换口令
audit-account-password-reset = 通过链接设置口令
audit-account-registered = 注册
audit-account-registered-known = 以已有邮箱注册
audit-account-sessions-ended = 结束登录
audit-account-sign-in-failed = 登录失败
audit-account-signed-in = 登录
audit-account-signed-out = 退出登录
audit-account-stand-in-named = 设置代理
audit-account-stand-in-ended = 结束代理
audit-account-swept = 清理未确认的注册
audit-account-token-made = 生成接口令牌
audit-account-token-ended = 结束接口令牌
audit-liaison-named = 指定活动联络员
audit-liaison-updated = 更新活动联络员信息
audit-liaison-confirmed = 核对活动联络员，无改动
audit-liaison-ended = 活动联络员离任
audit-liaison-invited = 邀请活动联络员开通账号
audit-member-asked = 申请加入单位
audit-member-approved = 通过加入申请
audit-member-refused = 不通过加入申请
audit-member-invited = 邀请成员
audit-member-role-changed = 调整成员角色
audit-member-ended = 成员离开单位
audit-org-added = 登记单位
audit-org-changed = 修改单位资料
audit-org-classified = 核定单位
audit-org-confirmed = 核对单位，无改动
audit-org-opened = 启用单位
audit-org-closed = 注销单位
audit-org-reopened = 重新启用单位
audit-org-merged = 单位合并到另一单位
audit-org-took-over = 并入另一单位
audit-org-qualified = 登记企业资质
audit-org-qualification-ended = 结束企业资质
audit-outbox-revived = 重新发送邮件
audit-user-created = 建立账号
audit-user-invited = 邀请人员
audit-user-invited-again = 再次邀请人员
audit-user-role-granted = 授予角色
audit-user-role-ended = 结束角色
audit-user-password-set = 直接设置口令
audit-user-unlocked = 解除锁定
audit-user-closed = 关闭账号
audit-user-reopened = 重新启用账号
