//! The workbook that `jiebang bench intake` sends: achievements of many units, written the way people write them, every
//! twentieth row with a fault. The same numbers make the same workbook.

use kernel::{uscc_check, uscc_org_check};

/// Column heads in their order; a workbook has the first so many of them. The first 18 are those that must be there.
pub(crate) const HEADS: &[&str] = &[
    "成果名称",
    "完成单位",
    "完成人",
    "成果类型",
    "产业领域",
    "成熟度",
    "评价方式",
    "技术简介",
    "交易方式",
    "意向价格",
    "密级",
    "公开价格",
    "公开联系方式",
    "联系人",
    "联系电话",
    "电子邮箱",
    "报送单位",
    "统一社会信用代码",
    "关键词",
    "研究开始",
    "成果属性",
    "研究结束",
    "推荐路演",
    "市场前景",
    "知识产权",
];
/// Columns without which no row is complete.
pub(crate) const COLUMNS_MIN: usize = 18;
/// One row in so many has a fault: 5 %.
pub(crate) const FAULT_EVERY: usize = 20;
/// Where the row of numbers begins; any number will do, so long as it stays.
const SEED: u64 = 0x6a69_6562_616e_6721;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "欧阳",
];
const GIVEN: &[&str] = &[
    "敏", "强", "子涵", "海燕", "志远", "晓峰", "建国", "雨晴", "文博", "思齐", "立", "佳怡",
];
const SECTORS: &[&str] = &[
    "新一代信息技术",
    "人工智能",
    "生物技术与新医药",
    "新能源",
    "新型材料",
    "高端装备制造",
    "1.绿色环保",
    "现代农业",
    "其他",
];
const PRICES: &[&str] = &[
    "50万元",
    "50-100万",
    "面议",
    "≥200万",
    "约30万元",
    "贰拾万元整",
    "入门费10万+销售额3%",
    "５０～１００万元",
    "1,200,000元",
    "不超过80万元",
];
const STAGES: &[&str] = &["小试", "中试", "可量产", "TRL6", "实验室"];
const TYPES: &[&str] = &["新技术", "新产品", "新工艺", "新材料"];
const MODES: &[&str] = &["转让", "普通许可、独占许可", "转让；作价入股", "排他许可"];
const SUBJECTS: &[&str] = &[
    "激光熔覆层",
    "碳化硅模块",
    "渗碳齿轮",
    "锂电隔膜",
    "菌株发酵液",
    "水稻秸秆",
    "风电主轴承",
    "污泥焚烧灰",
    "纤维预浸料",
    "相控阵天线",
    "视觉分拣线",
    "钙钛矿组件",
    "血液透析膜",
    "高压水泵",
    "光纤传感网",
    "乳化炸药",
    "镁合金轮毂",
    "人参皂苷",
    "盾构刀具",
    "氢气传感器",
    "冷链标签",
    "柔性电极",
    "陶瓷基片",
    "蚕丝蛋白",
];
const DEEDS: &[&str] = &[
    "先在低温下预处理再分段升温",
    "改用双回路闭环控制",
    "以脉冲电流细化晶粒",
    "把检测工位移到成形之前",
    "用代理模型代替逐点仿真",
    "在界面加一层梯度过渡",
    "把废热引回干燥段",
    "以共聚物调节孔径分布",
    "按批次在线修正配比",
    "让冷却与加载错开两个节拍",
    "用边缘计算完成初筛",
    "将助剂用量减去三成",
    "以超声辅助代替机械搅拌",
    "把夹具换成自适应的气囊",
    "引入带约束的迁移学习",
];
const GAINS: &[&str] = &[
    "合格率由八成五升到九成七",
    "单位能耗下降",
    "寿命延长到原来的两倍",
    "误差收窄到百分之一以内",
    "节拍缩短",
    "残留量低于检出限",
    "噪声下降六分贝",
    "成本约为进口件的四成",
    "连续运行三千小时未见衰减",
    "漏检率低于千分之二",
];

/// What a workbook is to have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Rows of data.
    pub(crate) rows: usize,
    /// Columns, from [`COLUMNS_MIN`] to all [`HEADS`].
    pub(crate) columns: usize,
    /// Units that send them, each about as many.
    pub(crate) units: usize,
}

impl Size {
    /// How many of the rows have a fault.
    pub(crate) fn faulty(&self) -> usize {
        self.rows / FAULT_EVERY
    }

    /// The heads of its columns.
    pub(crate) fn heads(&self) -> Vec<String> {
        HEADS.iter().take(self.columns).map(|head| (*head).to_owned()).collect()
    }

    /// Its rows.
    pub(crate) fn cells(&self) -> Vec<Vec<String>> {
        let mut dice = Dice(SEED);
        let rows_of_unit = self.rows.div_ceil(self.units.max(1)).max(1);
        (0..self.rows)
            .map(|number| {
                let mut row = row(number, number / rows_of_unit, &mut dice);
                if number % FAULT_EVERY == FAULT_EVERY - 1 {
                    spoil(&mut row, number / FAULT_EVERY);
                }
                row.truncate(self.columns);
                row
            })
            .collect()
    }
}

/// Numbers that look like chance and are the same each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }

    fn name(&mut self) -> String {
        format!("{}{}", self.of(SURNAMES), self.of(GIVEN))
    }
}

/// One good row, a cell for each of [`HEADS`].
fn row(number: usize, unit: usize, dice: &mut Dice) -> Vec<String> {
    let (unit_name, code) = (format!("测量{unit}号研究院"), unit_code(unit));
    let subject = dice.of(SUBJECTS);
    let year = 2018 + dice.below(4);
    let month = 1 + dice.below(12);
    vec![
        format!("{subject}的{}方法（第{number}号）", dice.of(DEEDS)),
        unit_name.clone(),
        format!("{}、{}；{}", dice.name(), dice.name(), dice.name()),
        dice.of(TYPES).to_owned(),
        dice.of(SECTORS).to_owned(),
        dice.of(STAGES).to_owned(),
        "未评价".to_owned(),
        summary(subject, number, dice),
        dice.of(MODES).to_owned(),
        dice.of(PRICES).to_owned(),
        "公开".to_owned(),
        dice.of(&["是", "√", "Y", "否"]).to_owned(),
        "否".to_owned(),
        dice.name(),
        format!("138 {:04} {:04}", dice.below(10_000), dice.below(10_000)),
        format!("kjc{unit}@bench.example.cn"),
        unit_name,
        code,
        format!("{subject}、节能"),
        dice.of(&["2019.3", "2019年3月", "2019-03", "2019/3"]).to_owned(),
        "原始创新".to_owned(),
        format!("{}-{month:02}", year + 1),
        dice.of(&["是", "否"]).to_owned(),
        format!("省内有 {} 家企业可用，{}。", 3 + dice.below(40), dice.of(GAINS)),
        format!("授权发明专利{}件", 1 + dice.below(9)),
    ]
}

/// A description of a length that people write, of which no two are near the same.
fn summary(subject: &str, number: usize, dice: &mut Dice) -> String {
    let mut text = format!(
        "针对{subject}在{}至{}摄氏度下的难题，",
        20 + dice.below(300),
        400 + dice.below(900)
    );
    for _ in 0..3 + dice.below(3) {
        text.push_str(dice.of(DEEDS));
        text.push_str(&format!("（参数 {}-{}），", dice.below(1000), dice.below(1000)));
    }
    text.push_str(dice.of(GAINS));
    text.push_str(&format!("，{}；样机编号 {number}。", dice.of(GAINS)));
    text
}

/// A right credit code of a unit's own.
fn unit_code(unit: usize) -> String {
    let own = format!("MB{unit:06}");
    let body = format!("12320100{own}{}", uscc_org_check(own.as_bytes()));
    let check = uscc_check(body.as_bytes());
    format!("{body}{check}")
}

/// Makes one cell of a row wrong, a different one each time.
fn spoil(row: &mut [String], turn: usize) {
    let faults: [(&str, &str); 8] = [
        ("成果名称", ""),
        ("产业领域", "炼金术"),
        ("意向价格", "几十万"),
        ("联系电话", "138****0000"),
        ("电子邮箱", "kjc.bench.example.cn"),
        ("技术简介", "详见附件"),
        ("统一社会信用代码", "12320100MB00000"),
        ("成熟度", "良好"),
    ];
    let Some((head, text)) = faults.get(turn % faults.len()) else {
        return;
    };
    let at = HEADS.iter().position(|known| known == head);
    if let Some(cell) = at.and_then(|at| row.get_mut(at)) {
        *cell = (*text).to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const SIZE: Size = Size {
        rows: 2000,
        columns: 20,
        units: 100,
    };

    #[test]
    fn the_workbook_is_the_same_each_time_and_no_row_twice() {
        let rows = SIZE.cells();
        assert_eq!(rows, SIZE.cells());
        assert!(rows.iter().all(|row| row.len() == 20) && SIZE.heads().len() == 20);
        let texts: BTreeSet<&str> = rows.iter().map(|row| row[7].as_str()).collect();
        assert!(texts.len() > rows.len() * 9 / 10);
        let codes: BTreeSet<&str> = rows.iter().map(|row| row[17].as_str()).collect();
        assert_eq!(codes.len(), SIZE.units + 1, "and the broken one");
    }

    #[test]
    fn a_twentieth_is_faulty_and_the_rest_can_be_read() {
        let rows = SIZE.cells();
        let bad = |row: &Vec<String>| {
            row[0].is_empty()
                || row[7].chars().count() < 50
                || !kernel::read::sectors(&row[4]).is_ok()
                || !kernel::read::trl(&row[5]).is_ok()
                || !kernel::read::money(&row[9], None).is_ok()
                || !kernel::read::phone(&row[14]).is_ok()
                || !kernel::read::email(&row[15]).is_ok()
                || !kernel::read::uscc(&row[17]).is_ok()
                || !kernel::read::date(&row[19]).is_ok()
        };
        assert_eq!(rows.iter().filter(|row| bad(row)).count(), SIZE.faulty());
    }
}
