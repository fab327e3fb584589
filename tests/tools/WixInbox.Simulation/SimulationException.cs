namespace WixInbox.Simulation;

/// <summary>Something came about that never may.</summary>
internal sealed class SimulationException(string message) : Exception(message)
{
    /// <summary>Says so unless something holds.</summary>
    public static void Unless(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new SimulationException(FormattableString.Invariant(otherwise));
        }
    }
}
