//! The property that a quantity measures, if the text says it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use super::unit::Dimension;
use Dimension as D;

/// The property that a quantity measures, such as `output power`. It is one of a fixed set of
/// properties that the texts of both lists name.
///
/// A property has one name, whatever words and language the text uses for it, so that properties
/// can be compared.
///
/// ```
/// use export_control::quantity::Property;
/// let property = Property::from_name("particle size").expect("a known property");
/// assert_eq!(property.name(), "particle size");
/// assert!(Property::from_name("beauty").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Property(u8);

/// The name, other English words for it, the Chinese words, and the dimensions that it can have.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [Dimension],
);

impl Property {
    /// Returns its name in this crate: lower-case English words.
    pub fn name(self) -> &'static str {
        PROPERTIES[usize::from(self.0)].0
    }

    /// Returns every property.
    pub fn all() -> impl ExactSizeIterator<Item = Property> {
        (0..PROPERTIES.len() as u8).map(Property)
    }

    /// Returns the property with this name, or `None` if there is no such property.
    pub fn from_name(name: &str) -> Option<Property> {
        BY_NAME.get(name).copied().map(Property)
    }

    /// Returns whether a property can have a dimension: a power is not a voltage.
    pub fn can_have(self, dimension: Dimension) -> bool {
        PROPERTIES[usize::from(self.0)].3.contains(&dimension)
    }

    /// Returns whether a figure without a unit can give its amount: it is a count, or a ratio that
    /// is not given in percent.
    pub(super) fn is_bare(self) -> bool {
        const SHARES: [&str; 14] = [
            "absorption",
            "content",
            "elongation",
            "enrichment",
            "fluorine content",
            "fractional bandwidth",
            "impurities",
            "isotopic impurity",
            "metallic impurities",
            "purity",
            "quantum efficiency",
            "reflectivity",
            "stability",
            "accuracy",
        ];
        self.can_have(Dimension::Number) && !SHARES.contains(&self.name())
    }

    /// Returns the property of a dimension with the longest Chinese name that ends a text.
    pub(super) fn ends_chinese(text: &str, dimension: Dimension) -> Option<Property> {
        let found = CHINESE
            .iter()
            .filter(|(words, property)| text.ends_with(words) && property.can_have(dimension));
        // "不纯度" is impurity and "非线性度" non-linearity.
        let turned = |words: &str| text[..text.len() - words.len()].ends_with(['不', '非']);
        found
            .max_by_key(|(words, _)| words.len())
            .filter(|(words, _)| !turned(words))
            .map(|(_, property)| *property)
    }

    /// Returns the property of a dimension with the longest Chinese name that begins a text.
    pub(super) fn begins_chinese(text: &str, dimension: Dimension) -> Option<Property> {
        let found = CHINESE
            .iter()
            .filter(|(words, property)| text.starts_with(words) && property.can_have(dimension));
        found
            .max_by_key(|(words, _)| words.len())
            .map(|(_, property)| *property)
    }

    /// Returns the English names that end with a word, each as its words, and their properties.
    pub(super) fn ending_with(word: &str) -> &'static [Name] {
        ENDINGS.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the English names that begin with a word, each as its words, and their properties.
    pub(super) fn beginning_with(word: &str) -> &'static [Name] {
        BEGINNINGS.get(word).map_or(&[], Vec::as_slice)
    }
}

/// An English name of a property in words.
pub(super) type Name = (Vec<&'static str>, Property);

type Index = HashMap<&'static str, Vec<Name>>;

/// Returns a word, and the words of which it may be the plural.
pub(super) fn singulars(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    [
        Some(Cow::Borrowed(word)),
        y.map(Cow::Owned),
        word.strip_suffix("es").map(Cow::Borrowed),
        word.strip_suffix('s').map(Cow::Borrowed),
    ]
    .into_iter()
    .flatten()
}

static ENDINGS: LazyLock<Index> = LazyLock::new(|| index(|words| words.last().copied()));
static BEGINNINGS: LazyLock<Index> = LazyLock::new(|| index(|words| words.first().copied()));

/// Returns the English names by one of their words, longest first.
fn index(key: impl Fn(&[&'static str]) -> Option<&'static str>) -> Index {
    let mut index = Index::new();
    for property in Property::all() {
        let (name, english, ..) = PROPERTIES[usize::from(property.0)];
        for name in std::iter::once(name).chain(english.iter().copied()) {
            let words: Vec<&'static str> = name.split(' ').collect();
            if let Some(key) = key(&words) {
                index.entry(key).or_default().push((words, property));
            }
        }
    }
    index
        .values_mut()
        .for_each(|names| names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    index
}

/// The Chinese names.
static CHINESE: LazyLock<Vec<(&'static str, Property)>> = LazyLock::new(|| {
    let names = |property: Property| {
        let names = PROPERTIES[usize::from(property.0)].2.iter();
        names.map(move |words| (*words, property))
    };
    Property::all().flat_map(names).collect()
});

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({self})")
    }
}

static BY_NAME: LazyLock<HashMap<&'static str, u8>> =
    LazyLock::new(|| PROPERTIES.iter().map(|row| row.0).zip(0..).collect());

#[rustfmt::skip] // a table
const PROPERTIES: &[Row] = &[
    ("actuators", &[], &[], &[D::Number]),
    ("axes", &[], &["轴"], &[D::Number]),
    ("channels", &[], &["通道"], &[D::Number]),
    ("cycles", &["cycle life", "charge/discharge cycle life"], &["循环"], &[D::Number]),
    ("dielectric constant", &[], &["介电常数"], &[D::Number]),
    ("elements", &["line elements"], &[], &[D::Number]),
    ("error rate", &["c-not error", "error rates"], &[], &[D::Number]),
    ("etch selectivity", &[], &[], &[D::Number]),
    ("gate count", &["equivalent gate count"], &[], &[D::Number]),
    ("hole shape ratio", &[], &[], &[D::Number]),
    ("input fibers", &[], &[], &[D::Number]),
    ("numerical aperture", &["na"], &["数值孔径"], &[D::Number]),
    ("pixels", &["active pixels"], &["像素"], &[D::Number]),
    ("q-value", &["q-values"], &[], &[D::Number]),
    ("terminals", &[], &[], &[D::Number]),
    ("absorption", &["absorption coefficient"], &["吸收率"], &[D::Number, D::Attenuation]),
    ("acceleration", &["accelerations", "acceleration level"], &["加速度"], &[D::Acceleration]),
    ("accuracy", &["accuracies", "angular accuracy"], &["精度", "准确度"], &[D::Number, D::Length, D::Angle, D::Time, D::Frequency, D::Acceleration, D::AngularRate, D::Temperature, D::Pressure]),
    ("adjusted peak performance", &["app"], &[], &[D::ComputingPerformance]),
    ("angle random walk", &[], &["角度随机游走"], &[D::AngularRandomWalk]),
    ("aperture", &["aperture diameter"], &["孔径"], &[D::Length, D::Area]),
    ("area", &["surface area", "active area"], &["面积"], &[D::Area]),
    ("aspect ratio", &[], &["深宽比", "长径比"], &[D::Number]),
    ("average output power", &["average or cw output power", "average or cw total output power"], &["平均输出功率"], &[D::Power]),
    ("bandwidth", &["instantaneous bandwidth", "real-time bandwidth", "3 db bandwidth"], &["带宽"], &[D::Frequency]),
    ("energy density", &["stored energy density"], &["重量能量密度", "能量密度"], &[D::SpecificEnergy]),
    ("beam current", &[], &["束流", "束电流"], &[D::Current]),
    ("bias repeatability", &[], &["零偏重复性"], &[D::Acceleration, D::AngularRate]),
    ("bias stability", &["bias", "bias error"], &["零偏稳定性", "零偏"], &[D::Acceleration, D::AngularRate]),
    ("burst pressure", &[], &["爆破压力"], &[D::Pressure]),
    ("capacitance", &[], &["电容"], &[D::Capacitance]),
    ("capacity", &[], &["容量", "处理能力", "日处理浸出液量"], &[D::Volume, D::Mass, D::VolumeFlow, D::MassFlow]),
    ("inner diameter", &["inside diameter", "internal diameter"], &["内径"], &[D::Length]),
    ("content", &["concentration", "mass fraction"], &["含量", "按重量"], &[D::Number, D::Concentration]),
    ("cooling time", &[], &["冷却时间"], &[D::Time]),
    ("corrosion rate", &[], &["腐蚀速率"], &[D::CorrosionRate]),
    ("current", &["current output", "peak current", "continuous current", "current rating"], &["电流"], &[D::Current]),
    ("current density", &["overall current density"], &["电流密度"], &[D::CurrentDensity]),
    ("delay", &["time delay", "dispersive delay", "delay time"], &["延迟", "延迟时间"], &[D::Time]),
    ("density", &[], &["密度"], &[D::Density]),
    ("depth", &["water depth", "depth-of-bore"], &["深度", "水深"], &[D::Length]),
    ("diameter", &["outside diameter", "outer diameter", "major axis length", "rotor diameter"], &["直径", "外径"], &[D::Length]),
    ("digital transfer rate", &["transfer rate", "data rate", "data transfer rate", "total digital transfer rate", "data signaling rate"], &["传输速率"], &[D::DataRate]),
    ("dimension", &["size", "linear dimension", "dimensions"], &["尺寸"], &[D::Length]),
    ("discharge time", &[], &["放电时间"], &[D::Time]),
    ("displacement", &["full load displacement"], &["排水量"], &[D::Mass]),
    ("distortion", &["distortion content", "harmonic distortion"], &[], &[D::Decibel]),
    ("dose rate", &["dose rate upset", "dose rate upset threshold"], &["剂量率"], &[D::DoseRate]),
    ("drift rate", &["drift"], &["漂移率"], &[D::AngularRate]),
    ("duration", &["time period", "time duration"], &["持续时间"], &[D::Time]),
    ("dynamic range", &["spurious free dynamic range", "sfdr"], &["动态范围"], &[D::Decibel]),
    ("effective radiated power", &["erp", "eirp", "effective isotropic radiated power"], &["有效辐射功率"], &[D::Power]),
    ("elastic limit", &[], &["弹性极限"], &[D::Pressure]),
    ("elongation", &[], &["伸长率"], &[D::Number]),
    ("endurance", &["maximum endurance"], &["续航时间"], &[D::Time]),
    ("energy", &["stored energy", "total energy", "energy storage"], &["能量"], &[D::Energy]),
    ("enrichment", &[], &["富集度"], &[D::Number]),
    ("exposure time", &["shutter time", "framing exposure time", "frame exposure time"], &["曝光时间"], &[D::Time]),
    ("field of view", &[], &["视场", "视场角"], &[D::Angle]),
    ("flow rate", &["flow", "throughput", "flow-rate", "mass flow", "volume flow rate"], &["流量"], &[D::VolumeFlow, D::MassFlow]),
    ("fluence", &["neutron fluence"], &["注量"], &[D::Fluence]),
    ("fluorine content", &["combined fluorine"], &[], &[D::Number]),
    ("force", &["clamping force", "maximum force", "forming force"], &["作用力"], &[D::Force, D::Mass]),
    ("fractional bandwidth", &[], &["相对带宽"], &[D::Number]),
    ("framing rate", &["frame rate", "framing recording rate", "recording rate"], &["帧速率", "帧频"], &[D::FrameRate, D::Frequency]),
    ("frequency", &["frequencies", "operating frequency", "frequency range", "carrier frequency", "center frequency", "clock frequency", "clock frequency rate"], &["频率", "频段"], &[D::Frequency]),
    ("frequency switching time", &["frequency switching time"], &["频率切换时间"], &[D::Time]),
    ("glass transition temperature", &[], &["玻璃化转变温度"], &[D::Temperature]),
    ("height", &["wave height"], &["高度"], &[D::Length]),
    ("impurities", &["impurity", "impurity level"], &["杂质", "不纯度"], &[D::Number]),
    ("impulse", &["total impulse", "total impulse capacity"], &["总冲"], &[D::Impulse]),
    ("inductance", &[], &["电感"], &[D::Inductance]),
    ("instantaneous field of view", &["ifov", "instantaneous-field-of-view"], &["瞬时视场"], &[D::Angle]),
    ("insertion loss", &[], &["插入损耗"], &[D::Decibel]),
    ("isotopic impurity", &["isotopic impurities"], &[], &[D::Number]),
    ("length", &["length overall", "wheelbase"], &["长度"], &[D::Length]),
    ("linewidth", &["line width", "minimum resolvable feature size", "pattern size", "mrf"], &["线宽"], &[D::Length, D::Frequency]),
    ("load", &["payload", "lifting capacity", "load capacity"], &["有效载荷", "载荷", "载重"], &[D::Mass]),
    ("magnetic field", &["magnetic flux density", "magnetic induction", "saturation magnetic induction"], &["磁感应强度"], &[D::MagneticFluxDensity]),
    ("maximum pressure", &["maximum working pressure"], &["最大工作压力"], &[D::Pressure]),
    ("measurement uncertainty", &[], &["测量不确定度", "不确定度"], &[D::Length, D::Angle]),
    ("melting point", &[], &["熔点"], &[D::Temperature]),
    ("metallic impurities", &["total metallic impurities"], &["金属杂质"], &[D::Number]),
    ("molecular weight", &["molecular mass"], &["分子量"], &[D::Number]),
    ("noise", &["noise level", "noise figure", "noise floor"], &["噪声", "噪声系数"], &[D::Decibel, D::MagneticFluxDensity, D::NoiseDensity]),
    ("operating pressure", &["working pressure"], &["工作压力"], &[D::Pressure]),
    ("optical power", &[], &["光功率"], &[D::Power]),
    ("output energy", &["pulse energy", "energy per pulse"], &["输出能量", "脉冲能量"], &[D::Energy]),
    ("output power", &["output", "rf output power", "saturated power output", "peak saturated power output", "power output", "continuous output power", "cw output power", "multimode output power"], &["输出功率"], &[D::Power]),
    ("output voltage", &[], &["输出电压"], &[D::Voltage]),
    ("output wavelength", &[], &["输出波长"], &[D::Length]),
    ("particle size", &["average particle size", "particle diameter", "grain size"], &["粒径", "颗粒尺寸", "粒度"], &[D::Length]),
    ("peak power", &["peak output power", "peak radiated power"], &["峰值功率"], &[D::Power]),
    ("performance density", &[], &[], &[D::Number]),
    ("phase noise", &["ssb phase noise", "single sideband phase noise"], &["相位噪声"], &[D::Decibel]),
    ("pitch", &["pixel pitch"], &["像元间距"], &[D::Length]),
    ("positioning accuracy", &["slide positioning accuracy", "position accuracy", "placement accuracy"], &["定位精度"], &[D::Length, D::Angle]),
    ("power", &["input power", "power input", "power consumption", "power supply", "rated power", "shaft power", "average power", "average input power", "maximum power"], &["功率"], &[D::Power]),
    ("pressed density", &["tap density"], &["压实密度"], &[D::Density]),
    ("pressure", &["isostatic pressure", "total pressure", "differential pressure"], &["压力", "压强"], &[D::Pressure]),
    ("pressure ratio", &[], &["压比"], &[D::Number]),
    ("pulse duration", &["pulse width", "pulse length"], &["脉冲宽度", "脉宽", "脉冲持续时间"], &[D::Time]),
    ("pulse repetition rate", &["repetition rate", "repetition frequency", "pulse repetition frequency"], &["重复频率", "脉冲重复频率"], &[D::Frequency]),
    ("pumping speed", &[], &["抽速"], &[D::VolumeFlow]),
    ("purity", &["purity level", "purities"], &["纯度"], &[D::Number]),
    ("quantum efficiency", &[], &["量子效率"], &[D::Number]),
    ("radiant sensitivity", &[], &["辐射灵敏度"], &[D::Responsivity]),
    ("range", &["detection range", "maximum range"], &["射程", "航程", "探测距离"], &[D::Length]),
    ("reflectivity", &["reflectance"], &["反射率"], &[D::Number]),
    ("resistance", &[], &["电阻"], &[D::Resistance]),
    ("resistivity", &[], &["电阻率"], &[D::Resistivity]),
    ("resolution", &["resolutions", "angular resolution", "across track resolution", "readout"], &["分辨率"], &[D::Length, D::Angle, D::Data, D::AngularRate, D::Time, D::Frequency, D::Voltage, D::Speed]),
    ("response time", &["time constant", "response time constant"], &["响应时间"], &[D::Time]),
    ("rise time", &["pulse rise time"], &["上升时间"], &[D::Time]),
    ("rotation speed", &["peripheral speed", "rotational speed", "rotor speed", "speed of revolution", "rotary speed"], &["转速"], &[D::Speed, D::AngularRate]),
    ("sampling rate", &["sample rate", "update rate", "output rate"], &["采样率", "采样速率"], &[D::SampleRate, D::Frequency]),
    ("sampling length", &[], &[], &[D::Length]),
    ("scale factor repeatability", &[], &["标度因数重复性"], &[D::Number]),
    ("scale factor stability", &["scale factor", "scale factor error"], &["标度因数"], &[D::Number]),
    ("sensitivity", &["hydrophone sensitivity"], &["灵敏度"], &[D::Decibel, D::MagneticFluxDensity, D::NoiseDensity, D::Length]),
    ("settling time", &[], &["建立时间"], &[D::Time]),
    ("source level", &["sound pressure level", "radiated source level"], &["声源级"], &[D::Decibel]),
    ("specific capacity", &[], &["克容量"], &[D::SpecificCharge]),
    ("specific modulus", &[], &["比模量"], &[D::Length]),
    ("specific power", &[], &["比功率"], &[D::SpecificPower]),
    ("specific tensile strength", &[], &["比抗拉强度"], &[D::Length]),
    ("speed", &["velocity", "maximum speed", "velocities"], &["速度", "航速", "爆速"], &[D::Speed, D::FrameRate]),
    ("stability", &["long-term stability", "aging", "ageing", "stabilization"], &["稳定性", "稳定度"], &[D::Number, D::Length, D::Angle, D::AngularRate, D::Frequency, D::RelativeRate]),
    ("stress", &["maximum stress", "stress level"], &["应力"], &[D::Pressure]),
    ("stress-rupture life", &[], &["持久寿命"], &[D::Time]),
    ("surface roughness", &["surface finish", "roughness"], &["表面粗糙度"], &[D::Length]),
    ("temperature", &["operating temperature", "ambient temperature", "temperatures", "junction temperature", "internal temperature", "temperature range"], &["温度"], &[D::Temperature]),
    ("temperature uniformity", &[], &["温度均匀性"], &[D::Temperature]),
    ("tensile strength", &["ultimate tensile strength"], &["抗拉强度"], &[D::Pressure]),
    ("thermal conductivity", &[], &["导热系数", "热导率"], &[D::ThermalConductivity]),
    ("thickness", &["wall thickness"], &["厚度", "壁厚"], &[D::Length]),
    ("thrust", &["maximum thrust", "vacuum thrust"], &["推力"], &[D::Force]),
    ("torque", &[], &["扭矩"], &[D::Torque]),
    ("total loss", &[], &[], &[D::Number, D::Decibel]),
    ("total dose", &["total ionizing dose", "total irradiation dose", "absorbed dose", "total radiation dose"], &["总剂量"], &[D::AbsorbedDose]),
    ("total processing performance", &[], &[], &[D::Number]),
    ("travel", &["travel length"], &["行程"], &[D::Length, D::Angle]),
    ("tuning range", &[], &["调谐范围"], &[D::Frequency, D::Length]),
    ("velocity of detonation", &["detonation velocity"], &[], &[D::Speed]),
    ("viscosity", &["kinematic viscosity"], &["粘度"], &[D::Viscosity]),
    ("voltage", &["rated voltage", "breakdown voltage", "repetitive peak off-state voltage", "blocking voltage"], &["电压"], &[D::Voltage]),
    ("volume", &["internal volume", "total internal volume"], &["容积", "体积"], &[D::Volume]),
    ("volumetric capacity", &["total volumetric capacity"], &[], &[D::Volume]),
    ("wall-plug efficiency", &[], &["电光转换效率"], &[D::Number]),
    ("wavelength", &["wavelengths", "wavelength range", "peak response", "light source wavelength"], &["波长"], &[D::Length]),
    ("weight", &["mass", "gross weight", "vehicle weight", "total weight"], &["重量", "质量", "质量容量"], &[D::Mass]),
    ("weighted peak performance", &[], &[], &[D::ComputingPerformance]),
    ("width", &[], &["宽度", "幅宽"], &[D::Length]),
    ("yield strength", &[], &["屈服强度"], &[D::Pressure]),
];

crate::packed::packed_newtype!(Property);
