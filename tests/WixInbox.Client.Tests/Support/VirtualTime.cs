using System.Diagnostics.CodeAnalysis;
using WixInbox.Simulation.Tests;

namespace WixInbox.Tests;

/// <summary>
/// Tests of many requests side by side, in time that goes on when nothing runs. They run by themselves: another test that computes would hold up their clock.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "It is xunit's collection of tests.")]
public sealed class VirtualTime
{
    public const string Name = "Virtual time";

    /// <summary>Does something and lets the clock run until it is done.</summary>
    internal static T Run<T>(SimulatedTime time, Func<Task<T>> work)
    {
        var done = Task.Run(work, TestClient.Cancellation);
        time.RunUntilDone(done);
        return done.GetAwaiter().GetResult();
    }
}
