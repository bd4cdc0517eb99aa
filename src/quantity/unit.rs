//! Units of measurement: their symbols, what they measure, and their size in SI.

use std::fmt;
use std::sync::LazyLock;

use super::names::Names;

/// What a unit measures. Only quantities of one dimension can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)] // the names are the meaning
pub enum Dimension {
    Number,
    Length,
    Area,
    Volume,
    Mass,
    Time,
    Frequency,
    Voltage,
    Current,
    Resistance,
    Capacitance,
    Inductance,
    Power,
    Energy,
    Temperature,
    Pressure,
    Force,
    Torque,
    Impulse,
    Angle,
    AngularRate,
    AngularRandomWalk,
    Decibel,
    Speed,
    Acceleration,
    Density,
    AreaDensity,
    LinearDensity,
    Data,
    DataRate,
    SampleRate,
    ComputingPerformance,
    Irradiance,
    CurrentDensity,
    CurrentRate,
    Responsivity,
    SpecificEnergy,
    SpecificPower,
    SpecificCharge,
    EnergyPerArea,
    MassFlow,
    VolumeFlow,
    MagneticFluxDensity,
    MagneticGradient,
    AbsorbedDose,
    DoseRate,
    Activity,
    Fluence,
    Conductivity,
    Resistivity,
    ThermalExpansion,
    ThermalConductivity,
    BeamQuality,
    ElectricField,
    Viscosity,
    CorrosionRate,
    NoiseDensity,
    FrameRate,
    Concentration,
}

/// How a figure in a unit becomes one in SI.
#[derive(Debug, Clone, Copy)]
enum Scale {
    /// Times a factor.
    Times(f64),
    /// Times a factor, plus an offset: temperatures.
    Offset(f64, f64),
    /// Ten to a tenth of the figure, times a factor: levels of power.
    Level(f64),
}

struct Row {
    symbol: &'static str,
    /// Other ways to write it; those in lower case are compared without regard to case.
    aliases: &'static [&'static str],
    dimension: Dimension,
    scale: Scale,
}

/// A unit of measurement as published: `µm` stays µm until a comparison asks for SI.
///
/// ```
/// use export_control::{Quantity, quantity::Dimension};
/// let quantity: Quantity = "wavelength > 500 nm".parse()?;
/// let unit = quantity.unit();
/// assert_eq!((unit.symbol(), unit.dimension()), ("nm", Dimension::Length));
/// # Ok::<(), export_control::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(u8);

impl Unit {
    /// No unit: a ratio or a number of things.
    pub const ONE: Unit = Unit(0);

    fn row(self) -> &'static Row {
        &UNITS[usize::from(self.0)]
    }

    /// The symbol; `1` for no unit.
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// What the unit measures.
    pub fn dimension(self) -> Dimension {
        self.row().dimension
    }

    /// A figure in this unit as one in the SI unit of its dimension: kelvins for `°C`, watts for
    /// `dBm`.
    ///
    /// ```
    /// # use export_control::quantity::Unit;
    /// let celsius = Unit::from_symbol("°C").expect("a known unit");
    /// assert_eq!(celsius.to_si(25.0), 298.15);
    /// ```
    pub fn to_si(self, figure: f64) -> f64 {
        match self.row().scale {
            Scale::Times(factor) => figure * factor,
            Scale::Offset(factor, offset) => figure * factor + offset,
            Scale::Level(factor) => factor * 10f64.powf(figure / 10.0),
        }
    }

    /// Whether a figure in this unit is one in SI too: a level of thousands of decibels would be
    /// zero or infinite.
    pub(super) fn measures(self, figure: f64) -> bool {
        !matches!(self.row().scale, Scale::Level(_)) || figure.abs() <= 1000.0
    }

    /// The unit with this symbol, exactly as [`symbol`](Unit::symbol) writes it.
    pub fn from_symbol(symbol: &str) -> Option<Unit> {
        BY_SYMBOL.get(symbol).map(Unit)
    }

    /// The unit that a text begins with, in any way of writing it, and its length; the longest that
    /// fits. It must end where a word ends.
    pub(super) fn at_start(text: &str) -> Option<(Unit, usize)> {
        let first = text.bytes().next()?.to_ascii_lowercase();
        SPELLINGS[usize::from(first)]
            .iter()
            .find(|(spelling, _)| begins(text, spelling))
            .map(|(spelling, unit)| (*unit, spelling.len()))
    }
}

/// Whether a text begins with a spelling and its word ends there.
fn begins(text: &str, spelling: &str) -> bool {
    let Some(start) = text.get(..spelling.len()) else {
        return false;
    };
    let word = spelling.len() > 3
        && spelling
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || !byte.is_ascii_alphabetic());
    if start != spelling && !(word && start.eq_ignore_ascii_case(spelling)) {
        return false;
    }
    let letter = spelling.ends_with(char::is_alphabetic);
    let rest = &text[spelling.len()..];
    let mut next = rest.chars();
    match next.next() {
        Some(c) if letter && (c.is_ascii_alphanumeric() || c == '\'') => return false,
        // "10 m/s" is no length, and "5 MeV-cm²" no energy.
        Some('/' | '²' | '³' | '⁻' | '√' | '·') => return false,
        Some('−' | '-') if next.next().is_some_and(|c| c.is_ascii_alphanumeric()) => {
            return false;
        }
        _ => {}
    }
    // "rad (radians)/s²", "kg N⁻¹ h⁻¹", "nT (rms) per square root Hz", "m³ per minute"
    let tail = rest.trim_start().trim_start_matches(')').trim_start();
    // A bracket that says the unit again is short.
    let closing = tail
        .strip_prefix('(')
        .and_then(|inner| inner.bytes().take(80).position(|byte| byte == b')'));
    let bracket = closing.map_or(tail, |length| &tail[length + 2..]);
    let after = tail.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let power = after.starts_with('⁻')
        || after
            .strip_prefix('−')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let per = [
        "per square",
        "per second",
        "per minute",
        "per hour",
        "per month",
        "per year",
        "per meter",
        "per kg",
        "per kilogram",
        "per foot",
        "per cubic",
        "per liter",
        "/",
    ];
    !(power
        || per.iter().any(|per| bracket.trim_start().starts_with(per))
            && !bracket.starts_with(" / "))
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({self})")
    }
}

static BY_SYMBOL: LazyLock<Names> =
    LazyLock::new(|| Names::new(UNITS.iter().map(|row| row.symbol)));

/// Every way of writing a unit, by its first byte in lower case, longest first.
static SPELLINGS: LazyLock<Vec<Vec<(&'static str, Unit)>>> = LazyLock::new(|| {
    let mut all: Vec<Vec<(&'static str, Unit)>> = vec![Vec::new(); 256];
    for (row, at) in UNITS.iter().zip(0..).skip(1) {
        for spelling in std::iter::once(row.symbol).chain(row.aliases.iter().copied()) {
            let first = spelling
                .bytes()
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            all[usize::from(first)].push((spelling, Unit(at)));
        }
    }
    all.iter_mut().for_each(|spellings| {
        spellings.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()))
    });
    all
});

const fn unit(
    symbol: &'static str,
    aliases: &'static [&'static str],
    dimension: Dimension,
    factor: f64,
) -> Row {
    Row {
        symbol,
        aliases,
        dimension,
        scale: Scale::Times(factor),
    }
}

use Dimension as D;

const DEGREE: f64 = std::f64::consts::PI / 180.0;

#[rustfmt::skip] // a table
static UNITS: &[Row] = &[
    unit("1", &[], D::Number, 1.0),
    unit("%", &["percent", "per cent", "％"], D::Number, 1e-2),
    unit("ppm", &["parts per million"], D::Number, 1e-6),
    unit("ppb", &["parts per billion"], D::Number, 1e-9),
    unit("pm", &["picometers"], D::Length, 1e-12),
    unit("Å", &["angstrom", "angstroms"], D::Length, 1e-10),
    unit("nm", &["nanometer", "nanometers", "纳米"], D::Length, 1e-9),
    unit("µm", &["μm", "um", "micrometer", "micrometers", "micron", "microns", "微米"], D::Length, 1e-6),
    unit("mm", &["millimeter", "millimeters", "毫米"], D::Length, 1e-3),
    unit("cm", &["centimeter", "centimeters", "厘米"], D::Length, 1e-2),
    unit("m", &["meter", "meters", "metre", "metres", "米"], D::Length, 1.0),
    unit("km", &["kilometer", "kilometers", "千米", "公里"], D::Length, 1e3),
    unit("inch", &["inches", "in."], D::Length, 0.0254),
    unit("ft", &["foot", "feet"], D::Length, 0.3048),
    unit("nmi", &["nautical miles", "nautical mile", "海里"], D::Length, 1852.0),
    unit("m²", &["m2", "square meter", "square meters", "平方米"], D::Area, 1.0),
    unit("cm²", &["cm2", "square centimeter", "square centimeters"], D::Area, 1e-4),
    unit("mm²", &["mm2"], D::Area, 1e-6),
    unit("µm²", &["μm²", "µm2"], D::Area, 1e-12),
    unit("m³", &["m3", "cubic meter", "cubic meters", "立方米"], D::Volume, 1.0),
    unit("cm³", &["cm3", "cc", "cubic centimeters"], D::Volume, 1e-6),
    unit("mm³", &["mm3"], D::Volume, 1e-9),
    unit("L", &["l", "liter", "liters", "litre", "litres", "升"], D::Volume, 1e-3),
    unit("mL", &["ml", "milliliter", "milliliters", "毫升"], D::Volume, 1e-6),
    unit("gal", &["gallon", "gallons"], D::Volume, 3.785_411_784e-3),
    unit("µg", &["micrograms"], D::Mass, 1e-9),
    unit("mg", &["milligram", "milligrams"], D::Mass, 1e-6),
    unit("g", &["gram", "grams", "克"], D::Mass, 1e-3),
    unit("kg", &["kilogram", "kilograms", "千克", "公斤"], D::Mass, 1.0),
    unit("t", &["tonne", "tonnes", "metric tons", "吨"], D::Mass, 1e3),
    unit("lb", &["lbs", "lbs.", "pound", "pounds"], D::Mass, 0.453_592_37),
    unit("oz", &["ounce", "ounces"], D::Mass, 0.028_349_523_125),
    unit("gr", &["grain", "grains"], D::Mass, 6.479_891e-5),
    unit("fs", &["femtosecond", "femtoseconds"], D::Time, 1e-15),
    unit("ps", &["picosecond", "picoseconds"], D::Time, 1e-12),
    unit("ns", &["nanosecond", "nanoseconds"], D::Time, 1e-9),
    unit("µs", &["μs", "microsecond", "microseconds"], D::Time, 1e-6),
    unit("ms", &["millisecond", "milliseconds", "毫秒"], D::Time, 1e-3),
    unit("s", &["sec", "second", "seconds", "秒"], D::Time, 1.0),
    unit("min", &["minute", "minutes", "分钟"], D::Time, 60.0),
    unit("h", &["hr", "hour", "hours", "小时"], D::Time, 3600.0),
    unit("day", &["days"], D::Time, 86_400.0),
    unit("mHz", &[], D::Frequency, 1e-3),
    unit("Hz", &["hertz", "赫兹"], D::Frequency, 1.0),
    unit("kHz", &[], D::Frequency, 1e3),
    unit("MHz", &[], D::Frequency, 1e6),
    unit("GHz", &[], D::Frequency, 1e9),
    unit("THz", &[], D::Frequency, 1e12),
    unit("µV", &["μV"], D::Voltage, 1e-6),
    unit("mV", &[], D::Voltage, 1e-3),
    unit("V", &["volt", "volts", "伏"], D::Voltage, 1.0),
    unit("kV", &["千伏"], D::Voltage, 1e3),
    unit("MV", &[], D::Voltage, 1e6),
    unit("pA", &[], D::Current, 1e-12),
    unit("nA", &[], D::Current, 1e-9),
    unit("µA", &["μA", "uA"], D::Current, 1e-6),
    unit("mA", &[], D::Current, 1e-3),
    unit("A", &["ampere", "amperes"], D::Current, 1.0),
    unit("kA", &[], D::Current, 1e3),
    unit("mΩ", &["milliohms"], D::Resistance, 1e-3),
    unit("Ω", &["ohm", "ohms"], D::Resistance, 1.0),
    unit("pF", &[], D::Capacitance, 1e-12),
    unit("nF", &[], D::Capacitance, 1e-9),
    unit("µF", &["μF"], D::Capacitance, 1e-6),
    unit("nH", &[], D::Inductance, 1e-9),
    unit("µH", &["μH"], D::Inductance, 1e-6),
    unit("H", &[], D::Inductance, 1.0),
    unit("pW", &[], D::Power, 1e-12),
    unit("nW", &[], D::Power, 1e-9),
    unit("µW", &["μW"], D::Power, 1e-6),
    unit("mW", &["毫瓦"], D::Power, 1e-3),
    unit("W", &["watt", "watts", "瓦"], D::Power, 1.0),
    unit("kW", &["kilowatt", "kilowatts", "千瓦"], D::Power, 1e3),
    unit("MW", &["megawatt", "megawatts", "兆瓦"], D::Power, 1e6),
    unit("GW", &[], D::Power, 1e9),
    unit("TW", &[], D::Power, 1e12),
    unit("hp", &["horsepower"], D::Power, 745.699_871_582_270_2),
    Row { symbol: "dBm", aliases: &[], dimension: D::Power, scale: Scale::Level(1e-3) },
    Row { symbol: "dBW", aliases: &[], dimension: D::Power, scale: Scale::Level(1.0) },
    unit("eV", &[], D::Energy, 1.602_176_634e-19),
    unit("keV", &[], D::Energy, 1.602_176_634e-16),
    unit("MeV", &[], D::Energy, 1.602_176_634e-13),
    unit("GeV", &[], D::Energy, 1.602_176_634e-10),
    unit("nJ", &[], D::Energy, 1e-9),
    unit("µJ", &["μJ"], D::Energy, 1e-6),
    unit("mJ", &[], D::Energy, 1e-3),
    unit("J", &["joule", "joules", "焦耳"], D::Energy, 1.0),
    unit("kJ", &[], D::Energy, 1e3),
    unit("MJ", &[], D::Energy, 1e6),
    unit("Wh", &[], D::Energy, 3600.0),
    unit("kWh", &[], D::Energy, 3.6e6),
    unit("K", &["kelvin"], D::Temperature, 1.0),
    unit("mK", &[], D::Temperature, 1e-3),
    Row { symbol: "°C", aliases: &["℃", "° C", "degrees C", "degrees Celsius", "摄氏度"], dimension: D::Temperature, scale: Scale::Offset(1.0, 273.15) },
    Row { symbol: "°F", aliases: &["° F", "degrees F", "degrees Fahrenheit"], dimension: D::Temperature, scale: Scale::Offset(5.0 / 9.0, 459.67 * 5.0 / 9.0) },
    unit("µPa", &["μPa", "uPa"], D::Pressure, 1e-6),
    unit("mPa", &[], D::Pressure, 1e-3),
    unit("Pa", &["pascal", "pascals", "帕"], D::Pressure, 1.0),
    unit("kPa", &["千帕"], D::Pressure, 1e3),
    unit("MPa", &["兆帕"], D::Pressure, 1e6),
    unit("GPa", &["吉帕"], D::Pressure, 1e9),
    unit("N/m²", &["N/m2"], D::Pressure, 1.0),
    unit("N/mm²", &["N/mm2"], D::Pressure, 1e6),
    unit("mbar", &["millibar", "millibars"], D::Pressure, 100.0),
    unit("bar", &[], D::Pressure, 1e5),
    unit("kbar", &["kilobar", "kilobars"], D::Pressure, 1e8),
    unit("atm", &["atmosphere", "atmospheres"], D::Pressure, 101_325.0),
    unit("torr", &["Torr"], D::Pressure, 133.322_368_421_052_63),
    unit("psi", &[], D::Pressure, 6_894.757_293_168),
    unit("mN", &[], D::Force, 1e-3),
    unit("N", &["newton", "newtons"], D::Force, 1.0),
    unit("kN", &["千牛"], D::Force, 1e3),
    unit("MN", &[], D::Force, 1e6),
    unit("lbf", &[], D::Force, 4.448_221_615_260_5),
    unit("N·m", &["Nm", "N-m", "N m"], D::Torque, 1.0),
    unit("N·s", &["Ns", "newton-seconds", "newton seconds"], D::Impulse, 1.0),
    unit("µrad", &["μrad", "microradian", "microradians"], D::Angle, 1e-6),
    unit("mrad", &["milliradian", "milliradians"], D::Angle, 1e-3),
    unit("rad", &["radian", "radians"], D::Angle, 1.0),
    unit("°", &["degree", "degrees", "deg"], D::Angle, DEGREE),
    unit("arcmin", &["arc minute", "arc minutes", "arc-minute", "arc-minutes", "minutes of arc"], D::Angle, DEGREE / 60.0),
    unit("arcsec", &["arc second", "arc seconds", "arc-second", "arc-seconds", "seconds of arc", "second of arc", "角秒"], D::Angle, DEGREE / 3600.0),
    unit("rad/s", &[], D::AngularRate, 1.0),
    unit("°/s", &["degrees/s", "degrees/second", "deg/s", "degrees per second", "degree per second", "degree/s"], D::AngularRate, DEGREE),
    unit("°/h", &["degrees per hour", "degree per hour", "deg/h", "degrees/hour", "degree/h", "°/hr"], D::AngularRate, DEGREE / 3600.0),
    unit("rpm", &["revolutions per minute", "r/min", "转/分"], D::AngularRate, std::f64::consts::TAU / 60.0),
    unit("°/√h", &["degree per square root hour", "degrees per square root hour", "°/√hr"], D::AngularRandomWalk, DEGREE / 60.0),
    unit("dB", &["decibel", "decibels", "Db", "分贝"], D::Decibel, 1.0),
    unit("dBc", &[], D::Decibel, 1.0),
    unit("dBi", &[], D::Decibel, 1.0),
    unit("m/s", &["meters per second", "meters/second", "米/秒"], D::Speed, 1.0),
    unit("km/s", &[], D::Speed, 1e3),
    unit("km/h", &["kilometers per hour"], D::Speed, 1.0 / 3.6),
    unit("mm/s", &[], D::Speed, 1e-3),
    unit("kn", &["knot", "knots"], D::Speed, 1852.0 / 3600.0),
    unit("m/s²", &["m/s2"], D::Acceleration, 1.0),
    unit("gₙ", &["g's"], D::Acceleration, 9.806_65),
    unit("mgₙ", &["milli g", "milli-g"], D::Acceleration, 9.806_65e-3),
    unit("µgₙ", &["micro g", "micro-g"], D::Acceleration, 9.806_65e-6),
    unit("mGal", &[], D::Acceleration, 1e-5),
    unit("g/cm³", &["g/cm3", "grams per cubic centimeter", "grams per cm³", "g/ml", "g/cc", "克/立方厘米"], D::Density, 1e3),
    unit("kg/m³", &["kg/m3"], D::Density, 1.0),
    unit("kg/m²", &["kg/m2"], D::AreaDensity, 1.0),
    unit("g/m²", &["g/m2"], D::AreaDensity, 1e-3),
    unit("g/m", &[], D::LinearDensity, 1e-3),
    unit("kg/m", &[], D::LinearDensity, 1.0),
    unit("bit", &["bits", "-bit"], D::Data, 1.0),
    unit("kbit", &["Kbits", "kbits"], D::Data, 1e3),
    unit("Mbit", &["Mbits", "Megabits"], D::Data, 1e6),
    unit("Gbit", &["Gbits"], D::Data, 1e9),
    unit("MB", &["Mbyte", "Mbytes"], D::Data, 8e6),
    unit("GB", &["Gbyte", "Gbytes"], D::Data, 8e9),
    unit("bit/s", &["bits/s", "bits per second"], D::DataRate, 1.0),
    unit("kbit/s", &["kbits/s"], D::DataRate, 1e3),
    unit("Mbit/s", &["Mbits/s", "megabits per second"], D::DataRate, 1e6),
    unit("Gbit/s", &["Gbits/s", "gigabits per second"], D::DataRate, 1e9),
    unit("Tbit/s", &[], D::DataRate, 1e12),
    unit("MB/s", &["Mbyte/s", "Mbytes/s"], D::DataRate, 8e6),
    unit("GB/s", &["Gbyte/s", "Gbytes/s"], D::DataRate, 8e9),
    unit("sample/s", &["samples per second", "SPS"], D::SampleRate, 1.0),
    unit("Msample/s", &["Mega Samples Per Second", "MSPS", "million words per second", "Megasamples per second"], D::SampleRate, 1e6),
    unit("Gsample/s", &["Giga Samples Per Second", "GSPS", "gigasample per second", "gigasamples per second"], D::SampleRate, 1e9),
    unit("WT", &["Weighted TeraFLOPS", "Weighted TeraFLOPS (WT)", "weighted teraflops"], D::ComputingPerformance, 1e12),
    unit("W/cm²", &["W/cm2"], D::Irradiance, 1e4),
    unit("kW/cm²", &["kW/cm2"], D::Irradiance, 1e7),
    unit("MW/cm²", &["MW/cm2"], D::Irradiance, 1e10),
    unit("W/m²", &["W/m2"], D::Irradiance, 1.0),
    unit("A/cm²", &["A/cm2"], D::CurrentDensity, 1e4),
    unit("A/mm²", &["A/mm2"], D::CurrentDensity, 1e6),
    unit("A/µs", &["A/μs"], D::CurrentRate, 1e6),
    unit("mA/W", &[], D::Responsivity, 1e-3),
    unit("Wh/kg", &["瓦时/千克"], D::SpecificEnergy, 3600.0),
    unit("J/kg", &[], D::SpecificEnergy, 1.0),
    unit("kJ/kg", &[], D::SpecificEnergy, 1e3),
    unit("W/kg", &[], D::SpecificPower, 1.0),
    unit("mAh/g", &[], D::SpecificCharge, 3600.0),
    unit("J/cm²", &["J/cm2"], D::EnergyPerArea, 1e4),
    unit("kg/h", &["kg/hr", "kilograms per hour", "千克/小时"], D::MassFlow, 1.0 / 3600.0),
    unit("m³/s", &["m3/s"], D::VolumeFlow, 1.0),
    unit("m³/h", &["m3/h", "m³/hour", "cubic meters per hour", "立方米/小时"], D::VolumeFlow, 1.0 / 3600.0),
    unit("L/h", &["liters/hour", "liters per hour", "l/h"], D::VolumeFlow, 1e-3 / 3600.0),
    unit("L/min", &["liters per minute", "l/min"], D::VolumeFlow, 1e-3 / 60.0),
    unit("pT", &[], D::MagneticFluxDensity, 1e-12),
    unit("nT", &[], D::MagneticFluxDensity, 1e-9),
    unit("mT", &[], D::MagneticFluxDensity, 1e-3),
    unit("T", &["tesla", "特斯拉"], D::MagneticFluxDensity, 1.0),
    unit("pT/m", &[], D::MagneticGradient, 1e-12),
    unit("nT/m", &[], D::MagneticGradient, 1e-9),
    unit("Gy", &["Gy (Si)", "Gy(Si)"], D::AbsorbedDose, 1.0),
    unit("rad(Si)", &["Rads (Si)", "rads (Si)", "Rads(Si)", "rad (Si)", "Rad (Si)"], D::AbsorbedDose, 1e-2),
    unit("Gy/s", &["Gy (Si)/s", "Gy(Si)/s"], D::DoseRate, 1.0),
    unit("rad(Si)/s", &["Rads (Si)/s", "Rads (Si)/sec", "rads (Si)/sec", "rad(Si)/sec"], D::DoseRate, 1e-2),
    unit("GBq", &[], D::Activity, 1e9),
    unit("Ci", &["curie", "curies"], D::Activity, 3.7e10),
    unit("n/cm²", &["n/cm2", "neutrons/cm²"], D::Fluence, 1e4),
    unit("S/m", &[], D::Conductivity, 1.0),
    unit("Ω·cm", &["ohm-cm", "ohm cm"], D::Resistivity, 1e-2),
    unit("1/K", &["/K"], D::ThermalExpansion, 1.0),
    unit("W/(m·K)", &["W/mK", "W/m·K", "W/(mK)"], D::ThermalConductivity, 1.0),
    unit("mm·mrad", &["mm mrad", "mm-mrad"], D::BeamQuality, 1e-6),
    unit("V/m", &[], D::ElectricField, 1.0),
    unit("MV/m", &[], D::ElectricField, 1e6),
    unit("cSt", &["centistokes"], D::Viscosity, 1e-6),
    unit("mm/year", &["mm/yr"], D::CorrosionRate, 1e-3 / 31_557_600.0),
    unit("nT/√Hz", &["nT (rms) per square root Hz", "nT (rms)/square root Hz"], D::NoiseDensity, 1e-9),
    unit("pT/√Hz", &["pT (rms) per square root Hz", "pT (rms)/square root Hz"], D::NoiseDensity, 1e-12),
    unit("frame/s", &["frames/s", "frames per second", "full frames per second"], D::FrameRate, 1.0),
    unit("g/L", &["g/l", "grams/liter", "克/升"], D::Concentration, 1.0),
];
