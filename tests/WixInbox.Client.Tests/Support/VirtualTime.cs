using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WixInbox.Simulation;

namespace WixInbox.Tests;

/// <summary>
/// Tests of many requests side by side, in time that goes on when nothing runs. They run by themselves: another test
/// that computes would hold up their clock.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "It is xunit's collection of tests.")]
public sealed class VirtualTime
{
    public const string Name = "Virtual time";

    // Threads of the pool that are the runner's and stay at work. A thread that has just done its work may count as
    // busy for a moment, and is none of these.
    private static int s_others;

    /// <summary>Does something and lets the clock run until it is done.</summary>
    internal static T Run<T>(SimulatedTime time, Func<Task<T>> work)
    {
        var own = Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;
        var resting = WaitForRest(busy => busy <= own + s_others);
        s_others = Math.Max(0, resting - own);
        var done = Task.Run(work, TestClient.Cancellation);
        while (!done.IsCompleted)
        {
            WaitForRest(busy => busy <= resting);
            if (!done.IsCompleted)
            {
                time.MoveOn();
            }
        }

        return done.GetAwaiter().GetResult();
    }

    // Nothing is queued, and no thread of the pool is at work but those that were before, this one among them.
    private static int WaitForRest(Func<int, bool> isAtRest)
    {
        var (done, busy) = (ThreadPool.CompletedWorkItemCount, Busy());
        var start = Stopwatch.GetTimestamp();
        for (var quiet = 0; quiet < 3; quiet++)
        {
            Thread.Yield();
            if (ThreadPool.PendingWorkItemCount > 0
                || ThreadPool.CompletedWorkItemCount != done
                || Busy() != busy
                || !isAtRest(busy))
            {
                (done, busy) = (ThreadPool.CompletedWorkItemCount, Busy());
                quiet = -1;

                // The runner itself may have begun something that goes on. A busy machine compiles for seconds.
                if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(2))
                {
                    return busy;
                }
            }
        }

        return busy;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available;
    }
}
