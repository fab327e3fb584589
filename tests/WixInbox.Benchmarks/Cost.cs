namespace WixInbox.Benchmarks;

/// <summary>What sending took: of one row, or of all.</summary>
/// <param name="Time">The time that passed.</param>
/// <param name="Cpu">The time of a processor that the sender's process used.</param>
/// <param name="Allocated">The bytes that it allocated.</param>
/// <param name="SinceStart">The time since the script began, with all that a session needs first.</param>
/// <param name="Grown">
/// How many bytes more than before the process had in memory at its peak: what it took at the most, since the peak may
/// have been before.
/// </param>
internal sealed record Cost(TimeSpan Time, TimeSpan Cpu, double Allocated, TimeSpan SinceStart, double Grown);
