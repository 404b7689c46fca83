use super::*;
use crate::issues::code;

/// Written canonically: what was read, by `Display`.
fn canonical(text: &str) -> Vec<String> {
    read(text)
        .value
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).issues.iter().map(|issue| issue.code).collect()
}

#[test]
fn the_notation() {
    let read = read("齿向变形 ≤0.03 mm（现状 0.05–0.06 mm）；批量良品率 ≥98 %（现状 91 %）");
    assert!(read.issues.is_empty());
    let first = Indicator {
        name: "齿向变形".into(),
        comparison: Comparison::Le,
        value: "0.03".into(),
        value_max: None,
        unit: "mm".into(),
        present: Some("0.05–0.06 mm".into()),
    };
    let value = read.value.unwrap();
    assert_eq!(value[0], first);
    assert_eq!(value[1].to_string(), "批量良品率 ≥98 %（现状 91 %）");
    assert_eq!(value.len(), 2);
}

/// Each text reads as the canonical ones beside it, without an issue.
#[test]
fn wild_notations() {
    for (text, wanted) in [
        ("批量良品率不低于98%，现状91%", &["批量良品率 ≥98 %（现状 91%）"][..]),
        ("良品率：≥９８％（目前为91％）", &["良品率 ≥98 %（现状 91%）"]),
        ("1. 寿命10年以上\n2. 重量30kg以下", &["寿命 ≥10 年", "重量 ≤30 kg"]),
        (
            "（1）精度≥0.1mm；（2）速度>100帧/s。",
            &["精度 ≥0.1 mm", "速度 >100 帧/s"],
        ),
        (
            "精度≤0.1mm，速度≥1,200 r/min，现状 900 r/min",
            &["精度 ≤0.1 mm", "速度 ≥1200 r/min（现状 900 r/min）"],
        ),
        ("外径 20±0.05 mm", &["外径 20±0.05 mm"]),
        ("平面度±0.01mm", &["平面度 ±0.01 mm"]),
        ("工作温度 -40℃~+85℃", &["工作温度 -40–85 ℃"]),
        ("厚度10至20mm", &["厚度 10–20 mm"]),
        ("厚度 20-10 mm", &["厚度 10–20 mm"]),
        ("导热系数≥5 W/(m·K)（25℃）", &["导热系数（25℃） ≥5 W/(m·K)"]),
        (
            "在25℃，湿度60%条件下导热系数大于等于5 W",
            &["在25℃，湿度60%条件下导热系数 ≥5 W"],
        ),
        ("良品率由91%提高到98%以上", &["良品率 ≥98 %（现状 91%）"]),
        ("良品率由91%提高到≥98%", &["良品率 ≥98 %（现状 91%）"]),
        ("良品率提升至98%，能耗降到 9 kWh", &["良品率 ≥98 %", "能耗 ≤9 kWh"]),
        ("从动轮精度≥0.1mm", &["从动轮精度 ≥0.1 mm"]),
        ("能耗从 12 kWh 降低至 9 kWh", &["能耗 ≤9 kWh（现状 12 kWh）"]),
        ("漏率 ≤ 1×10^-6 Pa·m3/s", &["漏率 ≤0.000001 Pa·m3/s"]),
        ("细胞活性≥10⁶ CFU/mL", &["细胞活性 ≥1000000 CFU/mL"]),
        ("寿命 至少 10 万次", &["寿命 ≥10 万次"]),
        ("良品率≥98%（现状91%", &["良品率 ≥98 %（现状 91%）"]),
        ("导热系数（≥25℃）≥5 W", &["导热系数（≥25℃） ≥5 W"]),
        ("yield >= 98 % (present 91 %)", &["yield ≥98 %（现状 91 %）"]),
        ("效率目标值≥95%", &["效率 ≥95 %"]),
        ("硬度＝60HRC", &["硬度 =60 HRC"]),
        ("节拍 ≤ .5 s", &["节拍 ≤0.5 s"]),
        ("2.4GHz 带宽 ≥ 40 MHz", &["2.4GHz 带宽 ≥40 MHz"]),
    ] {
        assert_eq!(canonical(text), wanted, "{text}");
        assert_eq!(codes(text), Vec::<&str>::new(), "{text}");
        assert_eq!(canonical(&write(&read(text).value.unwrap())), wanted, "{text} again");
    }
}

#[test]
fn a_missing_comparison_is_told() {
    assert_eq!(canonical("Q235 钢板 工作压力 30 MPa"), ["Q235 钢板 工作压力 =30 MPa"]);
    assert_eq!(codes("工作压力 30 MPa"), [code::INDICATOR_COMPARISON_ASSUMED]);
    assert_eq!(canonical("重量约30kg"), ["重量 =30 kg"]);
    assert_eq!(codes("重量30kg左右"), [code::INDICATOR_COMPARISON_ASSUMED]);
}

#[test]
fn what_cannot_be_read_is_refused() {
    for text in [
        "性能达到国际先进水平",
        "≥98%",
        "精度优于0.01 mm",
        "非线性≤1/1000",
        "良品率≥98%；外观无裂纹",
        "良品率≥",
        "1) 5 mm",
        "良品率≥国标98%",
        "速度≥10~20~30",
    ] {
        assert!(
            codes(text).contains(&code::INDICATOR_UNREADABLE),
            "{text}: {:?}",
            read(text)
        );
        assert_eq!(read(text).value, None, "{text}");
    }
    assert_eq!(codes(&"长".repeat(300)), [code::INDICATOR_UNREADABLE]);
}

#[test]
fn attachments_are_no_indicators() {
    assert_eq!(codes("技术指标详见附件2"), [code::INDICATOR_SEE_ATTACHMENT]);
    assert_eq!(read("技术指标详见附件2").value, None);
    assert_eq!(canonical("良品率≥98%（见附件）"), ["良品率（见附件） ≥98 %"]);
    let mixed = read("良品率≥98%；其余见附件");
    assert_eq!(mixed.issues[0].level, kernel::Level::Warning);
    assert_eq!(mixed.value.unwrap().len(), 1);
}

#[test]
fn limits() {
    let many: Vec<String> = (0..=COUNT_MAX)
        .map(|n| format!("指标甲{}≥{n}%", "乙".repeat(n % 7)))
        .collect();
    assert_eq!(codes(&many.join("；")), [code::INDICATOR_TOO_MANY]);
}

#[test]
fn hand_made_ones_are_checked() {
    let mut made = read("良品率≥98%").value.unwrap().remove(0);
    assert!(made.is_canonical());
    made.value = "九十八".into();
    assert!(!made.is_canonical());
}
