//! Translates words of the field: Chinese ones into English, abbreviations into words. The data are
//! in `data/glossary.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

struct Glossary {
    words: HashMap<Vec<char>, &'static str>,
    abbreviations: HashMap<&'static str, &'static str>,
    /// The most characters that a word has.
    longest: usize,
    /// Traditional characters with their simplified forms.
    simplified: HashMap<char, char>,
}

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
    let rows = include_str!("../../data/glossary.csv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','));
    let (abbreviations, chinese): (HashMap<&str, &str>, HashMap<&str, &str>) =
        rows.partition(|(term, _)| term.is_ascii());
    let words: HashMap<Vec<char>, &str> = chinese
        .into_iter()
        .map(|(chinese, english)| (chinese.chars().collect(), english))
        .collect();
    let longest = words.keys().map(Vec::len).max().unwrap_or(0);
    let pairs: Vec<char> = TRADITIONAL.chars().filter(|c| !c.is_whitespace()).collect();
    Glossary {
        words,
        abbreviations,
        longest,
        simplified: pairs
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect(),
    }
});

/// What a word of lower-case letters is in other words.
pub(super) fn expand(word: &str) -> Option<&'static str> {
    GLOSSARY.abbreviations.get(word).copied()
}

/// Traditional and simplified characters in turn, as far as the glossary's words have them.
const TRADITIONAL: &str = "
    質质 譜谱 儀仪 電电 機机 導导 彈弹 飛飞 鋁铝 鎳镍 鎢钨 鉬钼 鈦钛 鈹铍 鋯锆 鉿铪 鋰锂 銦铟 鎵镓 鍺锗 銻锑 鉍铋 鎂镁 鈣钙 釷钍 鈾铀 鈈钚 鐳镭 錸铼 釤钐
    釓钆 鋱铽 鏑镝 鑥镥 鈧钪 釔钇 鈥钬 鉺铒 銩铥 銪铕 鐿镱 爐炉 壓压 噴喷 積积 設设 備备 軟软 術术 統统 組组 維维 纖纤 複复 結结 構构 開开 發发 產产 製制
    測测 試试 檢检 驗验 裝装 離离 線线 達达 衛卫 聲声 納纳 頻频 變变 換换 數数 據据 計计 處处 濾滤 閥阀 門门 熱热 類类 劑剂 藥药 細细 體体 動动 轉转 軸轴
    迴回 艙舱 潛潜 艦舰 無无 車车 輛辆 護护 鏡镜 頭头 圖图 碼码 訊讯 號号 網网 絡络 觸触 氣气 氫氢 鹽盐 鹼碱 顆颗 絲丝 鋼钢 鐵铁 銅铜 錫锡 鉛铅 銀银 鑽钻
    樣样 屬属 銲焊 鑄铸 鍛锻 銑铣 齒齿 輪轮 渦涡 葉叶 環环 塗涂 層层 膠胶 劃划 衝冲 擊击 燒烧 載载 運运 軌轨 跡迹 遙遥 監监 視视 攝摄 紅红 雙双 單单 極极
    強强 穩稳 學学 項项 長长 寬宽 邊边 側侧 於于 與与 為为 專专 個个 種种 禦御 滅灭 殺杀 雜杂 幹干 乾干 淨净 壞坏 筆笔 鋪铺
";

/// Translates a run of Chinese characters, the longest word first. Calls back with the English and
/// the Chinese; with no English where a character is in no word, and not at all for words that say
/// nothing.
pub(super) fn translate(run: &[char], mut found: impl FnMut(Option<&str>, &str)) {
    let glossary = &*GLOSSARY;
    let simple: Vec<char> = run
        .iter()
        .map(|c| glossary.simplified.get(c).copied().unwrap_or(*c))
        .collect();
    let mut at = 0;
    while at < simple.len() {
        let longest = glossary.longest.min(simple.len() - at);
        let word = (1..=longest)
            .rev()
            .find_map(|length| Some((length, *glossary.words.get(&simple[at..at + length])?)));
        let (length, english) = word.map_or((1, None), |(length, english)| (length, Some(english)));
        if english != Some("") {
            let chinese: String = run[at..at + length].iter().collect();
            found(english, &chinese);
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_says_something_once() {
        let pairs: Vec<Vec<char>> = TRADITIONAL
            .split_whitespace()
            .map(|pair| pair.chars().collect())
            .collect();
        for pair in &pairs {
            assert!(pair.len() == 2 && pair[0] != pair[1], "{pair:?}");
            assert_eq!(
                pairs.iter().filter(|other| other[0] == pair[0]).count(),
                1,
                "{pair:?}"
            );
        }
    }
}
