# 表单问题。每条说明：写的是什么、应该是什么、怎样改。

issue-field-missing = { $example ->
    [none] “{ $field }”是必填项，现在是空的，请填写。
   *[other] “{ $field }”是必填项，现在是空的，请填写，例如：{ $example }
}
issue-field-missing-when = { $example ->
    [none] “{ $because }”填的是“{ $answer }”，因此“{ $field }”必填，现在是空的，请填写。
   *[other] “{ $because }”填的是“{ $answer }”，因此“{ $field }”必填，现在是空的，请填写，例如：{ $example }
}
issue-text-too-short = 现有 { $found } 字，至少需要 { $min } 字，请补充具体内容。
issue-text-too-long = 现有 { $found } 字，最多 { $max } 字，请删减，细节可放在附件里。
issue-text-see-attachment = 这里只写了“{ $found }”。请把要点直接写在这一栏（至少 { $min } 字），附件只作补充：检索和匹配看不到附件。
issue-indicator-see-attachment = 这里写了“{ $found }”。请把指标逐项写在这一栏，格式：名称 ≥数值 单位（现状 数值），多项用“；”分开；附件只作补充。
issue-indicator-unreadable = “{ $found }”没有读出数值指标。应为：名称、比较符（≥ ≤ > < = ± 或区间）、数值、单位，例如：齿向变形 ≤0.03 mm（现状 0.05 mm）；批量良品率 ≥98 %。定性要求请写到问题描述里。
issue-indicator-comparison-assumed = 没有写明比较符，已读作“{ $read }”。如应为“不低于”或“不高于”，请写上 ≥ 或 ≤。
issue-indicator-too-many = 现有 { $found } 项指标，最多 { $max } 项，请保留决定成败的指标，其余放在附件里。
issue-code-unknown = “{ $found }”不在可选项里。可选：{ $choices }。请从中选择。
issue-code-several = “{ $found }”选了多项（{ $choices }），这一栏只能选一项，请保留一项。
issue-code-none-ticked = “{ $found }”里没有打勾的选项。请在选中的一项前打 ☑，或者直接写选项名称。
issue-code-part-unread = 已读作“{ $read }”，括号或冒号后的“{ $found }”没有存入这一栏。如果重要，请写到说明里。
issue-int-unreadable = “{ $found }”不是整数。请只写一个 { $min } 到 { $max } 之间的整数，例如 30。
issue-int-range = 写的是 { $found }，应在 { $min } 到 { $max } 之间，请核对数值和单位。
issue-date-day-missing = “{ $found }”缺少日。请写到日，例如 2020-01-15。
issue-date-month-missing = “{ $found }”只有年份。请至少写到月，例如 2020-01。
issue-names-unreadable = “{ $found }”里没有读出名称。请写全称，多个用“；”分开，例如：甲大学；乙公司。
issue-names-incomplete = “{ $found }”没有写全，“等”字之外的人没有读入。请列出全部姓名，用“；”分开。
issue-names-too-many = 现有 { $found } 个名称，最多 { $max } 个，请只写主要的。
issue-name-too-long = 名称“{ $found }”超过 { $max } 字。如果是多个名称，请用“；”分开。
