# 内核的词句：读表时发现的问题、产业领域、专利类型。
# 每个问题说明看到了什么、应当是什么、怎样改。

issue-value-empty = “{ $found }”没有内容。请填写；如确实没有，请清空单元格。
issue-value-too-long = “{ $found }”共 { $length } 个字符，一个值最多 { $most } 个。请只填该值，说明文字写到说明栏。

issue-money-no-amount = “{ $found }”中没有金额。请写明金额，如“50万元”“50-100万元”；可以商量的请写“面议”。
issue-money-no-unit = “{ $found }”没有单位，暂按“元”理解。请补上单位，如“120万元”。
issue-money-large = “{ $found }”按列头单位折算为 { $read }，数额很大。请核对单位：列头若为“万元”，120万元应填 120。
issue-money-too-large = “{ $found }”超过上限 { $most }。请核对单位和零的个数。
issue-money-too-small = “{ $found }”不足一分。请核对单位和小数点；不收费的请写“0元”或“免费”。
issue-money-negative = “{ $found }”是负数，金额不能为负。请去掉负号；如想写区间，请写成“50-100万元”。
issue-money-vague = “{ $found }”没有确切数目。请写出数字，如“约30万元”“30-50万元”。
issue-money-range-reversed = “{ $found }”的下限 { $from } 大于上限 { $to }。请调换两端或核对单位。
issue-money-mixed-units = “{ $found }”两端单位不同，按 { $from } 至 { $to } 理解。请核对，并为两端写明单位。
issue-money-approx-range = “{ $found }”既有“约”又有区间或比例，已略去“约”。
issue-money-open-upper = “{ $found }”的上限不含本数，已按含本数记录。如有必要，请改写上限。
issue-money-several = “{ $found }”中有不止一个金额。本栏只填一个金额、区间或入门费加提成，其余请移到相应的栏。
issue-money-unclear = “{ $found }”的金额有歧义。请改写成一种明确的形式，如“10.5万元”“不低于50万元”。
issue-money-two-currencies = “{ $found }”中有两种币种。请只保留合同所用的币种。
issue-money-currency-unknown = “{ $found }”的币种不能记录。请折算为人民币，或改用美元、欧元、港元、日元、英镑等币种。
issue-money-rate-unclear = “{ $found }”的提成比例不明确。请写成“入门费10万元+销售额3%”或“净销售额的3%”这样的形式，只填一个比例；入股比例请写到说明栏。
issue-money-rate-no-base = “{ $found }”没有写明按什么计提。请补上，如“净销售额的3%”。
issue-money-rate-range = “{ $found }”的提成比例须大于 0%、不超过 100%，至多四位小数。请改正。
issue-money-rounded = “{ $found }”不足一分的部分已四舍五入，记为 { $read }。
issue-money-scientific = “{ $found }”是电子表格的科学记数法，按 { $read } 理解，末尾数字可能已丢失。请核对，并把单元格设为文本或数值格式。
issue-money-also-negotiable = “{ $found }”既有金额又写面议，已记录金额。
issue-money-provisional = “{ $found }”的金额尚未确定，暂按所写记录。确定后请更新。
issue-money-words-ignored = “{ $found }”中的“{ $words }”没有记入金额。请核对金额，并把其余说明移到说明栏。

issue-date-unreadable = “{ $found }”不是能识别的日期。请写成“2020-01-31”“2020年1月31日”或“2020年1月”。
issue-date-no-year = “{ $found }”没有年份。请写成“2020年6月14日”的形式。
issue-date-impossible = 日历上没有“{ $found }”。最接近的是 { $nearest }，请核对后改正。
issue-date-out-of-range = “{ $found }”的年份须在 { $from } 至 { $to } 之间。请核对年份。
issue-date-range = “{ $found }”是一段时间，本栏只填一个日期。请把起、止分别填写。
issue-date-ambiguous = “{ $found }”可能是 { $one }，也可能是 { $other }。请按“年-月-日”改写。
issue-date-order = “{ $found }”不是“年-月-日”的顺序，按 { $read } 理解。请核对。
issue-date-two-digit-year = “{ $found }”的年份只有两位，按 { $read } 理解。请写全四位年份。
issue-date-maybe-october = “{ $found }”按 { $read }（一月）理解；若是十月，末尾的 0 可能被电子表格去掉了。请写成“2020-01”或“2020-10”。
issue-date-by-period = “{ $found }”是大致时间，按 { $read } 记录。如有确切日期，请改写。
issue-date-serial = “{ $found }”是电子表格的日期序数，即 { $read }。请把单元格设为日期或文本格式。
issue-date-serial-range = 日期序数 { $found } 不对应任何日期。请改写成“2020-01-31”的形式。
issue-date-time-dropped = “{ $found }”中的时刻没有记录，只保留日期。
issue-date-words-ignored = “{ $found }”中日期前后的文字没有记录，只保留日期。

issue-patent-length = “{ $found }”有 { $digits } 位数字。专利号应为 13 位（2003 年 10 月以前申请的为 9 位），如 ZL202010123456.2。请对照证书补全。
issue-patent-char = “{ $found }”中的“{ $char }”不能出现在专利号里。专利号只有数字，末位可为 X；请检查是否把 0 写成了 O。
issue-patent-check = “{ $found }”的校验位不对，按前面的数字应为 { $expected }（{ $whole }）。请对照证书核对每一位。
issue-patent-check-missing = “{ $found }”缺少小数点后的校验位，应为 { $expected }。请核对后写成 { $whole }。
issue-patent-zero-restored = “{ $found }”缺少末位，已补上被电子表格去掉的 0：{ $read }。请核对，并把单元格设为文本格式。
issue-patent-zero-dropped = “{ $found }”末尾多出的 0 来自数值格式，已去掉。
issue-patent-year = “{ $found }”中的年份 { $year } 不可能：13 位号从 2003 年起，9 位号为 1985 至 2003 年。请对照证书核对。
issue-patent-kind-digit = “{ $found }”中表示种类的数字“{ $digit }”无效，应为 1（发明）、2（实用新型）、3（外观设计）、8 或 9（PCT）。请对照证书核对。
issue-patent-kind-mismatch = “{ $found }”是{ $actual ->
        [utility] 实用新型
        [design] 外观设计
        *[invention] 发明
    }专利号，与所填类型“{ $stated ->
        [utility] 实用新型
        [design] 外观设计
        *[invention] 发明
    }”不一致。请改正其中一个。
issue-patent-scientific = “{ $found }”已被电子表格改成科学记数法，后面的数字丢失了。请先把该列设为文本格式，再从证书重新填写专利号。
issue-patent-publication-number = “{ $found }”是公开（公告）号，不是专利号。请填写证书上“专利号”一栏的号码，形如 ZL202010123456.2。
issue-patent-foreign = “{ $found }”是外国专利号或国际申请号。本栏填写中国专利号，形如 ZL202010123456.2；境外专利请写入说明。
issue-patent-several = “{ $found }”中有不止一个专利号。请一行填一件专利。
issue-patent-words-ignored = “{ $found }”中括号里的文字没有记录，只保留专利号。

issue-uscc-length = “{ $found }”有 { $length } 位，统一社会信用代码应为 18 位。请对照营业执照补全。
issue-uscc-char = “{ $found }”第 { $position } 位的“{ $char }”不能出现在这里。代码不用字母 I、O、S、V、Z，第 3 至 8 位是数字。请对照营业执照核对。
issue-uscc-lookalike = “{ $found }”含有代码不用的字母，已按形近数字改为 { $read }，校验通过。请核对。
issue-uscc-check = “{ $found }”的末位校验码不对，按前 17 位应为 { $expected }（{ $whole }）。请对照营业执照核对每一位；若执照上确实如此，请联系省中心凭证照放行。
issue-uscc-org-check = “{ $found }”第 17 位按组织机构代码规则应为 { $expected }。个别在用代码确有例外，请对照营业执照核对。
issue-uscc-old-number = “{ $found }”是旧的工商注册号或组织机构代码。请填写“三证合一”后的 18 位统一社会信用代码。
issue-uscc-scientific = “{ $found }”已被电子表格改成科学记数法，后面的数字丢失了。请先把该列设为文本格式，再重新填写 18 位代码。

issue-ipc-shape = “{ $found }”不是 IPC 分类号。应为部、大类、小类和组，形如 G06F17/30 或 G06F。
issue-ipc-section = “{ $found }”的部“{ $section }”不在 IPC 的 A 至 H 之内（Y 部只见于 CPC）。请填写 IPC 分类号。
issue-ipc-first-taken = “{ $found }”中有多个分类号，已取第一个 { $read } 作为主分类号。请核对。
issue-ipc-group-completed = “{ $found }”没有写小组，已补为 { $read }。

issue-phone-shape = “{ $found }”不是能拨通的号码。手机号为 11 位，固话请写区号和号码，如 025-84791234转802。
issue-phone-length = “{ $found }”有 { $digits } 位数字。手机号为 11 位，固话为区号加 7 至 8 位。请补全。
issue-phone-mobile-prefix = “{ $found }”以 { $prefix } 开头，而手机号以 13 至 19 开头。请核对。
issue-phone-no-area = “{ $found }”缺少区号。请加上区号，如 025-84791234。
issue-phone-char = “{ $found }”中的“{ $char }”不能出现在电话号码里。请只填号码。
issue-phone-masked = “{ $found }”被星号遮住了几位。请填写完整号码；号码不会公开。
issue-phone-several = “{ $found }”中有不止一个号码。本栏只填一个。
issue-phone-scientific = “{ $found }”已被电子表格改成科学记数法，后面的数字丢失了。请先把该列设为文本格式，再重新填写。
issue-phone-zero-restored = “{ $found }”缺少区号前的 0，已补为 { $read }。请核对。
issue-phone-words-ignored = “{ $found }”中括号里的文字没有记录，只保留号码。

issue-email-no-at = “{ $found }”中没有 @。邮箱应形如 name@example.com。
issue-email-several = “{ $found }”中有不止一个邮箱。本栏只填一个。
issue-email-char = “{ $found }”中的“{ $char }”不能出现在邮箱里。请只用字母、数字和 . - _。
issue-email-shape = “{ $found }”不是完整的邮箱。@ 前后都要有内容，域名中要有点，如 name@example.com。
issue-email-mended = “{ $found }”中的空格或中文句号已改正为 { $read }。请核对。
issue-email-suspect = “{ $found }”以“{ $ending }”结尾，可能是笔误（如 .com 写成 .con）。请核对。

issue-contract-no-length = “{ $found }”有 { $digits } 位。技术合同登记编号为 16 位（旧编号 14 位）。请对照登记证明补全。
issue-contract-no-char = “{ $found }”中的“{ $char }”不能出现在技术合同登记编号里。编号只有数字，16 位（旧编号 14 位）。
issue-contract-no-scientific = “{ $found }”已被电子表格改成科学记数法，后面的数字丢失了。请先把该列设为文本格式，再重新填写。
issue-contract-no-last-zero = “{ $found }”末位是 0。电子表格只保留 15 位数字，第 16 位会变成 0；请对照登记证明核对末位。

issue-region-unknown = 没有找到区划“{ $found }”。请写全称（如“江苏省南京市鼓楼区”）或 6 位区划代码。
issue-region-unknown-code = “{ $found }”中的代码 { $code } 不在区划表内。请核对 6 位区划代码。
issue-region-ambiguous = “{ $found }”有重名：{ $candidates }。请写明所属的市，或填写代码。
issue-region-several = “{ $found }”中有不止一个区划。本栏只填一个。
issue-region-mismatch = “{ $found }”中的代码 { $code } 是{ $name }，与所写名称不一致。请改正其中一个。
issue-region-renamed = “{ $found }”现为{ $name }，已按现名记录。请核对。
issue-region-address = “{ $found }”按{ $name }记录，“{ $rest }”没有识别。请核对区划。
issue-region-pseudo = { $name }（{ $found }）是统计用的开发区代码，不是县级行政区，不计入县（市、区）数。如需计入，请填写所在的县（市、区）。

issue-sector-unknown = 没有名为“{ $found }”的产业领域。请从新一代信息技术、人工智能、生物技术、新能源、新材料、高端装备、绿色环保、现代农业、其他中选择。
issue-sector-ambiguous = “{ $found }”可归入不止一个产业领域（{ $candidates }），已全部记录。请核对并只保留合适的。

issue-trl-unknown = “{ $found }”不是技术成熟度。请写 TRL1 至 TRL9，或实验室、小试、中试、可量产、已量产。
issue-trl-range = “{ $found }”超出范围，技术成熟度为 1 至 9 级。请改正。
issue-trl-by-stage = “{ $found }”按所处阶段对应为 { $read }。如有评定的等级，请填写等级。
issue-trl-several = “{ $found }”中有多个等级或阶段，已取较低的 { $read }。请只保留一个。

issue-yes-no-unclear = “{ $found }”看不出是“是”还是“否”。请填“是”或“否”。
issue-yes-no-words-ignored = “{ $found }”中“是/否”之外的文字没有记录。

# 产业领域
sector-it = 新一代信息技术
sector-ai = 人工智能
sector-bio = 生物技术
sector-ne = 新能源
sector-nm = 新材料
sector-eq = 高端装备
sector-env = 绿色环保
sector-agr = 现代农业
sector-other = 其他

# 专利类型
patent-kind-invention = 发明
patent-kind-utility = 实用新型
patent-kind-design = 外观设计

# 问题的轻重
level-error = 错误
level-warning = 提醒
level-note = 说明
