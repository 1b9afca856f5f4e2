namespace Remit.Kernel;

/// <summary>What one point is worth: a piece of money finer than money itself, rounded only when multiplied out.</summary>
/// <param name="Milli">Thousandths of a minor unit.</param>
public readonly record struct Rate(long Milli, string Currency);
