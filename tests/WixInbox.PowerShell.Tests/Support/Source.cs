using System.Diagnostics.CodeAnalysis;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Sees how far a pipeline reads its source, and the thread that reads.</summary>
public sealed class Source
{
    private Thread? _reader;
    private int _rows;

    /// <summary>Gets how many rows have been read.</summary>
    public int Rows => Volatile.Read(ref _rows);

    /// <summary>Notes a row that is read.</summary>
    public void Read()
    {
        _reader = Thread.CurrentThread;
        Interlocked.Increment(ref _rows);
    }

    /// <summary>Lets what the threads of the pool have to do go before the next row.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "A script calls it on the object.")]
    public void LetOthersRun()
    {
        // One turn is one step of something that takes several.
        for (var turn = 0; turn < 25; turn++)
        {
            Task.Run(() => { }).Wait(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Waits until so many rows have been read.</summary>
    internal void WaitForRows(int rows) =>
        Assert.True(
            SpinWait.SpinUntil(() => Rows >= rows, TimeSpan.FromSeconds(30)),
            "The rows that were awaited were not read.");

    /// <summary>Waits until the thread that reads waits for something.</summary>
    internal void WaitUntilReaderRests() =>
        Assert.True(
            SpinWait.SpinUntil(
                () => _reader?.ThreadState.HasFlag(ThreadState.WaitSleepJoin) == true, TimeSpan.FromSeconds(30)),
            "The pipeline does not come to rest.");
}
