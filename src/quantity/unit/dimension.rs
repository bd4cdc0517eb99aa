//! The dimensions that units measure.

/// The dimension that a unit measures. Only quantities of one dimension can be compared.
///
/// [`Quantity::si`](crate::Quantity::si) returns figures in the base unit that is named with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// A ratio, a share or a number of things; base unit 1.
    Number,
    /// A length; base unit m.
    Length,
    /// An area; base unit m².
    Area,
    /// A volume; base unit m³.
    Volume,
    /// A mass; base unit kg.
    Mass,
    /// A time; base unit s.
    Time,
    /// A frequency; base unit Hz.
    Frequency,
    /// A voltage; base unit V.
    Voltage,
    /// An electric current; base unit A.
    Current,
    /// An electric resistance; base unit Ω.
    Resistance,
    /// A capacitance; base unit F.
    Capacitance,
    /// An inductance; base unit H.
    Inductance,
    /// A power, also as a level; base unit W.
    Power,
    /// An energy; base unit J.
    Energy,
    /// A temperature; base unit K.
    Temperature,
    /// A pressure or a stress; base unit Pa.
    Pressure,
    /// A force; base unit N.
    Force,
    /// A torque; base unit N·m.
    Torque,
    /// An impulse; base unit N·s.
    Impulse,
    /// A plane angle; base unit rad.
    Angle,
    /// An angle per time; base unit rad/s.
    AngularRate,
    /// An angle per square root of time; base unit rad/√s.
    AngularRandomWalk,
    /// A ratio as a level; base unit dB.
    Decibel,
    /// A length per time; base unit m/s.
    Speed,
    /// An acceleration; base unit m/s².
    Acceleration,
    /// A mass per volume; base unit kg/m³.
    Density,
    /// A mass per area; base unit kg/m².
    AreaDensity,
    /// A mass per length; base unit kg/m.
    LinearDensity,
    /// An amount of data; base unit bit.
    Data,
    /// An amount of data per time; base unit bit/s.
    DataRate,
    /// Samples per time; base unit sample/s.
    SampleRate,
    /// A computing performance; base unit weighted floating-point operation per second.
    ComputingPerformance,
    /// A power per area; base unit W/m².
    Irradiance,
    /// A current per area; base unit A/m².
    CurrentDensity,
    /// A current per time; base unit A/s.
    CurrentRate,
    /// A current per power; base unit A/W.
    Responsivity,
    /// An energy per mass; base unit J/kg.
    SpecificEnergy,
    /// A power per mass; base unit W/kg.
    SpecificPower,
    /// A charge per mass; base unit C/kg.
    SpecificCharge,
    /// An energy per area; base unit J/m².
    EnergyPerArea,
    /// A mass per time; base unit kg/s.
    MassFlow,
    /// A volume per time; base unit m³/s.
    VolumeFlow,
    /// A magnetic flux density; base unit T.
    MagneticFluxDensity,
    /// A magnetic flux density per length; base unit T/m.
    MagneticGradient,
    /// A dose of radiation; base unit Gy.
    AbsorbedDose,
    /// A dose per time; base unit Gy/s.
    DoseRate,
    /// Decays per time; base unit Bq.
    Activity,
    /// Particles per area; base unit particle/m².
    Fluence,
    /// An electric conductivity; base unit S/m.
    Conductivity,
    /// An electric resistivity; base unit Ω·m.
    Resistivity,
    /// A relative expansion per temperature; base unit 1/K.
    ThermalExpansion,
    /// A thermal conductivity; base unit W/(m·K).
    ThermalConductivity,
    /// A beam radius times a divergence; base unit m·rad.
    BeamQuality,
    /// An electric field; base unit V/m.
    ElectricField,
    /// A kinematic viscosity; base unit m²/s.
    Viscosity,
    /// A depth of corrosion per time; base unit m/s.
    CorrosionRate,
    /// A magnetic flux density per square root of frequency; base unit T/√Hz.
    NoiseDensity,
    /// Frames per time; base unit frame/s.
    FrameRate,
    /// A mass of a substance per volume of the mixture; base unit kg/m³.
    Concentration,
    /// An area per time; base unit m²/s.
    AreaRate,
    /// A relative change per time; base unit 1/s.
    RelativeRate,
    /// A share lost per length; base unit 1/m.
    Attenuation,
    /// Particles per volume; base unit particle/m³.
    NumberDensity,
}
